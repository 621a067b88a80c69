"""The data-protection reviewer's sample: photographs drawn at random, so that nobody can choose, each then marked."""

from __future__ import annotations

import random
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID

from django.db.models import Count, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from antigone.access import services as access
from antigone.access.models import Mandate, Operator
from antigone.access.permissions import Permission
from antigone.access.rules import Purpose
from antigone.ledger.services import record, recorded
from antigone.remains import own
from antigone.remains.errors import BadRecord, RecordRefused
from antigone.remains.keeping import check
from antigone.remains.models import Attestation, Photograph, SampleDraw, SampleItem, SubjectKind, Verdict
from antigone.vault import store

MOST = 200


@dataclass(frozen=True)
class Drawn:
    """One photograph of a sample with what allowed it to be taken in; everything but the picture."""

    item: SampleItem
    photograph: Photograph | None
    attestation: Attestation | None
    mandates: tuple[Mandate, ...]
    purposes: tuple[Purpose, ...]

    @property
    def erased(self) -> bool:
        """Whether the photograph is gone since it was drawn."""
        return self.photograph is None


def draw(since: date, until: date, number: int, who: Operator) -> SampleDraw:
    """Draw photographs of a period at random; the seed is drawn here and stands in the ledger with what it gave.

    Raises Refused, or BadRecord for a period or a number that cannot be.
    """
    access.require(who, Permission.SAMPLE_REVIEW, object=f"agency:{who.agency_id}")
    if until < since:
        raise BadRecord(_("The period ends before it begins. Nothing was drawn."))
    if not 1 <= number <= MOST:
        raise BadRecord(_("Draw between 1 and %(most)d photographs. Nothing was drawn.") % {"most": MOST})
    seed = secrets.token_hex(16)
    with recorded():
        population = _population(who.agency_id, since, until)
        if not population:
            raise RecordRefused(_("No photograph was taken in during this period. Nothing was drawn."))
        drawn = chosen(population, number, seed)
        row = SampleDraw.objects.create(
            agency=who.agency,
            since=since,
            until=until,
            population=len(population),
            seed=seed,
            drawn_by=who.actor,
            drawn_at=timezone.now(),
        )
        SampleItem.objects.bulk_create(
            SampleItem(draw=row, position=place, photograph=pk) for place, pk in enumerate(drawn, start=1)
        )
        record(
            "remains:sample:draw",
            actor=who.actor,
            object=f"draw:{row.pk}",
            since=since,
            until=until,
            population=row.population,
            seed=seed,
            photographs=[str(pk) for pk in drawn],
        )
    return row


def chosen(population: Sequence[UUID], number: int, seed: str) -> list[UUID]:
    """The photographs that a seed draws of a population, whatever order it comes in: anyone can draw them again."""
    return random.Random(seed).sample(sorted(population), min(number, len(population)))  # noqa: S311 (seed is secret's)


def cases(sample: SampleDraw, who: Operator) -> list[Drawn]:
    """The photographs of a draw with attestation, mandate and purpose, veiled: a fixed number of queries."""
    _may(who, sample)
    items = list(sample.items.all())
    photographs = {
        each.pk: each
        for each in Photograph.objects.filter(pk__in=[item.photograph for item in items])
        .select_related("subject")
        .prefetch_related("subject__attestations")
    }
    mandates = list(Mandate.objects.filter(agency_id=sample.agency_id).order_by("pk"))
    return [_case(item, photographs.get(item.photograph), mandates) for item in items]


def case(item: SampleItem, who: Operator) -> Drawn:
    """One photograph of a draw with what allowed it, veiled: a fixed number of queries."""
    _may(who, item.draw)
    photograph = (
        Photograph.objects.filter(pk=item.photograph)
        .select_related("subject")
        .prefetch_related("subject__attestations")
        .first()
    )
    return _case(item, photograph, list(Mandate.objects.filter(agency_id=item.draw.agency_id).order_by("pk")))


