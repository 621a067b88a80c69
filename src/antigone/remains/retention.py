"""Reviews: somebody looks whether a record is still needed, gives the reason, and says when it is looked at again."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from antigone.access.models import Operator
from antigone.access.permissions import Permission
from antigone.ledger.services import record, recorded
from antigone.remains import own
from antigone.remains.errors import RecordRefused
from antigone.remains.models import Photograph, Subject

# However good the reason, somebody looks again within two years.
LONGEST = timedelta(days=731)


def subject_to_review(pk: int, who: Operator) -> Subject:
    """The subject of this number for who reviews by reference; raises NotHere or Refused."""
    found = Subject.objects.filter(pk=pk).first()
    if found is None:
        raise own.not_here()
    own.may_in(who, Permission.RETENTION_REVIEW, found.agency_id, f"subject:{pk}")
    return found


def photograph_to_review(pk: UUID, who: Operator) -> Photograph:
    """The same of a photograph, veiled."""
    found = Photograph.objects.select_related("subject").filter(pk=pk).first()
    if found is None:
        raise own.not_here()
    own.may_in(who, Permission.RETENTION_REVIEW, found.subject.agency_id, f"photograph:{pk}")
    return found


def review_subject(subject: Subject, again_on: date, reason: str, who: Operator) -> Subject:
    """Keep a subject's record until the day on which it is looked at again; raises NotHere, Refused, RecordRefused."""
    own.may_in(who, Permission.RETENTION_REVIEW, subject.agency_id, f"subject:{subject.pk}")
    _check(again_on, reason)
    with recorded():
        Subject.objects.filter(pk=subject.pk).update(review_on=again_on)
        record(
            "remains:subject:review",
            actor=who.actor,
            object=f"subject:{subject.pk}",
            on=again_on,
            reason=reason.strip(),
        )
    subject.refresh_from_db()
    return subject


def review_photograph(photograph: Photograph, again_on: date, reason: str, who: Operator) -> Photograph:
    """Keep a photograph until the day on which it is looked at again; raises NotHere, Refused or RecordRefused."""
    agency = photograph.subject.agency_id
    own.may_in(who, Permission.RETENTION_REVIEW, agency, f"photograph:{photograph.pk}")
    _check(again_on, reason)
    with recorded():
        Photograph.objects.filter(pk=photograph.pk).update(review_on=again_on)
        record(
            "remains:photograph:review",
            actor=who.actor,
            object=f"photograph:{photograph.pk}",
            on=again_on,
            reason=reason.strip(),
        )
    photograph.refresh_from_db()
    return photograph


def _check(again_on: date, reason: str) -> None:
    today = timezone.now().date()
    if not today < again_on <= today + LONGEST:
        raise RecordRefused(_("It is looked at again within two years, on a day to come. Nothing was changed."))
    if not reason.strip():
        raise RecordRefused(_("Say why it is still needed. Nothing was changed."))
