"""Changes to ante-mortem records: each one transaction, with its ledger entry."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
from django.db.models import QuerySet
from django.utils import timezone
from numpy.typing import NDArray

from antigone.access.models import Agency
from antigone.enrolment import services as enrolment
from antigone.enrolment.models import Contract
from antigone.ledger.services import record, recorded, redact_payloads
from antigone.missing import rules
from antigone.missing.events import PersonErased, PortraitErased, erased
from antigone.missing.models import Holding, Person, PersonName, Portrait, Report, ReportState
from antigone.missing.sources import PersonRecord
from antigone.vault import store
from antigone.vault.services import note_erasure, request_shred


@dataclass(frozen=True)
class Giving:
    """On which basis portraits are given, by whom, and until when."""

    basis: str
    citation: str = ""
    given_by: str = ""
    until: date | None = None


@dataclass(frozen=True)
class NewPortrait:
    """A portrait that is ready: its original bytes, and the template of the person's face."""

    record: PersonRecord
    sha256: str
    original: bytes
    vector: NDArray[np.float32]
    face: dict[str, Any]


def open_holding(name: str, agency: Agency, actor: str) -> Holding:
    """The agency's holding of this name, opened when it is new.

    A holding is approved by a second person before it is searched; in an instance of one person that person
    approves it, and every answer says so.
    """
    with recorded():
        holding = Holding.objects.filter(name=name).first()
        if holding is not None:
            return holding
        now = timezone.now()
        holding = Holding.objects.create(
            name=name, agency=agency, opened_by=actor, opened_at=now, approved_by=actor, approved_at=now
        )
        record("missing:holding:open", actor=actor, object=f"holding:{holding.pk}", name=name)
        record("missing:holding:approve", actor=actor, object=f"holding:{holding.pk}", self_approved=True)
        return holding


def _person(holding: Holding, given: PersonRecord, giving: Giving, actor: str) -> Person:
    """The person of this reference, reported missing when they are new; what a manifest adds is added once."""
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
    return person


def report_missing(holding: Holding, persons: Sequence[PersonRecord], giving: Giving, actor: str) -> int:
    """Reports of persons for whom no portrait could be taken: they are missed all the same. Returns how many."""
    with recorded(sequence=False):
        before = Person.objects.filter(holding=holding).count()
        for given in persons:
            _person(holding, given, giving, actor)
        return Person.objects.filter(holding=holding).count() - before


def add_portraits(
    holding: Holding, contract: Contract, portraits: Sequence[NewPortrait], giving: Giving, actor: str
) -> int:
    """Seal and record a batch of portraits with their templates; one that is there is left. Returns how many are new.

    Keys are written before the rows that need them; a crash between leaves a sealed file without a row, which
    `antigone doctor` sweeps, and never a row without its file.
    """
    added = 0
    templates: list[enrolment.NewTemplate] = []
    now = timezone.now()
    until = rules.day_number(giving.until)
    with recorded(sequence=False), store.batch():
        for new in portraits:
            person = _person(holding, new.record, giving, actor)
            if Portrait.objects.filter(person=person, sha256=new.sha256).exists():
                continue
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
            templates.append(enrolment.NewTemplate(portrait.pk, person.pk, holding.pk, new.vector, until=until))
            record(
                "missing:portrait:add",
                actor=actor,
                object=f"portrait:{portrait.pk}",
                person=person.pk,
                holding=holding.pk,
                sha256=new.sha256,
                basis=giving.basis,
                citation=giving.citation,
                until=giving.until.isoformat() if giving.until else None,
            )
            added += 1
        if templates:
            enrolment.add_templates(contract, templates)
    return added


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


def close_report(person: Person, state: str, actor: str) -> None:
    """End the search for a person: their portraits are not searchable from now on, unless a service basis is cited."""
    with recorded():
        Report.objects.filter(person=person).update(state=state, closed_at=timezone.now())
        _follow_report(person)
        record("missing:report:close", actor=actor, object=f"person:{person.pk}", state=state)


def reopen_report(person: Person, actor: str) -> None:
    """Search for a person again."""
    with recorded():
        Report.objects.filter(person=person).update(state=ReportState.OPEN, closed_at=None)
        _follow_report(person)
        record("missing:report:reopen", actor=actor, object=f"person:{person.pk}")


def _follow_report(person: Person) -> None:
    is_open = Report.objects.filter(person=person, state=ReportState.OPEN).exists()
    for portrait in Portrait.objects.filter(person=person):
        wanted = rules.searchable(is_open, portrait.basis, portrait.citation)
        enrolment.set_searchable([portrait.pk], wanted)


def erase_portraits(portraits: QuerySet[Portrait], actor: str, reason: str) -> list[uuid.UUID]:
    """Delete the rows of portraits and their templates, and ask the vault to destroy their keys (tasks.erase does it).

    From the commit on they are not findable; their ledger entries stay, with what they said blacked out.
    """
    with recorded():
        gone = list(portraits.values_list("pk", flat=True))
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
        gone = erase_portraits(Portrait.objects.filter(person=person), actor, reason)
        erased.send(sender=Person, event=PersonErased(person.pk, person.ref, actor))
        note_erasure([f"person:{person.pk}"], actor=actor)
        redact_payloads(f"person:{person.pk}", actor=actor)
        record("missing:person:erase", actor=actor, object=f"person:{person.pk}", reason=reason)
        person.delete()
    return gone
