"""What the other rooms do with the ledger: record, refuse, erase, prove, countersign, verify."""

from __future__ import annotations

import contextlib
import threading
import warnings
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from django.db import DatabaseError, connection, transaction

from antigone.ledger import actions, erasure, outside, rows, sequencer, spool
from antigone.ledger.entry import Draft, draft
from antigone.ledger.errors import LedgerError, LedgerWarning, NoteFault, NotRecorded
from antigone.ledger.keys import load, verifier
from antigone.ledger.models import Checkpoint, Cosignature, Entry
from antigone.ledger.note import Note, TreeHead, VerifierKey
from antigone.ledger.rules import Verification, base64_of
from antigone.ledger.sequencer import sequence
from antigone.ledger.tree import consistency_proof, inclusion_proof
from antigone.ledger.verification import verify

__all__ = [
    "Verification",
    "accept_rollback",
    "checkpoint_text",
    "consistency",
    "cosign",
    "entries_about",
    "inclusion",
    "record",
    "recorded",
    "redact_payloads",
    "refuse",
    "sequence",
    "verifier_key",
    "verify",
]

SYSTEM = "system:ledger"


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
                transaction.on_commit(sequencer.sequence)
    except BaseException:
        # The first failure is the one to tell of; refusals stay set aside for the next sequencer.
        with contextlib.suppress(LedgerError, DatabaseError, OSError):
            _settle()
        raise
    _settle()


def _settle() -> None:
    """Enter refusals made inside the transaction that has just ended."""
    if not connection.in_atomic_block and next(spool.waiting(sequencer.instance()), None) is not None:
        sequencer.sequence()


def _draft(action: str, actor: str, object: str, payload: dict[str, object]) -> Draft:  # noqa: A002
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
    rows.insert(_draft(action, actor, object, payload))


def refuse(action: str, /, *, actor: str, object: str, **payload: object) -> None:  # noqa: A002
    """Write a refusal's entry, which stays whatever becomes of the transaction around it.

    Inside a transaction the entry is set aside in a durable file at once, and entered right after the
    outermost `recorded` block ends, either way. Raises as `record` does, save for NotRecorded.
    """
    row = _draft(action, actor, object, payload)
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


def redact_payloads(object: str, *, actor: str = SYSTEM) -> int:  # noqa: A002
    """Delete the payloads and salts of the entries about an object; returns of how many.

    Their hashes, times, actors and actions stay, and an entry names what was erased. Payloads of actions that
    hold nothing personal (an empty redaction rule) are kept.
    """
    with recorded():
        erased = erasure.erase_payloads(object)
        if erased is None:
            return 0
        record(actions.PAYLOAD_ERASE.name, actor=actor, object=object, **erased)
        return sum(len(named) for named in erased.values())


def entries_about(object: str) -> list[Entry]:  # noqa: A002
    """The entries about an object, oldest first."""
    return list(Entry.objects.filter(object=object).order_by("id"))


def verifier_key() -> str:
    """The verifier key that other agencies are given, in its text form; raises KeyFault before the first entry."""
    return str(verifier(sequencer.instance()))


def _checkpoint(size: int | None) -> Checkpoint:
    found = Checkpoint.objects.order_by("-size")
    if size is not None:
        found = found.filter(size=size)
    latest: Checkpoint | None = found.first()
    if latest is None:
        raise NoteFault(
            "There is no checkpoint yet." if size is None else f"No checkpoint covers {size} entries exactly."
        )
    return latest


def checkpoint_text(size: int | None = None) -> str:
    """The latest checkpoint (or that over `size` entries) as a signed note, with the signatures of others.

    Raises NoteFault where there is none.
    """
    checkpoint = _checkpoint(size)
    return checkpoint.text + "".join(checkpoint.cosignatures.order_by("id").values_list("line", flat=True))


