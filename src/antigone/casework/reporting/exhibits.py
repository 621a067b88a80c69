"""Sealed exhibits: pictures of the dead for a named professional, made on request, watermarked, counted and not kept.

An exhibit is a file apart from its report. It is made from the sealed photographs for one recipient, in a role of a
closed list, for a stated purpose; every picture bears across it the recipient, the number of the exhibit, the day and
the number of the look. Each look is in the ledger before a picture is opened, and the exhibit with the digest of its
file. Families, media and the public are in no role: nothing here makes an exhibit for them.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from antigone.access import services as access
from antigone.access.models import Agency, Operator
from antigone.access.permissions import Permission
from antigone.access.scope import Scope, agreements_in_force
from antigone.casework import numbering
from antigone.casework.errors import ReportRefused
from antigone.casework.models import Exhibit, RecipientRole, Report
from antigone.casework.reporting import reading, watermark
from antigone.casework.reporting.watermark import Picture
from antigone.enrolment.limits import picture_limits
from antigone.imaging.decoding import decode
from antigone.imaging.derivatives import derive
from antigone.ledger.models import Entry
from antigone.ledger.services import record, recorded, refuse
from antigone.missing.records import text_fault
from antigone.remains import looking
from antigone.remains.models import Photograph, Subject, SubjectKind

MOST = 24
LONGEST = 1600
LOOK = "remains:photograph:look"
MADE = "casework:exhibit:make"


@dataclass(frozen=True)
class NewExhibit:
    """What is asked for; `partner` is the agency of an examiner, and `understood` that it goes to nobody else."""

    role: str
    recipient: str
    organisation: str
    purpose: str
    photographs: Sequence[UUID]
    partner: int | None = None
    understood: bool = False


@dataclass(frozen=True)
class Made:
    """An exhibit as it is given out, once; the file is not kept here."""

    exhibit: Exhibit
    file: bytes


def may_make(who: Operator) -> bool:
    """Whether this person may give pictures of the dead out at all."""
    return not who.machine and access.allows(who, Permission.EXHIBIT_MAKE)


def to_choose(found: Report, who: Operator) -> list[Photograph]:
    """The photographs, veiled, that an exhibit with this report may hold: of its remains, and of nobody alive.

    The report is open to the reader already (`reading.report`).
    """
    subjects = Subject.objects.filter(pk__in=[pk for pk in (found.subject, found.other_subject) if pk])
    dead = subjects.exclude(kind=SubjectKind.UNABLE).filter(agency=who.agency_id)
    return list(
        Photograph.objects.select_related("subject").filter(subject__in=dead).order_by("subject", "added_at", "pk")
    )


def partners(who: Operator) -> list[Agency]:
    """The agencies to which one's own discloses photographs under an agreement in force."""
    rows = agreements_in_force().filter(discloses=who.agency_id).select_related("receives")
    found = {each.receives_id: each.receives for each in rows if Scope.PHOTOGRAPHS.value in each.scopes}
    return sorted(found.values(), key=lambda each: each.name)


