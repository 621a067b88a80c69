"""Standing searches: that one is kept, when it ran and why, and by a deliberate request whom it found anew.

A person sets one and answers for it: there is no operation that does.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from ninja import Router
from pydantic import Field

from antigone.access.permissions import Permission
from antigone.api.bearer import Call
from antigone.api.operation import operation
from antigone.api.strict import RecordId, Shown
from antigone.api.v1.searches import WARNING
from antigone.casework.models import StandingSearch
from antigone.casework.searching import standing_seen
from antigone.casework.searching.standing import case_for

router = Router()


class StandingShown(Shown):
    id: int
    set_by: str
    set_at: datetime
    top: int
    looked_at: datetime | None
    held_up: str
    ended_at: datetime | None
    ended_by: str
    ended_why: str
    reason: str


class RunShown(Shown):
    id: int
    at: datetime
    changes: list[str]
    unusable: str
    search: int | None
    found_new: int | None
    read_at: datetime | None


class StandingOfCase(Shown):
    in_force: StandingShown | None
    ended: list[StandingShown]
    runs: list[RunShown] = Field(description="The newest first; what came of one is null for whoever may not know it.")
    outcome_known: bool


class NewShown(Shown):
    case: int
    search: int
    warning: str
    former: datetime | None = Field(description="When the answer was kept against which these are new.")
    candidates: list[dict[str, Any]]


def _standing(found: StandingSearch) -> StandingShown:
    return StandingShown(
        id=found.pk, **{name: getattr(found, name) for name in StandingShown.model_fields if name != "id"}
    )


@operation(router, "GET", "/cases/{number}/standing", needs=Permission.SEARCH_RUN, shows=StandingOfCase)
def standing_searches(request: Call, number: RecordId) -> StandingOfCase:
    """The standing searches of a case and when they ran, at most fifty of each; a person sets and ends them."""
    found = standing_seen.seen(case_for(number, request.auth), request.auth)
    return StandingOfCase(
        in_force=_standing(found.in_force) if found.in_force else None,
        ended=[_standing(each) for each in found.ended],
        runs=[
            RunShown(
                id=each.pk,
                at=each.at,
                changes=[change.value for change in each.changes],
                unusable=each.unusable,
                search=each.search,
                found_new=each.found_new,
                read_at=each.read_at,
            )
            for each in found.runs
        ],
        outcome_known=found.outcome_known,
    )


@operation(router, "POST", "/standing-runs/{number}/look", needs=Permission.SEARCH_RUN, shows=NewShown)
def look_at_standing_run(request: Call, number: RecordId) -> NewShown:
    """Whom a run found who was not in the former answer: ranked, so that whoever sees it cannot examine the case."""
    found = standing_seen.what_is_new(number, request.auth)
    return NewShown(
        case=found.search.case_id,
        search=found.search.pk,
        warning=WARNING,
        former=found.former,
        candidates=list(found.candidates),
    )
