"""One statement about a record: who said what under which key, and since when it no longer stands."""

from __future__ import annotations

import hashlib
import json
from typing import Any, ClassVar

from django.db import models

from antigone.description.bases import LegalBasis
from antigone.description.fields import Side
from antigone.description.given import Certainty, How


class StatementBase(models.Model):
    """A statement, written once; what follows it ends it and never changes it.

    A room's own statement names the foreign key to its record in RECORD, its side in SIDE, and takes the
    constraints of its Meta from `one_current`:

        class Statement(StatementBase):
            RECORD = "person"
            SIDE = Side.ANTE_MORTEM
            person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="statements")

            class Meta(StatementBase.Meta):
                constraints = one_current("person")

    `item` tells the items of a field with many apart; it is null where there is one value, and on a statement about
    a whole field of many (none were seen, or it is not known whether there are any). Which statements stand is
    whatever has no `ended_at`. One that was withdrawn has an `end_reason`; one that was followed has none.
    """

    RECORD: ClassVar[str]
    SIDE: ClassVar[Side | None] = None

    key = models.CharField(max_length=64)
    item = models.UUIDField(null=True, editable=False)
    value = models.JSONField(null=True)
    certainty = models.CharField(max_length=8, choices=Certainty.choices)
    how = models.CharField(max_length=12, choices=How.choices)
    source = models.CharField(max_length=200, blank=True)
    said_on = models.CharField(max_length=32, blank=True)
    basis = models.CharField(max_length=16, choices=LegalBasis.choices)
    citation = models.CharField(max_length=400, blank=True)
    interpol_ref = models.CharField(max_length=16, null=True)
    recorded_by = models.CharField(max_length=64)
    recorded_at = models.DateTimeField()
    # RESTRICT: a statement goes with its record, all of them at once, and never alone.
    replaces = models.ForeignKey("self", null=True, on_delete=models.RESTRICT, related_name="+")
    ended_at = models.DateTimeField(null=True)
    ended_by = models.CharField(max_length=64, null=True)
    end_reason = models.CharField(max_length=400, null=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self.key} of {self.record_id}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Write it for the first time; raises TypeError on a statement that is there already."""
        if not self._state.adding:
            raise TypeError("A statement is never changed: write another, which ends it.")
        super().save(*args, **kwargs)

    @property
    def record_id(self) -> Any:
        """The primary key of the record that it is about."""
        return getattr(self, f"{self.RECORD}_id")

    @property
    def stands(self) -> bool:
        return self.ended_at is None

    @property
    def withdrawn(self) -> bool:
        return self.ended_at is not None and self.end_reason is not None


def one_current(record: str) -> tuple[models.UniqueConstraint, ...]:
    """The constraints of a concrete statement: one that stands for each key of a record, and for each item.

    Two of them, since a null item equals no other in a database.
    """
    stands = models.Q(ended_at__isnull=True)
    return (
        models.UniqueConstraint(
            fields=[record, "key"],
            condition=stands & models.Q(item__isnull=True),
            name="%(app_label)s_%(class)s_one_of_a_key",
        ),
        models.UniqueConstraint(
            fields=[record, "key", "item"],
            condition=stands & models.Q(item__isnull=False),
            name="%(app_label)s_%(class)s_one_of_an_item",
        ),
    )


def digest_of(statement: StatementBase) -> str:
    """SHA-256 of what a statement says, for the ledger's entry about it.

    It says nothing of the content to who does not have it, but a short value can be guessed from it; so the entry's
    redaction rule takes it out.
    """
    said = {
        "table": statement._meta.label_lower,
        "id": statement.pk,
        "record": str(statement.record_id),
        "key": statement.key,
        "item": None if statement.item is None else str(statement.item),
        "value": statement.value,
        "certainty": statement.certainty,
        "how": statement.how,
        "source": statement.source,
        "said_on": statement.said_on,
        "basis": statement.basis,
        "citation": statement.citation,
        "recorded_by": statement.recorded_by,
        "replaces": statement.serializable_value("replaces"),
    }
    plain = json.dumps(said, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(plain.encode()).hexdigest()
