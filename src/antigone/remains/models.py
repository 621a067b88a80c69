"""Unidentified subjects, the attestations that allow them to be looked at, and their photographs."""

from __future__ import annotations

import uuid

from django.db import models


class SubjectKind(models.TextChoices):
    """Whom a photograph may show (DESIGN 2.2): nobody else has a code path."""

    DECEASED = "deceased", "a body"
    BODY_PART = "body-part", "a body part"
    UNABLE = "unable-to-state-identity", "a living person unable to state their identity"


class Subject(models.Model):
    """One unidentified body, body part, or living person unable to state their identity.

    `spoke_at` is when a living subject became able to state their identity; no search is made from then on.
    """

    code = models.CharField(max_length=120, unique=True)
    kind = models.CharField(max_length=32, choices=SubjectKind.choices)
    place = models.CharField(max_length=200, blank=True)
    recovered_on = models.DateField(null=True)
    attested_by = models.CharField(max_length=200, blank=True)
    opened_at = models.DateTimeField()
    spoke_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.code


class Attestation(models.Model):
    """A clinician's word that a living person cannot state their identity; it holds for 72 hours."""

    subject = models.ForeignKey(Subject, on_delete=models.CASCADE, related_name="attestations")
    clinician = models.CharField(max_length=200)
    attested_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=64)

    def __str__(self) -> str:
        return f"attestation for {self.subject_id}"


class Photograph(models.Model):
    """A photograph of a subject; its original bytes lie sealed in the vault under this id.

    `faces` is what was found in it (box, landmarks, turn, quality), `chosen` the index of the face that is the
    subject's, and `by_hand` whether its landmarks were placed by a person.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    subject = models.ForeignKey(Subject, on_delete=models.CASCADE, related_name="photographs")
    sha256 = models.CharField(max_length=64)
    added_at = models.DateTimeField()
    added_by = models.CharField(max_length=64)
    faces = models.JSONField(default=list)
    chosen = models.PositiveSmallIntegerField(default=0)
    by_hand = models.BooleanField(default=False)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["subject", "sha256"], name="a_photograph_once"),)

    def __str__(self) -> str:
        return f"photograph {self.id}"
