"""Codes that were given out, for good, and the codes under which other agencies know the same subject."""

from __future__ import annotations

from django.db import models

from antigone.access.models import Agency
from antigone.remains.models.subjects import Subject


class CodeReservation(models.Model):
    """That a code was given out: it stays, whatever becomes of the subject, so that no code means two.

    `folded` is the code as compared (case and composition do not tell two codes apart). `series` is the folded
    PLACE-TEAM of a code of that form, empty for others, and `count` its number there.
    """

    code = models.CharField(max_length=120)
    folded = models.CharField(max_length=240, unique=True)
    series = models.CharField(max_length=240, blank=True)
    count = models.PositiveIntegerField(null=True)
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="code_reservations")
    used = models.BooleanField(default=False)
    reserved_by = models.CharField(max_length=64)
    reserved_at = models.DateTimeField()

    class Meta:
        indexes = (models.Index(fields=["series", "-count"], name="codes_of_a_series"),)

    def __str__(self) -> str:
        return self.code


class AliasCode(models.Model):
    """The code by which another agency, named in words, knows a subject, and since when."""

    subject = models.ForeignKey(Subject, on_delete=models.CASCADE, related_name="aliases")
    agency_name = models.CharField(max_length=200)
    code = models.CharField(max_length=120)
    since = models.DateField(null=True)
    recorded_by = models.CharField(max_length=64)
    recorded_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    ended_by = models.CharField(max_length=64, blank=True)
    end_reason = models.CharField(max_length=400, blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["subject", "agency_name", "code"],
                condition=models.Q(ended_at__isnull=True),
                name="an_alias_once",
            ),
        )
        indexes = (models.Index(fields=["code"], name="alias_by_code"),)

    def __str__(self) -> str:
        return f"{self.code} ({self.agency_name})"
