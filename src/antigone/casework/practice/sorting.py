"""Sorting the block of an exercise, as triage is done: blind, one pair after the other, until it is finished."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from antigone.access.models import Operator
from antigone.casework.errors import ExaminationRefused
from antigone.casework.models import Judgement, PracticeExercise, PracticeKind, PracticePair
from antigone.casework.practice import exercises, own, pool
from antigone.ledger.services import record, recorded


@dataclass(frozen=True)
class Item:
    """A pair of the block: its number, and one's own judgement of it, empty until given."""

    key: UUID
    number: int
    judgement: str


@dataclass(frozen=True)
class Block:
    """The block of an exercise, and the pair that comes next; `next` is None once all is judged."""

    exercise: UUID
    items: tuple[Item, ...]
    next: UUID | None


@dataclass(frozen=True)
class Pair:
    """A pair to judge, with keys of the photographs; the portrait needs none."""

    block: Block
    item: Item
    photographs: tuple[UUID, ...]


def block(exercise: UUID, who: Operator) -> Block:
    """The block to sort; raises NotHere, Refused, or ExaminationRefused where it is sorted already."""
    return _block(_open(own.exercise(exercise, who)))


def pair(key: UUID, who: Operator) -> Pair:
    """One pair of the block; raises as `block`."""
    found = own.pair(key, who)
    here = _block(_open(found.exercise))
    return Pair(
        block=here,
        item=next(each for each in here.items if each.key == found.pk),
        photographs=tuple(found.pictures.filter(side="a").order_by("place").values_list("pk", flat=True)),
    )


def photograph(key: UUID, picture: UUID, who: Operator) -> bytes:
    """A photograph of a pair that is sorted now; a JPEG."""
    found = own.pair(key, who)
    _open(found.exercise)
    return pool.picture(own.file_of(found, "a", picture))


def portrait(key: UUID, who: Operator) -> bytes:
    """The portrait of a pair that is sorted now; a JPEG. When it was first shown is kept."""
    found = own.pair(key, who)
    _open(found.exercise)
    made = pool.picture(own.file_of(found, "b"))
    PracticePair.objects.filter(pk=found.pk, shown_at=None).update(shown_at=timezone.now())
    return made


def judge(key: UUID, judgement: str, who: Operator) -> None:
    """Keep, set aside, or cannot tell; until the block is finished it may be judged anew, and the first time counts.

    Raises ExaminationRefused for a pair that one has not looked at, or a block that is finished.
    """
    found = own.pair(key, who)
    _open(found.exercise)
    if judgement not in Judgement.values:
        raise ExaminationRefused(_("Keep, set aside, or cannot tell: choose one. Nothing was changed."))
    if found.shown_at is None:
        raise ExaminationRefused(_("Look at the two pictures first. Nothing was changed."))
    with recorded():
        _open(PracticeExercise.objects.select_for_update().get(pk=found.exercise_id))
        PracticePair.objects.filter(pk=found.pk).update(judgement=judgement)
        PracticePair.objects.filter(pk=found.pk, judged_at=None).update(judged_at=timezone.now())
        record("casework:practice:judge", actor=who.actor, object=f"exercise:{found.exercise_id}")


def finish(exercise: UUID, who: Operator) -> None:
    """Seal one's block, once all is judged; from then on it does not change."""
    found = own.exercise(exercise, who)
    with recorded():
        held = _open(PracticeExercise.objects.select_for_update().get(pk=found.pk))
        if held.pairs.filter(judgement="").exists():
            raise ExaminationRefused(_("Not everything is judged yet. Nothing was changed."))
        judged = [[str(key), said] for key, said in held.pairs.order_by("place").values_list("pk", "judgement")]
        PracticeExercise.objects.filter(pk=held.pk).update(sorted_at=timezone.now())
        record(
            "casework:practice:sort",
            actor=who.actor,
            object=f"exercise:{held.pk}",
            judged_sha256=hashlib.sha256(json.dumps([held.nonce, judged]).encode()).hexdigest(),
        )
        exercises.close_if_done(held)


def _open(exercise: PracticeExercise) -> PracticeExercise:
    """An exercise whose block is sorted now; raises NotHere or ExaminationRefused."""
    if exercise.kind == PracticeKind.EXAMINING:
        raise own.not_here()
    if exercise.sorted_at is not None or exercise.finished_at is not None:
        raise ExaminationRefused(_("This block is sealed; what was judged stays. Nothing was changed."))
    return exercise


def _block(exercise: PracticeExercise) -> Block:
    items = tuple(
        Item(key, place + 1, judgement)
        for key, place, judgement in exercise.pairs.order_by("place").values_list("pk", "place", "judgement")
    )
    return Block(exercise.pk, items, next((each.key for each in items if not each.judgement), None))
