"""Holdings: collections of portraits that one agency answers for."""

from __future__ import annotations

from django.db import models

from antigone.access.models import Agency


class Holding(models.Model):
    """A collection of portraits that one agency answers for; approved before it is searched."""

    name = models.CharField(max_length=120)
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="holdings")
    opened_by = models.CharField(max_length=64)
    opened_at = models.DateTimeField()
    approved_by = models.CharField(max_length=64, blank=True)
    approved_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["agency", "name"], name="a_holding_once_in_an_agency"),)

    def __str__(self) -> str:
        return self.name

    @property
    def self_approved(self) -> bool:
        """True when the one person of this instance both opened and approved it."""
        return bool(self.approved_by) and self.approved_by == self.opened_by
