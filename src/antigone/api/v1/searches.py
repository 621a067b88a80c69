"""Searches: through a case and its mandate, followed as work, and looked at by a deliberate request.

There is no other way to a search by face.
"""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from ninja import Query, Router
from pydantic import Field

from antigone.access.permissions import Permission
from antigone.api.bearer import Call
from antigone.api.operation import made, operation
from antigone.api.paging import Page, Walk, page
from antigone.api.strict import Given, Number, RecordId, Shown
from antigone.casework import queries, services
from antigone.casework.knowing import known_cases
from antigone.casework.models import Search
from antigone.casework.searching.meaning import none_means
from antigone.casework.tasks import DEFAULT_TOP, ask_search

router = Router()

WARNING = (
    "Leads, never names. Whoever sees this ranked answer cannot examine the case: the examinations are made blind, "
    "and this look is on record. “None of these” is a normal answer."
)


class SearchLine(Shown):
    id: int
    at: datetime
    by: str
    generation: int
    none_of_these: bool | None = Field(description="Null for whoever may not know what searches of this case came to.")
    recalled_at: datetime | None
    recalled_why: str


Version = Annotated[str, Field(max_length=64, description="The `version` of a photograph in `prepared_photographs`.")]


class SearchGiven(Given):
    top: Number = Field(DEFAULT_TOP, ge=1, le=1000)
    photographs: dict[UUID, Version] | None = Field(
        None,
        min_length=1,
        max_length=200,
        description="Those that take part, each with the version of what was decided about it; null for all.",
    )


class Asked(Shown):
    job: int
    url: str


class SearchShown(SearchLine):
    case: int
    warning: str
    answer_sha256: str
    none_of_these_means: list[str] = Field(
        description="Whom no search by face finds, and how often one who is there is missed: true of every answer."
    )
    answer: dict[str, Any]


def _search(found: Search, *, known: bool = True) -> SearchLine:
    return SearchLine(
        id=found.pk,
        at=found.at,
        by=found.actor,
        generation=found.generation,
        none_of_these=found.none_of_these if known else None,
        recalled_at=found.recalled_at,
        recalled_why=found.recalled_why,
    )


@operation(router, "GET", "/cases/{number}/searches", needs=Permission.CASE_READ, shows=Page[SearchLine])
def list_searches(request: Call, number: RecordId, walk: Query[Walk]) -> Any:
    """The searches made in a case, the newest first, without what they found."""
    found = queries.case_numbered(request.auth, number)

    def fetch(after: Any, limit: int) -> tuple[list[SearchLine], Any]:
        rows = queries.searches(request.auth, found, after=after, limit=limit)
        known = found.pk in known_cases(request.auth, [found.pk])
        return [_search(each, known=known) for each in rows], rows[-1].pk if len(rows) == limit else None

    return page(request, walk, fetch)


@operation(
    router, "POST", "/cases/{number}/searches", needs=Permission.SEARCH_RUN, shows=Asked, status=202, creates=True
)
def run_search(request: Call, number: RecordId, given: SearchGiven) -> Any:
    """Ask for a search with the photographs of a case, if its mandate allows it today; follow the job that is named.

    Whoever asked has then seen ranked output of the case, as far as the rules go, and cannot examine it.
    """
    found = queries.case_numbered(request.auth, number)

    def do() -> Asked:
        job = ask_search(found, request.auth, given.top, given.photographs)
        return Asked(job=job.pk, url=f"/api/v1/jobs/{job.pk}")

    return made(request, f"run_search {number}", do, given.model_dump(mode="json"))


@operation(router, "POST", "/searches/{number}/look", needs=Permission.SEARCH_RUN, shows=SearchShown)
def look_at_search(request: Call, number: RecordId) -> SearchShown:
    """The ranked answer of a search: leads, never names. Who sees it cannot examine the case; the look is on record."""
    found = services.look_at_answer(number, request.auth)
    return SearchShown(
        **_search(found).model_dump(),
        case=found.case_id,
        warning=WARNING,
        answer_sha256=found.answer_sha256,
        none_of_these_means=list(none_means(found.answer)),
        answer=found.answer,
    )
