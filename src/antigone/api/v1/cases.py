"""Cases: one question about one unidentified subject, under one mandate; and the searches made in them.

There is no other way to a search by face.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from ninja import Query, Router
from pydantic import Field

from antigone.access.permissions import Permission
from antigone.api.bearer import Call
from antigone.api.operation import Made, made, operation
from antigone.api.paging import Page, Walk, page
from antigone.api.problems import not_here
from antigone.api.strict import Day, Given, Line, Name, Number, RecordId, Shown, YesNoText, said
from antigone.api.v1.subjects import SubjectGiven
from antigone.casework import queries, services, story
from antigone.casework.models import Case, Search
from antigone.casework.tasks import DEFAULT_TOP, ask_search
from antigone.remains.models import SubjectKind
from antigone.remains.queries import subject_numbered

router = Router()

WARNING = (
    "Leads, never names. Whoever sees this ranked answer cannot examine the case: the examinations are made blind, "
    "and this look is on record. “None of these” is a normal answer."
)


class CaseLine(Shown):
    id: int
    code: str
    kind: str
    subject: int
    place: str
    opened_at: datetime
    closed_at: datetime | None
    photographs: int
    searches: int
    last_search: int | None
    searched_at: datetime | None
    none_of_these: bool | None
    recalled: bool
    waits: list[str]


class CaseMade(Made):
    subject: int


class Reason(Given):
    reason: Name


class CaseWalk(Walk):
    kind: SubjectKind | None = None
    closed: YesNoText | None = None
    code: Line = ""
    opened_from: Day | None = None
    opened_to: Day | None = None
    photographed: YesNoText | None = None
    searched: YesNoText | None = None
    recalled: YesNoText | None = None


class EventShown(Shown):
    at: datetime
    kind: str
    sentence: str
    by: str
    why: str
    photograph: str | None
    search: int | None


class StoryShown(Shown):
    events: list[EventShown]
    waits: list[str]
    cut: bool = Field(description="There is more than is told here.")


class SearchLine(Shown):
    id: int
    at: datetime
    by: str
    generation: int
    none_of_these: bool
    recalled_at: datetime | None
    recalled_why: str


class SearchGiven(Given):
    top: Number = Field(DEFAULT_TOP, ge=1, le=1000)


class Asked(Shown):
    job: int
    url: str


class SearchShown(SearchLine):
    case: int
    warning: str
    answer_sha256: str
    answer: dict[str, Any]


def _case(request: Call, number: int) -> Case:
    found = queries.open_to(request.auth).select_related("subject").filter(pk=number).first()
    if found is None:
        raise not_here()
    return found


def _line(found: queries.CaseLine) -> CaseLine:
    names = [name for name in CaseLine.model_fields if name not in ("id", "waits")]
    return CaseLine(
        id=found.pk,
        waits=[each.value for each in found.waits],
        **{name: getattr(found, name) for name in names},
    )


def _search(found: Search) -> SearchLine:
    return SearchLine(
        id=found.pk,
        at=found.at,
        by=found.actor,
        generation=found.generation,
        none_of_these=found.none_of_these,
        recalled_at=found.recalled_at,
        recalled_why=found.recalled_why,
    )


@operation(router, "GET", "/cases", needs=Permission.CASE_READ, shows=Page[CaseLine])
def list_cases(request: Call, walk: Query[CaseWalk]) -> Any:
    """The agency's cases, the newest first, each with what it waits for."""
    asked = ("closed", "photographed", "searched", "recalled")
    filters = queries.Filters(
        kind=walk.kind.value if walk.kind else "",
        code=walk.code,
        opened_from=walk.opened_from,
        opened_to=walk.opened_to,
        **{name: said(getattr(walk, name)) for name in asked},
    )

    def fetch(after: Any, limit: int) -> tuple[list[CaseLine], Any]:
        found = queries.cases(request.auth, filters, after, limit)
        return [_line(each) for each in found.lines], found.after

    return page(request, walk, fetch)


@operation(router, "GET", "/cases/{number}", needs=Permission.CASE_READ, shows=CaseLine)
def case(request: Call, number: RecordId) -> CaseLine:
    """One case, and what it waits for."""
    (line,) = queries.lines_of([_case(request, number)], request.auth)
    return _line(line)


@operation(router, "GET", "/cases/{number}/story", needs=Permission.CASE_READ, shows=StoryShown)
def case_story(request: Call, number: RecordId) -> StoryShown:
    """What happened in a case, in its order, and what it waits for; who is at work is named, nobody who is missed."""
    found = story.story(_case(request, number), request.auth)
    return StoryShown(
        events=[
            EventShown(
                at=each.at,
                kind=each.kind.value,
                sentence=each.sentence,
                by=each.by,
                why=each.why,
                photograph=str(each.photograph) if each.photograph else None,
                search=each.search,
            )
            for each in found.events
        ],
        waits=[each.value for each in found.waits],
        cut=found.cut,
    )


@operation(router, "POST", "/cases", needs=Permission.CASE_OPEN, shows=CaseMade, status=201, creates=True)
def open_case(request: Call, given: SubjectGiven) -> Any:
    """Open a case about a new subject, under its code, if a mandate in force covers it; both are recorded together."""

    def do() -> CaseMade:
        opened = services.open_case(given.code, given.kind, given.particulars(), request.auth)
        return CaseMade(id=str(opened.pk), url=f"/api/v1/cases/{opened.pk}", subject=opened.subject_id)

    return made(request, "open_case", do, given.model_dump(mode="json"))


@operation(router, "POST", "/subjects/{number}/cases", needs=Permission.CASE_OPEN, creates=True)
def open_case_about(request: Call, number: RecordId) -> Any:
    """Open a case about a subject that is on record."""
    found = subject_numbered(request.auth, number)

    def do() -> Made:
        opened = services.open_case_about(found, request.auth)
        return Made(id=str(opened.pk), url=f"/api/v1/cases/{opened.pk}")

    return made(request, f"open_case_about {number}", do, None)


@operation(router, "POST", "/cases/{number}/close", needs=Permission.CASE_OPEN)
def close_case(request: Call, number: RecordId, given: Reason) -> None:
    """End a case: no search is made in it from now on; one that is closed stays as it was closed."""
    services.close_case(_case(request, number).code, request.auth, given.reason)


@operation(router, "GET", "/cases/{number}/searches", needs=Permission.CASE_READ, shows=Page[SearchLine])
def list_searches(request: Call, number: RecordId, walk: Query[Walk]) -> Any:
    """The searches made in a case, the newest first, without what they found."""
    found = _case(request, number)

    def fetch(after: Any, limit: int) -> tuple[list[SearchLine], Any]:
        rows = queries.searches(request.auth, found, after=after, limit=limit)
        return [_search(each) for each in rows], rows[-1].pk if len(rows) == limit else None

    return page(request, walk, fetch)


@operation(
    router, "POST", "/cases/{number}/searches", needs=Permission.SEARCH_RUN, shows=Asked, status=202, creates=True
)
def run_search(request: Call, number: RecordId, given: SearchGiven) -> Any:
    """Ask for a search with all photographs of a case, if its mandate allows it today; follow the job that is named.

    Whoever asked has then seen ranked output of the case, as far as the rules go, and cannot examine it.
    """
    found = _case(request, number)

    def do() -> Asked:
        job = ask_search(found, request.auth, given.top)
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
        answer=found.answer,
    )
