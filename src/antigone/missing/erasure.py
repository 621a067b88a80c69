"""Erase ante-mortem records to the last copy: rows, keys, galleries, and the proof that nothing is left."""

from __future__ import annotations

import uuid
from dataclasses import dataclass

from django.db.models import QuerySet

from antigone.enrolment import tasks as enrolment_tasks
from antigone.missing import services
from antigone.missing.models import Person, Portrait
from antigone.vault import tasks as vault_tasks


@dataclass(frozen=True)
class Erased:
    """What an erasure did: how many portraits, and whether the search for leftovers found none."""

    portraits: int
    verified: bool


def erase_portraits(portraits: QuerySet[Portrait], actor: str, reason: str) -> Erased:
    """Erase portraits: not findable at once, then keys destroyed, galleries rewritten, absence verified."""
    return _finish(services.erase_portraits(portraits, actor, reason), actor)


def erase_person(person: Person, actor: str, reason: str) -> Erased:
    """Erase a person with everything that was given about them."""
    return _finish(services.erase_person(person, actor, reason), actor)


def _finish(gone: list[uuid.UUID], actor: str) -> Erased:
    vault_tasks.complete_shreds()
    return Erased(len(gone), enrolment_tasks.purge(actor))
