"""Tokens: how a program of an agency acts, with which permissions, and in whose responsibility.

A token is bound to an operator row of its own (`Token.operator`, with `machine` set), and its program acts as that row:
it has an agency, a name and the actor `token:<pk>`, so every service, query and ledger entry takes it as `who`.
`authority.allows` and `require` know it: it may do what stands in the token, as long as the token is in force and its
holder (a person of the agency) may do it too; outside its own agency it may do nothing. A door asks:

    token = tokens.bearer(secret)      # None: unknown, expired, revoked, or its holder has left
    if token is not None:
        who = token.operator
"""

from __future__ import annotations

import hashlib
import re
import secrets
from collections.abc import Iterable
from datetime import datetime, timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from antigone.access import authority, rules
from antigone.access.errors import AccessError, NoSuchRecord
from antigone.access.models import Operator, Token
from antigone.access.permissions import Permission
from antigone.ledger.services import record, recorded

PREFIX = "antigone_"
LONGEST = timedelta(days=366)
SECRET = re.compile(rf"{PREFIX}[A-Za-z0-9_-]{{43}}")
# A use is noted once in this time, so that a busy program does not write a row with every call.
NOTED = timedelta(minutes=1)


def issue(
    who: Operator,
    name: str,
    permissions: Iterable[Permission | str],
    until: datetime,
    *,
    holder: Operator | None = None,
) -> tuple[Token, str | None]:
    """Issue a token of the agency of `who`; returns it with its secret, which is shown this once.

    It may carry no more than its holder may do (by default `who`), nothing that only a person decides, and ends within
    a year. Where the holder is somebody else there is no secret yet: the holder collects it (`collect`), so that
    nobody can act in a colleague's responsibility unknown to them. Raises Refused, AccessError.
    """
    authority.require(who, Permission.TOKEN_MANAGE, object=f"agency:{who.agency_id}")
    holder = holder or who
    if holder.agency_id != who.agency_id or holder.machine or not holder.active:
        raise NoSuchRecord(_("Your agency has no such operator. Nothing was changed."))
    name, carried = name.strip(), _carried(permissions, holder)
    now = timezone.now()
    if not name or len(name) > 80 or not name.isprintable():
        raise AccessError(_("A token has a name of one line, at most 80 characters. Nothing was changed."))
    if not now < until <= now + LONGEST:
        raise AccessError(_("A token ends within a year, and not before now. Nothing was changed."))
    with recorded():
        program = Operator.objects.create(
            name=f"{name} ({secrets.token_hex(4)})", agency=who.agency, machine=True, added_at=now
        )
        token = Token.objects.create(
            operator=program,
            holder=holder,
            name=name,
            permissions=carried,
            issued_by=who.actor,
            issued_at=now,
            valid_until=until,
        )
        record(
            "access:token:issue",
            actor=who.actor,
            object=program.actor,
            name=name,
            holder=holder.actor,
            permissions=carried,
            until=until.isoformat(),
        )
        return token, _drawn(token) if holder.pk == who.pk else None


def _carried(permissions: Iterable[Permission | str], holder: Operator) -> list[str]:
    try:
        asked = {Permission(each) for each in permissions}
    except ValueError:
        raise AccessError(_("There is no such permission. Nothing was changed.")) from None
    if not asked:
        raise AccessError(_("A token carries at least one permission. Nothing was changed."))
    if human := asked & rules.FOR_PEOPLE_ALONE:
        raise AccessError(
            _("No token can carry %(named)s: people decide this. Nothing was changed.") % {"named": _named(human)}
        )
    if beyond := asked - authority.permissions_held(holder):
        raise AccessError(
            _(
                "A token cannot do more than the one who answers for it, and “%(holder)s” has not: %(named)s. "
                "Nothing was changed."
            )
            % {"holder": holder.name, "named": _named(beyond)}
        )
    return sorted(each.value for each in asked)


def _named(permissions: Iterable[Permission]) -> str:
    return ", ".join(sorted(each.value for each in permissions))


def collect(who: Operator, token: Token) -> str:
    """The secret of a token that was issued for `who` to answer for; drawn now and shown this once."""
    with recorded():
        held = Token.objects.select_for_update().filter(pk=token.pk, holder=who).first()
        if held is None:
            raise NoSuchRecord(_("There is no such token. Nothing was changed."))
        if held.digest is not None or held.revoked_at is not None:
            raise AccessError(
                _("The secret of this token was collected before, or the token was revoked. Nothing was changed.")
            )
        secret = _drawn(held)
        record("access:token:collect", actor=who.actor, object=held.operator.actor)
    token.refresh_from_db()
    return secret


def _drawn(token: Token) -> str:
    secret = PREFIX + secrets.token_urlsafe(32)
    token.digest, token.collected_at = _digest(secret), timezone.now()
    token.save(update_fields=["digest", "collected_at"])
    return secret


def _digest(secret: str) -> str:
    """A secret has 256 random bits: a plain digest is as good as a slow one."""
    return hashlib.sha256(secret.encode()).hexdigest()


def bearer(secret: str) -> Token | None:
    """The token in force whose secret this is, its operator and agency with it, and note that it was used; or None."""
    if not SECRET.fullmatch(secret):
        return None
    token = Token.objects.select_related("operator__agency", "holder").filter(digest=_digest(secret)).first()
    now = timezone.now()
    if token is None or fault_of(token, now) is not None:
        return None
    if token.last_used_at is None or now - token.last_used_at >= NOTED:
        Token.objects.filter(pk=token.pk).update(last_used_at=now)
        token.last_used_at = now
    return token


def fault_of(token: Token, now: datetime) -> str | None:
    """Why this token opens nothing at this moment, or None when it is in force."""
    return rules.token_fault(
        revoked=token.revoked_at is not None,
        collected=token.digest is not None,
        holder_active=token.holder.active,
        valid_until=token.valid_until,
        now=now,
    )


def revoke(who: Operator, token: Token, reason: str = "") -> None:
    """End a token now; its holder may, and whoever manages tokens in its agency."""
    if token.operator.agency_id != who.agency_id:
        raise NoSuchRecord(_("There is no such token. Nothing was changed."))
    if token.holder_id != who.pk:
        authority.require(who, Permission.TOKEN_MANAGE, object=token.operator.actor)
    revoke_for(token, who.actor, reason)


def revoke_for(token: Token, actor: str, reason: str = "") -> None:
    """End a token in the name of this actor, as when its holder leaves."""
    with recorded():
        if not Token.objects.filter(pk=token.pk, revoked_at=None).update(revoked_by=actor, revoked_at=timezone.now()):
            raise AccessError(_("This token was revoked before. Nothing was changed."))
        Operator.objects.filter(pk=token.pk).update(active=False)
        record("access:token:revoke", actor=actor, object=token.operator.actor, reason=reason)
    token.refresh_from_db()
