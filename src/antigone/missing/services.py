"""Changes to ante-mortem records: each one transaction, with its ledger entry."""

from __future__ import annotations

import hmac
import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

import numpy as np
from django.conf import settings
from django.db.models import F, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from numpy.typing import NDArray

from antigone.access import services as access
from antigone.access.errors import Refused
from antigone.access.hands import person_behind
from antigone.access.models import Operator, RoleGrant
from antigone.access.permissions import Permission
from antigone.access.rules import roles_allowing
from antigone.enrolment import services as enrolment
from antigone.enrolment.models import Contract
from antigone.intake import services as intake
from antigone.ledger.services import record, recorded, redact_payloads, refuse
from antigone.missing import rules
from antigone.missing.errors import PersonRefused
from antigone.missing.events import PersonErased, PortraitErased, erased
from antigone.missing.models import Holding, Person, Portrait, Relative, Report, ReportState, Withdrawal
from antigone.missing.own import counting, holding_for
from antigone.missing.projecting import bounds
from antigone.missing.records import text_fault
from antigone.missing.reported import state_reported
from antigone.missing.rewording import reword
from antigone.missing.sources import PersonRecord
from antigone.vault import instance_key, store
from antigone.vault.services import note_erasure, request_shred


@dataclass(frozen=True)
class Giving:
    """On which basis portraits are given, by whom, and until when; `again` when what was withdrawn is given anew."""

    basis: str
    citation: str = ""
    given_by: str = ""
    until: date | None = None
    again: bool = False
    giver: Relative | None = None
    enquiry: int | None = None


@dataclass(frozen=True)
class NewPortrait:
    """A portrait that is ready: its original bytes, and the template of the person's face."""

    record: PersonRecord
    sha256: str
    original: bytes
    vector: NDArray[np.float32]
    face: dict[str, Any]
    about: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Added:
    """What a batch came to: new portraits, new persons, portraits that were there, and those withdrawn before."""

    portraits: int = 0
    persons: int = 0
    known: int = 0
    withdrawn: int = 0


def open_holding(name: str, who: Operator) -> Holding:
    """The holding of this name of the operator's agency, opened when it is new; raises Refused.

    A holding is approved by a second person before it is searched. While the agency has nobody else who could,
    whoever opens it approves it, and every answer says so. PersonRefused for a name that cannot be one.
    """
    name = name.strip()
    if not name or text_fault(name, 120):
        raise PersonRefused(_("A holding has a name of at most 120 characters on one line. Nothing was changed."))
    holding = Holding.objects.filter(name=name, agency_id=who.agency_id).first()
    if holding is not None:
        return holding
    access.require(who, Permission.HOLDING_OPEN, object=f"agency:{who.agency_id}")
    with recorded():
        holding, new = Holding.objects.get_or_create(
            name=name,
            agency_id=who.agency_id,
            # Who opens it with a program of theirs is not the second person who approves it.
            defaults={"opened_by": person_behind(who).actor, "opened_at": timezone.now()},
        )
        if not new:
            return holding
        record("missing:holding:open", actor=who.actor, object=f"holding:{holding.pk}", name=name)
        if not who.machine and not _others_who_approve(who):
            _approve(holding, who)
    return holding


def approve_holding(holding: Holding, who: Operator) -> None:
    """Let a holding be searched; the second person's word. Raises Refused, also for whoever opened it, or NotHere.

    One that was approved by whoever opened it, while nobody else was there, takes a second person's word later.
    """
    now = holding_for(holding, who, Permission.HOLDING_OPEN)
    if who.machine:
        refuse("missing:holding:refuse", actor=who.actor, object=f"holding:{holding.pk}")
        raise Refused(_("A person approves a holding, and no program does. Nothing was changed."))
    if now.approved_at is not None and not (now.self_approved and now.opened_by != who.actor):
        return
    if now.opened_by == who.actor and _others_who_approve(who):
        refuse("missing:holding:refuse", actor=who.actor, object=f"holding:{holding.pk}")
        raise Refused(
            f"“{who.name}” opened this holding; another person approves it. Nothing was changed, and the refusal is in "
            "the ledger."
        )
    with recorded():
        _approve(holding, who)


