"""Lists that are printed whole: their pages, one after another."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, Protocol, TypeVar


class Part(Protocol):
    """A page of a room's list; `after` is the cursor of the next one, None at the end."""

    @property
    def after(self) -> Any: ...


P = TypeVar("P", bound=Part)


def pages(asked: Callable[[Any], P], first: object = None) -> Iterator[P]:
    """Every page of a list, from the one that is asked for with the cursor `first`; one at least."""
    page = asked(first)
    yield page
    while page.after is not None:
        page = asked(page.after)
        yield page
