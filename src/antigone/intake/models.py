"""Enquiries as families file them, and the portraits that come with them."""

from __future__ import annotations

import uuid

from django.db import models

from antigone.access.models import Agency
from antigone.intake.choices import FiledBy, Stage


class Enquiry(models.Model):
    """That somebody asks for a missing person: who asks, for whom, what they allow, and the stage shown back to them.

    `enquirer` is a Teller and `sought` a list of statements, both as JSON; `secret` is the digest of the words with
    which the family comes back. `withdrawn_at` is set here at once, whatever the rooms above are doing.
    """

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="enquiries")
    reference = models.CharField(max_length=16, unique=True)
    secret = models.CharField(max_length=64)
    filed_at = models.DateTimeField()
    filed_by = models.CharField(max_length=64)
    channel = models.CharField(max_length=12, choices=FiledBy.choices)
    language = models.CharField(max_length=35, blank=True)
    enquirer = models.JSONField(default=dict)
    sought = models.JSONField(default=list)
    consent = models.JSONField(default=dict)
    shares = models.JSONField(default=list)
    stage = models.CharField(max_length=12, choices=Stage.choices, default=Stage.RECEIVED)
    stage_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name_plural = "enquiries"
        indexes = (
            models.Index(fields=["agency", "stage", "id"], name="enquiry_by_stage"),
            models.Index(fields=["withdrawn_at"], name="enquiry_by_withdrawal"),
        )

    def __str__(self) -> str:
        return self.reference


class EnquiryPortrait(models.Model):
    """A likeness that came with an enquiry; its bytes lie sealed in the vault until the enquiry is taken up."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    enquiry = models.ForeignKey(Enquiry, on_delete=models.PROTECT, related_name="portraits")
    sha256 = models.CharField(max_length=64)
    added_at = models.DateTimeField()
    about = models.JSONField(default=dict)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["enquiry", "sha256"], name="a_portrait_once_in_an_enquiry"),)

    def __str__(self) -> str:
        return f"portrait {self.id} of enquiry {self.enquiry_id}"
