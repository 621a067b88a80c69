"""What is stated of a subject, and the words by which it is found."""

from __future__ import annotations

from django.db import models

from antigone.description.fields import Side
from antigone.description.statement import StatementBase, one_current
from antigone.description.tokens import TokenBase
from antigone.remains.models.subjects import Subject


class Statement(StatementBase):
    """One statement of what was found on a subject: measured, observed or estimated, never overwritten."""

    RECORD = "subject"
    SIDE = Side.POST_MORTEM

    subject = models.ForeignKey(Subject, on_delete=models.CASCADE, related_name="statements")

    class Meta(StatementBase.Meta):
        constraints = one_current("subject")


class SubjectToken(TokenBase):
    """One word by which a subject is found: of its codes, its site and place, its marks and effects."""

    RECORD = "subject"

    subject = models.ForeignKey(Subject, on_delete=models.CASCADE, related_name="tokens")
