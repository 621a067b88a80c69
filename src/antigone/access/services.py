"""Who acts, whether they may, and under which mandate; each change one transaction with its ledger entry."""

from __future__ import annotations

import os
from contextlib import suppress

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from antigone.access import accounts, invitations, sign_ins, tokens
from antigone.access.authority import allows, permissions_held, require, roles_of
from antigone.access.errors import AccessError
from antigone.access.mandates import (
    fault_of,
    in_force_today,
    issue_default_mandates,
    issue_mandate,
    mandate_in_force,
    revoke_mandate,
    year_after,
)
from antigone.access.models import Agency, Operator, RoleGrant, Token
from antigone.access.rules import Role
from antigone.ledger.errors import LedgerError
from antigone.ledger.services import record, recorded, refuse

__all__ = [
    "add_operator", "allows", "close_operator", "fault_of", "found_agency", "grant_role", "in_force_today",
    "issue_default_mandates", "issue_mandate", "mandate_in_force", "operator", "permissions_held", "require",
    "revoke_mandate", "revoke_role", "roles_of", "year_after",
]  # fmt: skip


NAME_LENGTH = 120


def operator(as_name: str | None = None) -> Operator:
    """The operator of this name, or by default the one bound to the operating-system owner of the keys.

    Raises AccessError when there is none, when the account was closed, or when it is bound to another account
    of this machine; the ledger then says which account of the machine tried.
    """
    uid = os.getuid()
    if as_name is None:
        owner = settings.ANTIGONE.keys.stat().st_uid
        found = Operator.objects.filter(os_uid=owner, machine=False).first() if owner == uid else None
        if found is None:
            raise _unknown(
                uid,
                "no operator is bound to the account",
                _(
                    "No operator of this instance is bound to your account of this machine. Nothing was done. "
                    "Name one with --as NAME."
                ),
            )
    else:
        found = Operator.objects.filter(name=as_name, machine=False).first()
        if found is None:
            # What was typed is not kept: it may be a name, or a passphrase typed in the wrong place.
            raise _unknown(
                uid,
                "no operator has this name",
                _("This instance knows no operator “%(name)s”. Nothing was done.") % {"name": as_name},
            )
        if found.os_uid is not None and found.os_uid != uid:
            raise _unknown(
                uid,
                "the operator is bound to another account",
                _("The operator “%(name)s” is bound to another account of this machine. Nothing was done.")
                % {"name": as_name},
                found,
            )
    if not found.active:
        raise _unknown(
            uid,
            "the operator is closed",
            _("The account of the operator “%(name)s” is closed. Nothing was done.") % {"name": found.name},
            found,
        )
    return found


def _unknown(uid: int, why: str, sentence: str, claimed: Operator | None = None) -> AccessError:
    """Enter in the ledger that this account of the machine was not let act, and return what to tell it."""
    # Where the ledger cannot go on at the moment, it keeps the refusal for later, and the answer stays no.
    with suppress(LedgerError):
        refuse(
            "access:operator:refuse",
            actor=f"account:{uid}",
            object=claimed.actor if claimed else "instance:self",
            why=why,
        )
    return AccessError(_("%(sentence)s The refusal is in the ledger.") % {"sentence": sentence})


def found_agency(name: str, actor: str) -> Agency:
    """Open an agency; its name must be new (AccessError)."""
    name = name.strip()
    with recorded():
        if not name or Agency.objects.filter(name=name).exists():
            raise AccessError(
                _("There is an agency “%(name)s” already, or the name is empty. Nothing was changed.") % {"name": name}
            )
        agency = Agency.objects.create(name=name)
        record("access:agency:found", actor=actor, object=f"agency:{agency.pk}", name=name)
    return agency


