"""The addresses of the examination desk, for any kind of work that is done at it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.urls import URLPattern, path
from django.views.decorators.http import require_http_methods

from antigone.access.permissions import Permission
from antigone.web.examining import noting, pictures, stages
from antigone.web.examining.work import Work
from antigone.web.guards import Visit, needs

READ = ("GET", "HEAD")
WRITE = ("POST",)
BOTH = (*READ, *WRITE)


def paths(opened: Callable[[Visit, UUID], Work], *permissions: Permission) -> list[URLPattern]:
    """The routes of a desk, whose work `opened` finds by its key for whoever holds these permissions.

    They are included in an area's own addresses; their names all begin with "desk".
    """

    def route(place: str, name: str, view: Callable[..., HttpResponse], methods: tuple[str, ...]) -> URLPattern:
        def asked(request: Visit, key: UUID, **given: Any) -> HttpResponse:
            return view(request, opened(request, key), **given)

        asked.__name__ = name.replace("-", "_")
        return path(f"<uuid:key>/{place}", require_http_methods(methods)(needs(*permissions)(asked)), name=name)

    return [
        route("", "desk", stages.desk, READ),
        route("photographs/<uuid:picture>/lift/", "desk-lift", pictures.lift, WRITE),
        route("photographs/<uuid:picture>/", "desk-photograph", pictures.photograph, READ),
        route("portrait/lift/", "desk-lift-portrait", pictures.lift_portrait, WRITE),
        route("portrait/", "desk-portrait", pictures.portrait, READ),
        route("assess/", "desk-assess", stages.assess, WRITE),
        route("components/<int:component>/", "desk-component", noting.component, WRITE),
        route("marks/", "desk-marks", noting.draw, WRITE),
        route("marks/<int:mark>/rub-out/", "desk-rub-out", noting.rub_out, WRITE),
        route("close-analysis/", "desk-close", stages.close, BOTH),
        route("conclude/", "desk-conclude", stages.conclude, BOTH),
        route("summary/", "desk-summary", stages.summary, BOTH),
        route("give-up/", "desk-give-up", stages.give_up, BOTH),
    ]
