"""Cases: one question about one unidentified subject, under one mandate."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from ninja import Query, Router
from pydantic import Field

from antigone.access.permissions import Permission
from antigone.api.bearer import Call
from antigone.api.operation import Made, made, operation
from antigone.api.paging import Page, Walk, page
from antigone.api.strict import Day, Given, Line, Name, RecordId, Shown, YesNoText, said
from antigone.api.v1.subjects import SubjectGiven
from antigone.casework import queries, services, story
from antigone.casework.narrowing import Filters
from antigone.casework.waiting import Wait
from antigone.remains.models import SubjectKind
from antigone.remains.queries import subject_numbered

router = Router()


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
    waits: Wait | None = None


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


def _line(found: queries.CaseLine) -> CaseLine:
    names = [name for name in CaseLine.model_fields if name not in ("id", "waits")]
    return CaseLine(
        id=found.pk,
        waits=[each.value for each in found.waits],
        **{name: getattr(found, name) for name in names},
    )


@operation(router, "GET", "/cases", needs=Permission.CASE_READ, shows=Page[CaseLine])
def list_cases(request: Call, walk: Query[CaseWalk]) -> Any:
    """The agency's cases, the newest first, each with what it waits for."""
    filters = Filters(
        kind=walk.kind.value if walk.kind else "",
        code=walk.code,
        opened_from=walk.opened_from,
        opened_to=walk.opened_to,
        closed=said(walk.closed),
        photographed=said(walk.photographed),
        searched=said(walk.searched),
        recalled=said(walk.recalled),
        waits=walk.waits,
    )

    def fetch(after: Any, limit: int) -> tuple[list[CaseLine], Any]:
        found = queries.cases(request.auth, filters, after, limit)
        return [_line(each) for each in found.lines], found.after

    return page(request, walk, fetch)


@operation(router, "GET", "/cases/{number}", needs=Permission.CASE_READ, shows=CaseLine)
def case(request: Call, number: RecordId) -> CaseLine:
    """One case, and what it waits for."""
    (line,) = queries.lines_of([queries.case_numbered(request.auth, number)], request.auth)
    return _line(line)


@operation(router, "GET", "/cases/{number}/story", needs=Permission.CASE_READ, shows=StoryShown)
def case_story(request: Call, number: RecordId) -> StoryShown:
    """What happened in a case, in its order, and what it waits for; who is at work is named, nobody who is missed."""
    found = story.story(queries.case_numbered(request.auth, number), request.auth)
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
    services.close_case(queries.case_numbered(request.auth, number).code, request.auth, given.reason)
