"""What follows from a board's decision: the case, the report, searches that rested on it, and the rooms above."""

from __future__ import annotations

from django.utils import timezone
from django.utils.translation import gettext_noop

from antigone.casework import services
from antigone.casework.deciding.rivals import one_person
from antigone.casework.events import IdentificationMade, IdentificationRevoked, identified, revoked
from antigone.casework.judging.lining_up import may_stand
from antigone.casework.models import Case, Decision, DecisionKind, NamedCandidate, Search
from antigone.casework.recalling import recall_these
from antigone.ledger.services import record
from antigone.missing import services as missing
from antigone.missing.models import Person, ReportState
from antigone.missing.own import counting
from antigone.remains.models import Subject, SubjectKind

# Told also to whoever examines in the other case: it says nothing of whom or where.
ELSEWHERE = gettext_noop("What is known of the missing changed after this search.")
REVOKED = gettext_noop("A decision of the board in this case was revoked.")


def carry_out(made: Decision, actor: str) -> None:
    """Do what a decision means, in the transaction that made it.

    An exclusion and a case set aside change nothing but what is on record: searches go on.
    """
    if made.kind == DecisionKind.IDENTIFY:
        _identified(made, actor)
    elif made.kind == DecisionKind.REVOKE and made.proposal.revokes is not None:
        _revoked(made.proposal.revokes, made, actor)


def _identified(made: Decision, actor: str) -> None:
    person = Person.objects.select_related("holding", "report").get(pk=made.person or 0)
    services.close_again(made.case_id, actor, f"identified: {made.serial}")
    # Another agency's report is theirs to close; what was withdrawn stays withdrawn.
    closes = person.holding.agency_id == made.agency_id and person.report.state == ReportState.OPEN
    if closes:
        missing.close_report(person, ReportState.IDENTIFIED, actor)
    recall_naming(one_person(person.pk), made.case_id, actor)
    event = IdentificationMade(
        serial=made.serial,
        decision=made.pk,
        agency=made.agency_id,
        case=made.case_id,
        subject=made.subject,
        person=person.pk,
        person_agency=person.holding.agency_id,
        living=made.case.subject.kind == SubjectKind.UNABLE,
        report_closed=closes,
        actor=actor,
    )
    identified.send(sender=Decision, event=event)


def _revoked(taken_back: Decision, by: Decision, actor: str) -> None:
    now = timezone.now()
    Decision.objects.filter(pk=taken_back.pk, revoked_at=None).update(
        revoked_at=now, revoked_by=by, review_at=None, review_why=""
    )
    record(
        "casework:decision:revoke",
        actor=actor,
        object=f"decision:{taken_back.pk}",
        serial=taken_back.serial,
        by=by.serial,
    )
    if taken_back.kind != DecisionKind.IDENTIFY:
        return
    _reopen_case(taken_back, actor)
    _reopen_report(taken_back, actor)
    recall_these(Search.objects.filter(case=taken_back.case_id), REVOKED, actor)
    event = IdentificationRevoked(
        serial=taken_back.serial,
        revocation=by.serial,
        decision=taken_back.pk,
        agency=taken_back.agency_id,
        case=taken_back.case_id,
        subject=taken_back.subject,
        person=taken_back.person,
        actor=actor,
    )
    revoked.send(sender=Decision, event=event)


def _reopen_case(taken_back: Decision, actor: str) -> None:
    """Open the case again, unless its subject can state who they are."""
    if Subject.objects.filter(pk=taken_back.subject, spoke_at__isnull=False).exists():
        return
    if Case.objects.filter(pk=taken_back.case_id, closed_at__isnull=False).update(closed_at=None):
        record(
            "casework:case:reopen",
            actor=actor,
            object=f"case:{taken_back.case_id}",
            reason=f"revoked: {taken_back.serial}",
        )


def _reopen_report(taken_back: Decision, actor: str) -> None:
    """Miss the person again, where the identification closed their report and no other one stands."""
    if taken_back.person is None:
        return
    person = Person.objects.select_related("holding", "report").filter(pk=taken_back.person).first()
    if person is None or person.holding.agency_id != taken_back.agency_id:
        return
    others = Decision.objects.filter(kind=DecisionKind.IDENTIFY, revoked_at=None, person__in=one_person(person.pk))
    counts = counting(person)
    if counts.report.state == ReportState.IDENTIFIED and not others.exists():
        missing.reopen_report(counts, actor)


def recall_naming(persons: frozenset[int], but: int, actor: str) -> None:
    """Recall the standing searches of other open cases that put somebody before people; their agencies search again.

    Where they are further down the list nobody sorts or examines them, and blind work that is under way goes on.
    """
    named = NamedCandidate.objects.filter(person__in=persons).values("search")
    rows = Search.objects.filter(pk__in=named, recalled_at=None, case__closed_at=None).exclude(case=but)
    before_people = [each.pk for each in rows.iterator() if not persons.isdisjoint(may_stand(each))]
    recall_these(Search.objects.filter(pk__in=before_people), ELSEWHERE, actor)
