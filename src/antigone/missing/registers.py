"""What courts and official registers say of a missing person: recorded with its number, and taken back."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext as _

from antigone.access.models import Operator
from antigone.access.permissions import Permission
from antigone.description.errors import BadStatement
from antigone.description.texts import line
from antigone.intake.filing import past_date
from antigone.ledger.services import record, recorded
from antigone.missing.errors import PersonRefused
from antigone.missing.models import Person, RegisterFact, RegisterKind
from antigone.missing.own import not_here, person_for

NOTE_LENGTH = 2000


@dataclass(frozen=True)
class Entered:
    """What an authority entered or ruled; `dated` is a date known in part."""

    kind: str
    authority: str
    number: str = ""
    dated: str = ""
    note: str = ""


def record_fact(person: Person, entered: Entered, who: Operator) -> RegisterFact:
    """Record what a register says; raises Refused, NotHere or PersonRefused."""
    person = person_for(person, who, Permission.PERSON_RECORD)
    if entered.kind not in RegisterKind.values:
        raise PersonRefused(_("What the register says: choose one of the list. Nothing was saved."))
    if len(entered.note) > NOTE_LENGTH or "\0" in entered.note:
        raise PersonRefused(_("Note: at most %(most)d characters. Nothing was saved.") % {"most": NOTE_LENGTH})
    try:
        authority = line(entered.authority, 200, _("Authority"))
        number = line(entered.number, 100, _("Number"))
        dated = past_date(entered.dated) if entered.dated.strip() else ""
    except BadStatement as fault:
        raise PersonRefused(_("%(why)s Nothing was saved.") % {"why": fault.sentence}) from None
    if not authority:
        raise PersonRefused(_("Say which authority it is. Nothing was saved."))
    with recorded():
        fact = RegisterFact.objects.create(
            person=person,
            kind=entered.kind,
            authority=authority,
            number=number,
            dated=dated,
            note=entered.note.strip(),
            recorded_by=who.actor,
            recorded_at=timezone.now(),
        )
        record(
            "missing:register:record",
            actor=who.actor,
            object=f"person:{person.pk}",
            fact=fact.pk,
            kind=fact.kind,
            number=number,
        )
    return fact


def end_fact(fact: RegisterFact, who: Operator, *, reason: str) -> None:
    """Take back what was recorded of a register, with a reason; it stays as ended. Raises as above."""
    person = person_for(fact.person_id, who, Permission.PERSON_RECORD)
    why = reason.strip()[:200]
    if not why:
        raise PersonRefused(_("Say why it is taken back. Nothing was changed."))
    with recorded():
        rows = RegisterFact.objects.filter(pk=fact.pk)
        if not rows.exists():
            raise not_here()
        if rows.filter(ended_at=None).update(ended_at=timezone.now(), ended_by=who.actor, end_reason=why):
            record("missing:register:end", actor=who.actor, object=f"person:{person.pk}", fact=fact.pk, reason=why)


def one(pk: int, who: Operator) -> RegisterFact:
    """What stands of a register about a record of the operator's agency, to take it back; raises Refused or NotHere."""
    found = (
        RegisterFact.objects.select_related("person__holding", "person__report").filter(pk=pk, ended_at=None).first()
    )
    if found is None:
        raise not_here()
    person_for(found.person_id, who, Permission.PERSON_RECORD)
    return found
