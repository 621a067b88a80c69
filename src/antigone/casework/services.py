"""Changes in casework: open and close cases, allow or refuse a search, keep its answer; each with its ledger entry."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

from django.db import IntegrityError
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from antigone.access import services as access
from antigone.access.models import Mandate, Operator
from antigone.access.permissions import Permission
from antigone.access.rules import Purpose
from antigone.casework.errors import CaseExists, CaseRefused, NotHere
from antigone.casework.knowing import has_seen, may_read_output, saw
from antigone.casework.models import Case, Decision, DecisionKind, Ending, NamedCandidate, RankedView, Search
from antigone.casework.searching.answer import Answer, Candidate, digest_of
from antigone.casework.searching.ending import end_in
from antigone.casework.searching.reading import Reading
from antigone.enrolment.models import Template
from antigone.ledger.services import record, recorded, refuse
from antigone.missing.models import Person
from antigone.remains import own
from antigone.remains import services as remains
from antigone.remains.errors import SubjectRefused
from antigone.remains.models import Photograph, Subject, SubjectKind
from antigone.remains.rules import missing_particulars


def purpose_for(kind: str) -> Purpose:
    """The purpose under which a subject of this kind may be searched."""
    return Purpose.IDENTIFY_UNABLE if kind == SubjectKind.UNABLE else Purpose.IDENTIFY_THE_DEAD


def open_case(
    code: str, kind: str, given: remains.Particulars, who: Operator, *, mandate_number: int | None = None
) -> Case:
    """Open a case about a new subject; raises Refused, CaseRefused, CaseExists or BadCode, and saves nothing then.

    `mandate_number` chooses among the mandates in force; by default the one that lasts longest.
    """
    access.require(who, Permission.CASE_OPEN, object=f"agency:{who.agency_id}", purpose=purpose_for(kind))
    mandate = access.mandate_in_force(
        who.agency,
        purpose_for(kind),
        actor=who.actor,
        subject_kind=kind,
        object=f"agency:{who.agency_id}",
        number=mandate_number,
    )
    try:
        with recorded():
            if Subject.objects.filter(code__iexact=code).exists() or Case.objects.filter(code__iexact=code).exists():
                raise CaseExists(f"There is a case “{code}” already; a code is never used twice. Nothing was saved.")
            subject = remains.open_subject(code, kind, given, who.actor)
            case = _new_case(subject, mandate, who)
    except IntegrityError:  # somebody else used the code in the same moment
        raise CaseExists(f"There is a case “{code}” already; a code is never used twice. Nothing was saved.") from None
    except SubjectRefused as refused:
        refuse("casework:case:refuse", actor=who.actor, object=f"agency:{who.agency_id}", code=code, kind=kind)
        raise CaseRefused(f"{refused} No case was opened, and the refusal is in the ledger.") from None
    return case


def open_case_about(subject: Subject, who: Operator, *, mandate_number: int | None = None) -> Case:
    """Open a case about a subject that is on record, under its code; raises NotHere, Refused, CaseRefused, CaseExists.

    There is one open case about a subject at a time; a closed one is opened again instead of a second.
    """
    own.may(who, Permission.CASE_OPEN, subject)
    purpose, thing = purpose_for(subject.kind), f"subject:{subject.pk}"
    mandate = access.mandate_in_force(
        who.agency, purpose, actor=who.actor, subject_kind=subject.kind, object=thing, number=mandate_number
    )
    fault = remains.searchable_fault(subject)
    if fault:
        refuse("casework:case:refuse", actor=who.actor, object=thing, code=subject.code)
        raise CaseRefused(f"{fault} No case was opened, and the refusal is in the ledger.")
    exists = _("There is a case “%(code)s” already. Nothing was saved.") % {"code": subject.code}
    try:
        with recorded():
            if Case.objects.filter(Q(subject=subject) | Q(code__iexact=subject.code)).exists():
                raise CaseExists(exists)
            return _new_case(subject, mandate, who)
    except IntegrityError:  # somebody else opened it in the same moment
        raise CaseExists(exists) from None


def _new_case(subject: Subject, mandate: Mandate, who: Operator) -> Case:
    case = Case.objects.create(
        code=subject.code,
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
        code=case.code,
        kind=subject.kind,
        subject=subject.pk,
        mandate=mandate.pk,
    )
    return case


def case_of(code: str, who: Operator, permission: Permission = Permission.CASE_OPEN) -> Case:
    """The agency's case of this code, for someone who may do this; raises Refused or CaseRefused, in the ledger."""
    access.require(who, permission, object=f"agency:{who.agency_id}")
    case = Case.objects.select_related("subject").filter(code__iexact=code, agency=who.agency).first()
    if case is None:
        refuse("casework:case:refuse", actor=who.actor, object=f"agency:{who.agency_id}", code=code)
        raise CaseRefused(f"There is no case “{code}”. Nothing was changed, and the refusal is in the ledger.")
    return case


