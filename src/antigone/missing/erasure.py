"""Erase ante-mortem records to the last copy: rows, keys, galleries, and the proof that nothing is left."""

from __future__ import annotations

import uuid
from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from antigone.access import services as access
from antigone.access.models import Operator
from antigone.access.permissions import Permission
from antigone.enrolment import tasks as enrolment_tasks
from antigone.missing import services, tasks
from antigone.missing.errors import NoSuchRecord
from antigone.missing.models import Person, Portrait
from antigone.missing.own import not_here
from antigone.vault import tasks as vault_tasks


@dataclass(frozen=True)
class Erased:
    """What an erasure did: how many portraits, and whether the search for leftovers found none."""

    portraits: int
    verified: bool


def erase_portraits(portraits: QuerySet[Portrait], who: Operator, reason: str) -> Erased:
    """Erase portraits: not findable at once, then keys destroyed, galleries rewritten, absence verified.

    Raises Refused, or NotHere where one of them is another agency's.
    """
    if portraits.exclude(person__holding__agency=who.agency_id).exists():
        raise not_here()
    access.require(who, Permission.PORTRAIT_ERASE, object=f"agency:{who.agency_id}")
    return _finish(services.erase_portraits(portraits, who.actor, reason), who.actor)


def erase_person(person: Person, who: Operator, reason: str) -> Erased:
    """Erase a person with everything that was given about them, and the records merged into theirs.

    Raises Refused, or NotHere for another agency's.
    """
    found = Person.objects.select_related("holding", "merged_into").filter(pk=person.pk).first()
    if found is None or found.holding.agency_id != who.agency_id:
        raise not_here()
    person = found
    if person.merged_into is not None:
        raise NoSuchRecord(
            _(
                "The record “%(ref)s” was merged into “%(kept)s”. Nothing was erased. Erase that one, which takes "
                "both, or take them apart first."
            )
            % {"ref": person.ref, "kept": person.merged_into.ref}
        )
    access.require(who, Permission.PERSON_ERASE, object=f"agency:{who.agency_id}")
    # First the lists: they name the person in clear, and a crash after the rows would leave nobody who knows.
    tasks.forget_in_reports({person.ref, *person.absorbed.values_list("ref", flat=True)})
    return _finish(services.erase_person(person, who.actor, reason), who.actor)


def _finish(gone: list[uuid.UUID], actor: str) -> Erased:
    return Erased(len(gone), complete(actor))


def complete(actor: str) -> bool:
    """Destroy the keys of what was erased, rewrite the galleries, and look; true when nothing was left."""
    vault_tasks.complete_shreds()
    return enrolment_tasks.purge(actor)