def awaiting_second_approval(who: Operator) -> list[Holding]:
    """The holdings of the agency that a person could approve now whom their opener did not have beside them then.

    They are searched meanwhile, and every answer says how they were approved.
    """
    alone = Holding.objects.filter(agency_id=who.agency_id, approved_at__isnull=False, approved_by=F("opened_by"))
    held = list(alone.order_by("name"))
    if not held:
        return []
    able = RoleGrant.objects.filter(
        operator__agency=who.agency_id,
        operator__active=True,
        agency_id=who.agency_id,
        revoked_at=None,
        role__in=[role.value for role in roles_allowing(Permission.HOLDING_OPEN)],
    )
    actors = {f"operator:{pk}" for pk in able.values_list("operator", flat=True)}
    return [holding for holding in held if actors - {holding.opened_by}]


def _others_who_approve(who: Operator) -> bool:
    # A program is nobody's second person: somebody of the same agency answers for it.
    others = Operator.objects.filter(agency_id=who.agency_id, active=True, machine=False).exclude(pk=who.pk)
    return any(access.allows(other, Permission.HOLDING_OPEN) for other in others)


def _approve(holding: Holding, who: Operator) -> None:
    holding.approved_by, holding.approved_at = who.actor, timezone.now()
    holding.save(update_fields=["approved_by", "approved_at"])
    record(
        "missing:holding:approve",
        actor=who.actor,
        object=f"holding:{holding.pk}",
        self_approved=holding.self_approved,
    )


def withdrawal_mark(holding: Holding, kind: str, name: str) -> str:
    """How a withdrawn person (by reference) or portrait (by SHA-256) is known: a keyed digest, 64 hex digits."""
    key = instance_key.derive(instance_key.load(settings.ANTIGONE), "withdrawal marks 1")
    return hmac.new(key, f"{kind}\0{holding.pk}\0{name}".encode(), "sha256").hexdigest()


def withdrawn(holding: Holding, ref: str, sha256: str = "") -> bool:
    """Whether this person, or this picture, was erased from the holding before."""
    marks = [withdrawal_mark(holding, "person", ref)]
    if sha256:
        marks.append(withdrawal_mark(holding, "portrait", sha256))
    return Withdrawal.objects.filter(mark__in=marks).exists()


def given_anew(holding: Holding, ref: str, sha256: str, actor: str) -> None:
    """Lift the withdrawal of a person and a picture, since whoever gave them gives them again."""
    marks = [withdrawal_mark(holding, "person", ref), withdrawal_mark(holding, "portrait", sha256)]
    with recorded(sequence=False):
        if Withdrawal.objects.filter(mark__in=marks).delete()[0]:
            record("missing:withdrawal:lift", actor=actor, object=f"holding:{holding.pk}")


def _remember_withdrawal(marks: Iterable[str]) -> None:
    now = timezone.now()
    Withdrawal.objects.bulk_create((Withdrawal(mark=mark, at=now) for mark in marks), ignore_conflicts=True)


def _person(
    holding: Holding, given: PersonRecord, giving: Giving, actor: str, new: list[tuple[Person, PersonRecord]]
) -> Person:
    """The person of this reference; one who is new is reported missing, and added to `new` for what is said of them."""
    now = timezone.now()
    born_from, born_to = bounds(given.birth_date)
    person, is_new = Person.objects.get_or_create(
        holding=holding,
        ref=given.ref,
        defaults={
            "sex": given.sex,
            "birth_date": given.birth_date,
            "stature_cm": given.stature_cm,
            "marks": given.marks,
            "effects": given.effects,
            "last_seen_on": given.last_seen_on,
            "last_seen_place": given.last_seen_place,
            "born_from": born_from,
            "born_to": born_to,
            "recorded_at": now,
            "review_on": rules.review_day(None, now.date()),
        },
    )
    if is_new:
        given_by = given.given_by or giving.given_by
        Report.objects.create(person=person, given_by=given_by, reported_at=now)
        record("missing:report:open", actor=actor, object=f"person:{person.pk}", person_ref=given.ref)
        new.append((person, replace(given, given_by=given_by)))
    return counting(person)