def add_operator(name: str, agency: Agency, actor: str, *, os_uid: int | None = None) -> Operator:
    """Add a person who works here; they may do nothing until a role is given to them."""
    name = name.strip()
    with recorded():
        if len(name) > NAME_LENGTH or not name.isprintable():
            raise AccessError(
                _("A name has one line of at most %(most)s characters that can be read. Nothing was changed.")
                % {"most": NAME_LENGTH}
            )
        if not name or Operator.objects.filter(name=name).exists():
            raise AccessError(
                _("There is an operator “%(name)s” already, or the name is empty. Nothing was changed.")
                % {"name": name}
            )
        if os_uid is not None and Operator.objects.filter(os_uid=os_uid).exists():
            raise AccessError(
                _(
                    "Another operator is bound to that account of this machine. Nothing was changed. "
                    "Add this one without binding, and name them with --as."
                )
            )
        new = Operator.objects.create(name=name, agency=agency, os_uid=os_uid, added_at=timezone.now())
        record(
            "access:operator:add",
            actor=actor,
            object=new.actor,
            name=name,
            agency=agency.pk,
            bound=os_uid is not None,
        )
    return new


def close_operator(who: Operator, actor: str) -> None:
    """Close an operator's account and take every role; what they did stays theirs in the ledger.

    Their sessions end, an open invitation opens nothing, and the tokens for which they answer are revoked.
    """
    if not who.active:
        raise AccessError(
            _("The account of the operator “%(name)s” was closed before. Nothing was changed.") % {"name": who.name}
        )
    with recorded():
        for grant in RoleGrant.objects.filter(operator=who, revoked_at__isnull=True).select_related("agency"):
            revoke_role(who, grant.role, actor, agency=grant.agency)
        for token in Token.objects.select_related("operator").filter(holder=who, revoked_at=None):
            tokens.revoke_for(token, actor, "its holder left")
        sign_ins.end_all(who, actor, "closed")
        invitations.withdraw(who)
        accounts.close_account(who)
        Operator.objects.filter(pk=who.pk).update(active=False, os_uid=None)
        record("access:operator:close", actor=actor, object=who.actor)
    who.refresh_from_db()


def grant_role(who: Operator, role: Role | str, actor: str, *, agency: Agency | None = None) -> RoleGrant:
    """Give a role in an agency (their own by default); giving it twice changes nothing."""
    role = Role(role)
    agency = agency or who.agency
    with recorded():
        if not Operator.objects.select_for_update().get(pk=who.pk).active:
            raise AccessError(
                _("The account of the operator “%(name)s” is closed. Nothing was changed.") % {"name": who.name}
            )
        held = RoleGrant.objects.filter(operator=who, agency=agency, role=role, revoked_at__isnull=True).first()
        if held is not None:
            return held
        grant = RoleGrant.objects.create(
            operator=who, agency=agency, role=role.value, granted_by=actor, granted_at=timezone.now()
        )
        record("access:role:grant", actor=actor, object=who.actor, role=role.value, agency=agency.pk)
    return grant


def revoke_role(who: Operator, role: Role | str, actor: str, *, agency: Agency | None = None) -> None:
    """Take a role away; the grant stays on record as revoked.

    An agency's last administrator cannot be taken (AccessError).
    """
    role = Role(role)
    agency = agency or who.agency
    with recorded():
        # Two administrators who take each other's role take turns, so that one of them stays.
        Agency.objects.select_for_update().get(pk=agency.pk)
        held = RoleGrant.objects.filter(operator=who, agency=agency, role=role, revoked_at__isnull=True)
        if not held.exists():
            raise AccessError(
                _("“%(name)s” does not hold the role %(role)s. Nothing was changed.") % {"name": who.name, "role": role}
            )
        others = RoleGrant.objects.filter(role=role, agency=agency, revoked_at__isnull=True).exclude(operator=who)
        if role is Role.ADMINISTRATOR and not others.exists():
            raise AccessError(
                _(
                    "This is the agency's last administrator; without one nobody could ever be given a role again. "
                    "Nothing was changed. Give the role to another person first."
                )
            )
        held.update(revoked_by=actor, revoked_at=timezone.now())
        record("access:role:revoke", actor=actor, object=who.actor, role=role.value, agency=agency.pk)
