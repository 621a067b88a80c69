"""Jobs of the vault: completing the shreds that erasures asked for."""

from __future__ import annotations

from django.db import connection

from antigone.vault import services, store
from antigone.vault.models import PendingShred

TOGETHER = 500


def complete_shreds() -> int:
    """Destroy the keys that erasures asked for, remove the files, and say so in the ledger; returns how many.

    Each step can be done again: stopped anywhere, the next call goes on. Call it outside a transaction.
    """
    total = 0
    while pending := list(PendingShred.objects.order_by("pk")[:TOGETHER]):
        store.shred(
            [shred.image for shred in pending if shred.image is not None],
            objects=[shred.object for shred in pending],
        )
        services.confirm_shreds(pending)
        total += len(pending)
    if total:
        forget_log()
    return total


def forget_log() -> None:
    """Empty SQLite's write-ahead log, which still holds pages as they were before the rows were deleted.

    While somebody reads from it this does nothing; the log is then overwritten in the course of work.
    """
    if connection.vendor == "sqlite" and not connection.in_atomic_block:
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
