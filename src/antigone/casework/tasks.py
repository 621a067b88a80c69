"""Jobs of casework that reach into the vault."""

from __future__ import annotations

from antigone.access.models import Operator
from antigone.casework import services
from antigone.remains import services as remains
from antigone.vault import tasks as vault_tasks


def person_spoke(code: str, who: Operator) -> int:
    """End every search about a living subject who can state their identity; returns how many photographs went."""
    case = services.case_of(code, who)
    gone = remains.person_spoke(case.subject, who.actor)
    vault_tasks.complete_shreds()
    return len(gone)
