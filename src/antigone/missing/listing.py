"""Lists of missing persons and their portraits, paged by keyset: a fixed number of queries however many there are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from antigone.access import services as access
from antigone.access.models import Operator
from antigone.access.permissions import Permission
from antigone.missing import rules
from antigone.missing.errors import PersonRefused
from antigone.missing.models import Person, PersonName, Portrait, ReportState, Sex
from antigone.missing.projecting import bounds
from antigone.missing.retention import WARNED_BEFORE, persons_due, portraits_due
from antigone.missing.rules import Minor
from antigone.missing.sharing import persons_shown_to, shown_to

MOST = 200
# Beyond this a count says “more than”: nobody needs the exact number of so many on a page.
COUNTED = 10_000


@dataclass(frozen=True)
class Filters:
    """What a list of persons is narrowed to; what is empty narrows nothing. Ages are in whole years, of today."""

    holding: int | None = None
    state: str = ""
    sex: str = ""
    age_from: int | None = None
    age_to: int | None = None
    minor: bool | None = None
    no_portrait: bool | None = None
    review_due: bool | None = None
    identity_check: bool | None = None


@dataclass(frozen=True)
class PersonLine:
    """A missing person in one line."""

    pk: int
    ref: str
    agency: int
    holding: str
    names: tuple[str, ...]
    sex: str
    birth_date: str
    ages: tuple[int, int] | None
    minor: Minor
    last_seen_on: str
    last_seen_place: str
    state: str
    portraits: int
    review_on: date | None
    review_due: bool
    identity_check: bool
    recorded_at: datetime | None


@dataclass(frozen=True)
class Page:
    """Some lines of a list, and the cursor of the next ones; None at the end."""

    lines: tuple[PersonLine, ...]
    after: str | None


@dataclass(frozen=True)
class PortraitLine:
    """A portrait in one line: whose it is, the SHA-256 of its picture, on which terms it is held."""

    pk: str
    person: int
    person_ref: str
    holding: str
    sha256: str
    basis: str
    given_by: str
    taken_on: str
    until: date | None
    review_on: date | None
    withheld: bool
    added_at: datetime


@dataclass(frozen=True)
class PortraitPage:
    """Some portraits of a list, and the cursor of the next ones; None at the end."""

    lines: tuple[PortraitLine, ...]
    after: str | None


@dataclass(frozen=True)
class Counts:
    """How many persons and portraits of the operator's agency stand how; COUNTED stands for that many and more."""

    open: int
    found: int
    identified: int
    withdrawn: int
    without_portrait: int
    persons_due: int
    portraits_due: int
    identity_checks: int


def persons(who: Operator, filters: Filters | None = None, after: str | None = None, limit: int = 50) -> Page:
    """The persons open to this operator, the last recorded first; a merged record is shown by the one that counts.

    One query for the page, and two for the names and portraits of its lines. Raises Refused, or PersonRefused for a
    filter or cursor that is none.
    """
    today = timezone.now().date()
    found = _narrowed(open_to(who), filters or Filters(), today)
    if after:
        if not (after.isascii() and after.isdecimal() and len(after) < 19):
            raise PersonRefused(_("This page of the list cannot be found. Begin again at its start."))
        found = found.filter(pk__lt=int(after))
    limit = max(1, min(limit, MOST))
    rows = list(found.order_by("-pk")[: limit + 1])
    shown = rows[:limit]
    return Page(tuple(lines(shown, today)), str(shown[-1].pk) if len(rows) > limit else None)


def narrowed(who: Operator, filters: Filters) -> QuerySet[Person]:
    """The records of `open_to` that these filters leave, in no order; raises Refused or PersonRefused."""
    return _narrowed(open_to(who), filters, timezone.now().date())


def open_to(who: Operator) -> QuerySet[Person]:
    """The records that count and that this operator may read; raises Refused."""
    access.require(who, Permission.PERSON_READ, object=f"agency:{who.agency_id}")
    return persons_shown_to(who).filter(merged_into=None).select_related("holding", "report")


def _narrowed(found: QuerySet[Person], filters: Filters, today: date) -> QuerySet[Person]:
    if filters.holding is not None:
        found = found.filter(holding=filters.holding)
    if filters.state:
        _known(filters.state, ReportState.values)
        found = found.filter(report__state=filters.state)
    if filters.sex:
        _known(filters.sex, Sex.values)
        found = found.filter(sex=filters.sex)
    if filters.age_from is not None:
        found = found.filter(born_from__lte=_years_before(today, filters.age_from))
    if filters.age_to is not None:
        found = found.filter(born_to__gt=_years_before(today, filters.age_to + 1))
    if filters.minor is not None:
        child = Q(born_to__gt=_years_before(today, rules.ADULT))
        found = found.filter(child) if filters.minor else found.exclude(child)
    if filters.no_portrait is not None:
        has = Exists(Portrait.objects.filter(person=OuterRef("pk"), withheld_at=None))
        found = found.filter(~has if filters.no_portrait else has)
    if filters.review_due is not None:
        due = persons_due(today)
        found = found.filter(due) if filters.review_due else found.exclude(due)
    if filters.identity_check is not None:
        found = found.filter(identity_check_at__isnull=not filters.identity_check)
    return found


