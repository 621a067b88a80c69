"""Lines of evidence for the board: recorded each by itself, withdrawn with a reason, never overwritten."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import date

from django.utils import timezone
from django.utils.translation import gettext as _

from antigone.access.models import Operator
from antigone.access.permissions import Permission
from antigone.casework.deciding import before, reviewing
from antigone.casework.deciding.resting import line_content
from antigone.casework.deciding.rivals import lines_of, one_person, refs_of
from antigone.casework.deciding.rules import PRIMARY
from antigone.casework.errors import DecisionRefused
from antigone.casework.models import Case, DecisionKind, EvidenceLine, LineFinding, LineKind
from antigone.casework.searching.answer import digest_of
from antigone.ledger.services import record, recorded
from antigone.missing.records import text_fault
from antigone.remains.models import RecognitionClaim, SubjectKind

STRONGEST = 100.0
"""Beyond this no laboratory reports, in powers of ten; a larger number is a slip of the pen."""


@dataclass(frozen=True)
class NewLine:
    """A line as it is recorded. `words` say what was found; `origin` where it comes from, in the recorder's words.

    Lines of one origin count as one, and so does what rests on another line: `depends_on` names those by number. A
    primary identifier is a laboratory's result, with `laboratory`, `reference` and `dated`, and `log10_lr` where the
    laboratory gave one. A recognition names the recorded claim it is about.
    """

    kind: str
    finding: str
    words: str
    origin: str
    depends_on: tuple[int, ...] = ()
    laboratory: str = ""
    reference: str = ""
    dated: date | None = None
    log10_lr: float | None = None
    claim: int | None = None


def record_line(case: int, person: int, new: NewLine, who: Operator) -> EvidenceLine:
    """Record a line about a case and a person; raises NotHere, Refused, or DecisionRefused with what is wrong.

    Who knows of it is not blind any more, the recorder too. One that contradicts a standing identification has the
    board look at that again.
    """
    found = before.case_for(case, who, Permission.EVIDENCE_RECORD)
    about = before.person_for(person, who)
    with recorded():
        found = before.held(found)
        _check(new, found, about.pk)
        before.end_blindness(found, who)
        line = EvidenceLine.objects.create(
            case=found,
            person=about.pk,
            kind=new.kind,
            finding=new.finding,
            words=new.words.strip(),
            origin=new.origin.strip(),
            depends_on=sorted(set(new.depends_on)),
            laboratory=new.laboratory.strip(),
            reference=new.reference.strip(),
            dated=new.dated,
            log10_lr=new.log10_lr,
            claim=new.claim,
            recorded_by=who.actor,
            recorded_at=timezone.now(),
        )
        record(
            "casework:evidence:record",
            actor=who.actor,
            object=f"evidence:{line.pk}",
            case=found.pk,
            kind=line.kind,
            content_sha256=digest_of(line_content(line)),
        )
        if against := _against(line):
            reviewing.mark(
                reviewing.resting_on(found, one_person(about.pk), against), reviewing.CONTRADICTED, who.actor
            )
    return line


def line_for(line: int, who: Operator) -> EvidenceLine:
    """A line of one's own agency with its case, for somebody who records evidence; raises as above."""
    found = EvidenceLine.objects.filter(pk=line, case__agency=who.agency_id).first()
    if found is None:
        raise before.not_here()
    found.case = before.case_for(found.case_id, who, Permission.EVIDENCE_RECORD)
    return found


def lines_read(case: int, who: Operator) -> list[tuple[EvidenceLine, str]]:
    """Every line of a case with the reference of each person, as the board reads it: those withdrawn among them.

    Whoever reads them examines no more in the case, and the ledger says that they were read. Raises as above.
    """
    found = before.case_for(case, who, Permission.POSTERIOR_READ)
    before.opened(found, who)
    rows = list(EvidenceLine.objects.filter(case=found, person__isnull=False).order_by("pk"))
    refs = refs_of(each.person for each in rows if each.person is not None)
    return [(each, refs.get(each.person or 0, "")) for each in rows]


