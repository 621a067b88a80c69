"""What somebody typed and did not send yet."""

from __future__ import annotations

from django.db import models

from antigone.access.models import Operator


class Draft(models.Model):
    """The fields of one form as somebody left them, sealed; gone when the form is saved, or after a week."""

    operator = models.ForeignKey(Operator, on_delete=models.CASCADE, related_name="+")
    form_key = models.CharField(max_length=120)
    sealed = models.BinaryField()
    saved_at = models.DateTimeField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["operator", "form_key"], name="one_draft_of_a_form"),)
        indexes = (models.Index(fields=["saved_at"], name="web_drafts_by_age"),)

    def __str__(self) -> str:
        return f"draft of {self.form_key}"
