"""Samples ordered for prints, teeth or DNA before anybody is identified; an order uses no name and tells no judgement.

Anyone of the agency who may order can do so at any time, so that an order says nothing about pictures. Only whoever
is in the middle of blind work on the subject waits: until their examination is sealed or, in an incident, until their
triage is finished.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from antigone.access import services as access
from antigone.access.hands import person_behind
from antigone.access.models import Operator
from antigone.access.permissions import Permission
from antigone.casework.errors import CaseRefused
from antigone.casework.judging import incidents
from antigone.casework.models import Examination, RankedView, SamplingOrder, Stage, Triage
from antigone.ledger.services import record, recorded, refuse
from antigone.missing.mentioning import mentions_somebody
from antigone.remains import own
from antigone.remains.events import SampleTaken, sampled
from antigone.remains.models import Identifier, Sample, Subject
from antigone.remains.rules import FOR_CARE_AND_TRACING

ORDERED = (Identifier.PRINTS, Identifier.DENTAL, Identifier.DNA)
BLIND = frozenset({Permission.TRIAGE_DO, Permission.EXAMINATION_DO})
LONGEST = 400


class OrderRefused(CaseRefused):
    """Nothing was ordered, or an order was not changed; the sentence says why."""


@dataclass(frozen=True)
class Ordered:
    """An order as somebody may see it; `why`, `by` and `on` are empty for whoever may still judge blind.

    `sample` is the reference of what fulfilled it.
    """

    pk: int
    identifier: str
    label: str
    open: bool
    sample: str
    why: str = ""
    by: str = ""
    on: date | None = None
    cancelled_why: str = ""
    may_cancel: bool = False


@dataclass(frozen=True)
class ToTake:
    """A subject of which samples are to be taken: its code, and for which identifiers; nothing of who wants them.

    `kinds` are the identifiers as they are kept, `identifiers` what they are called.
    """

    subject: int
    code: str
    identifiers: tuple[str, ...]
    kinds: tuple[str, ...]


def order(subject: Subject, identifiers: Collection[str], why: str, who: Operator) -> list[SamplingOrder]:
    """Order samples of a subject; what is ordered already stays ordered as it is.

    Raises NotHere, Refused, or OrderRefused: for a living person, for words that mention somebody, and for whoever is
    in the middle of blind work on this subject.
    """
    own.may(who, Permission.SAMPLING_ORDER, subject)
    wanted = [each for each in ORDERED if each in identifiers]
    if not wanted or set(identifiers) - set(ORDERED):
        raise OrderRefused(_("Choose friction ridges, teeth or DNA. Nothing was ordered."))
    fault = fault_for(subject, who)
    if fault:
        refuse("casework:sampling:refuse", actor=who.actor, object=f"subject:{subject.pk}", why="not now")
        raise OrderRefused(fault)
    why = _words(subject, why, who)
    with recorded():
        own.held(subject)
        there = set(_open(subject).values_list("identifier", flat=True))
        made = [
            SamplingOrder(subject=subject, identifier=each, why=why, ordered_by=who.actor, ordered_at=timezone.now())
            for each in wanted
            if each not in there
        ]
        if not made:
            raise OrderRefused(_("This is ordered already. Nothing was changed."))
        try:
            with transaction.atomic():
                for each in made:
                    each.save(force_insert=True)
        except IntegrityError:
            raise OrderRefused(_("Somebody ordered this in the same moment. Look again.")) from None
        record(
            "casework:sampling:order",
            actor=who.actor,
            object=f"subject:{subject.pk}",
            identifiers=[str(each.identifier) for each in made],
        )
    return made


def cancel(pk: int, why: str, who: Operator) -> SamplingOrder:
    """Cancel an order that is open, with a reason; raises as `order` does."""
    found = SamplingOrder.objects.select_related("subject").filter(pk=pk).first()
    if found is None:
        raise own.not_here()
    own.may(who, Permission.SAMPLING_ORDER, found.subject)
    if not (found.ordered_by == who.actor or _tells(found.subject_id, who)):
        raise own.not_here()
    why = _words(found.subject, why, who)
    with recorded():
        row = SamplingOrder.objects.select_for_update().get(pk=pk)
        if row.done_at is not None or row.cancelled_at is not None:
            raise OrderRefused(_("This order is not open any more. Nothing was changed."))
        row.cancelled_by, row.cancelled_at, row.cancelled_why = who.actor, timezone.now(), why
        row.save(update_fields=["cancelled_by", "cancelled_at", "cancelled_why"])
        record("casework:sampling:cancel", actor=who.actor, object=f"subject:{row.subject_id}", order=row.pk)
    return row


def fault_for(subject: Subject, who: Operator) -> str:
    """Why this person may order nothing of this subject now, as a sentence; empty where they may.

    It reads one's own work alone: what anybody else did, and what one judged oneself, makes no difference.
    """
    if subject.kind in FOR_CARE_AND_TRACING:
        return _(
            "No sample of a living person is ordered here: whoever treats them decides, with their consent or as the "
            "law has it. Nothing was ordered."
        )
    if _has_seen(subject.pk, who):
        return ""
    triages = Triage.objects.filter(
        actor=who.actor,
        lineup__search__case__subject=subject,
        lineup__search__case__closed_at=None,
        lineup__search__recalled_at=None,
    )
    ended: list[datetime | None] = list(triages.values_list("finished_at", flat=True))
    if None in ended:
        return _("Finish your triage of this subject first. Nothing was ordered.")
    stages = set(
        Examination.objects.filter(
            actor=who.actor,
            comparison__lineup__search__case__subject=subject,
            comparison__lineup__search__case__closed_at=None,
            comparison__lineup__search__recalled_at=None,
        ).values_list("stage", flat=True)
    )
    begun = bool(ended) or bool(stages - {Stage.ABANDONED})
    if not begun or Stage.SEALED in stages or (ended and incidents.under_way(subject.agency_id)):
        return ""
    return _(
        "You judge blind in a case of this subject: seal an examination first, or leave the order to somebody who "
        "does not. In an incident a finished triage would be enough. Nothing was ordered."
    )


def of_subject(subject: Subject, who: Operator) -> list[Ordered]:
    """The orders of a subject of one's own agency, the open ones first; a fixed number of queries."""
    if subject.agency_id != who.agency_id:
        return []
    rows = list(
        SamplingOrder.objects.filter(subject=subject).select_related("sample").order_by("-ordered_at", "identifier")
    )
    if not rows:
        return []
    tells, may = _tells(subject.pk, who), access.allows(who, Permission.SAMPLING_ORDER)
    names = {f"operator:{each.pk}": each.name for each in Operator.objects.filter(agency=subject.agency_id)}
    found = []
    for row in rows:
        is_open, known = row.done_at is None and row.cancelled_at is None, tells or row.ordered_by == who.actor
        said: dict[str, Any] = {}
        if known:
            said = {
                "why": row.why,
                "by": names.get(row.ordered_by, ""),
                "on": row.ordered_at.date(),
                "cancelled_why": row.cancelled_why,
                "may_cancel": may and is_open,
            }
        if known or is_open or row.sample is not None:
            reference = row.sample.reference if row.sample is not None else ""
            found.append(Ordered(row.pk, row.identifier, row.get_identifier_display(), is_open, reference, **said))
    return sorted(found, key=lambda each: (not each.open, each.label))