def close_case(code: str, who: Operator, reason: str) -> None:
    """End a case: no search is made in it from now on; one that is closed stays as it was closed."""
    close_again(case_of(code, who).pk, who.actor, reason)


def reopen_case(code: str, who: Operator, reason: str) -> None:
    """Open a closed case again; raises CaseRefused when its subject can state their identity, or was identified."""
    case = case_of(code, who)
    if case.subject.spoke_at is not None:
        refuse("casework:case:refuse", actor=who.actor, object=f"case:{case.pk}", code=code)
        raise CaseRefused("This person can state their identity now; what they say decides. The case stays closed.")
    stands = Decision.objects.filter(case=case, kind=DecisionKind.IDENTIFY, revoked_at=None).first()
    if stands is not None:
        refuse("casework:case:refuse", actor=who.actor, object=f"case:{case.pk}", code=code)
        raise CaseRefused(
            _("The case is identified under %(serial)s. Once a board revokes that, it is open. It stays closed.")
            % {"serial": stands.serial}
        )
    with recorded():
        if Case.objects.filter(pk=case.pk, closed_at__isnull=False).update(closed_at=None):
            record("casework:case:reopen", actor=who.actor, object=f"case:{case.pk}", reason=reason)


def complete_case(code: str, given: remains.Particulars, who: Operator) -> tuple[str, ...]:
    """Fill in what the record of a case's dead subject lacks; returns what is still missing. Raises CaseRefused."""
    case = case_of(code, who)
    try:
        subject = remains.complete_subject(case.subject, given, who.actor)
    except SubjectRefused as refused:
        refuse("casework:case:refuse", actor=who.actor, object=f"case:{case.pk}", code=code)
        raise CaseRefused(f"{refused} The refusal is in the ledger.") from None
    return missing_particulars(subject.kind, subject.place, subject.recovered_on, subject.attested_by)


def close_again(case: int, actor: str, reason: str) -> None:
    """Close a case by its number, as its subject speaks or a restore follows what was done since the backup."""
    with recorded():
        if Case.objects.filter(pk=case, closed_at=None).update(closed_at=timezone.now()):
            end_in(case, Ending.CLOSED, actor)
            record("casework:case:close", actor=actor, object=f"case:{case}", reason=reason)


def remember_ranked_view(case: int, actor: str, at: datetime) -> None:
    """Put back that someone saw ranked output of a case, whose answer itself is lost (a restore)."""
    with recorded():
        if not RankedView.objects.filter(case_id=case, actor=actor).exists():
            RankedView.objects.create(case_id=case, actor=actor, at=at)
            record("casework:view:restore", actor="system:restore", object=f"case:{case}", seen_by=actor)


def renew_attestation(code: str, clinician: str, attested_at: datetime | None, who: Operator) -> None:
    """Record a clinician's new word for the living subject of a case; raises CaseRefused, and the ledger has it."""
    case = case_of(code, who)
    try:
        remains.attest(case.subject, clinician, attested_at, who.actor)
    except SubjectRefused as refused:
        refuse("casework:attestation:refuse", actor=who.actor, object=f"case:{case.pk}", clinician=clinician)
        raise CaseRefused(f"{refused} The refusal is in the ledger.") from None


def blank_answers(searches: QuerySet[Search], change: Callable[[Search], None], actor: str) -> None:
    """Change kept answers so that they no longer show what was erased; the digest of the answer as given stays."""
    with recorded():
        touched = set()
        for search in searches.distinct():
            change(search)
            search.save(update_fields=["answer"])
            touched.add(search.case_id)
        for case in sorted(touched):
            record("casework:answer:redact", actor=actor, object=f"case:{case}")


def empty_answers(subject: int, actor: str) -> None:
    """Take every photograph and candidate out of the answers about a subject who can state their identity."""

    def empty(search: Search) -> None:
        search.answer.update(photos=[], candidates=[])

    with recorded():
        blank_answers(Search.objects.filter(case__subject=subject), empty, actor)
        NamedCandidate.objects.filter(search__case__subject=subject).delete()


def authorise_search(code: str, who: Operator) -> tuple[Case, Mandate]:
    """Step 1 of the procedure, before any file is opened: the case, and the mandate in force for it today.

    Raises Refused or CaseRefused; the refusal is in the ledger.
    """
    # (1) Mandate: agency, person, role, purpose, case, in force today; a refusal is logged too.
    case = Case.objects.select_related("subject", "agency").filter(code__iexact=code, agency=who.agency).first()
    if case is None:
        _refuse(who, f"agency:{who.agency_id}", code, "no such case")
        raise CaseRefused(
            f"There is no case “{code}”. No file was opened, and the refusal is in the ledger. "
            "Open one first: antigone case open"
        )
    return case, _allowed(case, who)