def report_missing(holding: Holding, persons: Sequence[PersonRecord], giving: Giving, actor: str) -> int:
    """Reports of persons for whom no portrait could be taken: they are missed all the same.

    Returns how many are new; who was withdrawn before is not reported again.
    """
    new: list[tuple[Person, PersonRecord]] = []
    with recorded(sequence=False):
        for given in persons:
            if not withdrawn(holding, given.ref):
                _person(holding, given, giving, actor, new)
        state_reported(new, giving.basis, giving.citation, actor)
    return len(new)


def add_portraits(
    holding: Holding, contract: Contract, portraits: Sequence[NewPortrait], giving: Giving, actor: str
) -> Added:
    """Seal and record a batch of portraits with their templates; one that is there, or was withdrawn, is left.

    Keys are written before the rows that need them; a crash between leaves a sealed file without a row, which
    `antigone doctor` sweeps, and never a row without its file.
    """
    known = gone = 0
    persons: list[tuple[Person, PersonRecord]] = []
    templates: list[enrolment.NewTemplate] = []
    with recorded(sequence=False), store.batch():
        for new in portraits:
            if giving.again:
                given_anew(holding, new.record.ref, new.sha256, actor)
            elif withdrawn(holding, new.record.ref, new.sha256):
                gone += 1
                continue
            person = _person(holding, new.record, giving, actor, persons)
            if Portrait.objects.filter(person=person, sha256=new.sha256).exists():
                known += 1
                continue
            templates.append(add_portrait(person, new, giving, actor))
        state_reported(persons, giving.basis, giving.citation, actor)
        if templates:
            enrolment.add_templates(contract, templates)
    return Added(len(templates), len(persons), known, gone)


def add_portrait(person: Person, new: NewPortrait, giving: Giving, actor: str) -> enrolment.NewTemplate:
    """Seal a portrait and record it, in the caller's transaction and batch; the template is for the caller to add."""
    now = timezone.now()
    # Whose giver does not agree (any more) is kept as withdrawn: nobody searches it until they do.
    withheld = giving.giver is not None and not giving.giver.consents.filter(withdrawn_at=None).exists()
    # Nor is anybody searched who says that they are not missing, until it is checked who that is.
    withheld = withheld or person.identity_check_at is not None
    portrait = Portrait.objects.create(
        person=person,
        sha256=new.sha256,
        basis=giving.basis,
        citation=giving.citation,
        given_by=new.record.given_by or giving.given_by,
        giver=giving.giver,
        enquiry_id=giving.enquiry,
        withheld_at=now if withheld else None,
        until=giving.until,
        review_on=rules.review_day(giving.until, now.date()),
        added_at=now,
        face=new.face,
        **new.about,
    )
    store.seal(str(portrait.pk), "portrait", new.original)
    record(
        "missing:portrait:add",
        actor=actor,
        object=f"portrait:{portrait.pk}",
        person=person.pk,
        holding=person.holding_id,
        sha256=new.sha256,
        basis=giving.basis,
        citation=giving.citation,
        until=giving.until.isoformat() if giving.until else None,
    )
    return enrolment.NewTemplate(
        portrait.pk,
        person.pk,
        person.holding_id,
        new.vector,
        until=rules.day_number(giving.until),
        # A portrait that is added after the report was closed waits until it is opened again.
        searchable=rules.searchable(person.report.state, giving.basis, giving.citation, withheld=withheld),
    )


def finish_enrolment(holding: Holding, added: int, known: int, unusable: int, actor: str) -> None:
    """Say in the ledger what an enrolment came to."""
    with recorded(sequence=False):
        record(
            "missing:enrolment:finish",
            actor=actor,
            object=f"holding:{holding.pk}",
            added=added,
            known=known,
            unusable=unusable,
        )


