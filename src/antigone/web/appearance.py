"""Light, dark, or as the system says: a choice kept in a cookie, so that no script decides it."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse

COOKIE = "antigone_theme"
THEMES = ("auto", "light", "dark")


def of(request: HttpRequest) -> str:
    """The theme this browser chose."""
    chosen = request.COOKIES.get(COOKIE, "auto")
    return chosen if chosen in THEMES else "auto"


def keep(response: HttpResponse, theme: str) -> None:
    """Keep the choice for a year."""
    response.set_cookie(
        COOKIE,
        theme if theme in THEMES else "auto",
        max_age=365 * 24 * 3600,
        httponly=True,
        samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE,
    )
