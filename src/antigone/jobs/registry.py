"""Which kinds of work there are, and who does them: each room registers its own from its `tasks.py`."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from antigone.jobs.errors import UnknownKind

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

    from antigone.jobs.work import Work

NAME = re.compile(r"[a-z][a-z0-9-]*(:[a-z][a-z0-9-]*)+")

Handler = Callable[["Work"], "dict[str, Any] | None"]


@dataclass(frozen=True)
class Kind:
    """A kind of work: `room:noun`, what people call it, whether it runs once a day, and the function that does it."""

    name: str
    handler: Handler
    title: str | _StrPromise
    daily: bool


_kinds: dict[str, Kind] = {}


def handles(kind: str, *, title: str | _StrPromise = "", daily: bool = False) -> Callable[[Handler], Handler]:
    """Register the function that does this kind of work, and leave it as it is.

    The contract of a handler: it takes one `Work`; it may be killed anywhere and called again with the same arguments,
    so it asks the records what is still to be done, and doing a part twice changes nothing; it calls `work.progress`
    between parts, outside its transactions, which is where it can be stopped; what it returns is JSON, and holds no
    personal data.
    """

    def register(handler: Handler) -> Handler:
        if not NAME.fullmatch(kind):
            raise ValueError(f"{kind!r} is no kind of work: room:noun in small letters")
        known = _kinds.get(kind)
        if known is not None and (known.handler.__module__, known.handler.__qualname__) != (
            handler.__module__,
            handler.__qualname__,
        ):
            raise ValueError(f"{kind} is handled already, by {known.handler.__module__}")
        _kinds[kind] = Kind(kind, handler, title or kind, daily)
        return handler

    return register


def get(kind: str) -> Kind:
    """The kind of this name; raises UnknownKind."""
    try:
        return _kinds[kind]
    except KeyError:
        raise UnknownKind(f"Nothing here handles work of the kind “{kind}”. Nothing was done.") from None


def title_of(kind: str) -> str:
    """What people call this kind of work, in the language in use; its name where no room handles it any more."""
    known = _kinds.get(kind)
    return str(known.title) if known else kind


def daily_kinds() -> list[str]:
    """The kinds that run once a day, by name."""
    return sorted(name for name, kind in _kinds.items() if kind.daily)
