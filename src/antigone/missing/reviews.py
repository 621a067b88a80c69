"""Reviews and ends of portraits and persons: what is due, who is warned, what is kept on, and what ends.

The daily job calls `warn` and then `expire`; both can be stopped anywhere and called again.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import DateField, Q, QuerySet
from django.db.models.functions import Coalesce, TruncDate
from django.utils import timezone
from django.utils.translation import gettext as _

from antigone.access.models import Operator
from antigone.access.permissions import Permission
from antigone.enrolment import services as enrolment
from antigone.ledger import services as ledger
from antigone.ledger.services import record, recorded
from antigone.missing import erasure, retention, rules, services
from antigone.missing.errors import PersonRefused
from antigone.missing.models import Person, Portrait
from antigone.missing.own import person_for, portrait_for
from antigone.missing.retention import (
    ERASE_GRACE,
    REVIEW_GRACE,
    Due,
    due,
    erased_on,
    renewal_fault,
)

ACTOR = "system:retention"
TOGETHER = 500
MOST = 200
REASON_LENGTH = 400


@dataclass(frozen=True)
class DueLine:
    """A record that somebody should look at: a portrait, or a person where `portrait` is empty."""

    person: int
    person_ref: str
    holding: str
    portrait: str
    why: Due
    on: date
    erased_on: date | None


@dataclass(frozen=True)
class Warned:
    """How many records were warned of today for the first time, by agency."""

    portraits: dict[int, int]
    persons: dict[int, int]

    @property
    def total(self) -> int:
        return sum(self.portraits.values()) + sum(self.persons.values())


@dataclass(frozen=True)
class Expired:
    """What the daily job ended: portraits that nobody reviewed, and those that were erased after their grace."""

    ended: int
    erased: int
    verified: bool


def reviews_due(
    today: date, agency: int | None = None, *, after: tuple[date, str] | None = None, limit: int = 50
) -> list[DueLine]:
    """Portraits that are due, of one agency or of all, due longest first; `after` is (on, portrait) of the last."""
    rows = _due_portraits(today).select_related("person__holding")
    if agency is not None:
        rows = rows.filter(person__holding__agency=agency)
    # One of three days counts for each portrait; a withdrawal outweighs an end, and an end a review.
    day = Coalesce(TruncDate("withheld_at"), "until", "review_on", output_field=DateField())
    rows = rows.annotate(on=day)
    if after is not None:
        rows = rows.filter(Q(on__gt=after[0]) | Q(on=after[0], pk__gt=after[1]))
    return [_line(each, today) for each in rows.order_by("on", "pk")[: max(1, min(limit, MOST))]]


def ending(today: date, agency: int, *, limit: int = 50) -> list[DueLine]:
    """Portraits of an agency that ended or will within thirty days, those to be erased first at the top."""
    rows = _due_portraits(today).filter(Q(withheld_at__isnull=False) | Q(until__isnull=False))
    rows = rows.filter(person__holding__agency=agency).select_related("person__holding")
    rows = rows.annotate(on=Coalesce(TruncDate("withheld_at"), "until", output_field=DateField()))
    return [_line(each, today) for each in rows.order_by("on", "pk")[: max(1, min(limit, MOST))]]


def _line(portrait: Any, today: date) -> DueLine:
    withheld = portrait.withheld_at.date() if portrait.withheld_at else None
    why = due(portrait.until, portrait.review_on, withheld, today)
    assert why is not None  # it was asked for what is due
    return DueLine(
        portrait.person_id,
        portrait.person.ref,
        portrait.person.holding.name,
        str(portrait.pk),
        why,
        portrait.on,
        erased_on(portrait.until, withheld),
    )


def persons_due(today: date, agency: int, *, after: tuple[date, int] | None = None, limit: int = 50) -> list[DueLine]:
    """Persons whose record is to be reviewed, those due longest first; `after` is (on, person) of the last."""
    rows = _due_persons(today).filter(holding__agency=agency).select_related("holding")
    if after is not None:
        rows = rows.filter(Q(review_on__gt=after[0]) | Q(review_on=after[0], pk__gt=after[1]))
    lines = []
    for person in rows.order_by("review_on", "pk")[: max(1, min(limit, MOST))]:
        assert person.review_on is not None
        lines.append(DueLine(person.pk, person.ref, person.holding.name, "", Due.REVIEW, person.review_on, None))
    return lines


def _due_portraits(today: date) -> QuerySet[Portrait]:
    return Portrait.objects.filter(retention.portraits_due(today)).order_by("pk")


def _due_persons(today: date) -> QuerySet[Person]:
    return Person.objects.filter(retention.persons_due(today), merged_into=None)


def warn(today: date) -> Warned:
    """Say once of each record that is due within thirty days, in the ledger, and remember that it was said."""
    portraits: dict[int, int] = {}
    persons: dict[int, int] = {}
    try:
        fresh = _due_portraits(today).filter(warned_at=None)
        while batch := list(fresh.values_list("pk", "person__holding__agency")[:TOGETHER]):
            with recorded(sequence=False):
                Portrait.objects.filter(pk__in=[pk for pk, _agency in batch]).update(warned_at=timezone.now())
                for pk, agency in batch:
                    record("missing:portrait:warn", actor=ACTOR, object=f"portrait:{pk}", agency=agency)
                    portraits[agency] = portraits.get(agency, 0) + 1
        missed = _due_persons(today).filter(warned_at=None).order_by("pk")
        while people := list(missed.values_list("pk", "holding__agency")[:TOGETHER]):
            with recorded(sequence=False):
                Person.objects.filter(pk__in=[pk for pk, _agency in people]).update(warned_at=timezone.now())
                for number, agency in people:
                    record("missing:person:warn", actor=ACTOR, object=f"person:{number}", agency=agency)
                    persons[agency] = persons.get(agency, 0) + 1
    finally:
        ledger.sequence()
    return Warned(portraits, persons)


def renew(
    portrait: Portrait, who: Operator, *, until: date | None = None, review_on: date | None = None, reason: str
) -> Portrait:
    """Keep a portrait on after a review, with a new last day or a new day of review, and the reason.

    Raises Refused, NotHere, or PersonRefused for terms that cannot be, and for a portrait that its giver withdrew.
    """
    today = timezone.now().date()
    fault = renewal_fault(until, review_on, reason, today)
    with recorded():
        portrait = portrait_for(portrait, who, Permission.RETENTION_REVIEW)
        if fault:
            raise PersonRefused(fault)
        if portrait.withheld_at is not None:
            raise PersonRefused(_("Its giver withdrew it; only they can give it again. Nothing was changed."))
        Portrait.objects.filter(pk=portrait.pk).update(until=until, review_on=review_on, warned_at=None)
        enrolment.set_end([portrait.pk], rules.day_number(until))
        record(
            "missing:portrait:review",
            actor=who.actor,
            object=f"portrait:{portrait.pk}",
            until=until,
            review_on=review_on,
            reason=reason.strip()[:REASON_LENGTH],
        )
        portrait.refresh_from_db()
    return portrait


def renew_person(person: Person, who: Operator, *, review_on: date, reason: str) -> Person:
    """Keep a person's record on after a review; raises as above."""
    fault = renewal_fault(None, review_on, reason, timezone.now().date())
    with recorded():
        person = person_for(person, who, Permission.RETENTION_REVIEW)
        if fault:
            raise PersonRefused(fault)
        Person.objects.filter(pk=person.pk).update(review_on=review_on, warned_at=None)
        record(
            "missing:person:review",
            actor=who.actor,
            object=f"person:{person.pk}",
            review_on=review_on,
            reason=reason.strip()[:REASON_LENGTH],
        )
        person.refresh_from_db()
    return person


