"""Samples taken from remains for the primary identifiers, and what laboratories made of them, in words."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from antigone.remains.models.subjects import Subject


class SampleKind(models.TextChoices):
    BONE = "bone", _("bone")
    TOOTH = "tooth", _("tooth")
    BLOOD = "blood", _("blood")
    TISSUE = "tissue", _("soft tissue")
    HAIR = "hair", _("hair")
    NAIL = "nail", _("nail")
    SWAB = "swab", _("swab")
    PRINTS = "prints", _("finger, palm or foot prints")
    RADIOGRAPH = "radiograph", _("radiograph")
    OTHER = "other", _("other")


class Identifier(models.TextChoices):
    """For which primary identifier it was taken."""

    DNA = "dna", _("DNA")
    DENTAL = "dental", _("teeth")
    PRINTS = "prints", _("friction ridges")
    IMPLANT = "implant", _("implant with a serial number")


class Sample(models.Model):
    """One sample: what, for what, who took it when, where it is kept, and the laboratory's answer in words.

    The answer is words and a reference; no profile and no raw data is held here.
    """

    subject = models.ForeignKey(Subject, on_delete=models.PROTECT, related_name="samples")
    reference = models.CharField(max_length=120)
    kind = models.CharField(max_length=12, choices=SampleKind.choices)
    identifier = models.CharField(max_length=12, choices=Identifier.choices)
    taken_from = models.CharField(max_length=200, blank=True)
    taken_on = models.DateField(null=True)
    taken_by = models.CharField(max_length=200)
    kept_at = models.CharField(max_length=200)
    laboratory = models.CharField(max_length=200, blank=True)
    laboratory_reference = models.CharField(max_length=120, blank=True)
    result = models.TextField(blank=True)
    result_on = models.DateField(null=True)
    recorded_by = models.CharField(max_length=64)
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["subject", "reference"], name="a_sample_reference_once"),)

    def __str__(self) -> str:
        return f"sample {self.pk}"
