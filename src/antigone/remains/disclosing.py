"""What of a subject is shown to whom: what is sensitive, and what is written on things that were carried."""

from __future__ import annotations

from antigone.access import services as access
from antigone.access.models import Operator
from antigone.access.permissions import Permission
from antigone.remains.models import Subject

# Who writes it down, and who decides on a primary identifier; an agreement between agencies does not cover it.
NEEDED_FOR = (Permission.SUBJECT_RECORD, Permission.POSTERIOR_READ)


def sensitive_shown(subject: Subject, who: Operator) -> bool:
    """Whether teeth, implants, findings of disease and the like are shown to this operator."""
    if subject.agency_id != who.agency_id:
        return False
    return any(access.allows(who, each) for each in NEEDED_FOR)


def inscriptions_shown(who: Operator) -> bool:
    """Whether names and numbers on papers and discs are shown to this operator: not to who examines faces.

    A name on a card leads the eye as a claim of recognition does, and examiners are to judge by the pictures alone.
    """
    return access.allows(who, Permission.INSCRIPTION_READ)
