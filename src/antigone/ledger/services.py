"""What the other rooms do with the ledger: record, refuse, erase, prove, countersign, verify."""

from __future__ import annotations

from antigone.ledger import actions, erasure, outside, rows, spool
from antigone.ledger.keys import load
from antigone.ledger.models import Entry
from antigone.ledger.recording import drafted, record, recorded, refuse
from antigone.ledger.rules import Verification
from antigone.ledger.sequencer import SYSTEM, instance, sequence
from antigone.ledger.sharing import checkpoint_text, consistency, cosign, inclusion, verifier_key
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


def accept_rollback(*, actor: str, reason: str) -> int:
    """Go on after the database was put back to an older state on purpose, as from a backup; for good on record.

    Checkpoints that cover lost entries are moved to ledger/lost/ as evidence, and the next entry says what
    they covered. A checkpoint that another agency holds still exposes the loss. Returns how many entries
    were lost; 0, and nothing is done, where the database is not behind.
    """
    here = instance()
    load(here)
    with outside.alone(here):
        kept, ours = outside.latest(here), rows.last_size()
        if kept is None or kept.size <= ours:
            return 0
        text = outside.newest_text(here)
        row = drafted(
            actions.ROLLBACK.name,
            actor,
            "ledger:tree",
            {"kept": ours, "covered": kept.size, "checkpoint": text, "reason": reason},
        )
        spool.keep(here, row)
        outside.set_lost_aside(here, ours)
    sequence()
    return kept.size - ours
