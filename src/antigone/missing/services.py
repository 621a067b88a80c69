"""Changes to ante-mortem records: each one transaction, with its ledger entry."""

from __future__ import annotations

import hmac
import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
from django.conf import settings
from django.db.models import QuerySet
from django.utils import timezone
from numpy.typing import NDArray

from antigone.access import services as access
from antigone.access.errors import Refused
from antigone.access.models import Operator
from antigone.access.permissions import Permission
from antigone.enrolment import services as enrolment
from antigone.enrolment.models import Contract
from antigone.ledger.services import record, recorded, redact_payloads, refuse
from antigone.missing import rules
from antigone.missing.events import PersonErased, PortraitErased, erased
from antigone.missing.models import Holding, Person, PersonName, Portrait, Report, ReportState, Withdrawal
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


@dataclass(frozen=True)
class NewPortrait:
    """A portrait that is ready: its original bytes, and the template of the person's face."""

    record: PersonRecord
    sha256: str
    original: bytes
    vector: NDArray[np.float32]
    face: dict[str, Any]


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
    whoever opens it approves it, and every answer says so.
    """
    holding = Holding.objects.filter(name=name, agency_id=who.agency_id).first()
    if holding is not None:
        return holding
    access.require(who, Permission.HOLDING_OPEN, object=f"agency:{who.agency_id}")
    with recorded():
        holding, new = Holding.objects.get_or_create(
            name=name,
            agency_id=who.agency_id,
            defaults={"opened_by": who.actor, "opened_at": timezone.now()},
        )
        if not new:
            return holding
        record("missing:holding:open", actor=who.actor, object=f"holding:{holding.pk}", name=name)
        if not _others_who_approve(who):
            _approve(holding, who)
    return holding


def approve_holding(holding: Holding, who: Operator) -> None:
    """Let a holding be searched; the second person's word. Raises Refused, also for whoever opened it."""
    access.require(who, Permission.HOLDING_OPEN, object=f"holding:{holding.pk}")
    if holding.approved_at is not None:
        return
    if holding.opened_by == who.actor and _others_who_approve(who):
        refuse("missing:holding:refuse", actor=who.actor, object=f"holding:{holding.pk}")
        raise Refused(
            f"“{who.name}” opened this holding; another person approves it. Nothing was changed, and the refusal is in "
            "the ledger."
        )
    with recorded():
        _approve(holding, who)


def _others_who_approve(who: Operator) -> bool:
    others = Operator.objects.filter(agency_id=who.agency_id, active=True).exclude(pk=who.pk)
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


def _person(holding: Holding, given: PersonRecord, giving: Giving, actor: str) -> tuple[Person, bool]:
    """The person of this reference and whether they are new: then they are reported missing."""
    person, new = Person.objects.get_or_create(
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
        },
    )
    if new:
        PersonName.objects.bulk_create(
            PersonName(person=person, text=text, script=rules.script_of(text)) for text in dict.fromkeys(given.names)
        )
        Report.objects.create(person=person, given_by=given.given_by or giving.given_by, reported_at=timezone.now())
        record("missing:report:open", actor=actor, object=f"person:{person.pk}", person_ref=given.ref)
    return person, new


def report_missing(holding: Holding, persons: Sequence[PersonRecord], giving: Giving, actor: str) -> int:
    """Reports of persons for whom no portrait could be taken: they are missed all the same.

    Returns how many are new; who was withdrawn before is not reported again.
    """
    with recorded(sequence=False):
        return sum(_person(holding, given, giving, actor)[1] for given in persons if not withdrawn(holding, given.ref))


def add_portraits(
    holding: Holding, contract: Contract, portraits: Sequence[NewPortrait], giving: Giving, actor: str
) -> Added:
    """Seal and record a batch of portraits with their templates; one that is there, or was withdrawn, is left.

    Keys are written before the rows that need them; a crash between leaves a sealed file without a row, which
    `antigone doctor` sweeps, and never a row without its file.
    """
    persons = known = gone = 0
    templates: list[enrolment.NewTemplate] = []
    with recorded(sequence=False), store.batch():
        for new in portraits:
            if giving.again:
                given_anew(holding, new.record.ref, new.sha256, actor)
            elif withdrawn(holding, new.record.ref, new.sha256):
                gone += 1
                continue
            person, is_new = _person(holding, new.record, giving, actor)
            persons += is_new
            if Portrait.objects.filter(person=person, sha256=new.sha256).exists():
                known += 1
                continue
            templates.append(_add_portrait(person, new, giving, actor))
        if templates:
            enrolment.add_templates(contract, templates)
    return Added(len(templates), persons, known, gone)


def _add_portrait(person: Person, new: NewPortrait, giving: Giving, actor: str) -> enrolment.NewTemplate:
    now = timezone.now()
    portrait = Portrait.objects.create(
        person=person,
        sha256=new.sha256,
        basis=giving.basis,
        citation=giving.citation,
        given_by=new.record.given_by or giving.given_by,
        until=giving.until,
        review_on=rules.review_day(giving.until, now.date()),
        added_at=now,
        face=new.face,
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
        searchable=rules.searchable(person.report.state, giving.basis, giving.citation),
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
        report = Report.objects.get(person=person)
        if report.state != state:
            report.state, report.closed_at = state, timezone.now()
            report.save(update_fields=["state", "closed_at"])
            record("missing:report:close", actor=actor, object=f"person:{person.pk}", state=state)
        return _follow_report(person, state)


def reopen_report(person: Person, actor: str) -> None:
    """Search for a person again."""
    with recorded():
        report = Report.objects.get(person=person)
        if report.state != ReportState.OPEN:
            report.state, report.closed_at = ReportState.OPEN, None
            report.save(update_fields=["state", "closed_at"])
            record("missing:report:reopen", actor=actor, object=f"person:{person.pk}")
        _follow_report(person, ReportState.OPEN)


def _follow_report(person: Person, state: str) -> int:
    staying = 0
    for portrait in Portrait.objects.filter(person=person):
        wanted = rules.searchable(state, portrait.basis, portrait.citation)
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
        _remember_withdrawal(withdrawal_mark(each.person.holding, "portrait", each.sha256) for each in found)
        enrolment.remove_templates(gone)
        erased.send(sender=Portrait, event=PortraitErased(tuple(str(pk) for pk in gone), actor))
        request_shred(gone, kind="portrait", actor=actor)
        for pk in gone:
            redact_payloads(f"portrait:{pk}", actor=actor)
            record("missing:portrait:erase", actor=actor, object=f"portrait:{pk}", reason=reason)
        Portrait.objects.filter(pk__in=gone).delete()
    return gone


def erase_person(person: Person, actor: str, reason: str) -> list[uuid.UUID]:
    """Delete a person with report, names and portraits; returns the portraits whose keys are to be destroyed."""
    with recorded():
        _remember_withdrawal([withdrawal_mark(person.holding, "person", person.ref)])
        gone = erase_portraits(Portrait.objects.filter(person=person), actor, reason)
        erased.send(sender=Person, event=PersonErased(person.pk, person.ref, actor))
        note_erasure([f"person:{person.pk}"], actor=actor)
        redact_payloads(f"person:{person.pk}", actor=actor)
        record("missing:person:erase", actor=actor, object=f"person:{person.pk}", reason=reason)
        person.delete()
    return gone
