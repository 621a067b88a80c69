"""What stands before every page: a session that goes on, an operator at work here, and a second factor."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import REDIRECT_FIELD_NAME, logout
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import resolve_url
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from antigone.access import sign_ins
from antigone.access.models import SignIn
from antigone.access.practice import is_practice
from antigone.access.receivers import SIGN_IN
from antigone.access.second_factors import has_second_factor

# A page that asks by itself, as a progress bar does, says so with this header: it does not keep a session awake.
BACKGROUND = "HTTP_X_BACKGROUND"
SECOND_FACTOR = "antigone.second-factor"
# What can be opened before there is a second factor: setting one up, and leaving.
SETTING_UP = frozenset(
    {
        "account_logout", "account_reauthenticate", "mfa_activate_totp", "mfa_add_webauthn", "mfa_index",
        "mfa_reauthenticate", "mfa_reauthenticate_webauthn", "appearance", "mfa_view_recovery_codes", "set_language",
    }
)  # fmt: skip


class SessionLimits:
    """Put out whoever's session is over, and tell the views who is at work: `request.operator`, or None."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.operator = None  # type: ignore[attr-defined]
        if request.user.is_authenticated:
            row, now = sign_ins.current(request.session.get(SIGN_IN)), timezone.now()
            fault = "ended" if row is None else sign_ins.fault_of(row, now)
            if row is None or fault is not None or row.operator.account_id != request.user.pk:
                return self._put_out(request, row, fault or "ended")
            if not request.META.get(BACKGROUND):
                sign_ins.seen(row, now)
            request.operator = row.operator  # type: ignore[attr-defined]
            request.sign_in = row  # type: ignore[attr-defined]
        response = self.get_response(request)
        if request.user.is_authenticated and "no-store" in response.headers.get("Cache-Control", "no-store"):
            # Nothing of a record stays in the cache of a machine that several people use.
            response.headers["Cache-Control"] = "no-store"
        return response

    def _put_out(self, request: HttpRequest, row: SignIn | None, fault: str) -> HttpResponse:
        if row is not None:
            sign_ins.end(row, "system:sessions", fault)
        logout(request)
        messages.info(request, _SENTENCES.get(fault, _SENTENCES["ended"])())
        page = request.get_full_path() if request.method in ("GET", "HEAD") else _page_of(request)
        return _sent(request, f"{resolve_url(settings.LOGIN_URL)}?{urlencode({REDIRECT_FIELD_NAME: page})}")


def _page_of(request: HttpRequest) -> str:
    """The page of our own from which a form was sent; the first one where there is none."""
    sent_from = urlsplit(request.META.get("HTTP_REFERER", ""))
    return sent_from.path if sent_from.netloc == request.get_host() and sent_from.path.startswith("/") else "/"


_SENTENCES: dict[str, Callable[[], str]] = {
    "closed": lambda: _("This account is closed."),
    "ended": lambda: _("This session was ended. Sign in again to go on."),
    "idle": lambda: _("Nothing was done for a while, and the session was ended. Sign in again to go on."),
    "time": lambda: _("The session has lasted as long as it may. Sign in again to go on."),
}


class SecondFactorRequired:
    """Open no page to whoever has no second factor yet, save those that set one up.

    An instance that was founded for practice asks for none, and says on every page that it is practice.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: object, args: Any, kwargs: Any) -> HttpResponse | None:
        if not request.user.is_authenticated or is_practice() or request.session.get(SECOND_FACTOR):
            return None
        if has_second_factor(request.user):
            # One that is there stays: the last cannot be removed, and a reset ends every session.
            request.session[SECOND_FACTOR] = True
            return None
        matched = request.resolver_match
        if matched is not None and matched.url_name in SETTING_UP:
            return None
        return _sent(request, resolve_url("mfa_index"))


def _sent(request: HttpRequest, address: str) -> HttpResponse:
    """To another page; a part of a page that htmx asked for cannot show it, so the browser goes as a whole."""
    if request.META.get("HTTP_HX_REQUEST"):
        return HttpResponse(status=204, headers={"HX-Redirect": address})
    return HttpResponseRedirect(address)
