"""The chain of custody of a body, of one of the effects found with it, or of a sample."""

from __future__ import annotations

from django.db import models

from antigone.remains.models.samples import Sample
from antigone.remains.models.subjects import Subject


class CustodyStep(models.Model):
    """One hand-over: from whom to whom, where, why and when, and under which seal.

    `effect` is the item of the statement about an effect, `sample` a sample; without either the step is of the body
    itself. `number` counts the steps of one chain from 1. `gap` says, in words, why whoever handed it over is not who
    held it last: it is shown, not hidden. `seal` was put on at the hand-over, `seal_found` was on it when it came.
    """

    subject = models.ForeignKey(Subject, on_delete=models.PROTECT, related_name="custody_steps")
    effect = models.UUIDField(null=True)
    sample = models.ForeignKey(Sample, on_delete=models.PROTECT, null=True, related_name="custody_steps")
    chain = models.CharField(max_length=80)
    number = models.PositiveIntegerField()
    from_holder = models.CharField(max_length=200)
    to_holder = models.CharField(max_length=200)
    place = models.CharField(max_length=200)
    reason = models.CharField(max_length=400)
    at = models.DateTimeField()
    handed_by = models.CharField(max_length=200)
    received_by = models.CharField(max_length=200)
    seal = models.CharField(max_length=80, blank=True)
    seal_found = models.CharField(max_length=80, blank=True)
    gap = models.CharField(max_length=400, blank=True)
    recorded_by = models.CharField(max_length=64)
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["chain", "number"], name="one_next_step_in_a_chain"),)

    def __str__(self) -> str:
        return f"step {self.number} of {self.chain}"
