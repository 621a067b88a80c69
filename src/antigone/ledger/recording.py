"""Writes entries with the change they tell of, and refusals whatever becomes of it."""

from __future__ import annotations

import contextlib
import threading
import warnings
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import DatabaseError, connection, transaction

from antigone.ledger import actions, rows, sequencer, spool
from antigone.ledger.entry import Draft, draft
from antigone.ledger.errors import LedgerError, LedgerWarning, NotRecorded
from antigone.ledger.models import Entry


class _Depth(threading.local):
    """How many `recorded` blocks this thread is in."""

    blocks = 0


_depth = _Depth()


@contextmanager
def recorded(sequence: bool = True) -> Iterator[None]:
    """One transaction with its ledger entries: both are kept, or neither.

    Blocks nest; an inner one is a savepoint, and the outermost decides. After its commit the entries are
    sequenced and a checkpoint is signed, unless `sequence` is False (a bulk job calls `sequence()` at its
    end). Raises RolledBack, before anything is done, where the database is behind a checkpoint signed over
    it.
    """
    if _depth.blocks:
        with transaction.atomic():
            yield
        return
    sequencer.check_not_rolled_back()
    try:
        with transaction.atomic():
            _depth.blocks = 1
            try:
                yield
            finally:
                _depth.blocks = 0
            if sequence:
                transaction.on_commit(sequencer.sequence_in_turn)
    except BaseException:
        # The first failure is the one to tell of; refusals stay set aside for the next sequencer.
        with contextlib.suppress(LedgerError, DatabaseError, OSError):
            _settle()
        raise
    _settle()


def _settle() -> None:
    """Enter refusals made inside the transaction that has just ended."""
    if not connection.in_atomic_block and next(spool.waiting(sequencer.instance()), None) is not None:
        sequencer.sequence_in_turn()


def drafted(action: str, actor: str, object: str, payload: dict[str, object]) -> Draft:  # noqa: A002
    """An entry of a registered action; raises UnknownAction, and TypeError or ValueError for its payload."""
    known = actions.get(action)
    if payload and known.redact is None:
        warnings.warn(
            f"{action} has a payload and no redaction rule; erasure will delete it as a whole",
            LedgerWarning,
            stacklevel=3,
        )
    return draft(action, actor, object, payload)


def record(action: str, /, *, actor: str, object: str, **payload: object) -> None:  # noqa: A002
    """Write an entry in the current `recorded` block.

    `actor` and `object` are opaque ids (`operator:1`, `portrait:<uuid>`) and stay for good: never a name in
    them. Raises NotRecorded outside a block, UnknownAction, and TypeError or ValueError for a payload that is
    not JSON.
    """
    if not _depth.blocks:
        raise NotRecorded(
            f"{action} was to be recorded outside a recorded() block. Nothing was written. "
            "Make the change and its entry in one block."
        )
    rows.insert(drafted(action, actor, object, payload))


def refuse(action: str, /, *, actor: str, object: str, **payload: object) -> None:  # noqa: A002
    """Write a refusal's entry, which stays whatever becomes of the transaction around it.

    Inside a transaction the entry is set aside in a durable file at once, and entered right after the
    outermost `recorded` block ends, either way. Raises as `record` does, save for NotRecorded.
    """
    row = drafted(action, actor, object, payload)
    if connection.in_atomic_block:
        spool.keep(sequencer.instance(), row)
        if not _depth.blocks:
            # A plain transaction: entered after its commit, or after a rollback with what is sequenced next.
            transaction.on_commit(_settle)
        return
    try:
        with recorded():
            rows.insert(row)
    except LedgerError:
        # The log cannot go on at the moment (RolledBack, a key that is missing); the refusal is not lost
        # with it.
        if not Entry.objects.filter(object=row.object, payload_hash=row.payload_hash).exists():
            spool.keep(sequencer.instance(), row)
        raise