def next_unmarked(sample: SampleDraw, after: int = 0) -> SampleItem | None:
    """The next photograph of a draw that nobody has marked, from a place on and round to the beginning."""
    open_still = list(sample.items.filter(verdict=Verdict.UNMARKED))
    later = [each for each in open_still if each.position > after]
    return next(iter(later or open_still), None)


@dataclass(frozen=True)
class Marks:
    """How far a draw is: photographs drawn, marked in order, questioned."""

    drawn: int = 0
    in_order: int = 0
    questioned: int = 0

    @property
    def left(self) -> int:
        return self.drawn - self.in_order - self.questioned


def marks(draws: Sequence[SampleDraw]) -> dict[int, Marks]:
    """How far each of these draws is; one query."""
    counted = (
        SampleItem.objects.filter(draw__in=[each.pk for each in draws])
        .order_by()
        .values_list("draw")
        .annotate(
            drawn=Count("pk"),
            in_order=Count("pk", filter=Q(verdict=Verdict.IN_ORDER)),
            questioned=Count("pk", filter=Q(verdict=Verdict.QUESTIONED)),
        )
    )
    return {draw: Marks(drawn, in_order, questioned) for draw, drawn, in_order, questioned in counted}


def mark(item: SampleItem, verdict: str, words: str, who: Operator) -> SampleItem:
    """Say that a photograph is in order, or question it with words; the last word counts, each is in the ledger."""
    _may(who, item.draw)
    if verdict not in (Verdict.IN_ORDER, Verdict.QUESTIONED):
        raise BadRecord(_("Mark it in order, or question it. Nothing was saved."))
    if verdict == Verdict.QUESTIONED and not words.strip():
        raise RecordRefused(_("Say what is questioned. Nothing was saved."))
    with recorded():
        item.verdict, item.words = verdict, words
        item.marked_by, item.marked_at = who.actor, timezone.now()
        fields = ("verdict", "words", "marked_by", "marked_at")
        check(item, only=frozenset(fields))
        item.save(update_fields=fields)
        record(
            "remains:sample:mark",
            actor=who.actor,
            object=f"photograph:{item.photograph}",
            draw=item.draw_id,
            verdict=verdict,
        )
    return item


def lifted(item: SampleItem, who: Operator) -> bytes:
    """The photograph behind its veil, for the reviewer alone; the look is in the ledger. Raises NotHere when erased."""
    _may(who, item.draw)
    photograph = Photograph.objects.filter(pk=item.photograph).first()
    if photograph is None:
        raise own.not_here()
    with recorded():
        record(
            "remains:photograph:look",
            actor=who.actor,
            object=f"photograph:{photograph.pk}",
            subject=photograph.subject_id,
            agency=who.agency_id,
        )
    return store.open(str(photograph.pk))


def _may(who: Operator, sample: SampleDraw) -> None:
    own.may_in(who, Permission.SAMPLE_REVIEW, sample.agency_id, f"draw:{sample.pk}")


def _population(agency: int, since: date, until: date) -> list[UUID]:
    begin = datetime.combine(since, time.min, UTC)
    end = datetime.combine(until, time.min, UTC) + timedelta(days=1)
    taken_in = Photograph.objects.filter(subject__agency=agency, added_at__gte=begin, added_at__lt=end)
    return list(taken_in.values_list("pk", flat=True))


def _case(item: SampleItem, photograph: Photograph | None, mandates: list[Mandate]) -> Drawn:
    if photograph is None:
        return Drawn(item, None, None, (), ())
    subject, day = photograph.subject, photograph.added_at.date()
    attestation = None
    if subject.kind == SubjectKind.UNABLE:
        before = [each for each in subject.attestations.all() if each.attested_at <= photograph.added_at]
        attestation = max(before, key=lambda each: each.attested_at, default=None)
    covered = tuple(
        mandate
        for mandate in mandates
        if mandate.valid_from <= day <= mandate.valid_until
        and subject.kind in mandate.subject_kinds
        and (mandate.revoked_at is None or mandate.revoked_at > photograph.added_at)
    )
    return Drawn(item, photograph, attestation, covered, tuple({Purpose(each.purpose): None for each in covered}))
