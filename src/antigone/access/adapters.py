"""How django-allauth signs people in here: by name, with no registration, counted attempts and sealed secrets."""

from __future__ import annotations

import base64
import os
from typing import TYPE_CHECKING, Any, cast

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.shortcuts import resolve_url
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from antigone.access import attempts, entries, invitations, second_factors
from antigone.access.accounts import operator_of
from antigone.access.errors import AccessError
from antigone.access.practice import is_practice

if TYPE_CHECKING:
    from allauth.mfa.models import Authenticator
    from django.contrib.auth.models import AbstractBaseUser
    from django.http import HttpRequest, HttpResponse

NONCE_LENGTH = 12
KEY_PURPOSE = "second factors 1"


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Names and passphrases."""

    error_messages = {  # noqa: RUF012 (the library's own way)
        **DefaultAccountAdapter.error_messages,
        "enter_current_password": _("This is not your passphrase."),
        "incorrect_password": _("This is not your passphrase."),
        "too_many_login_attempts": _(
            "Too many attempts failed: nothing can be tried for a quarter of an hour. Nobody was signed in."
        ),
        "username_password_mismatch": _("This name and this passphrase do not go together. Nobody was signed in."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Nobody registers: an administrator invites."""
        return False

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Count the attempt before it is looked at; a locked name is answered alike, known or not."""
        address = attempts.from_address(entries.address_of(request))
        if not attempts.begin(address):
            raise self.validation_error("too_many_login_attempts")
        if not attempts.begin(attempts.passphrase_of(credentials.get("username", ""))):
            attempts.forgive(address)
            raise self.validation_error("too_many_login_attempts")

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        """Enter the failure, and the lock if this was the fifth."""
        name = credentials.get("username", "")
        entries.not_let_in(attempts.passphrase_of(name), request, step="passphrase", name=name)

    def authenticate(self, request: HttpRequest, **credentials: Any) -> AbstractBaseUser | None:
        """The account of this name and passphrase; a right one forgets the wrong ones before it."""
        found: AbstractBaseUser | None = super().authenticate(request, **credentials)
        if found is not None:
            attempts.succeeded(attempts.passphrase_of(credentials.get("username", "")))
            attempts.forgive(attempts.from_address(entries.address_of(request)))
        return found

    def pre_login(self, request: HttpRequest, user: AbstractBaseUser, **kwargs: Any) -> HttpResponse | None:
        """Let in an operator at work here with a second factor, or invited so lately that they can set one up."""
        who = operator_of(user)
        if who is None or not (is_practice() or second_factors.has_second_factor(user) or invitations.window_open(who)):
            entries.passphrase_alone(who, request)
            return cast("HttpResponse", self.respond_user_inactive(request, user))
        return cast("HttpResponse | None", super().pre_login(request, user, **kwargs))

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        """Every session ended with the change: back to the door."""
        return resolve_url(settings.LOGIN_URL)


class SecondFactorAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    """Authenticator apps, security keys and recovery codes."""

    error_messages = {  # noqa: RUF012 (the library's own way)
        **DefaultMFAAdapter.error_messages,
        "cannot_delete_authenticator": _(
            "This is your only second factor: add another before you remove it. Nothing was changed."
        ),
        "incorrect_code": _("This code opens nothing: it is wrong, or it was used. Take the next one."),
    }

    def encrypt(self, text: str) -> str:
        """Seal a secret under a key that is drawn from the instance key, so that the database gives none."""
        nonce = os.urandom(NONCE_LENGTH)
        sealed = nonce + AESGCM(_key()).encrypt(nonce, text.encode(), KEY_PURPOSE.encode())
        return base64.b64encode(sealed).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """Open a sealed secret; raises AccessError for one that was altered, or sealed under another key."""
        try:
            sealed = base64.b64decode(encrypted_text, validate=True)
            opened = AESGCM(_key()).decrypt(sealed[:NONCE_LENGTH], sealed[NONCE_LENGTH:], KEY_PURPOSE.encode())
        except (ValueError, InvalidTag):
            raise AccessError(
                str(_("The record of a second factor is damaged. Nobody was signed in. An administrator resets it."))
            ) from None
        return opened.decode()

    def build_totp_svg(self, url: str) -> str:
        """The picture for the app, to stand in the page itself: the page loads no picture from anywhere else."""
        drawn: str = super().build_totp_svg(url)
        return drawn[drawn.index("<svg") :]

    def generate_authenticator_name(self, user: AbstractBaseUser, type: Authenticator.Type) -> str:  # noqa: A002
        """What a key is called until its owner names it."""
        from allauth.mfa.models import Authenticator

        number = Authenticator.objects.filter(user_id=user.pk, type=type).count() + 1
        return gettext("Key %(number)s") % {"number": number}

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        """Whether another second factor is left; recovery codes are none."""
        others = second_factors.every().filter(user_id=authenticator.user_id).exclude(pk=authenticator.pk)
        return is_practice() or others.exists()


def _key() -> bytes:
    """The key of second factors. The vault stands above this room, so the settings hand down how it is drawn."""
    key: bytes = settings.ANTIGONE_DERIVE(KEY_PURPOSE)
    return key
