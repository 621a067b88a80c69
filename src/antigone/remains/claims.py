"""Records who says whom they recognised, and how; hidden from those who examine, since it would lead their eyes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils import timezone
from django.utils.translation import gettext as _

from antigone.access.models import Operator
from antigone.access.permissions import Permission
from antigone.ledger.services import record, recorded
from antigone.remains import own
from antigone.remains.errors import RecordRefused
from antigone.remains.keeping import keep
from antigone.remains.models import RecognitionClaim, Subject


@dataclass(frozen=True)
class NewClaim:
    """A claim as it is recorded: whom they named, what they were shown, in which light and state, how long after."""

    claimant: str
    named: str
    shown: str
    said_on: date
    heard_by: str
    relation: str = ""
    light: str = ""
    condition: str = ""
    state_of_claimant: str = ""
    after_death: str = ""
    place: str = ""
    given_over: bool = False
    buried_on_it: bool = False


def add(subject: Subject, new: NewClaim, who: Operator) -> RecognitionClaim:
    """Record a claim; raises NotHere, Refused or BadRecord. It identifies nobody, whatever was done on it."""
    own.may(who, Permission.CLAIM_RECORD, subject)
    with recorded():
        own.held(subject)
        claim = RecognitionClaim(subject=subject, recorded_by=who.actor, recorded_at=timezone.now(), **vars(new))
        keep(claim)
        record(
            "remains:claim:add",
            actor=who.actor,
            object=f"claim:{claim.pk}",
            subject=subject.pk,
            shown=claim.shown,
            given_over=claim.given_over,
            buried=claim.buried_on_it,
        )
    return claim


def withdraw(claim: RecognitionClaim, reason: str, who: Operator) -> None:
    """Say that whoever claimed it takes it back, or that it was recorded wrongly; it stays readable, marked so."""
    own.may(who, Permission.CLAIM_RECORD, claim.subject)
    if not reason.strip():
        raise RecordRefused(_("Say why it is withdrawn. Nothing was changed."))
    with recorded():
        if RecognitionClaim.objects.filter(pk=claim.pk, withdrawn_at=None).update(
            withdrawn_at=timezone.now(), withdrawn_by=who.actor, withdraw_reason=reason.strip()[:400]
        ):
            record("remains:claim:withdraw", actor=who.actor, object=f"claim:{claim.pk}")


def claim(pk: int, who: Operator) -> RecognitionClaim:
    """The claim of this number, for who may record them; raises NotHere or Refused."""
    found = RecognitionClaim.objects.select_related("subject").filter(pk=pk).first()
    if found is None:
        raise own.not_here()
    own.may(who, Permission.CLAIM_RECORD, found.subject)
    return found


def of_subject(subject: Subject, who: Operator) -> list[RecognitionClaim]:
    """The claims about a subject, the newest first, for who may know them; that they were read is in the ledger.

    Whoever examines a case does not hold the permission; in a house of one person the ledger says what was seen.
    """
    own.may(who, Permission.CLAIM_READ, subject)
    found = list(RecognitionClaim.objects.filter(subject=subject).order_by("-said_on", "-pk"))
    if found:
        with recorded():
            record("remains:claim:look", actor=who.actor, object=f"subject:{subject.pk}", claims=len(found))
    return found
