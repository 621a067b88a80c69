"""Forms that are sent twice: done once, and both answered with the first result."""

from __future__ import annotations

import uuid
from collections.abc import Callable

from django.http import HttpResponse, HttpResponseRedirect

from antigone.access.models import Once
from antigone.access.once import once
from antigone.web.guards import Visit

_OF_ONE_SENDING = ("csrfmiddlewaretoken", "once")


def done_before(request: Visit) -> HttpResponse | None:
    """To the first result of a form that was sent before, or None: asked before its record is looked for."""
    token = request.POST.get("once", "")
    known = Once.objects.filter(actor=request.operator.actor, key=token).first() if token else None
    if known is None or not isinstance(known.outcome, str) or known.what != _deed(request):
        return None
    return HttpResponseRedirect(known.outcome)


def done_apart(request: Visit, do: Callable[[], str]) -> HttpResponse:
    """As `done_once`, for a deed that no transaction may hold: keys are destroyed, faces are read, galleries rewritten.

    It comes to the same when it is done again. The view asks `done_before` first.
    """
    address = do()
    once(request.operator, _token(request), _deed(request), lambda: address)
    return HttpResponseRedirect(address)


def done_once(request: Visit, do: Callable[[], str]) -> HttpResponse:
    """Do what the form asks and go to the address that `do` returns; a second click goes there too.

    `do` calls the services; it and the form's token are one transaction. Errors of the rooms pass through, and the
    token is free again.
    """
    given = {key: values for key, values in sorted(request.POST.lists()) if key not in _OF_ONE_SENDING}
    outcome = once(request.operator, _token(request), _deed(request), do, given=given).outcome
    return HttpResponseRedirect(str(outcome))


def _token(request: Visit) -> str:
    return request.POST.get("once", "") or str(uuid.uuid4())


def _deed(request: Visit) -> str:
    match = request.resolver_match
    return (f"{match.view_name}:{request.path}" if match else request.path)[:200]
