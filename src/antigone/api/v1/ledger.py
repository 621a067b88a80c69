"""The log of everything that was done: its latest signed checkpoint, and whether it still holds."""

from __future__ import annotations

from ninja import Router
from pydantic import Field

from antigone.access.permissions import Permission
from antigone.api.bearer import Call
from antigone.api.operation import operation
from antigone.api.problems import not_here
from antigone.api.strict import Given, Line, Shown, Text
from antigone.ledger import services
from antigone.ledger.errors import NoteFault

router = Router()


class Checkpoint(Shown):
    checkpoint: str = Field(description="A signed note (C2SP tlog-checkpoint), with the signatures of others.")
    verifier: str = Field(description="The key under which this instance signs.")


class HeldCheckpoint(Given):
    checkpoint: Text | None = Field(None, description="A checkpoint of this log that you kept.")
    verifier: Line | None = Field(None, description="Whose signature to ask for on it; by default this instance's.")


class Verified(Shown):
    ok: bool
    sentence: str
    first_bad: int | None
    size: int
    root: str
    pending: int
    erased: int
    notes: list[str]


@operation(router, "GET", "/ledger/checkpoint", needs=Permission.LEDGER_VERIFY, shows=Checkpoint)
def ledger_checkpoint(request: Call) -> Checkpoint:
    """The latest signed checkpoint, to be kept elsewhere."""
    try:
        return Checkpoint(checkpoint=services.checkpoint_text(), verifier=services.verifier_key())
    except NoteFault:
        raise not_here() from None


@operation(router, "POST", "/ledger/verify", needs=Permission.LEDGER_VERIFY, shows=Verified)
def ledger_verify(request: Call, held: HeldCheckpoint) -> Verified:
    """Recompute the whole tree, against a checkpoint that was kept elsewhere where one is sent.

    It reads every entry, so it takes seconds in a large instance.
    """
    found = services.verify(held.checkpoint, held.verifier)
    return Verified(
        ok=found.ok,
        sentence=found.sentence,
        first_bad=found.first_bad,
        size=found.size,
        root=found.root,
        pending=found.pending,
        erased=found.erased,
        notes=list(found.notes),
    )
