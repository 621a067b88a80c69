"""Samples ordered for primary identifiers before anybody is identified, and incidents in which that is done sooner."""

from __future__ import annotations

from django.db import models

from antigone.access.models import Agency
from antigone.remains.models import Identifier, Sample, Subject


class SamplingOrder(models.Model):
    """That a sample is to be taken of a subject: for which identifier, and why, in words that name nobody.

    It leads to no case, search or candidate, and nothing in it says on what its writer's wish rests. `sample` is what
    fulfilled it.
    """

    subject = models.ForeignKey(Subject, on_delete=models.PROTECT, related_name="sampling_orders")
    identifier = models.CharField(max_length=12, choices=Identifier.choices)
    why = models.CharField(max_length=400)
    ordered_by = models.CharField(max_length=64)
    ordered_at = models.DateTimeField()
    sample = models.ForeignKey(Sample, on_delete=models.SET_NULL, null=True, related_name="+")
    done_by = models.CharField(max_length=64, blank=True)
    done_at = models.DateTimeField(null=True)
    cancelled_by = models.CharField(max_length=64, blank=True)
    cancelled_at = models.DateTimeField(null=True)
    cancelled_why = models.CharField(max_length=400, blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["subject", "identifier"],
                condition=models.Q(done_at__isnull=True, cancelled_at__isnull=True),
                name="one_open_order_for_an_identifier",
            ),
        )

    def __str__(self) -> str:
        return f"sampling order {self.pk}"


class Incident(models.Model):
    """A time in which an agency has one person's finished triage suffice to order samples; nothing else changes."""

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="incidents")
    why = models.CharField(max_length=400)
    declared_by = models.CharField(max_length=64)
    declared_at = models.DateTimeField()
    ended_by = models.CharField(max_length=64, blank=True)
    ended_at = models.DateTimeField(null=True)
    ended_why = models.CharField(max_length=400, blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["agency"], condition=models.Q(ended_at__isnull=True), name="one_incident_at_a_time"
            ),
        )

    def __str__(self) -> str:
        return f"incident {self.pk}"