def make(report: int, new: NewExhibit, who: Operator) -> Made:
    """Make an exhibit for a named recipient; raises NotHere, Refused, ReportRefused or the vault's errors.

    A refusal for what was asked is in the ledger where somebody asked for what is never given.
    """
    found = reading.report(report, who)
    access.require(who, Permission.EXHIBIT_MAKE, object=f"report:{found.pk}")
    if reading.unblinds(found, who):
        raise ReportRefused(_("Open the report first: whoever does examines its case no more. Nothing was made."))
    chosen = _checked(found, new, who)
    partner = _partner(found, new, who)
    with recorded():
        now = timezone.now()
        held = Report.objects.select_for_update().get(pk=found.pk)
        last = held.exhibits.aggregate(Max("number"))["number__max"]
        number = max(int(last or 0), numbering.given(MADE, f"{held.serial}-X")) + 1
        serial = f"{held.serial}-X{number}"
        pictures = [_opened(each, who) for each in chosen]
        role = str(RecipientRole(new.role).label)
        cover = watermark.Cover(
            serial=serial, report=held.serial, agency=who.agency.name, made_by=who.name, made_at=now, role=role,
            recipient=new.recipient.strip(), organisation=new.organisation.strip(), purpose=new.purpose.strip(),
        )  # fmt: skip
        file = watermark.render(cover, pictures)
        exhibit = Exhibit.objects.create(
            report=held,
            number=number,
            serial=serial,
            role=new.role,
            recipient=cover.recipient,
            organisation=cover.organisation,
            partner=partner,
            purpose=cover.purpose,
            pictures=[{"photograph": each.key, "sha256": each.sha256, "look": each.look} for each in pictures],
            file_sha256=hashlib.sha256(file).hexdigest(),
            made_by=who.actor,
            made_at=now,
        )
        record(
            MADE,
            actor=who.actor,
            object=f"exhibit:{exhibit.pk}",
            serial=serial,
            report=held.pk,
            subject=", ".join(f"subject:{pk}" for pk in sorted({each.subject_id for each in chosen})),
            role=new.role,
            photographs=[str(each.pk) for each in chosen],
            file_sha256=exhibit.file_sha256,
        )
    return Made(exhibit, file)


def _checked(found: Report, new: NewExhibit, who: Operator) -> list[Photograph]:
    if new.role not in RecipientRole.values:
        raise _refusal(
            found, who, "a recipient who is in no role",
            _("Pictures of the dead go to a role of the list alone: never to families, media or the public. Nothing "
              "was made."),
        )  # fmt: skip
    if not new.understood:
        raise ReportRefused(_("Say that the recipient gives the pictures to nobody. Nothing was made."))
    for text, most, name in (
        (new.recipient, 200, _("The recipient's name")),
        (new.organisation, 200, _("The recipient's organisation")),
        (new.purpose, 400, _("The purpose")),
    ):
        if not text.strip() or text_fault(text.strip(), most):
            sentence = _("%(what)s: one line of at most %(most)d characters. Nothing was made.")
            raise ReportRefused(sentence % {"what": name, "most": most})
    wanted = set(new.photographs)
    chosen = [each for each in to_choose(found, who) if each.pk in wanted]
    if not chosen or len(chosen) < len(wanted):
        raise ReportRefused(_("Choose photographs of the remains of this report. Nothing was made."))
    if len(chosen) > MOST:
        raise ReportRefused(_("At most %(most)d photographs in one exhibit. Nothing was made.") % {"most": MOST})
    return chosen


def _partner(found: Report, new: NewExhibit, who: Operator) -> Agency | None:
    if new.role != RecipientRole.EXAMINER:
        return None
    partner = next((each for each in partners(who) if each.pk == new.partner), None)
    if partner is None:
        raise _refusal(
            found, who, "an examiner without an agreement",
            _("An examiner of another agency is given pictures under an agreement in force that covers photographs "
              "alone. Choose the agency. Nothing was made."),
        )  # fmt: skip
    return partner


def _opened(photograph: Photograph, who: Operator) -> Picture:
    """A photograph made anew from its pixels; the look is in the ledger before it is opened."""
    original = looking.lifted(photograph, who)
    look = Entry.objects.filter(action=LOOK, object=f"photograph:{photograph.pk}").count()
    pixels = decode(original, picture_limits()).pixels
    made, recipe = derive(pixels, source=photograph.sha256, longest=LONGEST)
    size: dict[str, Any] = recipe
    return Picture(
        key=str(photograph.pk), subject=photograph.subject.code, shot=photograph.shot, sha256=photograph.sha256,
        look=look, jpeg=made, width=int(size["width"]), height=int(size["height"]),
    )  # fmt: skip


def _refusal(found: Report, who: Operator, why: str, sentence: str) -> ReportRefused:
    refuse("casework:exhibit:refuse", actor=who.actor, object=f"report:{found.pk}", why=why)
    return ReportRefused(_("%(sentence)s The refusal is in the ledger.") % {"sentence": sentence})
