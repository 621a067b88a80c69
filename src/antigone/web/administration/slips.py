"""What is shown once and kept nowhere: the code of an invitation, the secret of a token."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from antigone.web.guards import Visit
from antigone.web.once import done_once


def shown_once(request: Visit, template: str, do: Callable[[], tuple[str, dict[str, Any]]]) -> HttpResponse:
    """Do what the form asks, once, and answer with the page that holds the secret.

    `do` returns the address to go on to, and what the page shows. A form that comes a second time goes to that
    address: the secret is not kept for it.
    """
    shown: dict[str, Any] = {}

    def first() -> str:
        address, context = do()
        shown.update(context, onward=address)
        return address

    answer = done_once(request, first)
    if not shown:
        messages.warning(
            request,
            _("This was done before, and what it gave was shown then. Whoever did not note it needs a new one."),
        )
        return answer
    return render(request, template, shown)
