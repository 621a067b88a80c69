"""The tokens with which programs of an agency act."""

from __future__ import annotations

from django.db import models

from antigone.access.models.agencies import Operator


class Token(models.Model):
    """That a program may act for an agency, with which permissions, in whose responsibility, and until when.

    `operator` is the row under which the program acts (`Operator.machine`), and gives the token its number. `holder`
    is the person who answers for it: the token never allows more than its holder may do at that moment. `digest` is
    empty until the holder has collected the secret.
    """

    operator = models.OneToOneField(Operator, primary_key=True, on_delete=models.PROTECT, related_name="token")
    holder = models.ForeignKey(Operator, on_delete=models.PROTECT, related_name="tokens_held")
    name = models.CharField(max_length=80)
    permissions = models.JSONField(default=list)
    digest = models.CharField(max_length=64, null=True, unique=True)
    issued_by = models.CharField(max_length=64)
    issued_at = models.DateTimeField()
    valid_until = models.DateTimeField()
    collected_at = models.DateTimeField(null=True)
    last_used_at = models.DateTimeField(null=True)
    revoked_by = models.CharField(max_length=64, blank=True)
    revoked_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"token {self.pk}"
