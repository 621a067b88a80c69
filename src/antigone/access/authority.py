"""Who may do what at this moment: by the roles a person holds, or by what a token carries."""

from __future__ import annotations

from django.utils import timezone
from django.utils.translation import gettext as _

from antigone.access import rules, wording
from antigone.access.errors import Refused
from antigone.access.models import Agency, Operator, RoleGrant, Token
from antigone.access.permissions import Permission
from antigone.access.rules import Role
from antigone.ledger.services import refuse


def roles_of(who: Operator, agency: Agency | None = None) -> tuple[Role, ...]:
    """The roles that this operator holds now in an agency (by default their own)."""
    held = RoleGrant.objects.filter(
        operator=who, agency_id=agency.pk if agency else who.agency_id, revoked_at__isnull=True
    ).values_list("role", flat=True)
    return tuple(role for role in Role if role.value in set(held))


def permissions_held(who: Operator, agency: Agency | None = None) -> frozenset[Permission]:
    """All that this operator, or the program of a token, may do now in an agency (by default their own)."""
    if not who.active:
        return frozenset()
    if who.machine:
        return _of_token(who) if agency is None or agency.pk == who.agency_id else frozenset()
    return rules.permissions_of(roles_of(who, agency))


def _of_token(who: Operator) -> frozenset[Permission]:
    """What the token carries, as far as the person who answers for it may do it too."""
    token = Token.objects.select_related("holder").filter(pk=who.pk, revoked_at=None).first()
    if token is None or token.valid_until <= timezone.now():
        return frozenset()
    return permissions_held(token.holder) & {each for each in Permission if each.value in token.permissions}


def allows(who: Operator, permission: Permission, *, agency: Agency | None = None) -> bool:
    """Whether the operator may do this; asks nothing of the ledger."""
    return permission in permissions_held(who, agency)


def require(
    who: Operator,
    permission: Permission,
    *,
    agency: Agency | None = None,
    object: str = "",  # noqa: A002 (the ledger's word for it)
    purpose: str = "",
) -> None:
    """Return when the operator may do this; otherwise write the refusal to the ledger and raise Refused."""
    if allows(who, permission, agency=agency):
        return
    able = rules.roles_allowing(permission)
    refuse(
        "access:permission:refuse",
        actor=who.actor,
        object=object or f"permission:{permission}",
        permission=str(permission),
        purpose=purpose,
    )
    raise Refused(
        _(
            "“%(name)s” may not %(deed)s. That comes with the role %(roles)s. "
            "Nothing was done, and the refusal is in the ledger."
        )
        % {
            "name": who.name,
            "deed": wording.PERMISSIONS[permission],
            "roles": _(" or ").join(str(role.label) for role in able),
        }
    )
