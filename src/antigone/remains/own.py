"""Whose record it is, and whether this person may do this to it: asked first by every service of this room."""

from __future__ import annotations

from django.utils.translation import gettext as _

from antigone.access import services as access
from antigone.access.models import Operator
from antigone.access.permissions import Permission
from antigone.access.scope import Scope, agencies_open_to
from antigone.remains import rules
from antigone.remains.errors import NotHere, RecordRefused
from antigone.remains.models import Subject


def may(who: Operator, permission: Permission, subject: Subject) -> None:
    """Return when the operator may do this to their agency's subject; raises NotHere, or Refused with its entry.

    A record of another agency does not exist, and nor does a living person for whoever neither cares for them nor
    traces their kin.
    """
    if subject.agency_id != who.agency_id or not may_see(subject, who):
        raise not_here()
    access.require(who, permission, object=f"subject:{subject.pk}")


def may_read(
    who: Operator,
    subject: Subject,
    *,
    permission: Permission = Permission.SUBJECT_READ,
    scope: Scope = Scope.REMAINS,
    thing: str = "",
) -> None:
    """Return when the operator may read this of a subject, their agency's or one that an agreement discloses.

    A living person's record is disclosed to no other agency. Raises NotHere, or Refused with its entry.
    """
    theirs = subject.agency_id != who.agency_id
    if theirs and (subject.kind in rules.FOR_CARE_AND_TRACING or subject.agency_id not in agencies_open_to(who, scope)):
        raise not_here()
    if not may_see(subject, who):
        raise not_here()
    access.require(who, permission, object=thing or f"subject:{subject.pk}")


def may_in(who: Operator, permission: Permission, agency: int, thing: str) -> None:
    """The same for a record that is not of one subject; `thing` is the ledger's name for it."""
    if agency != who.agency_id:
        raise not_here()
    access.require(who, permission, object=thing)


def may_see(subject: Subject, who: Operator) -> bool:
    """Whether this person may see anything of a subject of an agency that is open to them.

    What is known of a living person goes to those who care for them and those who trace their kin, and nobody else.
    """
    return rules.open_to(subject.kind, _roles(who) if subject.kind in rules.FOR_CARE_AND_TRACING else ())


def held(subject: Subject) -> Subject:
    """The subject as it stands now, held still in the caller's transaction, for who would add to its record.

    Raises RecordRefused for a person who can state their identity: what was asked before they spoke came too late.
    """
    now = Subject.objects.select_for_update().get(pk=subject.pk)
    if now.spoke_at is not None:
        raise RecordRefused(_("This person can state their identity now; what they say decides. Nothing was saved."))
    return now


def sees_the_living(who: Operator) -> bool:
    """Whether records of living subjects exist for this person."""
    return rules.cares_or_traces(_roles(who))


def _roles(who: Operator) -> tuple[str, ...]:
    return tuple(role.value for role in access.roles_of(who)) if who.active else ()


def not_here() -> NotHere:
    """The one answer for what does not exist and for what is not this person's to know."""
    return NotHere(_("There is no such record here. Nothing was changed."))
