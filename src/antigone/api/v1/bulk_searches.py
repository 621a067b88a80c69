"""The photographs of an incident searched in one go: asked for at a site, and followed case by case."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from ninja import Query, Router
from pydantic import Field

from antigone.access.permissions import Permission
from antigone.api.bearer import Call
from antigone.api.operation import made, operation
from antigone.api.paging import Page, Walk, keyed, page
from antigone.api.strict import Given, Number, RecordId, Shown
from antigone.casework.models import BulkItem
from antigone.casework.searching import bulk
from antigone.casework.searching.bulk import BulkLine
from antigone.casework.tasks import DEFAULT_TOP

router = Router()


class BulkGiven(Given):
    recovery: RecordId | None = Field(None, description="Of one recovery there alone; null for the whole site.")
    top: Number = Field(DEFAULT_TOP, ge=1, le=bulk.MOST)


class BulkAsked(Shown):
    id: int
    url: str
    job: int


class BulkShown(Shown):
    id: int
    asked_at: datetime
    asked_by: str
    finished_at: datetime | None
    job: int | None
    total: int
    waiting: int
    searched: int
    answered: int
    refused: int
    unusable: int


class BulkCase(Shown):
    case: int
    code: str
    outcome: str
    sentence: str
    search: int | None
    at: datetime | None


def _line(found: BulkLine) -> BulkShown:
    return BulkShown(id=found.pk, **{name: getattr(found, name) for name in BulkShown.model_fields if name != "id"})


def _item(found: BulkItem) -> BulkCase:
    return BulkCase(
        case=found.case_id,
        code=found.case.code,
        outcome=found.outcome,
        sentence=found.sentence,
        search=found.search_id,
        at=found.at,
    )


@operation(router, "GET", "/sites/{number}/bulk-searches", needs=Permission.SEARCH_RUN, shows=Page[BulkShown])
def list_bulk_searches(request: Call, number: RecordId, walk: Query[Walk]) -> Any:
    """The searches in bulk of a site, the newest first, without what they found."""
    found = {(-each.pk,): each for each in bulk.bulks_at(number, request.auth, bulk.MOST)}
    return page(request, walk, keyed(found, _line))


@operation(
    router, "POST", "/sites/{number}/bulk-searches", needs=Permission.SEARCH_RUN, shows=BulkAsked, status=202,
    creates=True,
)  # fmt: skip
def run_bulk_search(request: Call, number: RecordId, given: BulkGiven) -> Any:
    """Search every open case of a site that has photographs and no answer that stands, each under its own mandate.

    Whoever asked has then seen ranked output of each of these cases, as far as the rules go, and examines none.
    """

    def do() -> BulkAsked:
        asked = bulk.ask_bulk(number, request.auth, given.recovery, given.top)
        return BulkAsked(id=asked.pk, url=f"/api/v1/bulk-searches/{asked.pk}", job=asked.job or 0)

    return made(request, f"run_bulk_search {number}", do, given.model_dump(mode="json"))


@operation(router, "GET", "/bulk-searches/{number}", needs=Permission.SEARCH_RUN, shows=BulkShown)
def bulk_search(request: Call, number: RecordId) -> BulkShown:
    """One search in bulk: how many of its cases are done, and what came of the asking, never of a search."""
    _bulk, line = bulk.bulk_numbered(number, request.auth)
    return _line(line)


@operation(router, "GET", "/bulk-searches/{number}/cases", needs=Permission.SEARCH_RUN, shows=Page[BulkCase])
def bulk_search_cases(request: Call, number: RecordId, walk: Query[Walk]) -> Any:
    """The cases of a search in bulk, as they were taken up, and what came of the asking of each."""
    found, _line_of_it = bulk.bulk_numbered(number, request.auth)

    def fetch(after: Any, limit: int) -> tuple[list[BulkCase], Any]:
        rows = bulk.items(found, request.auth, after, limit)
        return [_item(each) for each in rows], rows[-1].pk if len(rows) == limit else None

    return page(request, walk, fetch)
