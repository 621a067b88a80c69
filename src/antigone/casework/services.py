"""Changes in casework: open and close cases, allow or refuse a search, keep its answer; each with its ledger entry."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.utils import timezone

from antigone.access import services as access
from antigone.access.models import Mandate, Operator
from antigone.access.permissions import Permission
from antigone.access.rules import Purpose
from antigone.casework.answer import Answer, digest_of
from antigone.casework.errors import CaseExists, CaseRefused
from antigone.casework.models import Case, NamedCandidate, RankedView, Search
from antigone.casework.reading import Reading
from antigone.ledger.services import record, recorded, refuse
from antigone.remains import services as remains
from antigone.remains.errors import SubjectRefused
from antigone.remains.models import Photograph, Subject, SubjectKind


def purpose_for(kind: str) -> Purpose:
    """The purpose under which a subject of this kind may be searched."""
    return Purpose.IDENTIFY_UNABLE if kind == SubjectKind.UNABLE else Purpose.IDENTIFY_THE_DEAD


def open_case(code: str, kind: str, given: remains.Particulars, who: Operator) -> Case:
    """Open a case about a new subject; raises Refused, CaseRefused, CaseExists or BadCode, and saves nothing then."""
    access.require(who, Permission.CASE_OPEN, object=f"agency:{who.agency_id}", purpose=purpose_for(kind))
    mandate = access.mandate_in_force(
        who.agency, purpose_for(kind), actor=who.actor, subject_kind=kind, object=f"agency:{who.agency_id}"
    )
    if Subject.objects.filter(code=code).exists() or Case.objects.filter(code=code).exists():
        raise CaseExists(f"There is a case “{code}” already; a code is never used twice. Nothing was saved.")
    try:
        with recorded():
            subject = remains.open_subject(code, kind, given, who.actor)
            case = Case.objects.create(
                code=code,
                subject=subject,
                agency=who.agency,
                mandate=mandate,
                opened_by=who.actor,
                opened_at=timezone.now(),
            )
            record(
                "casework:case:open",
                actor=who.actor,
                object=f"case:{case.pk}",
                code=code,
                kind=kind,
                subject=subject.pk,
                mandate=mandate.pk,
            )
    except SubjectRefused as refused:
        refuse("casework:case:refuse", actor=who.actor, object=f"agency:{who.agency_id}", code=code, kind=kind)
        raise CaseRefused(f"{refused} No case was opened, and the refusal is in the ledger.") from None
    return case


def case_of(code: str, who: Operator) -> Case:
    """The agency's case of this code, for someone who may open cases; raises Refused or CaseRefused."""
    access.require(who, Permission.CASE_OPEN, object=f"agency:{who.agency_id}")
    case = Case.objects.select_related("subject").filter(code=code, agency=who.agency).first()
    if case is None:
        raise CaseRefused(f"There is no case “{code}”. Nothing was changed.")
    return case


def close_case(code: str, who: Operator, reason: str) -> None:
    """End a case: no search is made in it from now on."""
    case = case_of(code, who)
    with recorded():
        Case.objects.filter(pk=case.pk, closed_at=None).update(closed_at=timezone.now())
        record("casework:case:close", actor=who.actor, object=f"case:{case.pk}", reason=reason)


def renew_attestation(code: str, clinician: str, attested_at: datetime | None, who: Operator) -> None:
    """Record a clinician's new word for the living subject of a case; raises SubjectRefused."""
    remains.attest(case_of(code, who).subject, clinician, attested_at, who.actor)


def authorise_search(code: str, who: Operator) -> tuple[Case, Mandate]:
    """Step 1 of the procedure, before any file is opened: the case, and the mandate in force for it today.

    Raises Refused or CaseRefused; the refusal is in the ledger.
    """
    # (1) Mandate: agency, person, role, purpose, case, in force today; a refusal is logged too.
    case = Case.objects.select_related("subject", "agency").filter(code=code, agency=who.agency).first()
    if case is None:
        _refuse(who, f"agency:{who.agency_id}", code, "no such case")
        raise CaseRefused(
            f"There is no case “{code}”. No file was opened, and the refusal is in the ledger. "
            "Open one first: antigone case open"
        )
    thing = f"case:{case.pk}"
    purpose = purpose_for(case.subject.kind)
    access.require(who, Permission.SEARCH_RUN, object=thing, purpose=purpose)
    mandate = access.mandate_in_force(
        case.agency, purpose, actor=who.actor, subject_kind=case.subject.kind, object=thing
    )
    fault = "The case is closed." if case.closed_at else remains.searchable_fault(case.subject)
    if fault:
        _refuse(who, thing, code, fault)
        raise CaseRefused(f"{fault} No file was opened, and the refusal is in the ledger.")
    return case, mandate


def _refuse(who: Operator, thing: str, code: str, why: str) -> None:
    refuse("casework:search:refuse", actor=who.actor, object=thing, code=code, why=why)


def note_unusable(case: Case, who: Operator, sha256: str | None, why: str) -> None:
    """Say in the ledger that a picture was offered and could not be used."""
    with recorded():
        record("casework:search:unusable", actor=who.actor, object=f"case:{case.pk}", sha256=sha256, why=why)


def keep_photographs(case: Case, readings: Sequence[Reading], who: Operator) -> list[Photograph]:
    """Seal the photographs of a search with the case's subject; one that is there already is not sealed again."""
    return [
        remains.add_photograph(
            case.subject,
            remains.NewPhotograph(reading.sha256, reading.original, reading.faces, reading.chosen, reading.by_hand),
            who.actor,
        )
        for reading in readings
    ]


def keep_answer(case: Case, mandate: Mandate, readings: Sequence[Reading], answer: Answer, who: Operator) -> Search:
    """Keep a search whole: its photographs, its answer, and that this operator has seen it ranked."""
    kept: dict[str, Any] = answer.as_json()
    with recorded():
        photographs = keep_photographs(case, readings, who)
        search = Search.objects.create(
            case=case,
            actor=who.actor,
            at=timezone.now(),
            contract=answer.contract,
            generation=answer.generation,
            none_of_these=answer.none_of_these,
            answer=kept,
            answer_sha256=digest_of(kept),
        )
        search.photographs.set(photographs)
        NamedCandidate.objects.bulk_create(
            NamedCandidate(search=search, rank=each.rank, person=each.person, portrait=each.portrait)
            for each in answer.candidates
        )
        RankedView.objects.create(case=case, actor=who.actor, search=search, at=search.at)
        record(
            "casework:search:run",
            actor=who.actor,
            object=f"case:{case.pk}",
            search=search.pk,
            mandate=mandate.pk,
            photographs=[reading.sha256 for reading in readings],
            searched=answer.searched,
            generation=answer.generation,
            contract=answer.contract,
            proven_exact=answer.proven_exact,
            none_of_these=answer.none_of_these,
            answer_sha256=search.answer_sha256,
        )
    return search
