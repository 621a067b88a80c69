"""Unidentified subjects, and the attestations that allow the living among them to be looked at."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from antigone.access.models import Agency
from antigone.remains.models.sites import RecoveryEvent, Site


class SubjectKind(models.TextChoices):
    """Whom a photograph may show (DESIGN 2.2): nobody else has a code path."""

    DECEASED = "deceased", _("a body")
    BODY_PART = "body-part", _("a body part")
    UNABLE = "unable-to-state-identity", _("a living person unable to state their identity")


class Subject(models.Model):
    """One unidentified body, body part, or living person unable to state their identity.

    `agency` answers for the record. `spoke_at` is when a living subject became able to state their identity; no
    search is made from then on. `review_on` is the day on which somebody looks whether the record is still needed.
    """

    code = models.CharField(max_length=120, unique=True)
    kind = models.CharField(max_length=32, choices=SubjectKind.choices)
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="subjects")
    site = models.ForeignKey(Site, on_delete=models.PROTECT, null=True, related_name="subjects")
    recovery = models.ForeignKey(RecoveryEvent, on_delete=models.PROTECT, null=True, related_name="subjects")
    place = models.CharField(max_length=200, blank=True)
    recovered_on = models.DateField(null=True)
    attested_by = models.CharField(max_length=200, blank=True)
    opened_at = models.DateTimeField()
    spoke_at = models.DateTimeField(null=True)
    review_on = models.DateField(null=True)

    class Meta:
        indexes = (
            models.Index(fields=["agency", "-opened_at", "-id"], name="subjects_newest_first"),
            models.Index(fields=["review_on"], name="subject_by_review"),
        )

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