def inclusion(entry: Entry, size: int | None = None) -> dict[str, Any]:
    """A proof, as plain JSON, that an entry is in the tree under the latest checkpoint (or that over `size`).

    `proofs.check_inclusion` checks it anywhere. Raises NoteFault where the entry is still pending, or later
    than that checkpoint.
    """
    checkpoint = _checkpoint(size)
    if entry.index is None or entry.index >= checkpoint.size:
        raise NoteFault("The entry is not under this checkpoint yet. Sequence the ledger, then ask again.")
    fields: dict[str, Any] = {name: getattr(entry, name) for name in ("time", "action", "actor", "object")}
    fields["payload_hash"] = bytes(entry.payload_hash).hex()
    if entry.payload is not None and entry.salt is not None:
        fields |= {"payload": entry.payload, "salt": bytes(entry.salt).hex()}
    hashes = inclusion_proof(rows.leaf_hashes(checkpoint.size), entry.index)
    return {
        "index": entry.index,
        "entry": fields,
        "hashes": [base64_of(node) for node in hashes],
        "checkpoint": checkpoint_text(checkpoint.size),
    }


def consistency(old_size: int, new_size: int | None = None) -> dict[str, Any]:
    """A proof, as plain JSON, that the log only grew between two checkpoints; `proofs.check_consistency` checks it.

    Raises NoteFault where there is no such checkpoint.
    """
    old, new = _checkpoint(old_size), _checkpoint(new_size)
    if old.size > new.size:
        raise NoteFault("The earlier checkpoint covers more entries than the later one.")
    hashes = consistency_proof(rows.leaf_hashes(new.size), old.size)
    return {
        "old": checkpoint_text(old.size),
        "new": checkpoint_text(new.size),
        "hashes": [base64_of(node) for node in hashes],
    }


def cosign(checkpoint_text: str | bytes, verifiers: Iterable[str], *, actor: str = SYSTEM) -> int:
    """Keep other agencies' signatures on one of our checkpoints; returns how many were new.

    `verifiers` are the verifier keys of the agencies that are trusted; signature lines of others are left.
    Raises NoteFault when the checkpoint is not ours, none of the keys signed it, or a signature does not
    hold.
    """
    ours = verifier(sequencer.instance())
    known = [VerifierKey.parse(text) for text in verifiers]
    if ours in known:
        raise NoteFault("Our own key cannot countersign: a signature of another agency is needed.")
    note = Note.parse(checkpoint_text)
    note.verified_by([ours])
    head = TreeHead.parse(note.text)
    checkpoint = _checkpoint(head.size)
    if Note.parse(checkpoint.text).text != note.text:
        raise NoteFault(
            "The checkpoint is signed by our key and is not the one in the database: two histories were signed. "
            "Nothing was kept. Run: antigone ledger verify --checkpoint FILE"
        )
    signed = note.verified_by(known)
    new = 0
    with recorded():
        for key in signed:
            line = next(signature.line for signature in note.signatures if key.matches(signature))
            _, made = Cosignature.objects.get_or_create(
                checkpoint=checkpoint, verifier=str(key), defaults={"line": line}
            )
            if made:
                record(
                    actions.COSIGN.name,
                    actor=actor,
                    object=f"checkpoint:{checkpoint.size}",
                    verifier=str(key),
                )
                new += 1
    return new


def accept_rollback(*, actor: str, reason: str) -> int:
    """Go on after the database was put back to an older state on purpose, as from a backup; for good on record.

    Checkpoints that cover lost entries are moved to ledger/lost/ as evidence, and the next entry says what
    they covered. A checkpoint that another agency holds still exposes the loss. Returns how many entries
    were lost; 0, and nothing is done, where the database is not behind.
    """
    here = sequencer.instance()
    load(here)
    with outside.alone(here):
        kept, ours = outside.latest(here), rows.last_size()
        if kept is None or kept.size <= ours:
            return 0
        text = outside.newest_text(here)
        row = _draft(
            actions.ROLLBACK.name,
            actor,
            "ledger:tree",
            {"kept": ours, "covered": kept.size, "checkpoint": text, "reason": reason},
        )
        spool.keep(here, row)
        outside.set_lost_aside(here, ours)
    sequencer.sequence()
    return kept.size - ours