def _allowed(case: Case, who: Operator) -> Mandate:
    """The mandate under which this case may be searched now; raises Refused or CaseRefused, in the ledger."""
    thing = f"case:{case.pk}"
    purpose = purpose_for(case.subject.kind)
    access.require(who, Permission.SEARCH_RUN, object=thing, purpose=purpose)
    mandate = access.mandate_in_force(
        case.agency, purpose, actor=who.actor, subject_kind=case.subject.kind, object=thing
    )
    fault = "The case is closed." if case.closed_at else remains.searchable_fault(case.subject)
    if fault:
        _refuse(who, thing, case.code, fault)
        raise CaseRefused(f"{fault} Nothing was searched, and the refusal is in the ledger.")
    return mandate


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


def keep_answer(
    case: Case,
    readings: Sequence[Reading],
    answer: Answer,
    who: Operator,
    *,
    job: int | None = None,
    beside: Callable[[Search], None] | None = None,
) -> tuple[Answer, Search]:
    """Keep a search whole: its photographs, its answer, and that this operator has seen it ranked.

    What may have changed while it ran is asked again: raises Refused or CaseRefused when the case, the mandate or the
    attestation ended meanwhile. A candidate who was erased meanwhile, or whose portrait nobody may search any more, is
    not in the answer that is kept and returned.
    `job` is the number of the work that searched, where it was one; `beside` keeps what belongs to the search, in the
    same transaction.
    """
    with recorded():
        current = Case.objects.select_related("subject", "agency").get(pk=case.pk)
        mandate = _allowed(current, who)
        answer = answer.with_candidates(_still_there(answer.candidates))
        kept: dict[str, Any] = answer.as_json()
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
            job=job,
        )
        search.photographs.set(photographs)
        NamedCandidate.objects.bulk_create(
            NamedCandidate(search=search, rank=each.rank, person=each.person, portrait=each.portrait)
            for each in answer.candidates
        )
        saw(who, case, search, search.at)
        record(
            "casework:search:run",
            actor=who.actor,
            object=f"case:{case.pk}",
            search=search.pk,
            mandate=mandate.pk,
            photographs=[str(photograph.pk) for photograph in photographs],
            searched=answer.searched,
            generation=answer.generation,
            contract=answer.contract,
            proven_exact=answer.proven_exact,
            none_of_these=answer.none_of_these,
            answer_sha256=search.answer_sha256,
        )
        if beside is not None:
            beside(search)
    return answer, search


def look_at_answer(search: int, who: Operator) -> Search:
    """The kept answer of a search, ranked, for whoever of the agency searches or decides; raises NotHere or Refused.

    From then on they have seen ranked output of the case, and cannot examine it; the ledger says so.
    """
    found = answered(search, who)
    with recorded():
        saw(who, found.case, found, timezone.now())
        record("casework:answer:look", actor=who.actor, object=f"case:{found.case_id}", search=found.pk)
    return found


def answered(search: int, who: Operator) -> Search:
    """A search of the agency whose answer this person may open, for a door that asks first; shows nothing of it.

    The board opens it as it decides, and holds another permission than whoever searches. Raises NotHere or Refused.
    """
    found = Search.objects.select_related("case__subject", "case__agency").filter(pk=search).first()
    if found is None or found.case.agency_id != who.agency_id or not own.may_see(found.case.subject, who):
        raise NotHere(_("There is no such search here."))
    if not may_read_output(who):
        access.require(who, Permission.SEARCH_RUN, object=f"case:{found.case_id}")
    return found


def forgo_examining(search: int, who: Operator) -> Search:
    """Say beforehand that this person will see ranked output of a case, and cannot examine it; raises as above."""
    found = answered(search, who)
    with recorded():
        if not has_seen(who, found.case_id):
            saw(who, found.case, found, timezone.now())
            record("casework:examination:forgo", actor=who.actor, object=f"case:{found.case_id}", search=found.pk)
    return found


def _still_there(candidates: Sequence[Candidate]) -> tuple[Candidate, ...]:
    """The candidates who can still be found: nobody erased, withdrew or closed what they rest on since."""
    persons = set(Person.objects.filter(pk__in=[each.person for each in candidates]).values_list("pk", flat=True))
    templates = Template.objects.filter(portrait__in=[each.portrait for each in candidates], searchable=True)
    there = {str(pk) for pk in templates.values_list("portrait", flat=True)}
    return tuple(each for each in candidates if each.person in persons and each.portrait in there)