def withdraw_line(line: int, reason: str, who: Operator) -> None:
    """Say that a line was recorded wrongly or does not hold; it stays readable, marked so. Raises as above.

    A standing decision that rested on it is to be looked at again.
    """
    found = line_for(line, who)
    case = found.case
    why = before.words(reason, 400)
    with recorded():
        before.held(case)
        if EvidenceLine.objects.filter(pk=found.pk, withdrawn_at=None).update(
            withdrawn_at=timezone.now(), withdrawn_by=who.actor, withdraw_reason=why
        ):
            before.end_blindness(case, who)
            record("casework:evidence:withdraw", actor=who.actor, object=f"evidence:{found.pk}", reason=why)
            if found.person is not None:
                kinds = (DecisionKind.IDENTIFY, DecisionKind.EXCLUDE)
                rested = reviewing.resting_on(case, one_person(found.person), *kinds)
                reviewing.mark(rested, reviewing.WITHDRAWN, who.actor)


def _against(line: EvidenceLine) -> str:
    """The kind of decision that a new line speaks against; an exclusion is shaken by a primary identifier alone."""
    if line.finding == LineFinding.CONTRADICTS:
        return DecisionKind.IDENTIFY
    return DecisionKind.EXCLUDE if line.finding == LineFinding.SUPPORTS and line.kind in PRIMARY else ""


def _check(new: NewLine, case: Case, person: int) -> None:
    fault = _fault_of(new, case) or _fault_of_ties(new, case, person)
    if fault:
        raise DecisionRefused(_("%(fault)s Nothing was saved.") % {"fault": fault})


def _fault_of(new: NewLine, case: Case) -> str:
    if new.kind not in LineKind.values or new.finding not in LineFinding.values:
        return _("Choose of what the line is, and which way it points.")
    texts = ((new.words, 4000, "\n\r\t"), (new.origin, 200, ""), (new.laboratory, 200, ""), (new.reference, 120, ""))
    if any(text_fault(text, most, allowed) for text, most, allowed in texts):
        return _("A text is too long, or holds what cannot be read.")
    if not new.words.strip() or not new.origin.strip():
        return _("Say what was found, and where it comes from.")
    if case.subject.spoke_at is not None:
        return _("This person can state their identity now; what they say decides.")
    if new.kind == LineKind.CONFIRMATION and case.subject.kind != SubjectKind.UNABLE:
        return _("Only a living person confirms who they are.")
    if new.dated is not None and new.dated > timezone.now().date():
        return _("The result is dated in the future.")
    if new.kind in PRIMARY:
        if not (new.laboratory.strip() and new.reference.strip() and new.dated):
            return _("A primary identifier is a laboratory's result: name the laboratory, its reference and the date.")
        return _fault_of_ratio(new)
    if new.log10_lr is not None:
        return _("A likelihood ratio is recorded of a laboratory's result alone.")
    return ""


def _fault_of_ratio(new: NewLine) -> str:
    ratio = new.log10_lr
    if ratio is None:
        return ""
    if not math.isfinite(ratio) or abs(ratio) > STRONGEST:
        return _("The likelihood ratio is given as a power of ten, such as 6 for a million.")
    if (new.finding == LineFinding.SUPPORTS and ratio <= 0) or (new.finding == LineFinding.CONTRADICTS and ratio >= 0):
        return _("The likelihood ratio points the other way than the finding.")
    return ""


def _fault_of_ties(new: NewLine, case: Case, person: int) -> str:
    known = {each.pk for each in lines_of(case.pk, person)}
    if not known.issuperset(new.depends_on):
        return _("A line depends on lines about the same case and person; one of these is none.")
    if (new.kind == LineKind.RECOGNITION) != (new.claim is not None):
        return _("A recognition names the claim that was recorded of it, and nothing else does.")
    claims = RecognitionClaim.objects.filter(subject=case.subject_id, withdrawn_at=None)
    if new.claim is not None and not claims.filter(pk=new.claim).exists():
        return _("There is no such claim about this subject, or it was withdrawn.")
    return ""
