"""Individuals: which remains units are thought to be of one person, since when, and what was decided about it."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from antigone.access.models import Agency
from antigone.remains.models.subjects import Subject


class Individual(models.Model):
    """One person to whom remains units are associated; what is thought of it may change, and is never forgotten.

    `merged_into` is where its units went when it was found to be the same person as another.
    """

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="individuals")
    opened_at = models.DateTimeField()
    merged_into = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="merged_from")

    def __str__(self) -> str:
        return f"individual {self.pk}"


class Deed(models.TextChoices):
    """What was decided about which units are of one person."""

    ASSOCIATE = "associate", _("associated")
    SPLIT = "split", _("split off")
    MERGE = "merge", _("merged")
    UNDO = "undo", _("undone")


class AssociationEvent(models.Model):
    """One decision about associations, by whom and why; `undoes` is the decision that it takes back."""

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="association_events")
    deed = models.CharField(max_length=12, choices=Deed.choices)
    reason = models.CharField(max_length=400)
    by = models.CharField(max_length=64)
    at = models.DateTimeField()
    undoes = models.OneToOneField("self", on_delete=models.PROTECT, null=True, related_name="undone_by")
    merged = models.ForeignKey(Individual, on_delete=models.PROTECT, null=True, related_name="mergers")

    def __str__(self) -> str:
        return f"{self.deed} {self.pk}"


class Association(models.Model):
    """That a unit is thought to be of an individual: begun by one decision, perhaps ended by another."""

    unit = models.ForeignKey(Subject, on_delete=models.PROTECT, related_name="associations")
    individual = models.ForeignKey(Individual, on_delete=models.PROTECT, related_name="associations")
    since = models.DateTimeField()
    begun = models.ForeignKey(AssociationEvent, on_delete=models.PROTECT, related_name="began")
    until = models.DateTimeField(null=True)
    ended = models.ForeignKey(AssociationEvent, on_delete=models.PROTECT, null=True, related_name="ends")

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["unit"], condition=models.Q(until__isnull=True), name="a_unit_is_of_one_individual"
            ),
        )

    def __str__(self) -> str:
        return f"unit {self.unit_id} of individual {self.individual_id}"

    @property
    def by(self) -> str:
        """Who associated them."""
        return self.begun.by

    @property
    def reason(self) -> str:
        """Why they were associated."""
        return self.begun.reason

    @property
    def ended_by(self) -> str:
        """Who ended it; empty while it holds."""
        return self.ended.by if self.ended else ""

    @property
    def end_reason(self) -> str:
        """Why it was ended; empty while it holds."""
        return self.ended.reason if self.ended else ""
