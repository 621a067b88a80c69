"""Enquiries that were withdrawn before anybody took them up, erased when their time of grace is over."""

from __future__ import annotations

from datetime import date

from antigone.intake import services as intake
from antigone.intake.models import Enquiry
from antigone.ledger.services import sequence
from antigone.missing.retention import ERASE_GRACE
from antigone.missing.reviews import ACTOR
from antigone.vault import tasks as vault_tasks


def erase_withdrawn(today: date) -> int:
    """Erase what was withdrawn before the time of grace and is in no person's record; returns how many enquiries.

    One that was taken up goes with that record (`services.erase_person`). Each is a transaction of its own: stopped
    anywhere, the next run goes on.
    """
    over = list(Enquiry.objects.filter(withdrawn_at__date__lt=today - ERASE_GRACE, taken_up=None).order_by("pk"))
    for enquiry in over:
        intake.erase(enquiry, ACTOR)
    if over:
        vault_tasks.complete_shreds()
        sequence()
    return len(over)
