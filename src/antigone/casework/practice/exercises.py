"""Taking an exercise: pairs are drawn, worked on, and told of once they are sealed; it can be left at any time."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Count, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from antigone.access.models import Operator
from antigone.casework.errors import ExaminationRefused
from antigone.casework.judging.conduct import OPEN
from antigone.casework.models import (
    Judgement,
    PracticeExamination,
    PracticeExercise,
    PracticeKind,
    PracticePair,
    PracticePicture,
    PracticeTruth,
    Stage,
)
from antigone.casework.practice import lots, own, pool
from antigone.ledger.services import record, recorded

PAIRS = {PracticeKind.SORTING: 8, PracticeKind.EXAMINING: 3, PracticeKind.BOTH: 8}


@dataclass(frozen=True)
class Examinable:
    """A pair that is to be examined: its number in the exercise, and the examination once it is begun."""

    pair: UUID
    number: int
    examination: UUID | None
    stage: str


@dataclass(frozen=True)
class Exercise:
    """One's own exercise as it stands; nothing in it tells what the truth is."""

    key: UUID
    kind: PracticeKind
    begun_at: datetime
    of: int
    judged: int
    sorted: bool
    finished: bool
    examinable: tuple[Examinable, ...]

    @property
    def sorting(self) -> bool:
        """Whether its block is to be sorted now."""
        return self.kind != PracticeKind.EXAMINING and not self.sorted and not self.finished


@dataclass(frozen=True)
class Past:
    """A finished exercise; `pairs` is how many were judged or sealed in it."""

    key: UUID
    kind: PracticeKind
    finished_at: datetime
    pairs: int


def begin(kind: str, who: Operator) -> UUID:
    """Draw an exercise, or go on with the one of this kind that is open; returns its key.

    Raises Refused, or ExaminationRefused: where one of another kind is open, and where the pictures are not there.
    """
    own.allowed(who)
    if kind not in PracticeKind.values:
        raise ExaminationRefused(_("Choose one of the exercises. Nothing was changed."))
    if not pool.there():
        raise ExaminationRefused(
            _("The pictures for practice are not in this installation, so no exercise can be drawn. Nothing was done.")
        )
    with recorded():
        # Two clicks in one moment take turns, and the second goes on with what the first drew.
        Operator.objects.select_for_update().get(pk=who.pk)
        begun = PracticeExercise.objects.filter(actor=who.actor, finished_at=None).first()
        if begun is not None and begun.kind == kind:
            return begun.pk
        if begun is not None:
            raise ExaminationRefused(_("You have begun another exercise. Finish it, or leave it. Nothing was changed."))
        made = PracticeExercise.objects.create(
            actor=who.actor, agency=who.agency, kind=kind, nonce=secrets.token_hex(32), begun_at=timezone.now()
        )
        drawn = lots.draw(PAIRS[PracticeKind(kind)], pool.pairs(), _met(who), secrets.SystemRandom())
        for place, each in enumerate(drawn):
            _keep(made, place, each)
        record("casework:practice:begin", actor=who.actor, object=f"exercise:{made.pk}")
    return made.pk


def open_one(who: Operator) -> Exercise | None:
    """The exercise that one has begun and not finished."""
    own.allowed(who)
    found = PracticeExercise.objects.filter(actor=who.actor, finished_at=None).order_by("begun_at").first()
    return None if found is None else _as_it_stands(found)


def past(who: Operator, limit: int = 20) -> list[Past]:
    """One's last exercises that are finished or were left, the latest first."""
    own.allowed(who)
    rows = (
        PracticeExercise.objects.filter(actor=who.actor, finished_at__isnull=False)
        .annotate(told=Count("pairs", filter=Q(pairs__judgement__gt="") | Q(pairs__examination__stage=Stage.SEALED)))
        .order_by("-finished_at")[:limit]
    )
    return [Past(each.pk, PracticeKind(each.kind), each.finished_at, each.told) for each in rows if each.finished_at]


def standing(exercise: UUID, who: Operator) -> Exercise:
    """One's own exercise as it stands; raises NotHere or Refused."""
    return _as_it_stands(own.exercise(exercise, who))


def leave(exercise: UUID, who: Operator) -> None:
    """End an exercise early: what is sealed counts and was told; of the rest nothing is told, and nothing counts."""
    found = own.exercise(exercise, who)
    with recorded():
        now = timezone.now()
        if not PracticeExercise.objects.filter(pk=found.pk, finished_at=None).update(finished_at=now):
            raise ExaminationRefused(_("This exercise is finished. Nothing was changed."))
        PracticeExamination.objects.filter(pair__exercise=found, stage__in=OPEN).update(
            stage=Stage.ABANDONED, ended_at=now
        )
        record("casework:practice:leave", actor=who.actor, object=f"exercise:{found.pk}")


def close_if_done(exercise: PracticeExercise) -> None:
    """Finish an exercise once nothing is left in it, in the caller's transaction."""
    held = PracticeExercise.objects.select_for_update().get(pk=exercise.pk)
    if held.kind != PracticeKind.EXAMINING and held.sorted_at is None:
        return
    if to_examine(held).exclude(examination__stage__in=(Stage.SEALED, Stage.ABANDONED)).exists():
        return
    PracticeExercise.objects.filter(pk=held.pk, finished_at=None).update(finished_at=timezone.now())


def to_examine(exercise: PracticeExercise) -> QuerySet[PracticePair]:
    """The pairs of an exercise that are examined: all, what was kept, or none, as its kind says."""
    if exercise.kind == PracticeKind.EXAMINING:
        return exercise.pairs.all()
    if exercise.kind == PracticeKind.BOTH and exercise.sorted_at is not None:
        return exercise.pairs.filter(judgement=Judgement.KEEP)
    return exercise.pairs.none()


def _as_it_stands(found: PracticeExercise) -> Exercise:
    pairs = list(found.pairs.order_by("place"))
    examinable = to_examine(found).order_by("place").values_list("pk", "place", "examination", "examination__stage")
    return Exercise(
        key=found.pk,
        kind=PracticeKind(found.kind),
        begun_at=found.begun_at,
        of=len(pairs),
        judged=sum(bool(each.judgement) for each in pairs),
        sorted=found.sorted_at is not None,
        finished=found.finished_at is not None,
        examinable=tuple(Examinable(pk, place + 1, key, stage or "") for pk, place, key, stage in examinable),
    )


def _keep(exercise: PracticeExercise, place: int, drawn: lots.Drawn) -> None:
    pair = PracticePair.objects.create(exercise=exercise, place=place, again=drawn.again)
    PracticeTruth.objects.create(pair=pair, one_person=drawn.pair.one_person)
    files = [("a", file) for file in drawn.pair.photographs] + [("b", drawn.pair.portrait)]
    PracticePicture.objects.bulk_create(
        PracticePicture(pair=pair, side=side, place=number, file=file) for number, (side, file) in enumerate(files)
    )


def _met(who: Operator) -> lots.Met:
    """Whom this examiner met in earlier exercises, by the folders of the pictures."""
    found: dict[UUID, dict[str, str]] = {}
    same: dict[UUID, bool] = {}
    rows = PracticePicture.objects.filter(pair__exercise__actor=who.actor)
    for pair, side, file, one_person in rows.values_list("pair", "side", "file", "pair__truth__one_person"):
        found.setdefault(pair, {})[side] = file.split("/")[1]
        same[pair] = bool(one_person)
    return lots.Met.of((names["a"], names["b"], same[pair]) for pair, names in found.items())
