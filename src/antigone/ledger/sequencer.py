"""The one sequencer: gives pending entries their places in the tree, and signs the new head."""

from __future__ import annotations

import sqlite3

from django.conf import settings
from django.db import OperationalError, connection, transaction

from antigone.instance import Instance
from antigone.ledger import keys, outside, rows, spool
from antigone.ledger.entry import leaf
from antigone.ledger.errors import LedgerError, NoteFault, RolledBack, TreeFault
from antigone.ledger.models import Checkpoint, Entry
from antigone.ledger.note import Note, SigningKey, TreeHead
from antigone.ledger.tree import Edge, hash_leaf

# Who acts where nobody is named.
SYSTEM = "system:ledger"
# So many entries share a checkpoint at most: other writers wait a second, not a minute, behind a bulk job.
BATCH = 20_000
# The name of the sequencer's lock on PostgreSQL ("antigone" in ASCII); SQLite has one writer anyway.
ADVISORY_LOCK = 0x616E7469676F6E65


def instance() -> Instance:
    found: Instance = settings.ANTIGONE
    return found


def check_not_rolled_back() -> None:
    """Refuse to go on where the database is behind a checkpoint outside it (RolledBack).

    The file is read before the database: it is written after the commit, so it can be behind, never ahead.
    """
    kept = outside.latest(instance())
    if kept is None:
        return
    ours = rows.last_size()
    if kept.size > ours:
        raise RolledBack(
            f"The database holds {ours} sealed entries, and a checkpoint kept outside it covers {kept.size}: "
            "the database was rolled back, or entries were removed. Nothing was changed. Restore the newest "
            "backup, or compare with another agency's copy: antigone ledger verify --checkpoint FILE"
        )


def settle() -> None:
    """Enter the refusals that were set aside, each once, whatever was interrupted before."""
    for path, row in spool.waiting(instance()):
        with transaction.atomic():
            if not Entry.objects.filter(object=row.object, payload_hash=row.payload_hash).exists():
                rows.insert(row)
        path.unlink(missing_ok=True)


def sequence() -> Checkpoint | None:
    """Integrate all that is pending, in the order written, and sign checkpoints; returns the latest.

    Also completes what a crash interrupted: refusals set aside, entries left pending, checkpoint files behind
    the database. Raises RolledBack, TreeFault or KeyFault, and then signs nothing.
    """
    if connection.in_atomic_block:
        raise LedgerError(
            "The ledger cannot be sequenced inside a transaction that may be taken back. Nothing was signed. "
            "Sequence after it."
        )
    with outside.alone(instance()):
        check_not_rolled_back()
        settle()
        while _integrate():
            pass
        return _write_outside()


def sequence_in_turn() -> None:
    """Sequence after a commit; where another writer holds the database too long, leave it to the next sequencer.

    The change is committed with its entry by then: waiting behind a bulk job is no failure of it.
    """
    try:
        sequence()
    except OperationalError as exc:
        if getattr(exc.__cause__, "sqlite_errorcode", None) != sqlite3.SQLITE_BUSY:
            raise


def _integrate() -> bool:
    """One batch, one transaction, one checkpoint; True when more may be pending."""
    with transaction.atomic():
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_xact_lock(%s)", [ADVISORY_LOCK])
        waiting = rows.pending(BATCH)
        if not waiting:
            return False
        last = Checkpoint.objects.order_by("-size").first()
        key = _key(last)
        edge = _edge(last, key)
        places = []
        for pk, time, action, actor, about, digest in waiting:
            found = hash_leaf(leaf(edge.size, time, action, actor, about, digest))
            places.append((edge.size, found, pk))
            edge.append(found)
        rows.place(places)
        head = TreeHead(key.verifier.name, edge.size, edge.root())
        text = Note(head.text, (key.sign(head.text),)).encode()
        Checkpoint.objects.create(size=head.size, root=head.root, edge=edge.to_bytes(), text=text)
    return len(waiting) == BATCH


def _key(last: Checkpoint | None) -> SigningKey:
    """The signing key, made at the very first checkpoint; one that is lost later is never replaced."""
    here = instance()
    if last is None and not keys.exists(here) and outside.latest(here) is None:
        keys.create(here)
    return keys.load(here)


def _edge(last: Checkpoint | None, key: SigningKey) -> Edge:
    """Where the tree grows on, checked against the signature on the last checkpoint (TreeFault)."""
    placed = Entry.objects.filter(index__isnull=False).order_by("-index")
    highest = placed.values_list("index", flat=True).first()
    size = 0 if highest is None else highest + 1
    if last is None:
        if size:
            raise TreeFault(
                "Entries are sealed in the database and their checkpoint is gone. Nothing was signed. "
                "Run: antigone ledger verify"
            )
        return Edge()
    try:
        note = Note.parse(last.text)
        note.verified_by([key.verifier])
        head = TreeHead.parse(note.text)
        edge = Edge.from_bytes(last.size, bytes(last.edge))
    except (NoteFault, ValueError) as exc:
        raise TreeFault(
            "The last checkpoint in the database was altered, or another key signed it. Nothing was signed "
            "on top of it. Run: antigone ledger verify"
        ) from exc
    if not size == head.size == last.size or edge.root() != head.root:
        raise TreeFault(
            f"The database holds {size} sealed entries and its last checkpoint covers {head.size}, or another "
            "tree. Nothing was signed on top of it. Run: antigone ledger verify"
        )
    return edge


def _write_outside() -> Checkpoint | None:
    """Bring the checkpoint files up to the database."""
    here = instance()
    kept = outside.latest(here)
    missing = Checkpoint.objects.order_by("size")
    if kept is not None and (here.ledger / outside.LATEST).exists():
        missing = missing.filter(size__gt=kept.size)
    outside.write(here, missing.values_list("size", "text"))
    return Checkpoint.objects.order_by("-size").first()
