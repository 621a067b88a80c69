"""The priors that a board rested on: how many are missing in the population concerned, said with a reason."""

from __future__ import annotations

from django.db import models

from antigone.casework.models.cases import Case, Search


class KeptPrior(models.Model):
    """A prior that somebody of the board kept for a search; the last one stands, those before it stay."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="priors")
    search = models.ForeignKey(Search, on_delete=models.PROTECT, related_name="priors")
    missing = models.BigIntegerField()
    without_portrait = models.BigIntegerField()
    unreported = models.FloatField(default=0.0)
    population = models.CharField(max_length=200)
    reason = models.CharField(max_length=400)
    kept_by = models.CharField(max_length=64)
    kept_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"prior {self.pk} of {self.case_id}"
