"""Decisions that are to be looked at again, since what they rest on changed: marked, and upheld by the board."""

from __future__ import annotations

from collections.abc import Collection

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_noop

from antigone.access.models import Operator
from antigone.access.permissions import Permission
from antigone.casework.deciding import before
from antigone.casework.models import Case, Decision, DecisionKind
from antigone.ledger.services import record, recorded

CONTRADICTED = gettext_noop("Evidence that contradicts it was recorded afterwards.")
WITHDRAWN = gettext_noop("A line of evidence about it was withdrawn afterwards.")
ASSOCIATION = gettext_noop("Which remains are of one person was decided anew.")
MERGED = gettext_noop("The person's record was merged with another, or taken apart again.")
SPOKE = gettext_noop("The living person can state their identity now; what they say decides.")
RESTORED = gettext_noop("The ledger says that it was revoked; a backup from before that was put back.")
ERASED = gettext_noop("The person's record was erased.")


def standing(*, persons: Collection[int] = (), subjects: Collection[int] = ()) -> QuerySet[Decision]:
    """The identifications that stand of these persons or of these subjects."""
    found = Decision.objects.filter(kind=DecisionKind.IDENTIFY, revoked_at=None)
    return found.filter(Q(person__in=list(persons)) | Q(subject__in=list(subjects)))


def resting_on(case: Case, persons: Collection[int], *kinds: str) -> QuerySet[Decision]:
    """The standing decisions of these kinds about a case and a person: what is known of the two changed."""
    return Decision.objects.filter(case=case, person__in=list(persons), kind__in=kinds, revoked_at=None)


def mark(decisions: QuerySet[Decision], why: str, actor: str) -> int:
    """Mark these for review, in the caller's transaction; one that is marked keeps since when. Returns how many."""
    found = list(decisions.order_by("pk"))
    for each in found:
        Decision.objects.filter(pk=each.pk).update(review_at=each.review_at or timezone.now(), review_why=why)
        record("casework:decision:review", actor=actor, object=f"decision:{each.pk}", why=why)
    return len(found)


def revoked_before(decision: int, actor: str) -> bool:
    """Mark a decision that the ledger says was revoked, after a restore from before that; whether it stood.

    The revocation itself is a board's, and is made again by one.
    """
    with recorded():
        return mark(Decision.objects.filter(pk=decision, revoked_at=None), RESTORED, actor) > 0


def uphold(serial: str, reasons: str, who: Operator) -> None:
    """Say that a decision stands though what it rests on changed; raises NotHere, Refused or DecisionRefused.

    It changes nothing that was decided: for that a board revokes it.
    """
    found = before.decision_for(serial, who, Permission.DECISION_VOTE)
    why = before.words(reasons, 400)
    with recorded():
        if Decision.objects.filter(pk=found.pk, review_at__isnull=False).update(review_at=None, review_why=""):
            record("casework:decision:uphold", actor=who.actor, object=f"decision:{found.pk}", reason=why)
