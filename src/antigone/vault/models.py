"""What is still to be shredded: written with the erasure, gone when the key is."""

from __future__ import annotations

from django.db import models


class PendingShred(models.Model):
    """An erased object whose key must be destroyed.

    `image` is null for a thing without a picture, such as a person.
    """

    object = models.CharField(max_length=120, unique=True)
    image = models.UUIDField(null=True, unique=True)
    actor = models.CharField(max_length=64)
    requested_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.object
