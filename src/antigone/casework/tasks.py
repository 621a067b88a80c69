"""Jobs of casework that reach into the vault."""

from __future__ import annotations

from antigone.access.models import Operator
from antigone.access.permissions import Permission
from antigone.casework import services
from antigone.casework.errors import CaseRefused
from antigone.ledger.services import refuse
from antigone.remains import services as remains
from antigone.remains.errors import SubjectRefused
from antigone.vault import tasks as vault_tasks


def erase_photograph(code: str, sha256: str, who: Operator, reason: str) -> int:
    """Erase the photographs of a case whose SHA-256 begins so; returns how many. Raises Refused or CaseRefused."""
    case = services.case_of(code, who, Permission.PHOTOGRAPH_ERASE)
    found = case.subject.photographs.filter(sha256__startswith=sha256.lower())
    gone = remains.erase_photographs(found, who.actor, reason)
    vault_tasks.complete_shreds()
    return len(gone)


def person_spoke(code: str, who: Operator) -> int:
    """End every search about a living subject who can state their identity; returns how many photographs went."""
    case = services.case_of(code, who)
    try:
        gone = remains.person_spoke(case.subject, who.actor)
    except SubjectRefused as refused:
        refuse("casework:case:refuse", actor=who.actor, object=f"case:{case.pk}", code=code)
        raise CaseRefused(f"{refused} The refusal is in the ledger.") from None
    vault_tasks.complete_shreds()
    return len(gone)
