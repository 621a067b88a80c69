"""Changes to post-mortem records: each one transaction, with its ledger entry."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from antigone.access.models import Agency, Operator
from antigone.ledger.services import record, recorded, redact_payloads
from antigone.remains import codes, documents, finding, open_source, rules
from antigone.remains.errors import BadCode, SubjectRefused
from antigone.remains.events import PhotographAdded, PhotographErased, SubjectSpoke, added, erased, spoke
from antigone.remains.models import Attestation, Photograph, Subject, SubjectKind, SubjectToken
from antigone.vault import store
from antigone.vault.services import note_erasure, request_shred


@dataclass(frozen=True)
class Particulars:
    """Where and when a subject was recovered, and who attests it (for the living: the clinician, and when)."""

    place: str = ""
    recovered_on: date | None = None
    attested_by: str = ""
    attested_at: datetime | None = None


@dataclass(frozen=True)
class NewPhotograph:
    """A photograph that is ready to be kept: original bytes, their digest, and what was found in it.

    What is known of how it was taken is in `taken`: values for shot, taken_at, taken_by, card_visible, cleaned, note.
    """

    sha256: str
    original: bytes
    faces: list[dict[str, Any]] = field(default_factory=list)
    chosen: int = 0
    by_hand: bool = False
    taken: Mapping[str, Any] = field(default_factory=dict)


def open_subject(code: str, kind: str, given: Particulars, actor: str) -> Subject:
    """Record a subject of the actor's agency; the code must be free (BadCode).

    Raises SubjectRefused for a living one whose attestation does not hold.
    """
    fault = rules.code_fault(code)
    if fault:
        raise BadCode(fault)
    agency = _agency_of(actor)
    now = timezone.now()
    given = replace(given, place=given.place.strip(), attested_by=given.attested_by.strip())
    if kind == SubjectKind.UNABLE:
        refused = rules.attestation_fault(given.attested_by, given.attested_at, now)
        if refused:
            raise SubjectRefused(refused)
    with recorded():
        codes.use(code, agency, actor)
        subject = Subject.objects.create(
            code=code,
            kind=kind,
            agency=agency,
            place=given.place,
            recovered_on=given.recovered_on,
            attested_by="" if kind == SubjectKind.UNABLE else given.attested_by,
            opened_at=now,
            review_on=rules.review_day(kind, now.date()),
        )
        record(
            "remains:subject:open",
            actor=actor,
            object=f"subject:{subject.pk}",
            kind=kind,
            place=given.place,
            recovered_on=given.recovered_on.isoformat() if given.recovered_on else None,
            attested_by=given.attested_by,
        )
        finding.index(subject)
        if kind == SubjectKind.UNABLE:
            attest(subject, given.attested_by, given.attested_at, actor)
    return subject


def _agency_of(actor: str) -> Agency:
    """The agency that an operator or a program acts for."""
    number = actor.rpartition(":")[2]
    who = Operator.objects.select_related("agency").filter(pk=number).first() if number.isdecimal() else None
    if who is None:
        raise SubjectRefused(
            _("Nobody who works here is known by this number; a record needs an agency. Nothing was saved.")
        )
    return who.agency


def complete_subject(subject: Subject, given: Particulars, actor: str) -> Subject:
    """Fill in recovery particulars that a dead subject's record lacks; what it has stays. Raises SubjectRefused."""
    if subject.kind == SubjectKind.UNABLE:
        raise SubjectRefused(_("A living subject has no recovery particulars. Nothing was saved."))
    filled = {
        name: value
        for name, value in (
            ("place", given.place.strip()),
            ("recovered_on", given.recovered_on),
            ("attested_by", given.attested_by.strip()),
        )
        if value and not getattr(subject, name)
    }
    with recorded():
        if filled:
            Subject.objects.filter(pk=subject.pk).update(**filled)
            record("remains:subject:complete", actor=actor, object=f"subject:{subject.pk}", filled=sorted(filled))
            finding.index(subject)
    subject.refresh_from_db()
    return subject


def attest(subject: Subject, clinician: str, attested_at: datetime | None, actor: str) -> Attestation:
    """Record a clinician's word for a living subject, for 72 hours from when it was given; raises SubjectRefused."""
    if subject.kind != SubjectKind.UNABLE:
        raise SubjectRefused(
            _("A clinician attests for a living person only; this subject is not one. Nothing was saved.")
        )
    if subject.spoke_at is not None:
        raise SubjectRefused(
            _("This person can state their identity since %(when)s UTC; what they say decides. Nothing was saved.")
            % {"when": f"{subject.spoke_at:%Y-%m-%d %H:%M}"}
        )
    fault = rules.attestation_fault(clinician, attested_at, timezone.now())
    if fault or attested_at is None:
        raise SubjectRefused(fault or _("The attestation has no time."))
    with recorded():
        given = Attestation.objects.create(
            subject=subject, clinician=clinician, attested_at=attested_at, recorded_by=actor
        )
        record(
            "remains:attestation:add",
            actor=actor,
            object=f"subject:{subject.pk}",
            clinician=clinician,
            attested_at=attested_at.isoformat(),
        )
    return given


