"""The words by which a record is found, one row each: what a search as one types reads instead of the records."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.utils.translation import gettext_lazy as _

from antigone.access.models import Agency

TOKEN_LENGTH = 64


class TokenKind(models.TextChoices):
    """What a token is a piece of."""

    CODE = "code", _("a reference, a code or a number")
    FORM = "form", _("a name that has several forms")
    SOUND = "sound", _("how a name sounds")
    TEXT = "text", _("a word of a description")
    WORD = "word", _("a word of a name")


class TokenField(models.CharField[Any, Any]):
    """Short text that is ordered by its bytes on every database, so that a typed beginning is a range of an index.

    SQLite compares so of itself; PostgreSQL would follow a language (where “ch” may come after “h”), and is told.
    """

    def db_parameters(self, connection: BaseDatabaseWrapper) -> Any:
        """As for any short text, in the collation of bytes where the database has another of its own."""
        parameters: dict[str, Any] = dict(super().db_parameters(connection))
        if connection.vendor == "postgresql":
            parameters["collation"] = "C"
        return parameters


class TokenBase(models.Model):
    """One word by which a record is found; the concrete table adds the record, as a foreign key named in `RECORD`.

    Rows are a projection of the record: the room's `finding.index` writes them anew, and they go with the record.
    The agency stands in each row, so that another agency's many records never crowd out one's own.
    """

    RECORD: str

    agency = models.ForeignKey(Agency, on_delete=models.CASCADE, related_name="+", db_index=False)
    kind = models.CharField(max_length=8, choices=TokenKind.choices)
    token = TokenField(max_length=TOKEN_LENGTH)
    weight = models.PositiveSmallIntegerField(default=1)

    class Meta:
        abstract = True
        indexes = (models.Index(fields=["agency", "kind", "token"], name="%(app_label)s_%(class)s_found"),)

    def __str__(self) -> str:
        return f"{self.kind}:{self.token}"
