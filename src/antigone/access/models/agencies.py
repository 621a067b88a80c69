"""Agencies, operators, the roles they hold, and the mandates their agencies act under."""

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
