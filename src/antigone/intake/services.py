"""Changes to enquiries: filed, pushed from stage to stage, withdrawn, erased; each one transaction with its entry."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from antigone.access import services as access
from antigone.access.models import Agency, Operator
from antigone.access.permissions import Permission
from antigone.intake.choices import FiledBy, Stage
from antigone.intake.errors import BadEnquiry, NoSuchEnquiry
from antigone.intake.events import EnquiryWithdrawn, withdrawn
from antigone.intake.filing import Filing, checked
from antigone.intake.models import Enquiry, EnquiryPortrait
from antigone.ledger.services import record, recorded, redact_payloads
from antigone.vault import store
from antigone.vault.services import note_erasure, request_shred

# Letters and digits that are not mistaken for one another when they are read aloud or copied by hand.
ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
SEALED_AS = "enquiry-portrait"


@dataclass(frozen=True)
class Filed:
    """An enquiry that was filed, and the words for its enquirer to come back with: shown once, kept as a digest."""

    enquiry: Enquiry
    secret: str


def file(filing: Filing, who: Operator) -> Filed:
    """Keep an enquiry that somebody brought to an operator; raises Refused or BadEnquiry, and keeps nothing then."""
    access.require(who, Permission.ENQUIRY_FILE, object=f"agency:{who.agency_id}")
    return _file(filing, who.agency, who.actor)


def file_on_pages(filing: Filing, agency: Agency) -> Filed:
    """Keep an enquiry that somebody filed by themselves; raises BadEnquiry."""
    if filing.channel != FiledBy.PORTAL:
        raise BadEnquiry(_("What comes over the family pages says so. Nothing was filed."))
    return _file(filing, agency, "portal:enquirer")


def _file(filing: Filing, agency: Agency, actor: str) -> Filed:
    kept = checked(filing)
    secret = "-".join(_drawn(5) for _place in range(5))
    now = timezone.now()
    with recorded(), store.batch():
        enquiry = Enquiry.objects.create(
            agency=agency,
            reference=_fresh_reference(),
            secret=_digest(secret),
            filed_at=now,
            filed_by=actor,
            channel=kept.channel,
            language=kept.language,
            enquirer=kept.enquirer.as_json(),
            sought=kept.sought,
            consent=kept.consent,
            shares=kept.shares,
            stage_at=now,
        )
        for sha256, data, about in kept.pictures:
            portrait = EnquiryPortrait.objects.create(enquiry=enquiry, sha256=sha256, added_at=now, about=about)
            store.seal(str(portrait.pk), SEALED_AS, data)
        record(
            "intake:enquiry:file",
            actor=actor,
            object=f"enquiry:{enquiry.pk}",
            channel=kept.channel,
            portraits=len(kept.pictures),
            wording=kept.consent["wording"],
        )
    return Filed(enquiry, secret)


def _drawn(length: int) -> str:
    return "".join(secrets.choice(ALPHABET) for _place in range(length))


def _fresh_reference() -> str:
    while True:
        reference = f"{_drawn(4)}-{_drawn(4)}"
        if not Enquiry.objects.filter(reference=reference).exists():
            return reference


def _digest(secret: str) -> str:
    """The words come from `secrets` and have more than 120 bits, so that a plain digest gives nothing away."""
    plain = "".join(letter for letter in secret.upper() if letter in ALPHABET)
    return hashlib.sha256(plain.encode()).hexdigest()


def come_back(reference: str, secret: str) -> Enquiry:
    """The enquiry of this reference, for whoever has its words; raises NoSuchEnquiry, the same for either fault."""
    found = Enquiry.objects.filter(reference=reference.strip().upper()).first()
    known = found.secret if found else "0" * 64
    if not hmac.compare_digest(known, _digest(secret)) or found is None:
        raise NoSuchEnquiry(_("No enquiry goes by this reference and these words. Check both, or ask the agency."))
    return found


def withdraw(enquiry: Enquiry, who: Operator) -> None:
    """Withdraw an enquiry as its enquirer asks; what came with it is not searched from this moment on."""
    access.require(who, Permission.ENQUIRY_FILE, object=f"enquiry:{enquiry.pk}")
    _own(enquiry, who)
    _withdraw(enquiry, who.actor)


def withdraw_on_pages(reference: str, secret: str) -> None:
    """The same by the enquirer's own hand; raises NoSuchEnquiry."""
    _withdraw(come_back(reference, secret), "portal:enquirer")


