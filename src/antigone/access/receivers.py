"""What this room does when the library has signed somebody in or out, or changed how they sign in."""

from __future__ import annotations

from typing import Any

from allauth.account.signals import password_changed
from allauth.mfa import signals as factors
from allauth.mfa.models import Authenticator
from django.contrib.auth.signals import user_logged_in, user_logged_out
from django.dispatch import receiver

from antigone.access import entries, second_factors, sign_ins
from antigone.access.accounts import operator_of
from antigone.ledger.services import record, recorded

# Under this name the session carries the number of its sign-in.
SIGN_IN = "antigone.sign-in"


@receiver(user_logged_in, dispatch_uid="antigone.access.signed_in")
def signed_in(sender: object, request: Any, user: Any, **kwargs: Any) -> None:
    """Begin a session; an account without an operator gets none, and the middleware puts it out."""
    who = operator_of(user)
    if who is not None:
        browser = request.META.get("HTTP_USER_AGENT", "")
        row = sign_ins.begin(who, address=entries.address_of(request), browser=browser)
        request.session[SIGN_IN] = row.pk


@receiver(user_logged_out, dispatch_uid="antigone.access.signed_out")
def signed_out(sender: object, request: Any, user: Any, **kwargs: Any) -> None:
    """End the session that is being left."""
    row = sign_ins.current(request.session.get(SIGN_IN)) if request is not None else None
    if row is not None:
        sign_ins.end(row, row.operator.actor, "signed-out")


@receiver(password_changed, dispatch_uid="antigone.access.passphrase_changed")
def passphrase_changed(sender: object, user: Any, **kwargs: Any) -> None:
    """End every session of whoever changed their passphrase."""
    who = operator_of(user)
    if who is not None:
        with recorded():
            record("access:sign-in:passphrase", actor=who.actor, object=who.actor)
            sign_ins.end_all(who, who.actor, "passphrase")


@receiver(factors.authenticator_added, dispatch_uid="antigone.access.factor_added")
def factor_added(sender: object, request: Any, user: Any, authenticator: Authenticator, **kwargs: Any) -> None:
    """Enter it; with the first one every other session ends, since none of them was asked for it."""
    _entered("access:second-factor:add", user, authenticator)
    who = operator_of(user)
    if who is not None and _only_one(user):
        here = request.session.get(SIGN_IN) if request is not None else None
        sign_ins.end_all(who, who.actor, "second-factor", but=here if isinstance(here, int) else None)


@receiver(factors.authenticator_removed, dispatch_uid="antigone.access.factor_removed")
def factor_removed(sender: object, user: Any, authenticator: Authenticator, **kwargs: Any) -> None:
    _entered("access:second-factor:remove", user, authenticator)


@receiver(factors.authenticator_reset, dispatch_uid="antigone.access.codes_renewed")
def codes_renewed(sender: object, user: Any, authenticator: Authenticator, **kwargs: Any) -> None:
    _entered("access:second-factor:renew", user, authenticator)


@receiver(factors.authenticator_used, dispatch_uid="antigone.access.factor_used")
def factor_used(sender: object, user: Any, authenticator: Authenticator, **kwargs: Any) -> None:
    if authenticator.type == Authenticator.Type.RECOVERY_CODES:
        _entered("access:second-factor:recover", user, authenticator)


def _only_one(user: Any) -> bool:
    return second_factors.every().filter(user_id=user.pk).count() == 1


def _entered(action: str, user: Any, authenticator: Authenticator) -> None:
    who = operator_of(user)
    if who is not None:
        with recorded():
            record(action, actor=who.actor, object=who.actor, kind=str(authenticator.type))
