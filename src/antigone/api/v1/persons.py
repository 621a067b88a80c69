"""Missing persons: recorded in a holding, searched for while their report is open."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, Literal

from ninja import Query, Router
from pydantic import Field

from antigone.access.permissions import Permission
from antigone.api.bearer import Call
from antigone.api.operation import Made, made, operation
from antigone.api.paging import Page, Walk, page
from antigone.api.stating import NewStatement
from antigone.api.strict import Given, Key, RecordId, Short, Shown, YesNoText, said
from antigone.api.v1.portraits import PortraitShown, portrait_shown
from antigone.missing import listing, looking, queries, recording, reports
from antigone.missing.models import ReportState, Sex
from antigone.missing.sharing import shown_to

router = Router()


class PersonLine(Shown):
    id: int
    ref: str
    holding: str
    names: list[str]
    sex: str
    birth_date: str
    ages: list[int] | None
    minor: str
    last_seen_on: str
    last_seen_place: str
    state: str
    portraits: int
    review_on: date | None
    review_due: bool
    identity_check: bool
    recorded_at: datetime | None


class NameShown(Shown):
    text: str
    script: str
    kind: str
    spelling: bool


class PersonShown(Shown):
    id: int
    ref: str
    holding: int
    merged_into: int | None
    names: list[NameShown]
    sex: str
    birth_date: str
    stature_cm: int | None
    last_seen_on: str
    last_seen_place: str
    state: str
    reported_at: datetime
    closed_at: datetime | None
    review_on: date | None
    identity_check_at: datetime | None
    portraits: list[PortraitShown]


class PersonWalk(Walk):
    holding: RecordId | None = None
    state: ReportState | None = None
    sex: Sex | None = None
    age_from: int | None = Field(None, ge=0, le=150)
    age_to: int | None = Field(None, ge=0, le=150)
    minor: YesNoText | None = None
    no_portrait: YesNoText | None = None
    review_due: YesNoText | None = None
    identity_check: YesNoText | None = None


class Said(NewStatement):
    key: Key


class PersonGiven(Given):
    ref: Short = Field("", description="The reference that whoever gives the record uses; once in a holding.")
    given_by: Short = ""
    statements: list[Said] = Field(default_factory=list, max_length=200)


class Closed(Given):
    # That somebody is identified is a board's word, and never a program's.
    state: Literal["found", "withdrawn"]


class Closing(Shown):
    searchable: int = Field(description="How many portraits stay searchable, on a cited service basis.")


@operation(router, "GET", "/persons", needs=Permission.PERSON_READ, shows=Page[PersonLine])
def list_persons(request: Call, walk: Query[PersonWalk]) -> Any:
    """The agency's missing, the last recorded first; a merged record is shown by the one that counts."""
    asked = ("minor", "no_portrait", "review_due", "identity_check")
    filters = listing.Filters(
        holding=walk.holding,
        state=walk.state.value if walk.state else "",
        sex=walk.sex.value if walk.sex else "",
        age_from=walk.age_from,
        age_to=walk.age_to,
        **{name: said(getattr(walk, name)) for name in asked},
    )

    def fetch(after: Any, limit: int) -> tuple[list[PersonLine], Any]:
        found = listing.persons(request.auth, filters, after, limit)
        return [_line(each) for each in found.lines], found.after

    return page(request, walk, fetch)


def _line(found: listing.PersonLine) -> PersonLine:
    plain = [name for name in PersonLine.model_fields if name not in ("id", "names", "ages", "minor")]
    return PersonLine(
        id=found.pk,
        names=list(found.names),
        ages=list(found.ages) if found.ages else None,
        minor=found.minor.value,
        **{name: getattr(found, name) for name in plain},
    )


@operation(router, "POST", "/holdings/{number}/persons", needs=Permission.PERSON_RECORD, creates=True)
def record_person(request: Call, number: RecordId, given: PersonGiven) -> Any:
    """Record that somebody is missing, with what is said of them: all of it or nothing; without `ref` one is given."""
    holding = queries.holding(request.auth, number)
    said = [(each.key, each.given()) for each in given.statements]

    def do() -> Made:
        new = recording.NewPerson(said, ref=given.ref, given_by=given.given_by)
        recorded = recording.record_person(holding, new, request.auth)
        return Made(id=str(recorded.pk), url=f"/api/v1/persons/{recorded.pk}")

    return made(request, f"record_person {number}", do, given.model_dump(mode="json"))


@operation(router, "GET", "/persons/{number}", needs=Permission.PERSON_READ, shows=PersonShown)
def person(request: Call, number: RecordId) -> PersonShown:
    """One missing person, without a picture; opening the record is entered in the ledger."""
    found = queries.person(request.auth, number)
    looking.looked(found, request.auth)
    return PersonShown(
        id=found.pk,
        ref=found.ref,
        holding=found.holding_id,
        merged_into=found.merged_into_id,
        names=[
            NameShown(text=each.text, script=each.script, kind=each.kind, spelling=each.spelling)
            for each in found.names.order_by("pk")
        ],
        sex=found.sex,
        birth_date=found.birth_date,
        stature_cm=found.stature_cm,
        last_seen_on=found.last_seen_on,
        last_seen_place=found.last_seen_place,
        state=found.report.state,
        reported_at=found.report.reported_at,
        closed_at=found.report.closed_at,
        review_on=found.review_on,
        identity_check_at=found.identity_check_at,
        portraits=[
            portrait_shown(each) for each in shown_to(request.auth).filter(person=found).order_by("added_at", "pk")
        ],
    )


@operation(router, "POST", "/persons/{number}/report/close", needs=Permission.REPORT_CLOSE, shows=Closing)
def close_report(request: Call, number: RecordId, given: Closed) -> Closing:
    """End the search for a person: their portraits are not searchable from now on, unless a service basis is cited."""
    found = queries.person(request.auth, number)
    return Closing(searchable=reports.close_person(found, given.state, request.auth))


@operation(router, "POST", "/persons/{number}/report/reopen", needs=Permission.REPORT_CLOSE)
def reopen_report(request: Call, number: RecordId) -> None:
    """Search for a person again; a report that is open stays so."""
    found = queries.person(request.auth, number)
    reports.reopen_person(found, request.auth)