def _spoken() -> str:
    return _("This person can state their identity now; the search has ended, and their wishes decide.")


def searchable_fault(subject: Subject) -> str | None:
    """The sentence that refuses a search of this subject today, or None."""
    if subject.kind != SubjectKind.UNABLE:
        return None
    if subject.spoke_at is not None:
        return _spoken()
    latest = subject.attestations.order_by("-attested_at").first()
    return rules.attestation_fault(
        latest.clinician if latest else "", latest.attested_at if latest else None, timezone.now()
    )


def add_photograph(subject: Subject, new: NewPhotograph, actor: str) -> Photograph:
    """Seal and record a photograph; one that the subject has already is returned, with what was found in it renewed."""
    with recorded(), store.batch():
        # Whoever adds the same picture at the same moment waits here, and then gets the one that was added.
        if Subject.objects.select_for_update().only("pk", "spoke_at").get(pk=subject.pk).spoke_at is not None:
            # They spoke while the picture was read or searched with; it is not kept.
            raise SubjectRefused(_spoken())
        photograph = Photograph.objects.filter(subject=subject, sha256=new.sha256).first()
        if photograph is not None:
            choose_face(photograph, new.faces, new.chosen, actor, by_hand=new.by_hand)
            return photograph
        photograph = Photograph.objects.create(
            subject=subject,
            sha256=new.sha256,
            added_at=timezone.now(),
            added_by=actor,
            faces=new.faces,
            chosen=new.chosen,
            by_hand=new.by_hand,
            review_on=rules.review_day(subject.kind, timezone.now().date()),
            **new.taken,
        )
        store.seal(str(photograph.pk), "photograph", new.original)
        record(
            "remains:photograph:add",
            actor=actor,
            object=f"photograph:{photograph.pk}",
            subject=subject.pk,
            sha256=new.sha256,
            by_hand=new.by_hand,
        )
        added.send(sender=Photograph, event=PhotographAdded(subject.pk, photograph.pk, actor))
    return photograph


def choose_face(photograph: Photograph, faces: list[dict[str, Any]], chosen: int, actor: str, *, by_hand: bool) -> None:
    """Keep which of the faces of a photograph is the subject's; without faces, that nothing is chosen in it.

    The caller holds the row still, and knows that this person may.
    """
    if (photograph.faces, photograph.chosen, photograph.by_hand) == (faces, chosen, by_hand):
        return
    with recorded():
        photograph.faces, photograph.chosen, photograph.by_hand = faces, chosen, by_hand
        photograph.save(update_fields=["faces", "chosen", "by_hand"])
        thing = f"photograph:{photograph.pk}"
        if faces:
            record("remains:photograph:choose", actor=actor, object=thing, chosen=chosen, by_hand=by_hand)
        else:
            record("remains:photograph:unchoose", actor=actor, object=thing)


def erase_photographs(photographs: QuerySet[Photograph], actor: str, reason: str) -> list[str]:
    """Delete the rows of photographs and ask the vault to destroy their keys (vault.tasks.complete_shreds does it)."""
    with recorded():
        found = list(photographs)
        gone = [str(each.pk) for each in found]
        request_shred(gone, kind="photograph", actor=actor)
        for subject in {each.subject_id for each in found}:
            digests = tuple(each.sha256 for each in found if each.subject_id == subject)
            erased.send(sender=Photograph, event=PhotographErased(subject, digests, actor))
        for pk in gone:
            redact_payloads(f"photograph:{pk}", actor=actor)
            record("remains:photograph:erase", actor=actor, object=f"photograph:{pk}", reason=reason)
        Photograph.objects.filter(pk__in=gone).delete()
    return gone


def person_spoke(subject: Subject, actor: str) -> list[str]:
    """A living subject can state their identity: searching ends at once, their photographs and answers go.

    Returns the photographs whose keys are to be destroyed (vault.tasks.complete_shreds); none when it was said before.
    Raises SubjectRefused when the subject is not a living one.
    """
    if subject.kind != SubjectKind.UNABLE:
        raise SubjectRefused(
            _("Only a living person can state their identity; this subject is not one. Nothing was saved.")
        )
    with recorded():
        if not Subject.objects.filter(pk=subject.pk, spoke_at=None).update(spoke_at=timezone.now()):
            return []
        why = "the person can state their identity"
        gone = erase_photographs(subject.photographs.all(), actor, why)
        documents.erase_pictures(subject, actor, why)
        open_source.erase_all(subject, actor, why)
        SubjectToken.objects.filter(subject=subject).delete()
        note_erasure([f"subject:{subject.pk}"], actor=actor)
        redact_payloads(f"subject:{subject.pk}", actor=actor)
        spoke.send(sender=Subject, event=SubjectSpoke(subject.pk, actor))
        record("remains:subject:spoke", actor=actor, object=f"subject:{subject.pk}", photographs=len(gone))
    return gone
