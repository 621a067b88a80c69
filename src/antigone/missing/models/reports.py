"""That someone is missing, and what courts and registers have said of it."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from antigone.missing.models.persons import Person


class ReportState(models.TextChoices):
    OPEN = "open", _("missing")
    FOUND = "found", _("found or spoken for themselves")
    IDENTIFIED = "identified", _("identified")
    WITHDRAWN = "withdrawn", _("withdrawn by who gave it")
    # The record was merged into another, whose report counts; nobody chooses this state by hand.
    MERGED = "merged", _("merged into another record")


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


class RegisterKind(models.TextChoices):
    POLICE_REPORT = "police-report", _("report to the police")
    REGISTER_ENTRY = "register-entry", _("entry in an official register of the missing")
    REGISTER_EXTRACT = "register-extract", _("extract of the register")
    COURT_MISSING = "court-missing", _("court ruling: declared missing")
    COURT_DEAD = "court-dead", _("court ruling: declared dead")
    COURT_QUASHED = "court-quashed", _("court ruling: an earlier one is set aside")


class RegisterFact(models.Model):
    """What an authority has entered or ruled about a missing person, with its number; ended, never changed."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="register_facts")
    kind = models.CharField(max_length=20, choices=RegisterKind.choices)
    authority = models.CharField(max_length=200)
    number = models.CharField(max_length=100, blank=True)
    dated = models.CharField(max_length=32, blank=True)
    note = models.TextField(blank=True)
    recorded_by = models.CharField(max_length=64)
    recorded_at = models.DateTimeField()
    ended_by = models.CharField(max_length=64, blank=True)
    ended_at = models.DateTimeField(null=True)
    end_reason = models.CharField(max_length=200, blank=True)

    def __str__(self) -> str:
        return f"{self.kind} about person {self.person_id}"
