"""The library's forms of sign-in, with attempts counted where all workers see them."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from allauth.account.forms import ChangePasswordForm, LoginForm, ReauthenticateForm
from allauth.core import context
from allauth.core.internal.cryptokit import normalize_user_code
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base.forms import AuthenticateForm
from allauth.mfa.base.forms import ReauthenticateForm as ReauthenticateByCodeForm
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn.forms import AddWebAuthnForm
from django import forms
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from antigone.access import attempts, entries
from antigone.access.models import SpentCode

PASSPHRASE_HINT = _("At least 12 characters: four or five words that nobody would guess serve well.")
# Longer than any code holds, clocks that differ a little allowed for.
SPENT_FOR = timedelta(minutes=3)


def _worded(form: forms.Form, labels: dict[str, Any]) -> None:
    """Our words for the library's fields; a label stands above its field and is not repeated inside."""
    for name, field in form.fields.items():
        field.label = labels.get(name, field.label)
        field.widget.attrs.pop("placeholder", None)


class SignIn(LoginForm):  # type: ignore[misc]
    """Name and passphrase."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _worded(self, {"login": _("Name"), "password": _("Passphrase")})


class PassphraseAgain(ReauthenticateForm):  # type: ignore[misc]
    """The passphrase asked for before something that matters."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _worded(self, {"password": _("Passphrase")})


class _CountedCode(forms.Form):
    """A code of an app or of the recovery sheet; five wrong ones lock the account's second factor for a while."""

    user: Any
    authenticator: Any

    def clean_code(self) -> str:
        subject = attempts.second_factor_of(self.user.pk)
        if not attempts.begin(subject):
            from allauth.account.adapter import get_adapter as get_account_adapter

            raise get_account_adapter().validation_error("too_many_login_attempts")
        try:
            code: str = super().clean_code()  # type: ignore[misc]
            if self.authenticator.type == Authenticator.Type.TOTP and not spend(self.user.pk, code):
                raise get_adapter().validation_error("incorrect_code")
        except forms.ValidationError:
            entries.not_let_in(subject, context.request, step="second factor", name=self.user.get_username())
            raise
        attempts.succeeded(subject)
        return code


def spend(account: int, code: str) -> bool:
    """Use a code of an app up; False when it was used before, in whichever process."""
    now = timezone.now()
    SpentCode.objects.filter(at__lt=now - SPENT_FOR).delete()
    written = f"{account} {normalize_user_code(code)}"
    digest = salted_hmac("antigone.access.spent-code", written, algorithm="sha256").hexdigest()
    try:
        with transaction.atomic():
            SpentCode.objects.create(account_id=account, code=digest, at=now)
    except IntegrityError:
        return False
    return True


class SecondFactor(_CountedCode, AuthenticateForm):  # type: ignore[misc]
    """The code asked for when signing in."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _worded(self, {"code": _("Code")})


class SecondFactorAgain(_CountedCode, ReauthenticateByCodeForm):  # type: ignore[misc]
    """The code asked for before something that matters."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _worded(self, {"code": _("Code")})


class SetUpApp(ActivateTOTPForm):  # type: ignore[misc]
    """The first code of an app that is being set up."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _worded(self, {"code": _("The six digits")})


class AddKey(AddWebAuthnForm):  # type: ignore[misc]
    """The name of a security key that is being added."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _worded(self, {"name": _("Name")})


class ChangePassphrase(ChangePasswordForm):  # type: ignore[misc]
    """Another passphrase; the present one is guessed here no more often than at the door."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _worded(
            self,
            {
                "oldpassword": _("Passphrase until now"),
                "password1": _("New passphrase"),
                "password2": _("The new passphrase again"),
            },
        )
        self.fields["password1"].help_text = PASSPHRASE_HINT

    def clean_oldpassword(self) -> str:
        subject = attempts.passphrase_of(self.user.get_username())
        if not attempts.begin(subject):
            from allauth.account.adapter import get_adapter as get_account_adapter

            raise get_account_adapter().validation_error("too_many_login_attempts")
        try:
            given: str = super().clean_oldpassword()
        except forms.ValidationError:
            entries.not_let_in(subject, context.request, step="passphrase", name=self.user.get_username())
            raise
        attempts.succeeded(subject)
        return given
