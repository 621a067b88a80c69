"""Making an operation of the API: what it needs, what it takes, what it answers, in one line above the function."""

from __future__ import annotations

import functools
import inspect
from collections.abc import Callable
from typing import Any, TypeVar

from django.http import HttpResponse
from django.utils.translation import gettext as _
from ninja import Router

from antigone.access.once import KEY_LENGTH, once
from antigone.access.permissions import Permission
from antigone.api.bearer import FORM, JSON, Bearer, Call
from antigone.api.problems import Problem
from antigone.api.strict import Shown, refuse_unknown

S = TypeVar("S", bound=Shown)

BODIES = {"body": JSON, "form": FORM, "file": FORM}


class Made(Shown):
    """What was made: its number or id, and where it is to be read."""

    id: str
    url: str


def operation(
    router: Router,
    method: str,
    path: str,
    *,
    needs: Permission | None,
    shows: Any = None,
    status: int | None = None,
    creates: bool = False,
    precondition: bool = False,
    bytes_as: tuple[str, ...] = (),
    refuses: bool = False,
) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Register a function as an operation.

    `creates` makes the header Idempotency-Key required (`made` reads it), `precondition` the header If-Match
    (`expected` reads it). `bytes_as` are the media types of an answer that is no JSON. `refuses` says that permissions
    are asked for by the record that is read, where `needs` is None.
    """

    def register(function: Callable[..., Any]) -> Callable[..., Any]:
        @functools.wraps(function)
        def run(request: Call, **given: Any) -> Any:
            refuse_unknown(request.POST, fields)
            refuse_unknown(request.FILES, fields)
            return function(request, **given)

        # ninja would look up the names of annotations here, where this wrapper stands, and not where they were written.
        run.__signature__ = inspect.signature(function, eval_str=True)  # type: ignore[attr-defined]
        entry = Bearer(needs)
        answered = status or (201 if creates else 200 if shows is not None or bytes_as else 204)
        router.api_operation(
            [method],
            path,
            auth=entry,
            response={answered: Made if creates and shows is None else shows},
            operation_id=function.__name__,
            summary=(function.__doc__ or function.__name__).splitlines()[0],
            openapi_extra={
                "x-needs": str(needs) if needs else None,
                "x-creates": creates,
                "x-refuses": refuses,
                "x-precondition": precondition,
                "x-bytes": list(bytes_as),
            },
        )(run)
        made = entry.operation = run._ninja_operation  # type: ignore[attr-defined]
        sources = {model.__ninja_param_source__: model for model in made.models}
        entry.known = _names(sources.get("query"))
        fields = _names(sources.get("form")) | _names(sources.get("file"))
        bodies = {BODIES[source] for source in sources if source in BODIES}
        entry.takes = FORM if FORM in bodies else next(iter(bodies), None)
        return function

    return register


def _names(model: Any) -> frozenset[str]:
    """The names that a source of parameters knows, as they are sent."""
    if model is None:
        return frozenset()
    return frozenset(getattr(model, "__ninja_flatten_map__", None) or model.model_fields)


def made(request: Call, what: str, do: Callable[[], S], given: Any) -> dict[str, Any]:
    """Do this once for the Idempotency-Key of this request; a repeated request is answered as the first was.

    The answer is kept for as long as the key is: it names what was made, and repeats nothing of what that says.
    """
    done = once(request.auth, _key(request), what, lambda: do().model_dump(mode="json"), given=given)
    outcome: dict[str, Any] = done.outcome
    return outcome


def claimed(request: Call, what: str, given: Any) -> None:
    """Take the Idempotency-Key for a deed that comes to the same when it is done again, and takes long.

    A picture that is there already is the same picture: it is read outside of any transaction, so that nobody waits
    for it, and a repeated request finds what the first made.
    """
    once(request.auth, _key(request), what, dict, given=given)


def _key(request: Call) -> str:
    key = request.headers.get("Idempotency-Key", "")
    if not key or len(key) > KEY_LENGTH or not key.isprintable():
        raise Problem(
            "malformed",
            _("Send a header Idempotency-Key of 1 to %(most)s characters, new for each new record. Nothing was done.")
            % {"most": KEY_LENGTH},
        )
    return key


def expected(request: Call) -> int | None:
    """The statement that the writer saw, by If-Match: its number, 0 for none, None for “*” (whatever stands there)."""
    text = request.headers.get("If-Match")
    if text is None:
        raise Problem("no-precondition", _("Say with If-Match which statement you saw. Nothing was changed."))
    if text.strip() == "*":
        return None
    number = text.strip().removeprefix('"').removesuffix('"')
    if not (number.isascii() and number.isdecimal() and len(number) <= 19):
        raise Problem("malformed", _('If-Match is the etag of a statement, "0" or *. Nothing was changed.'))
    return int(number)


def expected_version(request: Call) -> str | None:
    """The version of a choice that the writer saw, by If-Match; None for “*” (whatever was chosen)."""
    text = request.headers.get("If-Match")
    if text is None:
        raise Problem("no-precondition", _("Say with If-Match which choice you saw. Nothing was changed."))
    return None if text.strip() == "*" else text.strip().removeprefix('"').removesuffix('"')


def etag(number: int) -> str:
    """The etag of a statement, or of there being none (0)."""
    return f'"{number}"'


def with_etag(response: HttpResponse, number: int) -> None:
    response["ETag"] = etag(number)
