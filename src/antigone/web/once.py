"""Forms that are sent twice: done once, and both answered with the first result."""

from __future__ import annotations

import uuid
from collections.abc import Callable

from django.http import HttpResponse, HttpResponseRedirect

from antigone.access.once import once
from antigone.web.guards import Visit

_OF_ONE_SENDING = ("csrfmiddlewaretoken", "once")


def done_once(request: Visit, do: Callable[[], str]) -> HttpResponse:
    """Do what the form asks and go to the address that `do` returns; a second click goes there too.

    `do` calls the services; it and the form's token are one transaction. Errors of the rooms pass through, and the
    token is free again.
    """
    token = request.POST.get("once", "") or str(uuid.uuid4())
    given = {key: values for key, values in sorted(request.POST.lists()) if key not in _OF_ONE_SENDING}
    match = request.resolver_match
    what = f"{match.view_name}:{request.path}" if match else request.path
    outcome = once(request.operator, token, what[:200], do, given=given).outcome
    return HttpResponseRedirect(str(outcome))
