"""The daily work of the instance as a whole: the ledger's checkpoint, and the rows of sessions that ended."""

from __future__ import annotations

from typing import Any

from django.core.management import call_command
from django.utils.translation import gettext_lazy

from antigone.jobs.daily import daily
from antigone.jobs.work import Work
from antigone.ledger.services import sequence
from antigone.upkeep import verifying  # noqa: F401  (registers its kind of work)


@daily("upkeep:checkpoint", title=gettext_lazy("Sign the day's ledger checkpoint"))
def checkpoint(work: Work) -> dict[str, Any]:
    """Enter what an interruption left pending, and sign the head of the tree outside the database."""
    signed = sequence()
    return {"size": signed.size if signed else 0}


@daily("upkeep:sessions", title=gettext_lazy("Remove the rows of sessions that ended"))
def sessions(work: Work) -> None:
    """Remove the rows of sessions that ended; that there were sign-ins stays on record elsewhere."""
    call_command("clearsessions", verbosity=0)
