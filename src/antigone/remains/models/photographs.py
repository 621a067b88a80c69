"""Photographs of subjects, each with the shot it is of the list that a recorder works through."""

from __future__ import annotations

import uuid

from django.db import models

from antigone.remains.models.subjects import Subject


class Photograph(models.Model):
    """A photograph of a subject; its original bytes lie sealed in the vault under this id.

    `faces` is what was found in it (box, landmarks, turn, quality), `chosen` the index of the face that is the
    subject's, and `by_hand` whether its landmarks were placed by a person. `shot` is its code in the list of
    coach.py. `card_visible` and `cleaned` are null where nobody said.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    subject = models.ForeignKey(Subject, on_delete=models.CASCADE, related_name="photographs")
    sha256 = models.CharField(max_length=64)
    added_at = models.DateTimeField()
    added_by = models.CharField(max_length=64)
    faces = models.JSONField(default=list)
    chosen = models.PositiveSmallIntegerField(default=0)
    by_hand = models.BooleanField(default=False)
    shot = models.CharField(max_length=8, blank=True)
    taken_at = models.DateTimeField(null=True)
    taken_by = models.CharField(max_length=200, blank=True)
    card_visible = models.BooleanField(null=True)
    cleaned = models.BooleanField(null=True)
    note = models.CharField(max_length=400, blank=True)
    review_on = models.DateField(null=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["subject", "sha256"], name="a_photograph_once"),)
        indexes = (
            models.Index(fields=["added_at"], name="photographs_by_time"),
            models.Index(fields=["review_on"], name="photograph_by_review"),
        )

    def __str__(self) -> str:
        return f"photograph {self.id}"