def _known(value: str, known: Sequence[str]) -> None:
    if value not in known:
        raise PersonRefused(_("The list cannot be narrowed to that. Choose from the list."))


def _years_before(day: date, years: int) -> date:
    """The day on which somebody was born who reaches this age on `day`."""
    year = day.year - max(0, min(years, 150))
    try:
        return day.replace(year=year)
    except ValueError:
        return date(year, 2, 28)


def lines(rows: Sequence[Person], today: date) -> list[PersonLine]:
    """These records as lines, in their order; two queries."""
    pks = [row.pk for row in rows]
    names: dict[int, list[str]] = {}
    for pk, text in PersonName.objects.filter(person__in=pks).order_by("spelling", "pk").values_list("person", "text"):
        names.setdefault(pk, []).append(text)
    pictures: dict[int, int] = {}
    for pk in Portrait.objects.filter(person__in=pks, withheld_at=None).values_list("person", flat=True):
        pictures[pk] = pictures.get(pk, 0) + 1
    return [_line(row, tuple(names.get(row.pk, ())), pictures.get(row.pk, 0), today) for row in rows]


def _line(row: Any, names: tuple[str, ...], portraits: int, today: date) -> PersonLine:
    return PersonLine(
        pk=row.pk,
        ref=row.ref,
        agency=row.holding.agency_id,
        holding=row.holding.name,
        names=names,
        sex=row.sex,
        birth_date=row.birth_date,
        ages=rules.ages(row.born_from, row.born_to, today),
        minor=minor_of(row, today),
        last_seen_on=row.last_seen_on,
        last_seen_place=row.last_seen_place,
        state=row.report.state,
        portraits=portraits,
        review_on=row.review_on,
        review_due=review_due(row, today),
        identity_check=row.identity_check_at is not None,
        recorded_at=row.recorded_at,
    )


def review_due(row: Any, today: date) -> bool:
    """Whether the record of a person who is missed is to be reviewed within thirty days."""
    return row.review_on is not None and row.review_on <= today + WARNED_BEFORE and row.report.state == ReportState.OPEN


def minor_of(person: Person, today: date) -> Minor:
    """Whether a person is to be treated as a child, by their record."""
    return rules.minor(person.born_to, bounds(person.last_seen_on)[0], today)


def portraits(who: Operator, person: int | None = None, after: str | None = None, limit: int = 50) -> PortraitPage:
    """The portraits that this operator may know of, by person and then by when they were added; one query.

    Raises Refused, or PersonRefused for a cursor that is none.
    """
    access.require(who, Permission.PERSON_READ, object=f"agency:{who.agency_id}")
    found = shown_to(who).select_related("person__holding").order_by("person", "pk")
    if person is not None:
        found = found.filter(person=person)
    if after:
        number, _dot, pk = after.partition(".")
        if not (number.isascii() and number.isdecimal() and len(number) < 19 and len(pk) == 32 and _hex(pk)):
            raise PersonRefused(_("This page of the list cannot be found. Begin again at its start."))
        found = found.filter(Q(person__gt=int(number)) | Q(person=int(number), pk__gt=pk))
    limit = max(1, min(limit, MOST))
    rows = list(found[: limit + 1])
    shown = rows[:limit]
    last = f"{shown[-1].person_id}.{shown[-1].pk.hex}" if len(rows) > limit else None
    return PortraitPage(tuple(_portrait_line(row) for row in shown), last)


def _hex(text: str) -> bool:
    return all(letter in "0123456789abcdef" for letter in text)


def _portrait_line(row: Portrait) -> PortraitLine:
    return PortraitLine(
        pk=str(row.pk),
        person=row.person_id,
        person_ref=row.person.ref,
        holding=row.person.holding.name,
        sha256=row.sha256,
        basis=row.basis,
        given_by=row.given_by,
        taken_on=row.taken_on,
        until=row.until,
        review_on=row.review_on,
        withheld=row.withheld_at is not None,
        added_at=row.added_at,
    )


def counts(who: Operator) -> Counts:
    """How the records of the operator's agency stand: eight queries, each of which reads COUNTED rows at most."""
    access.require(who, Permission.PERSON_READ, object=f"agency:{who.agency_id}")
    today = timezone.now().date()
    mine = Person.objects.filter(holding__agency=who.agency_id, merged_into=None)
    missed = mine.filter(report__state=ReportState.OPEN)
    held = Portrait.objects.filter(person__holding__agency=who.agency_id)
    pictured = Exists(Portrait.objects.filter(person=OuterRef("pk"), withheld_at=None))
    return Counts(
        open=_counted(missed),
        found=_counted(mine.filter(report__state=ReportState.FOUND)),
        identified=_counted(mine.filter(report__state=ReportState.IDENTIFIED)),
        withdrawn=_counted(mine.filter(report__state=ReportState.WITHDRAWN)),
        without_portrait=_counted(missed.filter(~pictured)),
        persons_due=_counted(mine.filter(persons_due(today))),
        portraits_due=_counted(held.filter(portraits_due(today))),
        identity_checks=_counted(mine.filter(identity_check_at__isnull=False)),
    )


def _counted(rows: QuerySet[Any]) -> int:
    return rows.order_by().values("pk")[:COUNTED].count()
