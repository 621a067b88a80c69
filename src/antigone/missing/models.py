"""Holdings, missing persons, reports and portraits, each with its basis in law."""

from __future__ import annotations

import uuid

from django.db import models

from antigone.access.models import Agency


class Basis(models.TextChoices):
    """Why a portrait may be held: a closed list (DESIGN 2.1)."""

    FAMILY_CONSENT = "family-consent", "given by the family"
    OWN_SERVICE = "own-service", "the agency's own service records"
    PARTNER_AGREEMENT = "partner-agreement", "a partner, under a written agreement"
    PUBLIC_REGISTER = "public-register", "a public register of missing persons"


class Sex(models.TextChoices):
    FEMALE = "female", "female"
    MALE = "male", "male"
    OTHER = "other", "other"
    UNKNOWN = "unknown", "unknown"


class Holding(models.Model):
    """A collection of portraits that one agency answers for; approved before it is searched."""

    name = models.CharField(max_length=120)
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="holdings")
    opened_by = models.CharField(max_length=64)
    opened_at = models.DateTimeField()
    approved_by = models.CharField(max_length=64, blank=True)
    approved_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["agency", "name"], name="a_holding_once_in_an_agency"),)

    def __str__(self) -> str:
        return self.name

    @property
    def self_approved(self) -> bool:
        """True when the one person of this instance both opened and approved it."""
        return bool(self.approved_by) and self.approved_by == self.opened_by


class Person(models.Model):
    """A person who is missed, known inside a holding by the reference its giver uses."""

    ref = models.CharField(max_length=200)
    holding = models.ForeignKey(Holding, on_delete=models.PROTECT, related_name="persons")
    sex = models.CharField(max_length=8, choices=Sex.choices, default=Sex.UNKNOWN)
    birth_date = models.CharField(max_length=32, blank=True)
    stature_cm = models.PositiveSmallIntegerField(null=True)
    marks = models.TextField(blank=True)
    effects = models.TextField(blank=True)
    last_seen_on = models.CharField(max_length=32, blank=True)
    last_seen_place = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["holding", "ref"], name="one_ref_in_a_holding"),)

    def __str__(self) -> str:
        return self.ref


class PersonName(models.Model):
    """One name of a person as written in one script."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="names")
    text = models.CharField(max_length=200)
    script = models.CharField(max_length=16)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["person", "text"], name="a_name_once"),)

    def __str__(self) -> str:
        return self.text


class ReportState(models.TextChoices):
    OPEN = "open", "missing"
    FOUND = "found", "found or spoken for themselves"
    IDENTIFIED = "identified", "identified"
    WITHDRAWN = "withdrawn", "withdrawn by who gave it"


class Report(models.Model):
    """That someone is missing, told by somebody; portraits are searched while it is open."""

    person = models.OneToOneField(Person, on_delete=models.CASCADE, related_name="report")
    given_by = models.CharField(max_length=200, blank=True)
    reported_at = models.DateTimeField()
    state = models.CharField(max_length=12, choices=ReportState.choices, default=ReportState.OPEN)
    closed_at = models.DateTimeField(null=True)

    class Meta:
        indexes = (models.Index(fields=["state"], name="report_by_state"),)

    def __str__(self) -> str:
        return f"report of {self.person_id}"


class Portrait(models.Model):
    """A likeness of a missing person: who gave it, on which basis, until when; its bytes lie sealed in the vault."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="portraits")
    sha256 = models.CharField(max_length=64, db_index=True)
    basis = models.CharField(max_length=20, choices=Basis.choices)
    citation = models.CharField(max_length=400, blank=True)
    given_by = models.CharField(max_length=200, blank=True)
    until = models.DateField(null=True)
    review_on = models.DateField(null=True)
    added_at = models.DateTimeField()
    face = models.JSONField(default=dict)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["person", "sha256"], name="a_portrait_once"),)

    def __str__(self) -> str:
        return f"portrait {self.id}"


class Withdrawal(models.Model):
    """That a person or portrait was erased, known by a keyed mark alone, so that no later enrolment brings it back."""

    mark = models.CharField(max_length=64, unique=True)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"withdrawal {self.pk}"
