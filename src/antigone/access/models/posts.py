"""Posts that were done, so that a doubled one is not done again."""

from __future__ import annotations

from django.db import models


class Once(models.Model):
    """That an actor's post of this key was done, and what it was answered with."""

    actor = models.CharField(max_length=64)
    key = models.CharField(max_length=200)
    what = models.CharField(max_length=200)
    given = models.CharField(max_length=64, blank=True)
    outcome = models.JSONField(null=True)
    at = models.DateTimeField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["actor", "key"], name="a_post_done_once"),)
        indexes = (models.Index(fields=["at"], name="access_once_at"),)

    def __str__(self) -> str:
        return f"{self.what} of {self.actor}"
