"""Entries of the ledger, the checkpoints signed over them, and the signatures of other agencies."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any, NoReturn

from django.db import models

from antigone.ledger import actions
from antigone.ledger.entry import ACTION_LENGTH, ACTOR_LENGTH, OBJECT_LENGTH

APPEND_ONLY = "The ledger is append-only: entries are written, sequenced and erased by its services alone."


class AppendOnlyQuerySet(models.QuerySet[Any]):
    """Reads as any query set does; refuses what would change or remove a row."""

    def update(self, **kwargs: Any) -> NoReturn:
        raise TypeError(APPEND_ONLY)

    def delete(self) -> NoReturn:
        raise TypeError(APPEND_ONLY)

    def bulk_update(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise TypeError(APPEND_ONLY)


class AppendOnly(models.Model):
    """A row that is made once."""

    objects = AppendOnlyQuerySet.as_manager()

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise TypeError(APPEND_ONLY)
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise TypeError(APPEND_ONLY)


class Entry(AppendOnly):
    """One action. Pending until the sequencer gives it its `index` and its leaf hash.

    `time` is RFC 3339 text, so that the leaf holds the very characters of the row. `payload` and `salt` are
    null once erased; `payload_hash` stays.
    """

    index = models.BigIntegerField(null=True, unique=True, editable=False)
    time = models.CharField(max_length=27, editable=False)
    action = models.CharField(max_length=ACTION_LENGTH, editable=False)
    actor = models.CharField(max_length=ACTOR_LENGTH, editable=False)
    object = models.CharField(max_length=OBJECT_LENGTH, editable=False)
    payload = models.TextField(null=True, editable=False)
    salt = models.BinaryField(max_length=16, null=True, editable=False)
    payload_hash = models.BinaryField(max_length=32, editable=False)
    leaf_hash = models.BinaryField(max_length=32, null=True, editable=False)

    class Meta:
        ordering = ("id",)
        # What is pending is found through the unique index, which holds the rows without an index too.
        indexes = (
            models.Index(fields=["object", "id"], name="ledger_entry_object"),
            models.Index(fields=["action", "id"], name="ledger_entry_action"),
            models.Index(fields=["actor", "id"], name="ledger_entry_actor"),
        )

    def __str__(self) -> str:
        return f"{'pending' if self.index is None else self.index}: {self.sentence}"

    @property
    def at(self) -> datetime:
        return datetime.fromisoformat(self.time)

    @property
    def erased(self) -> bool:
        return self.payload is None

    @property
    def details(self) -> dict[str, Any] | None:
        """The payload as a dictionary; None once it is erased, or where it was altered past reading."""
        try:
            found = json.loads(self.payload or "null")
        except ValueError:
            return None
        return found if isinstance(found, dict) else None

    @property
    def sentence(self) -> str:
        return actions.describe(self.action, self.actor, self.object, self.details)


class Checkpoint(AppendOnly):
    """The signed head of the tree at one size; `edge` holds the perfect subtrees from which it grows on."""

    size = models.BigIntegerField(primary_key=True, editable=False)
    root = models.BinaryField(max_length=32, editable=False)
    edge = models.BinaryField(editable=False)
    text = models.TextField(editable=False)

    class Meta:
        ordering = ("size",)

    def __str__(self) -> str:
        return f"checkpoint at {self.size}"


class Cosignature(AppendOnly):
    """Another agency's signature on one of our checkpoints: the line that came, and the key that proves it."""

    checkpoint = models.ForeignKey(Checkpoint, on_delete=models.PROTECT, related_name="cosignatures", editable=False)
    verifier = models.CharField(max_length=400, editable=False)
    line = models.TextField(editable=False)

    class Meta:
        ordering = ("id",)
        constraints = (models.UniqueConstraint(fields=["checkpoint", "verifier"], name="ledger_cosignature_once"),)

    def __str__(self) -> str:
        return f"{self.name} on {self.checkpoint_id}"

    @property
    def name(self) -> str:
        """The key name of the agency that signed."""
        return self.verifier.partition("+")[0]
