"""How many open cases wait at which step, and which they are: nothing is forgotten."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Literal

from ninja import Query, Router
from pydantic import Field

from antigone.access.permissions import Permission
from antigone.api.bearer import Call
from antigone.api.operation import operation
from antigone.api.paging import Page, Walk, page
from antigone.api.strict import Shown
from antigone.casework.deciding import overview as standing
from antigone.casework.deciding.overview import Stage, StageLine, Waiting

router = Router()

Age = Literal["week", "month", "half-year", "older"]
AGES: tuple[Age, ...] = ("week", "month", "half-year", "older")


class WaitingShown(Shown):
    case: int
    code: str
    opened_at: datetime


class StageShown(Shown):
    stage: str
    step: int = Field(description="The step of the procedure that is next.")
    number: int
    ages: dict[str, int] = Field(description="Open for up to a week, a month, half a year, or longer.")
    oldest_at: datetime | None
    oldest: list[WaitingShown]


class OverviewShown(Shown):
    stages: list[StageShown]
    open: int
    closed: int


class StageWalk(Walk):
    stage: Stage
    age: Age | None = None


def _waiting(found: Waiting) -> WaitingShown:
    return WaitingShown(case=found.case, code=found.code, opened_at=found.opened_at)


def _stage(found: StageLine) -> StageShown:
    return StageShown(
        stage=found.stage.value,
        step=found.stage.step,
        number=found.number,
        ages=dict(zip(AGES, found.ages, strict=True)),
        oldest_at=found.oldest_at,
        oldest=[_waiting(each) for each in found.oldest],
    )


@operation(router, "GET", "/overview", needs=Permission.CASE_READ, shows=OverviewShown)
def overview(request: Call) -> OverviewShown:
    """The agency's open cases by stage and age; for whoever may not know what searches came to, as one stage."""
    found = standing.overview(request.auth)
    return OverviewShown(stages=[_stage(each) for each in found.lines], open=found.open, closed=found.closed)


@operation(router, "GET", "/overview/cases", needs=Permission.CASE_READ, shows=Page[WaitingShown])
def waiting_cases(request: Call, walk: Query[StageWalk]) -> Any:
    """The cases that a number of the overview counts, the oldest first."""
    age = None if walk.age is None else AGES.index(walk.age)

    def fetch(after: Any, limit: int) -> tuple[list[WaitingShown], Any]:
        found, following = standing.waiting(request.auth, walk.stage, age, after, limit)
        return [_waiting(each) for each in found], following

    return page(request, walk, fetch)
