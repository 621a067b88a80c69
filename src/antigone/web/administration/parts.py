"""The parts of the administration, as the line of links under a page's head."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from antigone.access import services as access
from antigone.access.permissions import Permission
from antigone.web.guards import Visit
from antigone.web.navigation import Entry

PARTS: tuple[tuple[Promise, str, Permission], ...] = (
    (_("People"), "web:administration:people", Permission.OPERATOR_MANAGE),
    (_("Mandates"), "web:administration:mandates", Permission.MANDATE_MANAGE),
    (_("Agreements"), "web:administration:agreements", Permission.AGREEMENT_READ),
    (_("Tokens"), "web:administration:tokens", Permission.TOKEN_MANAGE),
    (_("Quorum"), "web:board:quorum", Permission.QUORUM_SET),
    (_("The ledger"), "web:audit:verify", Permission.LEDGER_VERIFY),
)


def page(request: Visit, template: str, here: str, context: dict[str, Any], *, status: int = 200) -> HttpResponse:
    """A page of the administration; `here` is the route of the part that it belongs to."""
    allowed = access.permissions_held(request.operator)
    links = [
        Entry(label, reverse(route), route == f"web:administration:{here}")
        for label, route, needed in PARTS
        if needed in allowed
    ]
    manages = Permission.OPERATOR_MANAGE in allowed
    context = {"parts": links if manages else [], "manages": manages, "allowed": allowed, **context}
    return render(request, template, context, status=status)
