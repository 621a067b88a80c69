"""How people come in by the pages: invitations, sign-ins, failed attempts, and codes that were spent."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from antigone.access.models.agencies import Operator


class Invitation(models.Model):
    """A one-time code with which an operator chooses a passphrase; only its digest is kept."""

    operator = models.ForeignKey(Operator, on_delete=models.PROTECT, related_name="invitations")
    digest = models.CharField(max_length=64, unique=True)
    issued_by = models.CharField(max_length=64)
    issued_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    redeemed_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["operator"],
                condition=models.Q(redeemed_at__isnull=True, withdrawn_at__isnull=True),
                name="an_invitation_open_once",
            ),
        )

    def __str__(self) -> str:
        return f"invitation {self.pk} of operator {self.operator_id}"


class SignIn(models.Model):
    """One session of one operator in one browser, from the sign-in until it is ended or runs out."""

    operator = models.ForeignKey(Operator, on_delete=models.PROTECT, related_name="sign_ins")
    began_at = models.DateTimeField()
    seen_at = models.DateTimeField()
    address = models.CharField(max_length=64, blank=True)
    browser = models.CharField(max_length=200, blank=True)
    ended_at = models.DateTimeField(null=True)
    ended_by = models.CharField(max_length=64, blank=True)
    end_reason = models.CharField(max_length=32, blank=True)

    class Meta:
        indexes = (models.Index(fields=["operator", "ended_at"], name="access_sign_in_open"),)

    def __str__(self) -> str:
        return f"sign-in {self.pk} of operator {self.operator_id}"


class Attempts(models.Model):
    """How often a name, or the second factor of an account, was tried of late, and until when it is locked.

    `subject` is a keyed digest: what an unknown person typed is kept nowhere. One row a subject, so that all workers
    count together.
    """

    subject = models.CharField(max_length=64, unique=True)
    count = models.PositiveIntegerField(default=0)
    since = models.DateTimeField()
    locked_until = models.DateTimeField(null=True)

    class Meta:
        verbose_name_plural = "attempts"
        indexes = (models.Index(fields=["since"], name="access_attempts_since"),)

    def __str__(self) -> str:
        return f"{self.count} attempts"


class SpentCode(models.Model):
    """A code of an authenticator app that was used: within its half minute it opens nothing again."""

    account = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    code = models.CharField(max_length=64)
    at = models.DateTimeField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["account", "code"], name="a_code_spent_once"),)

    def __str__(self) -> str:
        return f"code of account {self.account_id}"