def close_report(person: Person, state: str, actor: str) -> int:
    """End the search for a person: their portraits are not searchable from now on, unless a service basis is cited.

    Returns how many portraits stay searchable. A report that is closed so already is left as it is.
    """
    with recorded():
        person = counting(Person.objects.get(pk=person.pk))
        report = Report.objects.get(person=person)
        if report.state != state:
            report.state, report.closed_at = state, timezone.now()
            report.save(update_fields=["state", "closed_at"])
            record("missing:report:close", actor=actor, object=f"person:{person.pk}", state=state)
            reword([person])
        return _follow_report(person, state)


def reopen_report(person: Person, actor: str) -> None:
    """Search for a person again."""
    with recorded():
        person = counting(Person.objects.get(pk=person.pk))
        report = Report.objects.get(person=person)
        if report.state != ReportState.OPEN:
            report.state, report.closed_at = ReportState.OPEN, None
            report.save(update_fields=["state", "closed_at"])
            record("missing:report:reopen", actor=actor, object=f"person:{person.pk}")
            reword([person])
        _follow_report(person, ReportState.OPEN)


def _follow_report(person: Person, state: str) -> int:
    staying = 0
    for portrait in Portrait.objects.filter(person=person):
        withheld = portrait.withheld_at is not None
        wanted = rules.searchable(state, portrait.basis, portrait.citation, withheld=withheld)
        enrolment.set_searchable([portrait.pk], wanted)
        staying += wanted
    return staying


def erase_portraits(portraits: QuerySet[Portrait], actor: str, reason: str) -> list[uuid.UUID]:
    """Delete the rows of portraits and their templates, and ask the vault to destroy their keys (erasure does it).

    From the commit on they are not findable; their ledger entries stay, with what they said blacked out.
    """
    with recorded():
        found = list(portraits.select_related("person__holding"))
        gone = [portrait.pk for portrait in found]
        _remember_withdrawal(
            withdrawal_mark(holding, "portrait", each.sha256) for each in found for holding in _came_to(each.person)
        )
        enrolment.remove_templates(gone)
        erased.send(sender=Portrait, event=PortraitErased(tuple(str(pk) for pk in gone), actor))
        request_shred(gone, kind="portrait", actor=actor)
        for pk in gone:
            redact_payloads(f"portrait:{pk}", actor=actor)
            record("missing:portrait:erase", actor=actor, object=f"portrait:{pk}", reason=reason)
        Portrait.objects.filter(pk__in=gone).delete()
    return gone


def _came_to(person: Person) -> set[Holding]:
    """The holdings in which a portrait of theirs may have been enrolled: their own, and of records merged into it."""
    absorbed = person.absorbed.select_related("holding")
    return {person.holding}.union(*(_came_to(each) for each in absorbed))


def erase_person(person: Person, actor: str, reason: str) -> list[uuid.UUID]:
    """Delete a person with everything that was said of them, whoever said it, and the records merged into theirs.

    Returns the portraits whose keys are to be destroyed.
    """
    with recorded():
        gone = erase_portraits(Portrait.objects.filter(person=person), actor, reason)
        for absorbed in Person.objects.select_related("holding").filter(merged_into=person):
            gone += erase_person(absorbed, actor, reason)
        _remember_withdrawal([withdrawal_mark(person.holding, "person", person.ref)])
        erased.send(sender=Person, event=PersonErased(person.pk, person.ref, actor))
        note_erasure([f"person:{person.pk}"], actor=actor)
        told = [f"relative:{pk}" for pk in person.relatives.values_list("pk", flat=True)]
        for thing in (f"person:{person.pk}", *told):
            redact_payloads(thing, actor=actor)
        enquiries = [taken.enquiry for taken in person.enquiries.select_related("enquiry")]
        record("missing:person:erase", actor=actor, object=f"person:{person.pk}", reason=reason)
        person.delete()
        for enquiry in enquiries:
            intake.erase(enquiry, actor)
    return gone
