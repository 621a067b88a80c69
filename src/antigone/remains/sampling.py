"""Records samples taken for the primary identifiers, and what a laboratory answers."""

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
from antigone.remains.events import SampleTaken, sampled
from antigone.remains.keeping import check, insert
from antigone.remains.models import Sample, Subject


@dataclass(frozen=True)
class NewSample:
    """A sample as it is recorded: its reference is unique within the subject, as it stands on the tube."""

    reference: str
    kind: str
    identifier: str
    taken_by: str
    kept_at: str
    taken_from: str = ""
    taken_on: date | None = None
    laboratory: str = ""
    laboratory_reference: str = ""


@dataclass(frozen=True)
class Answer:
    """What the laboratory answers, in words: no profile and no raw data."""

    result: str
    result_on: date | None = None
    laboratory: str = ""
    laboratory_reference: str = ""


def add(subject: Subject, new: NewSample, who: Operator) -> Sample:
    """Record a sample; raises NotHere, Refused, BadRecord, or RecordRefused for a reference in use."""
    own.may(who, Permission.SUBJECT_RECORD, subject)
    with recorded():
        sample = Sample(subject=subject, recorded_by=who.actor, recorded_at=timezone.now(), **vars(new))
        check(sample)
        taken = _("There is a sample “%(reference)s” of this subject already. Nothing was saved.") % {
            "reference": sample.reference
        }
        if Sample.objects.filter(subject=subject, reference=sample.reference).exists():
            raise RecordRefused(taken)
        insert(sample, taken)
        record(
            "remains:sample:add",
            actor=who.actor,
            object=f"subject:{subject.pk}",
            sample=sample.pk,
            kind=sample.kind,
            identifier=sample.identifier,
        )
        sampled.send(Sample, event=SampleTaken(subject.pk, sample.pk, sample.identifier, who.actor))
    return sample


def answer(sample: Sample, given: Answer, who: Operator) -> Sample:
    """Record what the laboratory answered; an answer that is there already is not written over (RecordRefused).

    A second answer is a finding of its own: take it in as a new sample or a statement, and say why they differ.
    """
    own.may(who, Permission.SUBJECT_RECORD, sample.subject)
    if not given.result.strip():
        raise RecordRefused(_("Write what the laboratory answered, in words. Nothing was saved."))
    with recorded():
        row = Sample.objects.select_for_update().get(pk=sample.pk)
        if row.result:
            raise RecordRefused(_("The laboratory's answer is on record already. Nothing was saved."))
        for name, value in vars(given).items():
            # What was known of the laboratory stays where nothing newer is given.
            if value:
                setattr(row, name, value)
        check(row)
        row.save(update_fields=sorted(vars(given)))
        record("remains:sample:answer", actor=who.actor, object=f"subject:{row.subject_id}", sample=row.pk)
    return row
