"""Agencies, operators, the roles they hold, and the mandates and agreements their agencies act under."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from antigone.access import rules


class Agency(models.Model):
    """An institution that answers for holdings and cases."""

    name = models.CharField(max_length=200, unique=True)

    class Meta:
        verbose_name_plural = "agencies"

    def __str__(self) -> str:
        return self.name


class Operator(models.Model):
    """A person at work here, known to the ledger as `actor`.

    `os_uid` binds them to one account of the machine, for the terminal; `account` is what they sign in to the pages
    with, and is there once they have redeemed their invitation. A row with `machine` is no person but a program of
    another house, acting with a token (see tokens.py): it has neither.
    """

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="operators")
    name = models.CharField(max_length=120, unique=True)
    os_uid = models.BigIntegerField(null=True, unique=True)
    account = models.OneToOneField(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="operator"
    )
    machine = models.BooleanField(default=False)
    active = models.BooleanField(default=True)
    added_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.name

    @property
    def actor(self) -> str:
        """The opaque id under which the ledger knows this person, or the token a program acts with."""
        return f"token:{self.pk}" if self.machine else f"operator:{self.pk}"


class RoleGrant(models.Model):
    """That an operator holds a role in an agency, from when, by whom, and since when no more."""

    operator = models.ForeignKey(Operator, on_delete=models.PROTECT, related_name="grants")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="grants")
    role = models.CharField(max_length=32, choices=[(role.value, role.value) for role in rules.Role])
    granted_by = models.CharField(max_length=64)
    granted_at = models.DateTimeField()
    revoked_by = models.CharField(max_length=64, blank=True)
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["operator", "agency", "role"],
                condition=models.Q(revoked_at__isnull=True),
                name="a_role_held_once",
            ),
        )

    def __str__(self) -> str:
        return f"{self.role} of operator {self.operator_id}"


class Mandate(models.Model):
    """An agency's lawful purpose for searching, with its basis in law, whom it covers and until when."""

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="mandates")
    purpose = models.CharField(max_length=64, choices=[(purpose.value, purpose.words) for purpose in rules.Purpose])
    legal_basis = models.TextField()
    subject_kinds = models.JSONField(default=list)
    valid_from = models.DateField()
    valid_until = models.DateField()
    issued_by = models.CharField(max_length=64)
    issued_at = models.DateTimeField()
    revoked_by = models.CharField(max_length=64, blank=True)
    revoked_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"mandate {self.pk}: {self.purpose}"


class Agreement(models.Model):
    """What one agency discloses to another, on which written ground, and from when until when.

    `proposed_by` is an operator of one side and `accepted_by` of the other; without both it discloses nothing.
    """

    discloses = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="agreements_given")
    receives = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="agreements_received")
    scopes = models.JSONField(default=list)
    citation = models.TextField()
    valid_from = models.DateField()
    valid_until = models.DateField()
    proposing = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    proposed_by = models.CharField(max_length=64)
    proposed_at = models.DateTimeField()
    accepted_by = models.CharField(max_length=64, blank=True)
    accepted_at = models.DateTimeField(null=True)
    ended_by = models.CharField(max_length=64, blank=True)
    ended_at = models.DateTimeField(null=True)
    end_reason = models.TextField(blank=True)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=~models.Q(discloses=models.F("receives")), name="an_agreement_has_two_sides"
            ),
            models.CheckConstraint(
                condition=models.Q(valid_until__gte=models.F("valid_from")), name="an_agreement_ends_after_it_begins"
            ),
        )

    def __str__(self) -> str:
        return f"agreement {self.pk}"


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
