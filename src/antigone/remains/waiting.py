"""What waits for a person among the post-mortem records: each question one query, as many rows as are asked for."""

from __future__ import annotations

from datetime import timedelta

from django.db.models import F, Max, OuterRef, Q, Subquery
from django.utils import timezone

from antigone.access import services as access
from antigone.access.models import Operator
from antigone.access.permissions import Permission
from antigone.remains import coach, own, queries, rules, tasks
from antigone.remains.models import (
    CustodyStep,
    OpenSourceItem,
    OpenSourceState,
    Photograph,
    Release,
    ReleaseState,
    SampleItem,
    Subject,
    SubjectKind,
    Verdict,
)
from antigone.remains.queries import Filters, SubjectLine
from antigone.remains.tasks import Due

# A clinician has to be found before the 72 hours are over.
BEFORE_IT_ENDS = timedelta(hours=12)

# A gap is never closed; it is told while somebody may still remember.
TOLD_FOR = timedelta(days=30)


def releases_to_sign(who: Operator, limit: int = 20) -> list[Release]:
    """Releases that somebody else signed first and that this person may sign, the oldest first."""
    if not access.allows(who, Permission.RELEASE_SIGN):
        return []
    waiting = Release.objects.filter(state=ReleaseState.PREPARED, subject__agency=who.agency_id)
    return list(waiting.exclude(first_by=who.actor).select_related("subject").order_by("first_at", "pk")[:limit])


def items_to_decide(who: Operator, limit: int = 20) -> list[OpenSourceItem]:
    """Public items that somebody else proposed and that this person may approve or refuse, the first to end first."""
    if not access.allows(who, Permission.OPEN_SOURCE_APPROVE):
        return []
    waiting = OpenSourceItem.objects.filter(
        state=OpenSourceState.PROPOSED, erased_at=None, subject__agency=who.agency_id
    ).exclude(proposed_by=who.actor)
    if not own.sees_the_living(who):
        waiting = waiting.exclude(subject__kind__in=rules.FOR_CARE_AND_TRACING)
    return list(waiting.select_related("subject").order_by("ends_on", "proposed_at", "pk")[:limit])


def sample_to_mark(who: Operator, limit: int = 20) -> list[SampleItem]:
    """Photographs that were drawn for review and not marked yet, the oldest draw first."""
    if not access.allows(who, Permission.SAMPLE_REVIEW):
        return []
    waiting = SampleItem.objects.filter(draw__agency=who.agency_id, verdict=Verdict.UNMARKED)
    return list(waiting.select_related("draw").order_by("draw", "position")[:limit])


def reviews_due(who: Operator, limit: int = 20) -> list[Due]:
    """Records of the agency whose review is due, or soon will be, for who reviews them; two queries."""
    if not access.allows(who, Permission.RETENTION_REVIEW):
        return []
    return tasks.reviews(timezone.now().date(), who.agency_id, limit)


def due(who: Operator, limit: int = 20) -> list[Due]:
    """The same with the public items that end by themselves soon; three queries."""
    if not access.allows(who, Permission.RETENTION_REVIEW):
        return []
    return tasks.due(timezone.now().date(), who.agency_id, limit)


def drafts(who: Operator, limit: int = 20) -> tuple[SubjectLine, ...]:
    """The newest records of the dead that lack recovery particulars, for who may complete them."""
    if not (access.allows(who, Permission.SUBJECT_RECORD) and access.allows(who, Permission.SUBJECT_READ)):
        return ()
    lines = queries.subjects(who, Filters(draft=True), limit=limit).lines
    return tuple(line for line in lines if line.agency == who.agency_id)


def photographs_missing(who: Operator, limit: int = 20) -> list[tuple[SubjectLine, tuple[str, ...]]]:
    """The newest records that lack photographs of the minimum, for who takes them, and which are missing."""
    if not (access.allows(who, Permission.PHOTOGRAPH_ADD) and access.allows(who, Permission.SUBJECT_READ)):
        return []
    lines = queries.subjects(who, Filters(photographs_missing=True, released=False), limit=limit).lines
    pks = [line.pk for line in lines]
    had: dict[int, set[str | None]] = {}
    for pk, shot in Photograph.objects.filter(subject__in=pks).values_list("subject", "shot"):
        had.setdefault(pk, set()).add(coach.kind_of(shot))
    for pk, key in queries.none_seen(pks).values_list("subject", "key"):
        had.setdefault(pk, set()).add(coach.SHOT_OF[key])
    return [
        (line, tuple(shot for shot in coach.minimum(line.kind) if shot not in had.get(line.pk, ())))
        for line in lines
        if line.agency == who.agency_id
    ]


def custody_gaps(who: Operator, limit: int = 20) -> list[CustodyStep]:
    """Hand-overs of the last month before which a chain breaks: a gap, or a seal that is not the one put on."""
    if not access.allows(who, Permission.CUSTODY_RECORD):
        return []
    before = CustodyStep.objects.filter(chain=OuterRef("chain"), number=OuterRef("number") - 1).values("seal")[:1]
    recent = CustodyStep.objects.filter(
        subject__agency=who.agency_id, number__gt=1, recorded_at__gte=timezone.now() - TOLD_FOR
    ).annotate(put_on=Subquery(before))
    broken = recent.filter(~Q(gap="") | ~Q(put_on=F("seal_found")))
    if not own.sees_the_living(who):
        broken = broken.exclude(subject__kind__in=rules.FOR_CARE_AND_TRACING)
    return list(broken.select_related("subject").order_by("-recorded_at", "-pk")[:limit])


def attestations_ending(who: Operator, limit: int = 20) -> list[Subject]:
    """Living persons whose attestation has ended, or ends within twelve hours: the search stands still then.

    Each carries `attested_at`, the latest word of a clinician.
    """
    if not access.allows(who, Permission.ATTESTATION_RECORD) or not own.sees_the_living(who):
        return []
    living = Subject.objects.filter(kind=SubjectKind.UNABLE, spoke_at=None, agency=who.agency_id)
    ending = timezone.now() - rules.ATTESTATION_HOLDS + BEFORE_IT_ENDS
    latest = living.annotate(attested_at=Max("attestations__attested_at")).filter(attested_at__lt=ending)
    return list(latest.order_by("attested_at", "pk")[:limit])
