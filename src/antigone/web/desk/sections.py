"""What the desk shows: each area contributes a section, with bounded queries.

An area writes `web/<area>/desk.py` with functions marked `@section(...)`; they are found when the application
starts. A section whose function returns nothing is not shown.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.functional import Promise

from antigone.access import services
from antigone.access.models import Operator
from antigone.access.permissions import Permission

# Items of a section on the desk; what is beyond stands in the area's own list.
SHOWN = 8


@dataclass(frozen=True)
class Awaiting:
    """One thing that waits for this person: words that name it, where it is done, and why today."""

    title: str
    url: str
    note: str = ""
    badge: str = ""
    badge_kind: str = "plain"


Contribution = Callable[[Operator], Sequence[Awaiting]]


@dataclass(frozen=True)
class Section:
    """A contribution of an area, with its place on the page and who is asked for it."""

    key: str
    title: str | Promise
    order: int
    any_of: tuple[Permission, ...]
    awaiting: Contribution
    more: str


@dataclass(frozen=True)
class Shown:
    """A section as it stands on somebody's desk; `more` is the address of the whole list, where there is more."""

    key: str
    title: str | Promise
    items: tuple[Awaiting, ...]
    more: str


_SECTIONS: dict[str, Section] = {}


def section(
    key: str, title: str | Promise, *, order: int, any_of: Sequence[Permission] = (), more: str = ""
) -> Callable[[Contribution], Contribution]:
    """Contribute a section. `order` sorts the page (urgent first), `more` is the route of the whole list, with filters
    after a “?” where it needs them.

    Ask for at most SHOWN + 1 rows; only who holds one of `any_of` (none: everybody) is asked for it.
    """

    def contribute(awaiting: Contribution) -> Contribution:
        if key in _SECTIONS and _SECTIONS[key].awaiting.__qualname__ != awaiting.__qualname__:
            raise ValueError(f"two sections of the desk are called {key}")
        _SECTIONS[key] = Section(key, title, order, tuple(any_of), awaiting, more)
        return awaiting

    return contribute


def shown_to(who: Operator) -> list[Shown]:
    """The desk of somebody: the sections that their permissions open and in which something waits."""
    allowed = services.permissions_held(who)
    desk: list[Shown] = []
    for each in sorted(_SECTIONS.values(), key=lambda known: (known.order, known.key)):
        if each.any_of and not set(each.any_of) & allowed:
            continue
        items = tuple(each.awaiting(who))
        if items:
            route, asked, filters = each.more.partition("?")
            more = f"{reverse(route)}{asked}{filters}" if route and len(items) > SHOWN else ""
            desk.append(Shown(each.key, each.title, items[:SHOWN], more))
    return desk
