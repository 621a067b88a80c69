"""What agencies have agreed to disclose to each other."""

from __future__ import annotations

from django.db import models

from antigone.access.models.agencies import Agency


class Agreement(models.Model):
    """What one agency discloses to another, on which written ground, and from when until when.

    `proposed_by` is an operator of one side and `accepted_by` of the other; without both it discloses nothing.
    """

    discloses = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="agreements_given")
    receives = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="agreements_received")
    scopes = models.JSONField(default=list)
    citation = models.TextField()
    valid_from = models.DateField()
    valid_until = models.DateField()
    proposing = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    proposed_by = models.CharField(max_length=64)
    proposed_at = models.DateTimeField()
    accepted_by = models.CharField(max_length=64, blank=True)
    accepted_at = models.DateTimeField(null=True)
    ended_by = models.CharField(max_length=64, blank=True)
    ended_at = models.DateTimeField(null=True)
    end_reason = models.TextField(blank=True)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=~models.Q(discloses=models.F("receives")), name="an_agreement_has_two_sides"
            ),
            models.CheckConstraint(
                condition=models.Q(valid_until__gte=models.F("valid_from")), name="an_agreement_ends_after_it_begins"
            ),
        )

    def __str__(self) -> str:
        return f"agreement {self.pk}"
