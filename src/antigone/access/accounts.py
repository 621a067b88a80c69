"""The accounts with which operators sign in to the pages, and which operator an account belongs to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.auth import get_user_model
from django.contrib.auth.password_validation import validate_password
from django.utils.translation import gettext as _

from antigone.access.errors import AccessError
from antigone.access.models import Operator

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractBaseUser, AbstractUser, AnonymousUser


def operator_of(user: AbstractBaseUser | AnonymousUser | None) -> Operator | None:
    """The operator who signed in with this account, their agency with them; None for nobody, or a closed account."""
    if user is None or not user.is_authenticated or not user.is_active:
        return None
    return Operator.objects.select_related("agency").filter(account_id=user.pk, active=True, machine=False).first()


def check_passphrase(passphrase: str, target: Operator) -> None:
    """Raise ValidationError, with its sentences, for a passphrase that is too short, too common or too near a name."""
    validate_password(passphrase, get_user_model()(username=target.name))


def open_account(target: Operator, passphrase: str) -> None:
    """Give an operator the account that bears their name, or their account a new passphrase; part of a transaction."""
    users = get_user_model()
    account = account_of(target)
    if account is None:
        if users.objects.filter(username__iexact=target.name).exists():
            raise AccessError(
                _("Another account has this name, or one that differs by capitals alone. Nothing was changed.")
            )
        account = users(username=target.name)
    account.set_password(passphrase)
    account.is_active = True
    account.save()
    if target.account_id != account.pk:
        Operator.objects.filter(pk=target.pk).update(account=account)
        target.refresh_from_db()


def close_account(target: Operator) -> None:
    """Let nobody sign in with an operator's account any more; part of a transaction."""
    account = account_of(target)
    if account is not None:
        account.set_unusable_password()
        account.is_active = False
        account.save(update_fields=["password", "is_active"])


def account_of(target: Operator) -> AbstractUser | None:
    """The account of an operator as it is now, whatever was read before."""
    return get_user_model().objects.filter(operator=target.pk).first()
