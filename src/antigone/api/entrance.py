"""What happens around every request of the API: its number, its headers, its line in the log, no stack to anybody."""

from __future__ import annotations

import functools
import logging
import re
import time
import uuid
from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt

from antigone.api.problems import MEDIA_TYPE, Problem, not_here, respond
from antigone.api.telling import told
from antigone.api.uploads import Held

log = logging.getLogger("antigone.api")

REQUEST_ID = "X-Request-ID"
# A number that the caller gave is taken over when it can be one; others could forge lines of a log.
OWN_ID = re.compile(r"[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}")


def guarded(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """The view, with what every answer of the API has."""

    # No cookie is looked at, so there is nothing that a forged request could ride on.
    @csrf_exempt
    @functools.wraps(view)
    def enter(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        given = request.headers.get(REQUEST_ID, "").lower()
        number = given if OWN_ID.fullmatch(given) else str(uuid.uuid4())
        request.request_id = number  # type: ignore[attr-defined]
        request.upload_handlers = [Held(request)]
        started = time.perf_counter()
        try:
            answer = view(request, *args, **kwargs)
        except Exception as error:
            answer = respond(request, told(error))
        answer = _as_problem(request, answer)
        answer[REQUEST_ID] = number
        answer["Cache-Control"] = "no-store"
        # Neither the address nor the body is logged: what was typed to find somebody may stand in both.
        log.info(
            "request=%s operation=%s method=%s status=%d problem=%s token=%s ms=%.1f",
            number,
            getattr(request, "operation_id", "-"),
            request.method if request.method in KNOWN_METHODS else "other",
            answer.status_code,
            getattr(answer, "problem", "-"),
            getattr(request, "token_id", "-"),
            (time.perf_counter() - started) * 1000,
        )
        return answer

    return enter


KNOWN_METHODS = ("DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT")


def _as_problem(request: HttpRequest, answer: HttpResponseBase) -> HttpResponseBase:
    """An answer that Django or ninja made for a wrong method, as a problem like the others."""
    if answer.status_code != 405 or answer.get("Content-Type", "").startswith(MEDIA_TYPE):
        return answer
    allowed = answer.get("Allow", "")
    sentence = _("Use one of: %(allowed)s.") % {"allowed": allowed}
    return respond(request, Problem("no-such-method", sentence, headers={"Allow": allowed}))


def nowhere(request: HttpRequest) -> HttpResponse:
    """Any address of the API that leads nowhere."""
    return respond(request, not_here())
