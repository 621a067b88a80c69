"""What every template may read: who is here, where they may go, how the page looks."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from antigone import __version__
from antigone.access import services
from antigone.web import appearance
from antigone.web.navigation import Entry, entries


def frame(request: HttpRequest) -> dict[str, Any]:
    """For base.html: lazily, so that a page made for htmx pays for none of it."""
    operator = getattr(request, "operator", None)

    def navigation() -> list[Entry]:
        return entries(services.permissions_held(operator), request.path) if operator else []

    return {
        "operator": operator,
        "navigation": navigation,
        "theme": appearance.of(request),
        "version": __version__,
        "practice_room": "practice" in getattr(request.resolver_match, "namespaces", ()),
    }
