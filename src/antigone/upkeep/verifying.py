"""Verifying the ledger as work with progress, when it was done last, and keeping other agencies' signatures."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy

from antigone.access import services as access
from antigone.access.models import Operator
from antigone.access.permissions import Permission
from antigone.jobs import services as jobs
from antigone.jobs.models import OPEN, Job, State
from antigone.jobs.registry import handles
from antigone.jobs.work import Work
from antigone.ledger import rows
from antigone.ledger import services as ledger

KIND = "upkeep:verify-ledger"


@handles(KIND, title=gettext_lazy("Verify the ledger"))
def verify(work: Work) -> dict[str, Any]:
    """Recompute the tree from the entries, and hold it against every checkpoint; it begins anew after a kill."""
    total = rows.last_size()
    answer = ledger.verify(
        work.args.get("checkpoint") or None,
        work.args.get("verifier") or None,
        progress=lambda done: work.progress(done, max(done, total)),
    )
    work.progress(answer.size, answer.size, answer.sentence)
    return {
        "ok": answer.ok,
        "first_bad": answer.first_bad,
        "sentence": answer.sentence,
        "size": answer.size,
        "root": answer.root,
        "pending": answer.pending,
        "erased": answer.erased,
        "notes": list(answer.notes),
        "held": bool(work.args.get("checkpoint")),
    }


def ask(who: Operator, *, checkpoint: str = "", verifier: str = "") -> Job:
    """Ask for a verification, against a checkpoint that somebody else kept where one is given.

    One that is under way for the same is answered with, instead of a second.
    """
    access.require(who, Permission.LEDGER_VERIFY, object="ledger:tree")
    args = {"checkpoint": checkpoint, "verifier": verifier} if checkpoint else {}
    for under_way in Job.objects.filter(kind=KIND, asked_by=who.actor, state__in=OPEN).order_by("-pk")[:5]:
        if under_way.args == args:
            return under_way
    return jobs.ask(KIND, who.actor, who.agency_id, args, priority=10)


def last() -> Job | None:
    """The verification that ended last, whoever asked for it; None where none did while jobs are kept."""
    return Job.objects.filter(kind=KIND, state=State.DONE).order_by("-pk").first()


def asked(who: Operator) -> Job | None:
    """The verification that this person asked for last."""
    return Job.objects.filter(kind=KIND, asked_by=who.actor).order_by("-pk").first()


def verified_at() -> datetime | None:
    """When the whole ledger was last found to be as it was written."""
    found = Job.objects.filter(kind=KIND, state=State.DONE, result__ok=True).order_by("-pk").first()
    return found.finished_at if found else None


def countersign(who: Operator, checkpoint: str, verifier: str) -> int:
    """Keep another agency's signature on one of our checkpoints; returns how many were new. Raises NoteFault."""
    access.require(who, Permission.LEDGER_VERIFY, object="ledger:tree")
    return ledger.cosign(checkpoint, [verifier], actor=who.actor)