def withdraw_again(enquiry: int, actor: str) -> bool:
    """Withdraw by the enquiry's number, as a restore follows what was done since; whether there was something."""
    found = Enquiry.objects.filter(pk=enquiry, withdrawn_at=None).first()
    if found is not None:
        _withdraw(found, actor)
    return found is not None


def _withdraw(enquiry: Enquiry, actor: str) -> None:
    with recorded():
        now = timezone.now()
        if not Enquiry.objects.filter(pk=enquiry.pk, withdrawn_at=None).update(
            withdrawn_at=now, stage=Stage.CLOSED, stage_at=now
        ):
            return
        record("intake:enquiry:withdraw", actor=actor, object=f"enquiry:{enquiry.pk}")
        withdrawn.send(sender=Enquiry, event=EnquiryWithdrawn(enquiry.pk, actor))
    enquiry.refresh_from_db()


def push_stage(enquiry: Enquiry, stage: str, who: Operator) -> None:
    """Say how far an enquiry is; raises Refused, NoSuchEnquiry, or BadEnquiry for a stage that there is not."""
    access.require(who, Permission.ENQUIRY_FILE, object=f"enquiry:{enquiry.pk}")
    _own(enquiry, who)
    if stage not in Stage.values:
        raise BadEnquiry(_("There is no such stage. Nothing was changed."))
    move_to(enquiry, stage, who.actor)


def move_to(enquiry: Enquiry, stage: str, actor: str) -> None:
    """Set the stage in the caller's transaction; one that was withdrawn stays closed."""
    with recorded():
        moved = Enquiry.objects.filter(pk=enquiry.pk, withdrawn_at=None).exclude(stage=stage)
        if moved.update(stage=stage, stage_at=timezone.now()):
            record("intake:enquiry:stage", actor=actor, object=f"enquiry:{enquiry.pk}", stage=stage)
    enquiry.refresh_from_db()


def looked(enquiry: Enquiry, who: Operator) -> None:
    """Enter in the ledger that an operator opened an enquiry."""
    access.require(who, Permission.ENQUIRY_READ, object=f"enquiry:{enquiry.pk}")
    _own(enquiry, who)
    with recorded():
        record("intake:enquiry:look", actor=who.actor, object=f"enquiry:{enquiry.pk}")


def opened(picture: EnquiryPortrait, who: Operator) -> bytes:
    """The bytes of a picture that came with an enquiry, after the look is in the ledger.

    Raises Refused, NoSuchEnquiry, or the vault's errors.
    """
    access.require(who, Permission.PORTRAIT_LOOK, object=f"{SEALED_AS}:{picture.pk}")
    _own(picture.enquiry, who)
    with recorded():
        record(
            "intake:portrait:look",
            actor=who.actor,
            object=f"{SEALED_AS}:{picture.pk}",
            enquiry=picture.enquiry_id,
        )
    return store.open(str(picture.pk))


def erase_portraits(enquiry: Enquiry, actor: str, *, only: Collection[UUID] | None = None) -> int:
    """Delete portraits of an enquiry (all, or `only` some) and ask the vault to destroy their keys; how many."""
    with recorded():
        rows = enquiry.portraits.all() if only is None else enquiry.portraits.filter(pk__in=list(only))
        gone = list(rows.values_list("pk", flat=True))
        request_shred(gone, kind=SEALED_AS, actor=actor)
        for pk in gone:
            record("intake:portrait:erase", actor=actor, object=f"{SEALED_AS}:{pk}")
        enquiry.portraits.filter(pk__in=gone).delete()
    return len(gone)


def erase(enquiry: Enquiry, actor: str) -> None:
    """Delete an enquiry with its portraits; the keys are destroyed by `vault.tasks.complete_shreds`."""
    with recorded():
        erase_portraits(enquiry, actor)
        note_erasure([f"enquiry:{enquiry.pk}"], actor=actor)
        redact_payloads(f"enquiry:{enquiry.pk}", actor=actor)
        record("intake:enquiry:erase", actor=actor, object=f"enquiry:{enquiry.pk}")
        enquiry.delete()


def _own(enquiry: Enquiry, who: Operator) -> None:
    if enquiry.agency_id != who.agency_id:
        raise NoSuchEnquiry(not_here())


def not_here() -> str:
    """What is said of a wrong number, and of another agency's enquiry alike."""
    return _("No enquiry goes by that number here. Nothing was changed.")
