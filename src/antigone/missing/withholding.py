"""Portraits whose giver withdrew: kept from every search at once, and let back when the giver agrees again."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from antigone.enrolment import services as enrolment
from antigone.intake.events import EnquiryWithdrawn
from antigone.intake.events import withdrawn as enquiry_withdrawn
from antigone.ledger.services import record, recorded
from antigone.missing import rules
from antigone.missing.models import Portrait


def withhold(portraits: QuerySet[Portrait], actor: str) -> int:
    """Keep portraits from every search from this commit on; returns how many were searched or could have been."""
    with recorded():
        found = list(portraits.filter(withheld_at=None).order_by("pk").values_list("pk", flat=True))
        Portrait.objects.filter(pk__in=found).update(withheld_at=timezone.now())
        enrolment.set_searchable(found, False)
        for pk in found:
            record("missing:portrait:withhold", actor=actor, object=f"portrait:{pk}")
    return len(found)


def release(portraits: QuerySet[Portrait], actor: str) -> int:
    """Let portraits be searched again, as far as their reports allow it; returns how many were withheld.

    One that came with an enquiry stays withheld while that enquiry is withdrawn, and one of somebody who says that they
    are not missing until it is checked who that is.
    """
    with recorded():
        wanted = portraits.filter(withheld_at__isnull=False, person__identity_check_at=None)
        wanted = wanted.exclude(enquiry__withdrawn_at__isnull=False)
        found = list(wanted.select_related("person__report").order_by("pk"))
        Portrait.objects.filter(pk__in=[each.pk for each in found]).update(withheld_at=None)
        enrolment.set_searchable(
            [each.pk for each in found if rules.searchable(each.person.report.state, each.basis, each.citation)], True
        )
        for each in found:
            record("missing:portrait:release", actor=actor, object=f"portrait:{each.pk}")
    return len(found)


def follow_withdrawal(event: EnquiryWithdrawn, **_: Any) -> None:
    """Keep what came with a withdrawn enquiry from every search, in the transaction of the withdrawal."""
    withhold(Portrait.objects.filter(enquiry=event.enquiry), event.actor)


def follow_intake() -> int:
    """The same for withdrawals made where this room is not installed (the family pages); returns how many portraits.

    One query where there is nothing to do: a search asks it before it reads the gallery.
    """
    left = Portrait.objects.filter(withheld_at=None, enquiry__withdrawn_at__isnull=False)
    return withhold(left, "portal:enquirer") if left.exists() else 0


enquiry_withdrawn.connect(follow_withdrawal, dispatch_uid="missing follows withdrawn enquiries")
