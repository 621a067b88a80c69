"""Second factors: whether an account has one, and taking away those of a person who lost theirs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from antigone.access import sign_ins
from antigone.access.accounts import account_of
from antigone.access.models import Operator
from antigone.ledger.services import record, recorded

if TYPE_CHECKING:
    from allauth.mfa.models import Authenticator
    from django.contrib.auth.models import AbstractBaseUser
    from django.db.models import QuerySet


def every() -> QuerySet[Authenticator]:
    """The keys and authenticator apps of all accounts; recovery codes alone are no second factor."""
    from allauth.mfa.models import Authenticator

    found: QuerySet[Authenticator] = Authenticator.objects.filter(
        type__in=(Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)
    )
    return found


def has_second_factor(account: AbstractBaseUser | None) -> bool:
    """Whether a key or an authenticator app stands behind this account."""
    return account is not None and every().filter(user_id=account.pk).exists()


def take_away(target: Operator, actor: str) -> None:
    """Remove every second factor of an operator, end their sessions, and let their passphrase open nothing.

    They come in again with a new invitation: a passphrase alone is never enough to set up a second factor.
    """
    from allauth.mfa.models import Authenticator

    with recorded():
        account = account_of(target)
        if account is not None:
            Authenticator.objects.filter(user_id=account.pk).delete()
            account.set_unusable_password()
            account.save(update_fields=["password"])
        sign_ins.end_all(target, actor, "second-factor")
        record("access:second-factor:reset", actor=actor, object=target.actor)
