"""Keeps the chain of custody of a body, an effect or a sample: who handed it to whom, and where the chain breaks."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from antigone.access.models import Operator
from antigone.access.permissions import Permission
from antigone.ledger.services import record, recorded
from antigone.remains import chains, own
from antigone.remains.chains import Break, Link
from antigone.remains.errors import RecordRefused
from antigone.remains.keeping import check
from antigone.remains.models import CustodyStep, Sample, Statement, Subject, SubjectKind

# Under which keys a thing found with the body is stated, each item with an id of its own.
THINGS = ("clothing", "effect", "paper", "disc")


@dataclass(frozen=True)
class HandOver:
    """One hand-over as somebody records it."""

    from_holder: str
    to_holder: str
    place: str
    reason: str
    at: datetime
    handed_by: str
    received_by: str
    seal: str = ""
    seal_found: str = ""
    gap: str = ""


@dataclass(frozen=True)
class Chain:
    """A chain of custody as it is read: its steps in order, who holds it now, and where it breaks."""

    steps: tuple[CustodyStep, ...]
    holder: str
    breaks: tuple[Break, ...]


def hand_over(
    subject: Subject, given: HandOver, who: Operator, *, effect: UUID | None = None, sample: Sample | None = None
) -> CustodyStep:
    """Record the next hand-over of the body, or of one of its effects or samples.

    Raises NotHere, Refused, BadRecord, or RecordRefused where who hands it over does not hold it.
    """
    own.may(who, Permission.CUSTODY_RECORD, subject)
    if subject.kind == SubjectKind.UNABLE and effect is None and sample is None:
        raise RecordRefused(_("A living person is in nobody's custody here. Nothing was saved."))
    _of_subject(subject, effect, sample)
    with recorded():
        # Whoever records the same hand-over at the same moment waits here, and is then told that it was recorded.
        Subject.objects.select_for_update().get(pk=subject.pk)
        steps = _steps(subject, effect, sample)
        row = CustodyStep(
            subject=subject,
            effect=effect,
            sample=sample,
            chain=_chain(subject, effect, sample),
            number=len(steps) + 1,
            from_holder=given.from_holder,
            to_holder=given.to_holder,
            place=given.place,
            reason=given.reason,
            at=given.at,
            handed_by=given.handed_by,
            received_by=given.received_by,
            seal=given.seal,
            seal_found=given.seal_found,
            gap=given.gap,
            recorded_by=who.actor,
            recorded_at=timezone.now(),
        )
        check(row)
        refused = chains.fault([_link(step) for step in steps], _link(row))
        if refused:
            raise RecordRefused(refused)
        row.save(force_insert=True)
        record(
            "remains:custody:hand-over",
            actor=who.actor,
            object=f"subject:{subject.pk}",
            chain=row.chain,
            number=row.number,
            from_holder=row.from_holder,
            to_holder=row.to_holder,
            at=row.at,
            seal=row.seal,
            gap=bool(row.gap),
        )
    return row


def chain(subject: Subject, who: Operator, *, effect: UUID | None = None, sample: Sample | None = None) -> Chain:
    """The chain of the body, an effect or a sample; raises NotHere or Refused."""
    own.may_read(who, subject)
    _of_subject(subject, effect, sample)
    return _read(_steps(subject, effect, sample))


def chains_of(subject: Subject, who: Operator) -> dict[str, Chain]:
    """Every chain of a subject by its name (`subject:1`, `effect:<uuid>`, `sample:2`), in one query."""
    own.may_read(who, subject)
    found: dict[str, list[CustodyStep]] = {}
    for step in CustodyStep.objects.filter(subject=subject).order_by("chain", "number"):
        found.setdefault(step.chain, []).append(step)
    return {name: _read(steps) for name, steps in found.items()}


def _read(steps: list[CustodyStep]) -> Chain:
    links = [_link(step) for step in steps]
    return Chain(tuple(steps), chains.holder(links), chains.breaks(links))


def _of_subject(subject: Subject, effect: UUID | None, sample: Sample | None) -> None:
    if effect is not None and sample is not None:
        raise RecordRefused(_("A chain is of the body, of one effect or of one sample. Nothing was saved."))
    if sample is not None and sample.subject_id != subject.pk:
        raise own.not_here()
    if effect is not None and not Statement.objects.filter(subject=subject, key__in=THINGS, item=effect).exists():
        raise own.not_here()


def _chain(subject: Subject, effect: UUID | None, sample: Sample | None) -> str:
    if effect is not None:
        return f"effect:{effect}"
    return f"sample:{sample.pk}" if sample is not None else f"subject:{subject.pk}"


def _steps(subject: Subject, effect: UUID | None, sample: Sample | None) -> list[CustodyStep]:
    return list(CustodyStep.objects.filter(chain=_chain(subject, effect, sample)).order_by("number"))


def _link(step: CustodyStep) -> Link:
    return Link(step.from_holder, step.to_holder, step.at, step.seal, step.seal_found, step.gap)
