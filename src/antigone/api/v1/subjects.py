"""Remains and living persons who cannot say who they are: the record, its codes, and what is associated with it."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any, Literal

from ninja import Query, Router
from pydantic import StringConstraints

from antigone.access.models import Operator
from antigone.access.permissions import Permission
from antigone.api.bearer import Call
from antigone.api.operation import Made, made, operation
from antigone.api.paging import Page, Walk, page
from antigone.api.problems import not_here
from antigone.api.strict import Day, Given, Line, Name, RecordId, Short, Shown, YesNoText, said
from antigone.remains import codes, looking, opening, queries, reading, recovering
from antigone.remains.models import Subject, SubjectKind
from antigone.remains.services import Particulars

router = Router()


class SubjectLine(Shown):
    id: int
    code: str
    kind: str
    place: str
    recovered_on: date | None
    site: str
    opened_at: datetime
    photographs: int
    draft: bool
    individual: int | None
    released: bool


class AliasShown(Shown):
    agency: str
    code: str
    since: date | None
    ended_at: datetime | None


class SubjectShown(Shown):
    id: int
    code: str
    kind: str
    place: str
    recovered_on: date | None
    attested_by: str
    site: int | None
    recovery: int | None
    opened_at: datetime
    spoke_at: datetime | None
    review_on: date | None
    aliases: list[AliasShown]
    photographs: list[str]


class SubjectWalk(Walk):
    kind: SubjectKind | None = None
    site: RecordId | None = None
    recovery: RecordId | None = None
    recovered_from: Day | None = None
    recovered_to: Day | None = None
    code: Line = ""
    draft: YesNoText | None = None
    released: YesNoText | None = None


class SubjectGiven(Given):
    code: Annotated[Name, StringConstraints(max_length=120)]
    # A living person is recorded by whoever cares for them, on the pages; no program sees their record.
    kind: Literal["deceased", "body-part"]
    place: Short = ""
    recovered_on: Day | None = None
    attested_by: Short = ""

    def particulars(self) -> Particulars:
        return Particulars(self.place, self.recovered_on, self.attested_by)


class CodeGiven(Given):
    place: Name
    team: Name


class CodeShown(Shown):
    code: str


class AliasGiven(Given):
    agency: Name
    code: Name
    since: Day | None = None


class PlaceGiven(Given):
    site: RecordId
    recovery: RecordId | None = None


@operation(router, "GET", "/subjects", needs=Permission.SUBJECT_READ, shows=Page[SubjectLine])
def list_subjects(request: Call, walk: Query[SubjectWalk]) -> Any:
    """The agency's remains, the newest first; `code` narrows to codes and aliases that begin so."""
    filters = queries.Filters(
        kind=walk.kind.value if walk.kind else "",
        draft=said(walk.draft),
        released=said(walk.released),
        **walk.model_dump(exclude={"cursor", "limit", "kind", "draft", "released"}),
    )

    def fetch(after: Any, limit: int) -> tuple[list[SubjectLine], Any]:
        found = queries.subjects(request.auth, filters, after, limit)
        names = [name for name in SubjectLine.model_fields if name != "id"]
        lines = [SubjectLine(id=each.pk, **{name: getattr(each, name) for name in names}) for each in found.lines]
        return lines, found.after

    return page(request, walk, fetch)


@operation(router, "POST", "/subjects", needs=Permission.SUBJECT_RECORD, creates=True)
def record_subject(request: Call, given: SubjectGiven) -> Any:
    """Record a subject under a code that is free, with no case yet."""

    def do() -> Made:
        subject = opening.record(given.code, given.kind, given.particulars(), request.auth)
        return Made(id=str(subject.pk), url=f"/api/v1/subjects/{subject.pk}")

    return made(request, "record_subject", do, given.model_dump(mode="json"))


@operation(router, "GET", "/subjects/{number}", needs=Permission.SUBJECT_READ, shows=SubjectShown)
def subject(request: Call, number: RecordId) -> SubjectShown:
    """One record, its photographs by their ids alone; opening it is entered in the ledger."""
    found = queries.subject_numbered(request.auth, number)
    looking.looked(found, request.auth)
    return _shown(found, request.auth)


def _shown(found: Subject, who: Operator) -> SubjectShown:
    return SubjectShown(
        id=found.pk,
        code=found.code,
        kind=found.kind,
        place=found.place,
        recovered_on=found.recovered_on,
        attested_by=found.attested_by,
        site=found.site_id,
        recovery=found.recovery_id,
        opened_at=found.opened_at,
        spoke_at=found.spoke_at,
        review_on=found.review_on,
        aliases=[
            AliasShown(agency=each.agency_name, code=each.code, since=each.since, ended_at=each.ended_at)
            for each in reading.aliases(found, who)
        ],
        photographs=[str(each.pk) for each in reading.photographs(found, who)],
    )


@operation(router, "POST", "/codes", needs=Permission.SUBJECT_RECORD, shows=CodeShown, status=201, creates=True)
def next_code(request: Call, given: CodeGiven) -> Any:
    """Give out the next code of a place and team; it is never given out again, used or not."""

    def do() -> CodeShown:
        return CodeShown(code=codes.next_code(given.place, given.team, request.auth))

    return made(request, "next_code", do, given.model_dump())


@operation(router, "POST", "/subjects/{number}/aliases", needs=Permission.SUBJECT_RECORD, creates=True)
def add_alias(request: Call, number: RecordId, given: AliasGiven) -> Any:
    """Record the code under which another agency knows this subject."""
    found = queries.subject_numbered(request.auth, number)

    def do() -> Made:
        alias = codes.add_alias(found, given.agency, given.code, given.since, request.auth)
        return Made(id=str(alias.pk), url=f"/api/v1/subjects/{number}")

    return made(request, f"add_alias {number}", do, given.model_dump(mode="json"))


@operation(router, "PUT", "/subjects/{number}/place", needs=Permission.SUBJECT_RECORD)
def place_subject(request: Call, number: RecordId, given: PlaceGiven) -> None:
    """Link a subject to its site and recovery; place and date of recovery are filled in where they are missing."""
    found = queries.subject_numbered(request.auth, number)
    site = queries.site(request.auth, given.site)
    recovery = None
    if given.recovery is not None:
        recovery = next((each for each in queries.recoveries(request.auth, site) if each.pk == given.recovery), None)
        if recovery is None:
            raise not_here()
    recovering.place_subject(found, request.auth, site=site, recovery=recovery)
