"""Who may open a page: nobody before signing in, and then who holds the permission."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, cast
from urllib.parse import urlsplit

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from antigone.access import services
from antigone.access.errors import Refused
from antigone.access.models import Operator
from antigone.access.permissions import Permission

View = Callable[..., HttpResponse]


class Visit(HttpRequest):
    """A request past a guard, for type hints alone: there is an operator."""

    operator: Operator


def signed_in(view: View) -> View:
    """Only for somebody who signed in and works here; others are sent to sign in."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        operator: Operator | None = getattr(request, "operator", None)
        if operator is None:
            if request.user.is_authenticated:
                raise Refused(
                    _(
                        "Your sign-in belongs to nobody who works here now: the account was closed, or never bound. "
                        "Nothing was opened. Ask your administrator."
                    )
                )
            return _to_sign_in(request)
        return view(request, *args, **kwargs)

    guarded.guard = ()  # type: ignore[attr-defined]
    return guarded


def needs(*permissions: Permission) -> Callable[[View], View]:
    """Only for who holds these permissions, all of them; a refusal is in the ledger and answered with 403.

    Services ask again for the record at hand: this guard knows only the page.
    """

    def guard(view: View) -> View:
        @signed_in
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            for permission in permissions:
                services.require(cast(Visit, request).operator, permission)
            return view(request, *args, **kwargs)

        guarded.guard = permissions  # type: ignore[attr-defined]
        return guarded

    return guard


def _to_sign_in(request: HttpRequest) -> HttpResponse:
    """To the sign-in page and back; what htmx asked for in passing reloads the whole page instead."""
    if request.headers.get("HX-Request"):
        answer = HttpResponse(status=204)
        answer["HX-Refresh"] = "true"
        return answer
    # A form that was sent after the session ended comes back to its page; its draft waits there.
    back = request.get_full_path() if request.method == "GET" else _page_of(request)
    return redirect_to_login(back)


def _page_of(request: HttpRequest) -> str:
    """The page of our own from which a form was sent, as a path; the desk where there is none."""
    sent_from = urlsplit(request.headers.get("Referer", ""))
    return sent_from.path if sent_from.netloc == request.get_host() and sent_from.path.startswith("/") else "/"
