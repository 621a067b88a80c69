"""Exercises of the practice room, on people who never lived; nothing here leads to a case, a person or a subject.

The tables are apart from those of real work, and keys of the one open nothing of the other.
"""

from __future__ import annotations

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from antigone.access.models import Agency
from antigone.casework.models.examinations import ExaminationBase, MarkBase, NoteBase
from antigone.casework.models.lineups import Judgement


class PracticeKind(models.TextChoices):
    """What an exercise consists of."""

    SORTING = "sorting", _("sorting a block of eight")
    EXAMINING = "examining", _("examining three pairs")
    BOTH = "both", _("sorting eight, then examining what was kept")


class PracticeExercise(models.Model):
    """A set of pairs that one examiner drew; `sorted_at` is when its block was finished, `finished_at` when all was.

    `nonce` is secret: with it the ledger's digest of what was judged can be checked, and without it nothing guessed.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    actor = models.CharField(max_length=64, db_index=True)
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="practice_exercises")
    kind = models.CharField(max_length=12, choices=PracticeKind.choices)
    nonce = models.CharField(max_length=64)
    begun_at = models.DateTimeField()
    sorted_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"exercise {self.id}"


class PracticePair(models.Model):
    """The photographs of a body and a portrait, at their place in an exercise, and how they were sorted.

    `again` says that what earlier exercises told this examiner gives its answer.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    exercise = models.ForeignKey(PracticeExercise, on_delete=models.CASCADE, related_name="pairs")
    place = models.PositiveSmallIntegerField()
    again = models.BooleanField(default=False)
    judgement = models.CharField(max_length=12, choices=Judgement.choices, blank=True)
    shown_at = models.DateTimeField(null=True)
    judged_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["exercise", "place"], name="one_practice_pair_at_a_place"),)

    def __str__(self) -> str:
        return f"pair {self.id}"


class PracticePicture(models.Model):
    """One picture of a pair under a key of its own, so that no address says which picture of the cohort it is."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    pair = models.ForeignKey(PracticePair, on_delete=models.CASCADE, related_name="pictures")
    side = models.CharField(max_length=1)
    place = models.PositiveSmallIntegerField()
    file = models.CharField(max_length=200)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["pair", "side", "place"], name="one_practice_picture_a_place"),)

    def __str__(self) -> str:
        return f"picture {self.id}"


class PracticeTruth(models.Model):
    """Whether a pair is of one person; kept apart from what is read before the seal."""

    pair = models.OneToOneField(PracticePair, on_delete=models.CASCADE, related_name="truth")
    one_person = models.BooleanField()

    def __str__(self) -> str:
        return f"truth {self.pk}"


class PracticeExamination(ExaminationBase):
    """The examination of a pair of an exercise, by whoever took it."""

    pair = models.OneToOneField(PracticePair, on_delete=models.CASCADE, related_name="examination")


class PracticeNote(NoteBase):
    """What an examination for practice observed of one component."""

    examination = models.ForeignKey(PracticeExamination, on_delete=models.CASCADE, related_name="notes")

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["examination", "component"], name="a_practice_component_noted_once"),
        )


class PracticeMark(MarkBase):
    """A drawing made in an examination for practice."""

    examination = models.ForeignKey(PracticeExamination, on_delete=models.CASCADE, related_name="marks")
