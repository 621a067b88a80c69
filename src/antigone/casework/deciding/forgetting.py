"""What a board's records do when records below change: what was erased is emptied, digests stay, decisions are marked.

A number, a digest, votes as choices and what followed stay for good: that a decision was made is not erased.
"""

from __future__ import annotations

from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone

from antigone.casework.deciding import reviewing
from antigone.casework.models import Decision, EvidenceLine, Proposal, ProposalState, Vote
from antigone.ledger.services import record, recorded, redact_payloads
from antigone.missing.events import PersonErased, PersonsMerged, PersonsTakenApart, PortraitErased, merged
from antigone.missing.events import erased as record_erased
from antigone.remains.events import AssociationChanged, SubjectSpoke, associated, spoke


def follow_erasure(event: PersonErased | PortraitErased, **_: Any) -> None:
    """Empty what is said of an erased person; an identification that stands is to be looked at again."""
    if not isinstance(event, PersonErased):
        return
    with recorded():
        reviewing.mark(reviewing.standing(persons=(event.person,)), reviewing.ERASED, event.actor)
        forget(Q(person=event.person), event.actor)


def follow_speech(event: SubjectSpoke, **_: Any) -> None:
    """Empty what is said of somebody who can state their identity; what they say decides."""
    with recorded():
        reviewing.mark(reviewing.standing(subjects=(event.subject,)), reviewing.SPOKE, event.actor)
        forget(Q(case__subject=event.subject), event.actor)


def follow_association(event: AssociationChanged, **_: Any) -> None:
    """Have identifications looked at again whose remains were associated anew."""
    if len(event.subjects) > 1:
        with recorded():
            reviewing.mark(reviewing.standing(subjects=event.subjects), reviewing.ASSOCIATION, event.actor)


def follow_merge(event: PersonsMerged | PersonsTakenApart, **_: Any) -> None:
    """Have identifications looked at again whose person's record was merged or taken apart."""
    with recorded():
        reviewing.mark(reviewing.standing(persons=(event.kept, event.absorbed)), reviewing.MERGED, event.actor)


def forget(about: Q, actor: str) -> None:
    """Empty lines, proposals, votes and decisions, in the caller's transaction; whose they were is not kept."""
    proposals = Proposal.objects.filter(about)
    numbers = list(proposals.values_list("pk", flat=True))
    lines = list(EvidenceLine.objects.filter(about).values_list("pk", flat=True))
    decisions = Decision.objects.filter(Q(proposal__in=numbers) | Q(proposal__revokes__proposal__in=numbers))
    _end(proposals, actor)
    Vote.objects.filter(proposal__in=numbers).update(reasons="")
    Proposal.objects.filter(pk__in=numbers).update(person=None, reasons="", end_reason="")
    EvidenceLine.objects.filter(pk__in=lines).update(
        person=None, words="", origin="", laboratory="", reference="", dated=None, log10_lr=None, claim=None,
        withdraw_reason="",
    )  # fmt: skip
    for pk in [*decisions.order_by("pk").values_list("pk", flat=True)]:
        Decision.objects.filter(pk=pk).update(content=None, person=None)
        redact_payloads(f"decision:{pk}", actor=actor)
        record("casework:decision:forget", actor=actor, object=f"decision:{pk}")
    for thing in (*(f"proposal:{pk}" for pk in numbers), *(f"evidence:{pk}" for pk in lines)):
        redact_payloads(thing, actor=actor)


def _end(proposals: QuerySet[Proposal], actor: str) -> None:
    for each in proposals.filter(state=ProposalState.OPEN).order_by("pk"):
        Proposal.objects.filter(pk=each.pk).update(state=ProposalState.ENDED, ended_by=actor, ended_at=timezone.now())
        record("casework:proposal:end", actor=actor, object=f"proposal:{each.pk}")


record_erased.connect(follow_erasure, dispatch_uid="casework empties what a board read of who was erased")
spoke.connect(follow_speech, dispatch_uid="casework empties what a board read as a subject speaks")
associated.connect(follow_association, dispatch_uid="casework marks identifications as associations change")
merged.connect(follow_merge, dispatch_uid="casework marks identifications as persons are merged")
