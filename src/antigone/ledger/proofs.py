"""Proofs that can be taken elsewhere and checked there, without this instance and without its database."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Mapping, Sequence
from typing import Any

from antigone.ledger.entry import leaf, payload_hash
from antigone.ledger.errors import NoteFault
from antigone.ledger.note import COSIGNATURE, Note, SigningKey, TreeHead, VerifierKey
from antigone.ledger.tree import hash_leaf, verify_consistency, verify_inclusion


def _hashes(given: object) -> list[bytes]:
    if not isinstance(given, Sequence) or isinstance(given, str):
        raise NoteFault("The proof holds no list of hashes.")
    try:
        found = [base64.b64decode(text, validate=True) for text in given]
    except (binascii.Error, ValueError, TypeError) as exc:
        raise NoteFault("The proof holds a hash that is not base64.") from exc
    if any(len(node) != 32 for node in found):
        raise NoteFault("The proof holds a hash of a wrong length.")
    return found


def signed_head(checkpoint: object, log: VerifierKey) -> TreeHead:
    """The head in a checkpoint that `log` signed; raises NoteFault."""
    if not isinstance(checkpoint, str | bytes):
        raise NoteFault("The checkpoint is not a text.")
    note = Note.parse(checkpoint)
    note.verified_by([log])
    head = TreeHead.parse(note.text)
    if head.origin != log.name:
        raise NoteFault(f"The checkpoint is of the log {head.origin}, not of {log.name}.")
    return head


def check_inclusion(proof: Mapping[str, Any], log: VerifierKey) -> TreeHead:
    """Check what `services.inclusion` gave: that this entry is in the tree that the log signed.

    Returns the head that it was proven against; raises NoteFault, with the reason, when it is not proven.
    """
    try:
        entry, index = proof["entry"], proof["index"]
        time, action, actor, about = (entry[name].encode() for name in ("time", "action", "actor", "object"))
        digest = bytes.fromhex(entry["payload_hash"])
        payload, salt, checkpoint = entry.get("payload"), entry.get("salt"), proof["checkpoint"]
        if payload is not None and payload_hash(bytes.fromhex(salt), payload.encode()) != digest:
            raise NoteFault("The payload is not the one that was recorded.")
        hashed = hash_leaf(leaf(index, time, action, actor, about, digest))
    except (KeyError, TypeError, ValueError, AttributeError) as exc:
        raise NoteFault("The proof is malformed.") from exc
    head = signed_head(checkpoint, log)
    if type(index) is not int or not verify_inclusion(
        hashed, index, head.size, _hashes(proof.get("hashes")), head.root
    ):
        raise NoteFault("The proof does not lead to the root that was signed: the entry is not in this log.")
    return head


def check_consistency(proof: Mapping[str, Any], log: VerifierKey, held: TreeHead | None = None) -> TreeHead:
    """Check what `services.consistency` gave: that the log only grew between two checkpoints.

    With `held`, the earlier one must be the head that the caller kept. Returns the later head; raises
    NoteFault.
    """
    try:
        old, new = signed_head(proof["old"], log), signed_head(proof["new"], log)
    except (KeyError, TypeError) as exc:
        raise NoteFault("The proof is malformed.") from exc
    if held is not None and (old.size, old.root) != (held.size, held.root):
        raise NoteFault("The earlier checkpoint is not the one that was held: the log shows two histories.")
    if not verify_consistency(old.size, new.size, old.root, new.root, _hashes(proof.get("hashes"))):
        raise NoteFault("The later tree does not begin with the earlier one: history was rewritten.")
    return new


def countersign(
    checkpoint: str,
    log: VerifierKey,
    key: SigningKey,
    seconds: int,
    held: TreeHead | None = None,
    proof: Mapping[str, Any] | None = None,
) -> str:
    """Another agency's signature on a log's checkpoint, given only when the log grew from the head it held.

    `key` is a cosigner's key (algorithm 0x04), `seconds` the POSIX time, `proof` leads from `held` to this
    checkpoint. Returns the note with the new signature line; raises NoteFault, and then signs nothing.
    """
    if key.verifier.algorithm != COSIGNATURE:
        raise NoteFault("A countersignature is made with a cosigner's key, not with a log's.")
    head = signed_head(checkpoint, log)
    if held is not None and (held.size, held.root) != (head.size, head.root):
        if proof is None:
            raise NoteFault("A proof is needed that the log grew from the checkpoint held before.")
        grown = check_consistency(proof, log, held)
        if (grown.size, grown.root) != (head.size, head.root):
            raise NoteFault("The proof leads to another checkpoint than the one to be signed.")
    note = Note.parse(checkpoint)
    return Note(note.text, (*note.signatures, key.sign(note.text, seconds))).encode()
