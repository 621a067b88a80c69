"""What an administrator does for the people of their own agency; each asks for its permission itself.

The services beneath take an actor and trust their caller; these take the person, refuse whoever may not, and know
nobody of another agency.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.utils.translation import gettext as _

from antigone.access import invitations, second_factors, services, sign_ins
from antigone.access.authority import require
from antigone.access.errors import AccessError, NoSuchRecord, Refused
from antigone.access.models import Agency, Mandate, Operator, RoleGrant
from antigone.access.permissions import Permission
from antigone.access.rules import Purpose, Role
from antigone.ledger.services import recorded, refuse


def add_operator(who: Operator, name: str, *, os_uid: int | None = None) -> Operator:
    """Add a person to the agency of `who`; they may do nothing until a role is given to them."""
    require(who, Permission.OPERATOR_MANAGE, object=f"agency:{who.agency_id}")
    return services.add_operator(name, who.agency, who.actor, os_uid=os_uid)


def invite(who: Operator, target: Operator) -> str:
    """A one-time code with which the person chooses a passphrase; shown this once, and good for 72 hours."""
    _colleague(who, target)
    return invitations.issue(target, who.actor)


def close_operator(who: Operator, target: Operator) -> None:
    """Close the account of a colleague: roles, sessions, invitations and tokens end with it."""
    _colleague(who, target)
    services.close_operator(target, who.actor)


def grant_role(who: Operator, target: Operator, role: Role | str) -> RoleGrant:
    """Give a colleague a role in the agency of `who`.

    Nobody gives one to themselves while another administrator is there to do it; the attempt is in the ledger.
    """
    _colleague(who, target)
    if not may_give(who, target):
        refuse(
            "access:permission:refuse",
            actor=who.actor,
            object=who.actor,
            permission=str(Permission.OPERATOR_MANAGE),
            purpose=f"to take the role {role}",
        )
        raise Refused(
            _(
                "Nobody gives a role to themselves while the agency has another administrator: ask them. "
                "Nothing was changed, and the refusal is in the ledger."
            )
        )
    return services.grant_role(target, role, who.actor, agency=who.agency)


def may_give(who: Operator, target: Operator) -> bool:
    """Whether `who` may give roles to this person: to themselves only while nobody else looks after operators."""
    return target.pk != who.pk or not _another_administrator(who)


def last_administrator(target: Operator) -> bool:
    """Whether nobody else of this person's agency looks after its operators."""
    return not _another_administrator(target)


def founds_agencies(who: Operator) -> bool:
    """Whether the agency of `who` is the one that founded this instance, which alone opens others in it."""
    return Agency.objects.order_by("pk").values_list("pk", flat=True).first() == who.agency_id


def _another_administrator(who: Operator) -> bool:
    held = RoleGrant.objects.filter(agency_id=who.agency_id, role=Role.ADMINISTRATOR.value, revoked_at=None)
    return held.filter(operator__active=True).exclude(operator=who).exists()


def revoke_role(who: Operator, target: Operator, role: Role | str) -> None:
    """Take a role from a colleague, or lay one's own down; an agency's last administrator stays."""
    _colleague(who, target)
    services.revoke_role(target, role, who.actor, agency=who.agency)


def reset_second_factor(who: Operator, target: Operator) -> str:
    """Take away second factors and passphrase of a person who lost theirs; returns the code of a new invitation.

    Nobody does it for themselves while another administrator is there: whoever has found an open screen would.
    """
    _colleague(who, target)
    if not may_give(who, target):
        raise AccessError(
            _("Another administrator of your agency resets your second factor: ask them. Nothing was changed.")
        )
    with recorded():
        second_factors.take_away(target, who.actor)
        return invitations.issue(target, who.actor)


def end_sessions(who: Operator, target: Operator) -> int:
    """End every session of a colleague, or one's own; returns how many were open."""
    if target.pk != who.pk:
        _colleague(who, target)
    return sign_ins.end_all(target, who.actor, "by-hand")


def issue_mandate(
    who: Operator,
    purpose: Purpose | str,
    legal_basis: str,
    valid_until: date,
    *,
    valid_from: date | None = None,
    subject_kinds: Iterable[str] | None = None,
) -> Mandate:
    """Issue a mandate to the agency of `who`."""
    require(who, Permission.MANDATE_MANAGE, object=f"agency:{who.agency_id}")
    return services.issue_mandate(
        who.agency, purpose, legal_basis, valid_until, who.actor, valid_from=valid_from, subject_kinds=subject_kinds
    )


def revoke_mandate(who: Operator, mandate: Mandate, reason: str) -> None:
    """End a mandate of the agency of `who` now."""
    if mandate.agency_id != who.agency_id:
        raise NoSuchRecord(_("Your agency has no such mandate. Nothing was changed."))
    require(who, Permission.MANDATE_MANAGE, object=f"mandate:{mandate.pk}")
    services.revoke_mandate(mandate, who.actor, reason)


def found_agency(who: Operator, name: str, administrator: str) -> tuple[Operator, str]:
    """Open another agency in this instance; returns its first administrator and the code of their invitation.

    Only an administrator of the agency that founded the instance does it, and has no say in the new one afterwards.
    """
    require(who, Permission.OPERATOR_MANAGE, object="instance:self")
    if not founds_agencies(who):
        refuse(
            "access:permission:refuse",
            actor=who.actor,
            object="instance:self",
            permission=str(Permission.OPERATOR_MANAGE),
            purpose="to open another agency",
        )
        raise Refused(_("Only the agency that founded this instance opens another in it. Nothing was changed."))
    with recorded():
        agency = services.found_agency(name, who.actor)
        first = services.add_operator(administrator, agency, who.actor)
        services.grant_role(first, Role.ADMINISTRATOR, who.actor)
        return first, invitations.issue(first, who.actor)


def _colleague(who: Operator, target: Operator) -> None:
    """Return when `who` looks after operators, and this is one of their agency."""
    if target.agency_id != who.agency_id or target.machine:
        raise NoSuchRecord(_("Your agency has no such operator. Nothing was changed."))
    require(who, Permission.OPERATOR_MANAGE, object=target.actor)
