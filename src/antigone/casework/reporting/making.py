"""Reports are made here: written, numbered, kept with their digest, and entered in the ledger."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db.models import Max
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from antigone.access import services as access
from antigone.access.models import Agency, Operator
from antigone.access.permissions import Permission
from antigone.casework import numbering
from antigone.casework import queries as cases
from antigone.casework.deciding import before
from antigone.casework.deciding import queries as decisions
from antigone.casework.errors import NotHere, ReportRefused
from antigone.casework.models import Case, Decision, DecisionKind, Report, ReportKind
from antigone.casework.reporting import blinding, comparing, decided
from antigone.casework.reporting.comparing import Written
from antigone.casework.reporting.document import digest
from antigone.ledger.services import record, recorded
from antigone.missing import looking as persons_looking
from antigone.missing import own as persons_own
from antigone.missing import queries as persons
from antigone.missing.models import Person
from antigone.remains import looking as remains_looking
from antigone.remains import queries as remains
from antigone.remains.models import Subject, SubjectKind

MADE = "casework:report:make"

OF_DECISIONS = {DecisionKind.IDENTIFY: ReportKind.IDENTIFICATION, DecisionKind.EXCLUDE: ReportKind.EXCLUSION}


def same_person(one: int, other: int, who: Operator) -> Report:
    """Compare two records of missing persons that are open to the maker; raises NotHere, Refused or ReportRefused."""
    _person_alone(who)
    ours, theirs = _person(one, who), _person(other, who)
    if ours.pk == theirs.pk:
        raise ReportRefused(_("These are one record. Nothing was made."))
    with recorded():
        for each in (ours, theirs):
            persons_looking.looked(each, who)
        written = comparing.persons(ours, theirs, who)
        return _kept(ReportKind.SAME_PERSON, written, who, person=ours.pk, other_person=theirs.pk)


def same_body(one: int, other: int, who: Operator) -> Report:
    """Compare two remains that are open to the maker; raises as above. It tells an examiner nothing of any person."""
    _person_alone(who)
    ours, theirs = remains.subject_numbered(who, one), remains.subject_numbered(who, other)
    if ours.pk == theirs.pk:
        raise ReportRefused(_("These are one record. Nothing was made."))
    with recorded():
        for each in (ours, theirs):
            _of_the_dead(each)
            remains_looking.looked(each, who)
        written = comparing.remains(ours, theirs, who)
        return _kept(ReportKind.SAME_BODY, written, who, subject=ours.pk, other_subject=theirs.pk)


def body_person(case: int, person: int, who: Operator) -> Report:
    """Compare the subject of a case with a missing person, for whoever forwent examining (`blinding.forgo`) before.

    Raises NotHere, Refused, or ReportRefused for whoever did not, or has blind work that is not ended.
    """
    found, about = sides_of(case, person, who)
    concerned = blinding.cases_about(found.subject_id)
    blinding.ready(concerned, who)
    blinding.forwent(concerned, who)
    with recorded():
        remains_looking.looked(found.subject, who)
        persons_looking.looked(about, who)
        written = comparing.body_person(found, about, who)
        return _kept(ReportKind.BODY_PERSON, written, who, case=found, person=about.pk, subject=found.subject_id)


def sides_of(case: int, person: int, who: Operator) -> tuple[Case, Person]:
    """The two sides of a comparison of remains with a person, as far as both are open; raises NotHere or Refused."""
    _person_alone(who)
    found = cases.case_numbered(who, case)
    found.subject = remains.subject_numbered(who, found.subject_id)
    if found.subject.spoke_at is not None:
        raise ReportRefused(_("This person can state their identity now; what they say decides. Nothing was made."))
    return found, _person(person, who)


def of_decision(serial: str, who: Operator) -> Report:
    """Make the report of an identification or an exclusion of the maker's agency; raises as
    `deciding.queries.decision`.

    Reading a decision ends the reader's blindness in its case; `deciding` keeps that and its entry. A decision that was
    altered, or whose content was erased, has no report.
    """
    _person_alone(who)
    view = decisions.decision(serial, who)
    kind = OF_DECISIONS.get(DecisionKind(view.decision.kind))
    if kind is None:
        raise ReportRefused(_("Of this decision no report is made: it names and excludes nobody. Nothing was made."))
    if view.decision.content is None:
        raise ReportRefused(_("What this decision said was erased. Nothing was made."))
    if not view.unaltered:
        raise ReportRefused(
            _("This decision is not what was signed: the ledger has another digest. Tell your administrator. Nothing "
              "was made.")
        )  # fmt: skip
    with recorded():
        decision = view.decision
        written = decided.of(decision, decision.content or {}, who)
        return _kept(
            kind, written, who, case=decision.case, decision=decision, person=decision.person, subject=decision.subject
        )


def decision_for(serial: str, who: Operator) -> Decision:
    """A decision of which a report can be made, without what it says: for a door that asks first; raises as above."""
    _person_alone(who)
    found = before.decision_for(serial, who, Permission.POSTERIOR_READ)
    if DecisionKind(found.kind) not in OF_DECISIONS:
        raise ReportRefused(_("Of this decision no report is made: it names and excludes nobody. Nothing was made."))
    return found


def again(report: Report, who: Operator) -> Report:
    """Make a report of the same kind about the same records, as they stand today, under a number of its own."""
    do: dict[str, Callable[[], Report]] = {
        ReportKind.SAME_PERSON: lambda: same_person(report.person or 0, report.other_person or 0, who),
        ReportKind.SAME_BODY: lambda: same_body(report.subject or 0, report.other_subject or 0, who),
        ReportKind.BODY_PERSON: lambda: body_person(report.case_id or 0, report.person or 0, who),
    }
    if report.kind in do:
        return do[report.kind]()
    decision = report.decision
    if decision is None:
        raise NotHere(_("There is no such record here. Nothing was changed."))
    return of_decision(decision.serial, who)


def _kept(kind: ReportKind, written: Written, who: Operator, **about: Any) -> Report:
    now = timezone.now()
    # Whoever makes a report at the same moment waits here for the next number.
    agency = Agency.objects.select_for_update(no_key=True).get(pk=who.agency_id)
    series = f"RP-{agency.pk}-{now.year}-"
    last = Report.objects.filter(agency=agency, year=now.year).aggregate(Max("number"))["number__max"]
    number = max(int(last or 0), numbering.given(MADE, series)) + 1
    made = Report.objects.create(
        agency=agency,
        kind=kind,
        year=now.year,
        number=number,
        serial=f"{series}{number:04d}",
        language=get_language() or "en",
        discloses=list(written.discloses),
        content=written.content,
        digest=digest(written.content),
        made_by=who.actor,
        made_at=now,
        **about,
    )
    decision: Decision | None = about.get("decision")
    record(
        MADE,
        actor=who.actor,
        object=f"report:{made.pk}",
        serial=made.serial,
        kind=kind.value,
        case=made.case_id,
        decision=decision.pk if decision else None,
        language=made.language,
        content_sha256=made.digest,
    )
    return made


def _person(pk: int, who: Operator) -> Person:
    found = persons.person(who, pk)
    counted = persons_own.counting(found)
    return found if counted.pk == found.pk else persons.person(who, counted.pk)


def _person_alone(who: Operator) -> None:
    if who.machine:
        raise NotHere(_("There is no such record here. Nothing was changed."))


def _of_the_dead(subject: Subject) -> None:
    if subject.kind == SubjectKind.UNABLE:
        raise ReportRefused(_("A living person is not compared with remains. Nothing was made."))


def may_make(who: Operator) -> tuple[ReportKind, ...]:
    """The kinds of comparison that this person's permissions let them ask for at all."""
    held = access.permissions_held(who)
    needed = {
        ReportKind.SAME_PERSON: {Permission.PERSON_READ},
        ReportKind.SAME_BODY: {Permission.SUBJECT_READ},
        ReportKind.BODY_PERSON: {Permission.PERSON_READ, Permission.SUBJECT_READ, Permission.CASE_READ},
        ReportKind.EXCLUSION: {Permission.POSTERIOR_READ},
        ReportKind.IDENTIFICATION: {Permission.POSTERIOR_READ},
    }
    return tuple(kind for kind in ReportKind if needed[kind] <= held)
