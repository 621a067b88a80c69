"""Hands the dead to their own: the code is read again on body and bag, and two persons sign."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext as _

from antigone.access.models import Operator
from antigone.access.permissions import Permission
from antigone.ledger.services import record, recorded, refuse
from antigone.remains import custody, own, photographing, rules
from antigone.remains.errors import RecordRefused
from antigone.remains.keeping import check
from antigone.remains.models import (
    IdentityDisc,
    KinChoice,
    LaterFragments,
    Release,
    ReleaseState,
    Storage,
    Subject,
    SubjectKind,
)
from antigone.remains.tags import fold


@dataclass(frozen=True)
class NewRelease:
    """A release as the first signatory prepares it: both codes as they were read, not as they are on record."""

    identification: str
    to_whom: str
    capacity: str
    place: str
    code_on_body: str
    code_on_bag: str


def lacking(subject: Subject, who: Operator) -> list[str]:
    """What is still missing before a release, in words: advice, which forbids nothing. Raises NotHere or Refused."""
    advice = photographing.advice(subject, who)
    body = custody.chain(subject, who)
    said = [
        _("The record lacks: %(what)s.") % {"what": each}
        for each in rules.missing_particulars(subject.kind, subject.place, subject.recovered_on, subject.attested_by)
    ]
    if not advice.complete:
        said.append(_("Photographs of the minimum are missing; they cannot be taken afterwards."))
    if not body.steps:
        said.append(_("Nobody is on record as having the body; begin its chain of custody."))
    said += [_("The chain of custody has a gap. %(gap)s") % {"gap": each.words} for each in body.breaks]
    if not IdentityDisc.objects.filter(subject=subject, ended_at=None).exists():
        said.append(_("Nobody recorded whether there was an identity disc."))
    if not KinChoice.objects.filter(subject=subject, ended_at=None).exclude(choice=LaterFragments.NOT_ASKED).exists():
        said.append(_("Kin were not asked what they wish if more is found later."))
    return said


def prepare(subject: Subject, new: NewRelease, who: Operator) -> Release:
    """Sign a release as the first of two; raises RecordRefused where a code read is not this subject's.

    The ledger keeps a wrong code as a refusal: it is how a wrong body is given to a family.
    """
    own.may(who, Permission.RELEASE_SIGN, subject)
    if subject.kind == SubjectKind.UNABLE:
        raise RecordRefused(_("Only the dead are released. Nothing was saved."))
    row = Release(subject=subject, first_by=who.actor, first_at=timezone.now(), **vars(new))
    check(row)
    for read, where in ((row.code_on_body, "body"), (row.code_on_bag, "bag")):
        if fold(read) != fold(subject.code):
            refuse("remains:release:refuse", actor=who.actor, object=f"subject:{subject.pk}", where=where)
            told = _("body") if where == "body" else _("bag")
            raise RecordRefused(
                _(
                    "The code read on the %(where)s is not the code of this record. Do not release: find out whose "
                    "%(where)s it is. Nothing was saved, and the refusal is in the ledger."
                )
                % {"where": told}
            )
    with recorded():
        Subject.objects.select_for_update().get(pk=subject.pk)
        if subject.releases.exclude(state=ReleaseState.CANCELLED).exists():
            raise RecordRefused(_("A release of this subject is on record already. Nothing was saved."))
        row.save(force_insert=True)
        record(
            "remains:release:prepare",
            actor=who.actor,
            object=f"subject:{subject.pk}",
            release=row.pk,
            identification=row.identification,
        )
    return row


def sign(release: Release, code_on_body: str, code_on_bag: str, who: Operator) -> Release:
    """Sign as the second person, who has read both codes again; raises RecordRefused for the first one."""
    subject = release.subject
    own.may(who, Permission.RELEASE_SIGN, subject)
    if release.first_by == who.actor:
        refuse("remains:release:refuse", actor=who.actor, object=f"subject:{subject.pk}", where="second signature")
        raise RecordRefused(
            _("The second signature is another person's. Nothing was changed, and the refusal is in the ledger.")
        )
    if not fold(code_on_body.strip()) == fold(code_on_bag.strip()) == fold(subject.code):
        refuse("remains:release:refuse", actor=who.actor, object=f"subject:{subject.pk}", where="second reading")
        raise RecordRefused(
            _("A code that was read is not the code of this record. Do not release. The refusal is in the ledger.")
        )
    now = timezone.now()
    with recorded():
        signed = (
            Release.objects.filter(pk=release.pk, state=ReleaseState.PREPARED)
            .exclude(first_by=who.actor)
            .update(state=ReleaseState.SIGNED, second_by=who.actor, second_at=now)
        )
        if not signed:
            raise RecordRefused(_("This release is not waiting for a signature. Nothing was changed."))
        Storage.objects.filter(subject=subject, until=None).update(until=now)
        record("remains:release:sign", actor=who.actor, object=f"subject:{subject.pk}", release=release.pk)
    release.refresh_from_db()
    return release


def cancel(release: Release, reason: str, who: Operator) -> Release:
    """Cancel a release that is not signed twice yet, with the reason."""
    own.may(who, Permission.RELEASE_SIGN, release.subject)
    if not reason.strip():
        raise RecordRefused(_("Say why the release is cancelled. Nothing was changed."))
    with recorded():
        cancelled = Release.objects.filter(pk=release.pk, state=ReleaseState.PREPARED).update(
            state=ReleaseState.CANCELLED, cancel_reason=reason.strip()[:400]
        )
        if not cancelled:
            raise RecordRefused(_("This release is not waiting for a signature. Nothing was changed."))
        record(
            "remains:release:cancel",
            actor=who.actor,
            object=f"subject:{release.subject_id}",
            release=release.pk,
        )
    release.refresh_from_db()
    return release
