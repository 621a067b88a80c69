"""Portraits with their basis in law, and the marks of what was withdrawn."""

from __future__ import annotations

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from antigone.intake.models import Enquiry
from antigone.missing.models.persons import Person
from antigone.missing.models.relatives import Relative


class Basis(models.TextChoices):
    """Why a portrait may be held: a closed list (DESIGN 2.1)."""

    FAMILY_CONSENT = "family-consent", _("given by the family")
    OWN_SERVICE = "own-service", _("the agency's own service records")
    PARTNER_AGREEMENT = "partner-agreement", _("a partner, under a written agreement")
    PUBLIC_REGISTER = "public-register", _("a public register of missing persons")


class Portrait(models.Model):
    """A likeness of a missing person: who gave it, on which basis, until when; its bytes lie sealed in the vault.

    `giver` is the relative who gave it, whose choice decides with whom it is shared, and `enquiry` the enquiry that
    it came with. One whose giver withdrew is `withheld_at` once: no search finds it, whatever its report says.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="portraits")
    sha256 = models.CharField(max_length=64, db_index=True)
    basis = models.CharField(max_length=20, choices=Basis.choices)
    citation = models.CharField(max_length=400, blank=True)
    given_by = models.CharField(max_length=200, blank=True)
    giver = models.ForeignKey(Relative, null=True, on_delete=models.SET_NULL, related_name="portraits")
    enquiry = models.ForeignKey(Enquiry, null=True, on_delete=models.SET_NULL, related_name="+")
    until = models.DateField(null=True)
    review_on = models.DateField(null=True)
    warned_at = models.DateTimeField(null=True)
    withheld_at = models.DateTimeField(null=True)
    added_at = models.DateTimeField()
    face = models.JSONField(default=dict)

    taken_on = models.CharField(max_length=32, blank=True)
    taken_at = models.CharField(max_length=200, blank=True)
    taken_by = models.CharField(max_length=200, blank=True)
    shows = models.TextField(blank=True)
    rights = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["person", "sha256"], name="a_portrait_once"),)
        indexes = (
            models.Index(fields=["review_on"], name="portrait_by_review"),
            models.Index(fields=["until"], name="portrait_by_end"),
        )

    def __str__(self) -> str:
        return f"portrait {self.id}"


class Withdrawal(models.Model):
    """That a person or portrait was erased, known by a keyed mark alone, so that no later enrolment brings it back."""

    mark = models.CharField(max_length=64, unique=True)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"withdrawal {self.pk}"
