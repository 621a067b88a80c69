"""Records papers, cards and photographs that the dead carried: "carried by" is never "is"."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from antigone.access.models import Operator
from antigone.access.permissions import Permission
from antigone.imaging import decode
from antigone.ledger.services import record, recorded, redact_payloads
from antigone.remains import finding, own
from antigone.remains.errors import RecordRefused
from antigone.remains.keeping import keep
from antigone.remains.models import FoundDocument, Subject
from antigone.vault import store
from antigone.vault.services import request_shred

SEALED_AS = "found-document"


@dataclass(frozen=True)
class NewDocument:
    """A document as it is recorded: what stands on it, where on the body it was, who found it."""

    kind: str
    where_on_body: str
    found_by: str
    names_on_it: str = ""
    dates_on_it: str = ""
    number_on_it: str = ""
    words: str = ""
    found_on: date | None = None


def add(subject: Subject, new: NewDocument, who: Operator, picture: bytes | None = None) -> FoundDocument:
    """Record a document carried by a subject; a picture of it is sealed.

    Raises NotHere, Refused, BadRecord, or ImageRefused for a picture that is no safe one.
    """
    own.may(who, Permission.SUBJECT_RECORD, subject)
    digest = decode(picture).sha256 if picture is not None else ""
    with recorded(), store.batch():
        own.held(subject)
        document = FoundDocument(
            subject=subject, sha256=digest, recorded_by=who.actor, recorded_at=timezone.now(), **vars(new)
        )
        keep(document)
        if picture is not None:
            store.seal(str(document.pk), SEALED_AS, picture)
        record(
            "remains:document:add",
            actor=who.actor,
            object=f"{SEALED_AS}:{document.pk}",
            subject=subject.pk,
            kind=document.kind,
            sha256=digest,
        )
        finding.index(subject)
    return document


def withdraw(document: FoundDocument, reason: str, who: Operator) -> None:
    """Say that a document was recorded wrongly; it stays readable, marked so, with the reason."""
    own.may(who, Permission.SUBJECT_RECORD, document.subject)
    if not reason.strip():
        raise RecordRefused(_("Say why it is withdrawn. Nothing was changed."))
    with recorded():
        if FoundDocument.objects.filter(pk=document.pk, withdrawn_at=None).update(
            withdrawn_at=timezone.now(), withdrawn_by=who.actor, withdraw_reason=reason.strip()[:400]
        ):
            record("remains:document:withdraw", actor=who.actor, object=f"{SEALED_AS}:{document.pk}")
            finding.index(document.subject)


def pictured(document: FoundDocument, who: Operator) -> bytes:
    """The picture of a document, behind its veil; the look is in the ledger. Raises NotHere, Refused, or KeyGone."""
    own.may(who, Permission.PHOTOGRAPH_LOOK, document.subject)
    own.may(who, Permission.INSCRIPTION_READ, document.subject)
    if not document.sha256:
        raise own.not_here()
    with recorded():
        record("remains:document:look", actor=who.actor, object=f"{SEALED_AS}:{document.pk}")
    return store.open(str(document.pk))


def erase_pictures(subject: Subject, actor: str, reason: str) -> None:
    """Ask the vault to destroy the pictures of a subject's documents, inside the caller's block; the rows stay."""
    _erase(FoundDocument.objects.filter(subject=subject), actor, reason)


def erase_destroyed(destroyed: Collection[UUID], actor: str, reason: str) -> int:
    """Erase again the pictures whose keys are destroyed, as after a restore; returns how many."""
    rows = FoundDocument.objects.exclude(sha256="")
    gone = set(destroyed).intersection(rows.values_list("pk", flat=True))
    with recorded():
        return _erase(rows.filter(pk__in=gone), actor, reason)


def _erase(documents: QuerySet[FoundDocument], actor: str, reason: str) -> int:
    gone = list(documents.exclude(sha256="").values_list("pk", flat=True))
    request_shred(gone, kind=SEALED_AS, actor=actor)
    for pk in gone:
        redact_payloads(f"{SEALED_AS}:{pk}", actor=actor)
        record("remains:document:erase", actor=actor, object=f"{SEALED_AS}:{pk}", reason=reason)
    FoundDocument.objects.filter(pk__in=gone).update(sha256="")
    return len(gone)


def said(document: FoundDocument) -> str:
    """What a document says, in the one wording there is: of what was carried, not of who carried it."""
    kind = document.get_kind_display()
    code = document.subject.code
    if document.names_on_it:
        return _("%(kind)s carried by %(code)s, in the name of %(names)s") % {
            "kind": kind,
            "code": code,
            "names": document.names_on_it,
        }
    return _("%(kind)s carried by %(code)s") % {"kind": kind, "code": code}
