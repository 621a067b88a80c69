"""Whether what was erased or removed is known to be gone from every gallery, and seeing to it where it is not."""

from __future__ import annotations

from antigone.enrolment import tasks
from antigone.enrolment.models import Removal
from antigone.ledger.models import Entry

GONE, VERIFIED = ("missing:portrait:erase", "enrolment:template:drop"), "enrolment:template:verify"


def pending() -> int:
    """How many galleries have templates that were erased or removed and that nobody has looked for and not found.

    The ledger is asked, which is written with the removal and with the look, and goes forward even over a restore: a
    stop between the two leaves a removal later than the last look that found nothing.
    """
    last = Entry.objects.filter(action__in=GONE).order_by("-id").values_list("id", flat=True).first()
    if last is None:
        return 0
    galleries = Removal.objects.order_by().values_list("contract", flat=True).distinct()
    return sum(not _verified_after(last, contract) for contract in galleries)


def _verified_after(removal: int, contract: int) -> bool:
    looks = Entry.objects.filter(action=VERIFIED, object=f"contract:{contract}", id__gt=removal).order_by("-id")
    newest = looks.first()
    return newest is not None and bool((newest.details or {}).get("absent"))


def complete(actor: str) -> bool:
    """Rewrite the galleries under a new snapshot key and look again; true when nothing was left."""
    return tasks.purge(actor)
