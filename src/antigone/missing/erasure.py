"""Erase ante-mortem records to the last copy: rows, keys, galleries, and the proof that nothing is left."""

from __future__ import annotations

import uuid
from dataclasses import dataclass

from django.db.models import QuerySet

from antigone.access import services as access
from antigone.access.models import Operator
from antigone.access.permissions import Permission
from antigone.enrolment import tasks as enrolment_tasks
from antigone.missing import services, tasks
from antigone.missing.models import Person, Portrait
from antigone.vault import tasks as vault_tasks


@dataclass(frozen=True)
class Erased:
    """What an erasure did: how many portraits, and whether the search for leftovers found none."""

    portraits: int
    verified: bool


def erase_portraits(portraits: QuerySet[Portrait], who: Operator, reason: str) -> Erased:
    """Erase portraits: not findable at once, then keys destroyed, galleries rewritten, absence verified.

    Raises Refused.
    """
    access.require(who, Permission.PORTRAIT_ERASE, object=f"agency:{who.agency_id}")
    return _finish(services.erase_portraits(portraits, who.actor, reason), who.actor)


def erase_person(person: Person, who: Operator, reason: str) -> Erased:
    """Erase a person with everything that was given about them; raises Refused."""
    access.require(who, Permission.PERSON_ERASE, object=f"agency:{who.agency_id}")
    # First the lists: they name the person in clear, and a crash after the rows would leave nobody who knows.
    tasks.forget_in_reports({person.ref})
    return _finish(services.erase_person(person, who.actor, reason), who.actor)


def _finish(gone: list[uuid.UUID], actor: str) -> Erased:
    vault_tasks.complete_shreds()
    return Erased(len(gone), enrolment_tasks.purge(actor))