def to_take(who: Operator, limit: int = 20, after: str = "") -> list[ToTake]:
    """The subjects of which somebody who records bodies is to take samples, by their codes; two queries.

    `after` is the code after which the list begins.
    """
    if not access.allows(who, Permission.SUBJECT_RECORD):
        return []
    waiting = SamplingOrder.objects.filter(
        done_at=None, cancelled_at=None, subject__agency=who.agency_id, subject__spoke_at=None
    )
    begun = waiting.filter(subject__code__gt=after).order_by("subject__code")
    subjects = list(begun.values_list("subject", "subject__code").distinct()[:limit])
    kinds: dict[int, set[str]] = defaultdict(set)
    for subject, identifier in waiting.filter(subject__in=[pk for pk, _code in subjects]).values_list(
        "subject", "identifier"
    ):
        kinds[subject].add(identifier)
    wanted = {pk: [each for each in ORDERED if each.value in kinds[pk]] for pk, _code in subjects}
    return [
        ToTake(pk, code, tuple(str(each.label) for each in wanted[pk]), tuple(each.value for each in wanted[pk]))
        for pk, code in subjects
    ]


def follow_sample(event: SampleTaken, **_: Any) -> None:
    """A sample that is taken fulfils the open order of its subject for its identifier, in the caller's transaction."""
    row = _open_of(event.subject, event.identifier)
    if row is None:
        return
    row.sample_id, row.done_by, row.done_at = event.sample, event.actor, timezone.now()
    row.save(update_fields=["sample", "done_by", "done_at"])
    record("casework:sampling:done", actor=event.actor, object=f"subject:{event.subject}", sample=event.sample)


def taken(subject: Subject) -> dict[str, list[str]]:
    """The references of samples that were taken of a subject already, by identifier; one query."""
    found: dict[str, list[str]] = defaultdict(list)
    for identifier, reference in Sample.objects.filter(subject=subject).values_list("identifier", "reference"):
        found[identifier].append(reference)
    return dict(found)


def _words(subject: Subject, why: str, who: Operator) -> str:
    why = " ".join(why.split())
    if not why or len(why) > LONGEST or not why.isprintable():
        raise OrderRefused(_("Say why in one or two sentences. Nothing was changed."))
    if mentions_somebody(why):
        refuse("casework:sampling:refuse", actor=who.actor, object=f"subject:{subject.pk}", why="mentions somebody")
        raise OrderRefused(
            _(
                "These words hold what is a name or a reference of somebody on record, as many words are. An order "
                "names nobody: write it in other words, about the body alone. Nothing was changed."
            )
        )
    return why


def _open(subject: Subject) -> Any:
    return SamplingOrder.objects.filter(subject=subject, done_at=None, cancelled_at=None)


def _open_of(subject: int, identifier: str) -> SamplingOrder | None:
    return (
        SamplingOrder.objects.select_for_update()
        .filter(subject=subject, identifier=identifier, done_at=None, cancelled_at=None)
        .first()
    )


def _has_seen(subject: int, who: Operator) -> bool:
    return RankedView.objects.filter(case__subject=subject, actor=who.actor).exists()


def _tells(subject: int, who: Operator) -> bool:
    """Whether somebody may know who ordered, when and why: not while they may still judge blind.

    A program is told no more than whoever answers for it.
    """
    who = person_behind(who)
    return not BLIND & access.permissions_held(who) or _has_seen(subject, who)


sampled.connect(follow_sample, dispatch_uid="casework follows samples")
