"""What was found with the dead and says a name, and what people say of whom they recognised: claims, never findings."""

from __future__ import annotations

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from antigone.remains.models.subjects import Subject


class DocumentKind(models.TextChoices):
    IDENTITY_CARD = "identity-card", _("identity card")
    PASSPORT = "passport", _("passport")
    SERVICE_CARD = "service-card", _("service card or pay book")
    DRIVING_LICENCE = "driving-licence", _("driving licence")
    BANK_CARD = "bank-card", _("bank card")
    LETTER = "letter", _("letter or note")
    PHOTOGRAPH = "photograph", pgettext_lazy("thing", "photograph")
    TICKET = "ticket", _("ticket or receipt")
    MEDICAL = "medical", _("medical paper")
    DEVICE = "device", _("telephone or other device")
    OTHER = "other", _("other paper")


class FoundDocument(models.Model):
    """A paper, card or photograph carried by the dead. That it was carried by someone does not say who they are.

    A picture of it, where one was taken, lies sealed in the vault under this id as the kind "found-document".
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    subject = models.ForeignKey(Subject, on_delete=models.PROTECT, related_name="documents")
    kind = models.CharField(max_length=16, choices=DocumentKind.choices)
    names_on_it = models.CharField(max_length=400, blank=True)
    dates_on_it = models.CharField(max_length=200, blank=True)
    number_on_it = models.CharField(max_length=120, blank=True)
    words = models.TextField(blank=True)
    where_on_body = models.CharField(max_length=200)
    found_on = models.DateField(null=True)
    found_by = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64, blank=True)
    recorded_by = models.CharField(max_length=64)
    recorded_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by = models.CharField(max_length=64, blank=True)
    withdraw_reason = models.CharField(max_length=400, blank=True)

    def __str__(self) -> str:
        return f"document carried by {self.subject_id}"


class ShownAs(models.TextChoices):
    """What somebody was shown when they said that they recognised the dead."""

    BODY = "body", _("the body")
    PHOTOGRAPH = "photograph", _("a photograph of the body")
    EFFECTS = "effects", _("clothing or effects")
    DESCRIPTION = "description", _("a description")
    NOTHING = "nothing", _("nothing; from other knowledge")


class RecognitionClaim(models.Model):
    """That somebody says whom they recognised, and under which conditions: a claim to be tested.

    `given_over` and `buried_on_it` say whether the body was handed over or buried on the ground of this claim.
    """

    subject = models.ForeignKey(Subject, on_delete=models.PROTECT, related_name="claims")
    claimant = models.CharField(max_length=200)
    relation = models.CharField(max_length=120, blank=True)
    named = models.CharField(max_length=200)
    shown = models.CharField(max_length=12, choices=ShownAs.choices)
    light = models.CharField(max_length=200, blank=True)
    condition = models.CharField(max_length=400, blank=True)
    state_of_claimant = models.CharField(max_length=400, blank=True)
    after_death = models.CharField(max_length=120, blank=True)
    said_on = models.DateField()
    place = models.CharField(max_length=200, blank=True)
    heard_by = models.CharField(max_length=200)
    given_over = models.BooleanField(default=False)
    buried_on_it = models.BooleanField(default=False)
    recorded_by = models.CharField(max_length=64)
    recorded_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by = models.CharField(max_length=64, blank=True)
    withdraw_reason = models.CharField(max_length=400, blank=True)

    def __str__(self) -> str:
        return f"claim {self.pk} about {self.subject_id}"
