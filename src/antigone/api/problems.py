"""Every answer that is not a success, as RFC 9457 problem+json: a closed list of kinds."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

MEDIA_TYPE = "application/problem+json"
# Where each kind is explained; relative to the machine that answers, as RFC 9457 allows.
ADDRESS = "/api/v1/problems/"


@dataclass(frozen=True)
class Kind:
    """One kind of problem: its code, its HTTP status, its name, and what a program should do about it."""

    code: str
    status: int
    title: Any
    advice: Any


_KINDS = (
    Kind("malformed", 400, gettext_lazy("The request cannot be read"),
         gettext_lazy("Mend the program that sends it; the same request fails again.")),
    Kind("no-token", 401, gettext_lazy("A token is needed"),
         gettext_lazy("Send a token in force as “Authorization: Bearer …”. A signed-in browser does not count.")),
    Kind("refused", 403, gettext_lazy("Not allowed"),
         gettext_lazy("The token lacks the permission, or the law that it acts under does not reach so far.")),
    Kind("no-such-record", 404, gettext_lazy("No such record"),
         gettext_lazy("There is no such record here, or it belongs to another agency; the two look the same.")),
    Kind("no-such-method", 405, gettext_lazy("Not a way to use this address"),
         gettext_lazy("Use one of the methods that the header Allow names.")),
    Kind("stale", 409, gettext_lazy("Somebody changed it meanwhile"),
         gettext_lazy("Look at “current”, decide anew, and send again with its etag as If-Match.")),
    Kind("conflict", 409, gettext_lazy("It does not go with what is on record"),
         gettext_lazy("Read the record that is there, and decide anew.")),
    Kind("busy", 409, gettext_lazy("The first request of this key is still being done"),
         gettext_lazy("Wait a moment and send the same request with the same key again.")),
    Kind("too-large", 413, gettext_lazy("More than is accepted"),
         gettext_lazy("Send less: one picture at a time, within the limits that the sentence names.")),
    Kind("media-type", 415, gettext_lazy("Another kind of body is expected"),
         gettext_lazy("Send application/json, or multipart/form-data where a picture is sent.")),
    Kind("invalid", 422, gettext_lazy("What was sent cannot be taken"),
         gettext_lazy("“errors” has a pointer and a sentence for each part; mend them and send again.")),
    Kind("key-used", 422, gettext_lazy("The Idempotency-Key was used for something else"),
         gettext_lazy("Take a new key for new contents.")),
    Kind("no-precondition", 428, gettext_lazy("Say what you saw"),
         gettext_lazy("Send If-Match with the etag of the statement that you saw, or \"0\" where there was none.")),
    Kind("too-many", 429, gettext_lazy("Too many requests"),
         gettext_lazy("Wait as many seconds as the header Retry-After says.")),
    Kind("fault", 500, gettext_lazy("A fault on this side"),
         gettext_lazy("Nothing was half-saved. Tell the administrator the number in “instance”.")),
    Kind("closed", 503, gettext_lazy("The instance does not take work at the moment"),
         gettext_lazy("With Retry-After it is busy: wait. Else keys or ledger are closed: tell the administrator.")),
)  # fmt: skip
KINDS: Mapping[str, Kind] = {kind.code: kind for kind in _KINDS}


@dataclass
class Problem(Exception):
    """Raised by an operation to end the request with a problem; `more` are members besides those of the RFC."""

    code: str
    detail: str
    more: dict[str, Any] = field(default_factory=dict)
    headers: dict[str, str] = field(default_factory=dict)

    def __str__(self) -> str:
        return self.detail


def not_here() -> Problem:
    """The one answer for what is not there and for what is another agency's."""
    return Problem("no-such-record", _("There is no such record here. Nothing was changed."))


def invalid(pointer: str, sentence: str) -> Problem:
    """One part of what was sent that cannot be taken; `pointer` as in RFC 6901."""
    return Problem(
        "invalid",
        _("What was sent cannot be taken. Nothing was changed."),
        {"errors": [{"pointer": pointer, "detail": sentence}]},
    )


def parts_at_fault(sentence: str, parts: Mapping[str, str]) -> Problem:
    """The same for what a service refused, with a sentence for each part of what was sent."""
    faults = [{"pointer": "/" + name.replace(".", "/"), "detail": text} for name, text in parts.items()]
    return Problem("invalid", sentence, {"errors": faults} if faults else {})


def respond(request: HttpRequest, problem: Problem) -> HttpResponse:
    """The answer that tells of a problem."""
    kind = KINDS[problem.code]
    body = {
        "type": ADDRESS + kind.code,
        "title": str(kind.title),
        "status": kind.status,
        "detail": problem.detail,
        "instance": f"urn:uuid:{getattr(request, 'request_id', '')}",
        **problem.more,
    }
    answer = HttpResponse(
        json.dumps(body, cls=DjangoJSONEncoder, ensure_ascii=False).encode(),
        status=kind.status,
        content_type=MEDIA_TYPE,
        headers=problem.headers,
    )
    answer.problem = kind.code  # type: ignore[attr-defined]  # for the log
    return answer
