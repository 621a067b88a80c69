"""One examiner's work on two pictures, from assessment to the sealed conclusion; blind to everybody else's."""

from __future__ import annotations

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from antigone.access.models import Agency
from antigone.casework.models.lineups import Comparison


class Stage(models.TextChoices):
    """Where an examination stands: analysis, comparison and evaluation of ACE-V, after assessment."""

    ASSESSMENT = "assessment", _("assessment")
    ANALYSIS = "analysis", _("analysis")
    COMPARISON = "comparison", _("comparison")
    EVALUATION = "evaluation", _("evaluation")
    SEALED = "sealed", _("sealed")
    ABANDONED = "abandoned", _("given up")


class ExaminationBase(models.Model):
    """One examiner's work on two pictures by ACE-V: what an examination of a case and one for practice have alike.

    `content` is what was signed, `digest` its SHA-256, which the ledger has too: whoever alters it is found out.
    `analysis_digest` stands for what was noted of the photograph of the subject before the portrait was shown.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    stage = models.CharField(max_length=12, choices=Stage.choices, default=Stage.ASSESSMENT)
    begun_at = models.DateTimeField()
    analysis_digest = models.CharField(max_length=64, blank=True)
    portrait_shown_at = models.DateTimeField(null=True)
    level = models.CharField(max_length=16, blank=True)
    reasons = models.TextField(blank=True)
    content = models.JSONField(null=True)
    digest = models.CharField(max_length=64, blank=True)
    ended_at = models.DateTimeField(null=True)
    ended_why = models.CharField(max_length=400, blank=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"examination {self.id}"


class NoteBase(models.Model):
    """What was observed of one facial component; `seen_a` is of the subject's photograph, `seen_b` of the portrait."""

    component = models.PositiveSmallIntegerField()
    seen_a = models.BooleanField(null=True)
    note_a = models.CharField(max_length=1000, blank=True)
    seen_b = models.BooleanField(null=True)
    comparable = models.BooleanField(null=True)
    finding = models.CharField(max_length=12, blank=True)
    explanation = models.CharField(max_length=12, blank=True)
    structural = models.BooleanField(default=False)
    weight = models.CharField(max_length=8, blank=True)
    note = models.CharField(max_length=1000, blank=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"component {self.component}"


class MarkBase(models.Model):
    """A drawing on one of the two pictures, in shares of its width and height; never laid over the other.

    `side` is "a" for a photograph of the subject and "b" for the portrait, `during` the stage in which it was drawn.
    """

    side = models.CharField(max_length=1)
    during = models.CharField(max_length=12)
    picture = models.UUIDField()
    shape = models.CharField(max_length=8)
    points = models.JSONField()
    note = models.CharField(max_length=200, blank=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"mark on {self.side}"


class Examination(ExaminationBase):
    """One examiner's examination of one comparison of a search."""

    comparison = models.ForeignKey(Comparison, on_delete=models.PROTECT, related_name="examinations")
    actor = models.CharField(max_length=64)
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="examinations")

    class Meta:
        constraints = (models.UniqueConstraint(fields=["comparison", "actor"], name="a_comparison_once_by_one"),)


class ComponentNote(NoteBase):
    """What an examination of a case observed of one component."""

    examination = models.ForeignKey(Examination, on_delete=models.CASCADE, related_name="notes")

    class Meta:
        constraints = (models.UniqueConstraint(fields=["examination", "component"], name="a_component_noted_once"),)


class FreeMark(MarkBase):
    """A drawing made in an examination of a case."""

    examination = models.ForeignKey(Examination, on_delete=models.CASCADE, related_name="marks")
