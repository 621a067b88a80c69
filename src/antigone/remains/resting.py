"""Records where the dead are: identity discs, storage, burials, exhumations, and what kin chose about fragments."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time

from django.utils import timezone
from django.utils.translation import gettext as _

from antigone.access.models import Operator
from antigone.access.permissions import Permission
from antigone.ledger.services import record, recorded
from antigone.remains import own
from antigone.remains.errors import RecordRefused
from antigone.remains.keeping import check, keep
from antigone.remains.models import (
    Burial,
    BurialKind,
    DiscState,
    Exhumation,
    IdentityDisc,
    Individual,
    KinChoice,
    LaterFragments,
    Site,
    Storage,
    Subject,
    SubjectKind,
)


@dataclass(frozen=True)
class Disc:
    """What was found of an identity disc."""

    state: str
    inscription: str = ""
    where_found: str = ""
    half_sent_to: str = ""
    half_sent_on: date | None = None


@dataclass(frozen=True)
class NewBurial:
    """A burial as it is recorded; `why` is the reason for a cremation or a collective grave."""

    kind: str
    place: str
    on: date
    by: str
    grave: str = ""
    marker: str = ""
    rites: str = ""
    why: str = ""
    site: Site | None = None


@dataclass(frozen=True)
class NewExhumation:
    """The opening of a grave as it is recorded."""

    on: date
    by: str
    authority: str
    reason: str
    condition: str = ""


def state_disc(subject: Subject, disc: Disc, who: Operator) -> IdentityDisc:
    """Record what was found of the identity disc; what was said before is ended and stays readable."""
    _of_the_dead(subject, Permission.SUBJECT_RECORD, who)
    sent = bool(disc.half_sent_to.strip())
    if (disc.state == DiscState.ABSENT and disc.inscription.strip()) or (sent and disc.state != DiscState.HALF_LEFT):
        raise RecordRefused(
            _(
                "A disc that is not there has no inscription, and only of a divided disc a half is sent. "
                "Nothing was saved."
            )
        )
    if disc.state == DiscState.HALF_LEFT and not sent:
        raise RecordRefused(_("Say to whom the half of the disc was sent. Nothing was saved."))
    now = timezone.now()
    with recorded():
        Subject.objects.select_for_update().get(pk=subject.pk)
        row = IdentityDisc(subject=subject, recorded_by=who.actor, recorded_at=now, **vars(disc))
        check(row)
        IdentityDisc.objects.filter(subject=subject, ended_at=None).update(ended_at=now)
        row.save(force_insert=True)
        record("remains:disc:state", actor=who.actor, object=f"subject:{subject.pk}", disc=row.pk, state=row.state)
    return row


def store(subject: Subject, place: str, position: str, since: datetime, who: Operator) -> Storage:
    """Record where a subject lies from then on; where it lay before ends. Raises RecordRefused for one in a grave."""
    _of_the_dead(subject, Permission.CUSTODY_RECORD, who)
    with recorded():
        Subject.objects.select_for_update().get(pk=subject.pk)
        if _grave(subject) is not None:
            raise RecordRefused(_("It is on record as buried. Record the exhumation first. Nothing was saved."))
        row = Storage(
            subject=subject,
            place=place,
            position=position,
            since=since,
            recorded_by=who.actor,
            recorded_at=timezone.now(),
        )
        check(row)
        before = Storage.objects.filter(subject=subject).order_by("-since", "-pk").first()
        if before is not None and since < (before.until or before.since):
            raise RecordRefused(_("It was elsewhere at that time, by what is on record. Nothing was saved."))
        Storage.objects.filter(subject=subject, until=None).update(until=since)
        row.save(force_insert=True)
        record("remains:storage:move", actor=who.actor, object=f"subject:{subject.pk}", storage=row.pk)
    return row


def bury(subject: Subject, new: NewBurial, who: Operator) -> Burial:
    """Record a burial; storage ends with it. One that lies in a grave is exhumed before it is buried again.

    Cremation only for hygiene or religion, with the reason (GC I art. 17); so has a collective grave.
    """
    _of_the_dead(subject, Permission.CUSTODY_RECORD, who)
    if new.site is not None and new.site.agency_id != who.agency_id:
        raise own.not_here()
    if new.kind in (BurialKind.CREMATION, BurialKind.COLLECTIVE) and not new.why.strip():
        raise RecordRefused(
            _(
                "The dead are buried each in a grave of their own, and cremated only for hygiene or for their "
                "religion. Say why it was otherwise. Nothing was saved."
            )
        )
    with recorded():
        Subject.objects.select_for_update().get(pk=subject.pk)
        if _grave(subject) is not None:
            raise RecordRefused(_("It is on record as buried. Record the exhumation first. Nothing was saved."))
        row = Burial(subject=subject, recorded_by=who.actor, recorded_at=timezone.now(), **vars(new))
        check(row)
        opened = Exhumation.objects.filter(burial__subject=subject).order_by("-on").first()
        if opened is not None and new.on < opened.on:
            raise RecordRefused(_("It was exhumed later than that. Check the dates. Nothing was saved."))
        if Burial.objects.filter(subject=subject, kind=BurialKind.CREMATION).exists():
            raise RecordRefused(_("It is on record as cremated. Nothing was saved."))
        row.save(force_insert=True)
        lay = Storage.objects.filter(subject=subject, until=None).first()
        if lay is not None:
            lay.until = max(lay.since, datetime.combine(row.on, time.min, UTC))
            lay.save(update_fields=["until"])
        record(
            "remains:burial:add",
            actor=who.actor,
            object=f"subject:{subject.pk}",
            burial=row.pk,
            kind=row.kind,
            on=row.on,
        )
    return row


def exhume(burial: Burial, new: NewExhumation, who: Operator) -> Exhumation:
    """Record that a grave was opened, once; a later burial is a reburial."""
    _of_the_dead(burial.subject, Permission.CUSTODY_RECORD, who)
    if burial.kind in (BurialKind.CREMATION, BurialKind.SEA):
        raise RecordRefused(_("There is no grave to open. Nothing was saved."))
    if new.on < burial.on:
        raise RecordRefused(_("The burial was later than that. Check the dates. Nothing was saved."))
    with recorded():
        Subject.objects.select_for_update().get(pk=burial.subject_id)
        if Exhumation.objects.filter(burial=burial).exists():
            raise RecordRefused(_("This grave is on record as opened already. Nothing was saved."))
        row = Exhumation(burial=burial, recorded_by=who.actor, recorded_at=timezone.now(), **vars(new))
        keep(row)
        record(
            "remains:burial:exhume",
            actor=who.actor,
            object=f"subject:{burial.subject_id}",
            burial=burial.pk,
            on=row.on,
        )
    return row


def graves(subject: Subject, who: Operator) -> list[Burial]:
    """The burials of a subject in their order, each with its exhumation if there was one: two queries."""
    own.may_read(who, subject)
    return list(subject.burials.select_related("site", "exhumation").order_by("on", "pk"))


def choose_later_fragments(
    subject: Subject,
    choice: str,
    who: Operator,
    *,
    chosen_by: str = "",
    relation: str = "",
    chosen_on: date | None = None,
    individual: Individual | None = None,
) -> KinChoice:
    """Record what kin chose about fragments found later; what they chose before is ended and stays readable."""
    _of_the_dead(subject, Permission.SUBJECT_RECORD, who)
    if individual is not None and individual.agency_id != who.agency_id:
        raise own.not_here()
    if (choice == LaterFragments.NOT_ASKED) == bool(chosen_by.strip() or chosen_on):
        raise RecordRefused(_("Say who chose and when; where nobody was asked, nobody chose. Nothing was saved."))
    now = timezone.now()
    with recorded():
        Subject.objects.select_for_update().get(pk=subject.pk)
        row = KinChoice(
            subject=subject,
            individual=individual,
            choice=choice,
            chosen_by=chosen_by,
            relation=relation,
            chosen_on=chosen_on,
            recorded_by=who.actor,
            recorded_at=now,
        )
        check(row)
        KinChoice.objects.filter(subject=subject, ended_at=None).update(ended_at=now)
        row.save(force_insert=True)
        record("remains:kin:choose", actor=who.actor, object=f"subject:{subject.pk}", choice=row.choice)
    return row


def _of_the_dead(subject: Subject, permission: Permission, who: Operator) -> None:
    own.may(who, permission, subject)
    if subject.kind == SubjectKind.UNABLE:
        raise RecordRefused(_("This is recorded of the dead only. Nothing was saved."))


def _grave(subject: Subject) -> Burial | None:
    return Burial.objects.filter(subject=subject, exhumation=None).exclude(kind=BurialKind.CREMATION).first()
