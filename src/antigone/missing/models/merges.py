"""Two records of one person made one, reversibly."""

from __future__ import annotations

from django.db import models

from antigone.missing.models.persons import Person


class Merge(models.Model):
    """That one record was merged into another, and what moved with it, so that undoing it moves the same things back.

    `moved` names rows by their ids, and keeps how the columns of the kept one stood. Both records stay: `kept` holds
    what moved, `absorbed` redirects to it.
    """

    kept = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="merges")
    absorbed = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="merged_by")
    reason = models.CharField(max_length=400)
    moved = models.JSONField(default=dict)
    merged_by = models.CharField(max_length=64)
    merged_at = models.DateTimeField()
    undone_by = models.CharField(max_length=64, blank=True)
    undone_at = models.DateTimeField(null=True)
    undo_reason = models.CharField(max_length=400, blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["absorbed"], condition=models.Q(undone_at__isnull=True), name="merged_once_at_a_time"
            ),
        )

    def __str__(self) -> str:
        return f"merge {self.pk}"
