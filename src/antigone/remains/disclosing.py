"""Which statements of a subject are shown to whom: what is sensitive only to who works with it."""

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
