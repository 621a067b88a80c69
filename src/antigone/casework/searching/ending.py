"""Ends standing searches: by hand, or because what they rest on has ended; with the ledger's entry."""

from __future__ import annotations

from django.utils import timezone

from antigone.casework.models import Ending, StandingSearch
from antigone.ledger.services import record, recorded

SYSTEM = "system:casework"


def end(standing: StandingSearch, why: Ending, actor: str = SYSTEM, reason: str = "") -> bool:
    """End a standing search; False when it had ended before. What it searched stays as it was answered."""
    with recorded():
        ended = StandingSearch.objects.filter(pk=standing.pk, ended_at=None).update(
            ended_at=timezone.now(), ended_by=actor, ended_why=why.value, reason=reason[:400]
        )
        if ended:
            record(
                "casework:standing:end",
                actor=actor,
                object=f"case:{standing.case_id}",
                standing=standing.pk,
                why=why.value,
                reason=reason[:400],
            )
    return bool(ended)


def end_in(case: int, why: Ending, actor: str = SYSTEM) -> None:
    """End the standing search of a case, where it has one; in the caller's transaction."""
    for standing in StandingSearch.objects.filter(case=case, ended_at=None):
        end(standing, why, actor)
