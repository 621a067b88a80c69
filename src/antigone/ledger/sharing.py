"""What other agencies are given (checkpoints and proofs), and what is kept of theirs (signatures)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from antigone.ledger import actions, rows, sequencer
from antigone.ledger.errors import NoteFault
from antigone.ledger.keys import verifier
from antigone.ledger.models import Checkpoint, Cosignature, Entry
from antigone.ledger.note import Note, TreeHead, VerifierKey
from antigone.ledger.recording import record, recorded
from antigone.ledger.rules import base64_of
from antigone.ledger.tree import consistency_proof, inclusion_proof


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


def cosign(checkpoint_text: str | bytes, verifiers: Iterable[str], *, actor: str = sequencer.SYSTEM) -> int:
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
