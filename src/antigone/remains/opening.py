"""Opens and completes the record of a subject for whoever records it: permission first, then what the record needs."""

from __future__ import annotations

from datetime import date, datetime

from django.utils.translation import gettext as _

from antigone.access import services as access
from antigone.access.models import Operator
from antigone.access.permissions import Permission
from antigone.ledger.services import refuse
from antigone.remains import own, services
from antigone.remains.errors import BadRecord, SubjectRefused
from antigone.remains.keeping import check
from antigone.remains.models import Attestation, Subject, SubjectKind
from antigone.remains.services import Particulars


def record(code: str, kind: str, given: Particulars, who: Operator) -> Subject:
    """Record a new subject of the operator's agency, with no case yet.

    Raises Refused, BadCode, BadRecord, or SubjectRefused for a living person without an attestation that holds; the
    ledger keeps that refusal.
    """
    access.require(who, Permission.SUBJECT_RECORD, object=f"agency:{who.agency_id}")
    if kind not in SubjectKind.values:
        raise BadRecord(_("It is a body, a body part, or a living person who cannot state their identity."))
    _check(given)
    try:
        return services.open_subject(code.strip(), kind, given, who.actor)
    except SubjectRefused:
        refuse("remains:subject:refuse", actor=who.actor, object=f"agency:{who.agency_id}", kind=kind)
        raise


def complete(subject: Subject, given: Particulars, who: Operator) -> Subject:
    """Fill in what the record of a dead subject lacks; what it says stays. Raises NotHere, Refused, SubjectRefused."""
    own.may(who, Permission.SUBJECT_RECORD, subject)
    _check(given)
    return services.complete_subject(subject, given, who.actor)


def attest(subject: Subject, clinician: str, attested_at: datetime | None, who: Operator) -> Attestation:
    """Record a clinician's word for another 72 hours; a word that does not hold is refused, and the ledger has it."""
    own.may(who, Permission.ATTESTATION_RECORD, subject)
    check(Attestation(clinician=clinician), only=frozenset({"clinician"}))
    try:
        return services.attest(subject, clinician.strip(), attested_at, who.actor)
    except SubjectRefused:
        refuse("remains:attestation:refuse", actor=who.actor, object=f"subject:{subject.pk}")
        raise


def spoke(subject: Subject, who: Operator) -> list[str]:
    """A living person can state their identity: searching ends, their photographs go, and what they say decides.

    Returns the photographs whose keys are to be destroyed (vault.tasks.complete_shreds). Raises NotHere, Refused, or
    SubjectRefused for the dead.
    """
    own.may(who, Permission.ATTESTATION_RECORD, subject)
    return services.person_spoke(subject, who.actor)


def _check(given: Particulars) -> None:
    row = Subject(place=given.place, recovered_on=given.recovered_on, attested_by=given.attested_by)
    said = {name for name in ("place", "attested_by") if getattr(given, name).strip()}
    check(row, only=frozenset(said | {"recovered_on"}))
    if given.recovered_on is not None and given.recovered_on < date(1800, 1, 1):
        raise BadRecord(_("The year is too long ago to be meant. Nothing was saved."))