def expire(today: date) -> Expired:
    """End portraits whose review nobody held, and erase those that ended or were withdrawn before the time of grace.

    An ended portrait is searched no more from that day on by its last day alone, whether this job runs or not.
    """
    try:
        ended = sum(_end(_unheld(today).filter(pk__in=batch), today) for batch in _batches(_unheld(today)))
    finally:
        ledger.sequence()
    erased, verified = 0, True
    for batch in _batches(_to_erase(today)):
        # Whoever kept one on since the batch was read is heard: what is due is asked again where it is erased.
        due_now = _to_erase(today).filter(pk__in=batch)
        erased += len(services.erase_portraits(due_now, ACTOR, "its time has ended"))
    if erased:
        verified = erasure.complete(ACTOR)
    return Expired(ended, erased, verified)


def _unheld(today: date) -> QuerySet[Portrait]:
    return Portrait.objects.filter(until=None, review_on__lt=today - REVIEW_GRACE)


def _end(unheld: QuerySet[Portrait], today: date) -> int:
    yesterday = date.fromordinal(today.toordinal() - 1)
    with recorded(sequence=False):
        batch = list(unheld.select_for_update().values_list("pk", flat=True))
        Portrait.objects.filter(pk__in=batch).update(until=yesterday)
        enrolment.set_end(batch, rules.day_number(yesterday))
        for pk in batch:
            record("missing:portrait:end", actor=ACTOR, object=f"portrait:{pk}", until=yesterday)
    return len(batch)


def _to_erase(today: date) -> QuerySet[Portrait]:
    """Past their grace; while a check of identity is open the person's own wishes are waited for."""
    past = today - ERASE_GRACE
    withdrawn = Q(withheld_at__date__lt=past, person__identity_check_at=None)
    return Portrait.objects.filter(Q(until__lt=past) | withdrawn)


def _batches(rows: QuerySet[Portrait]) -> Iterator[list[UUID]]:
    """What the query finds, in batches, each of which the caller has changed before the next is read."""
    while batch := list(rows.order_by("pk").values_list("pk", flat=True)[:TOGETHER]):
        yield batch
