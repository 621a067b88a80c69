"""Walking a long list: pages, and an opaque signed cursor that remembers after which record the next one begins.

A cursor is a place and no number of a page, so that what is added or taken away meanwhile moves nothing: a walk gives
every record that is there from its beginning to its end once.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Mapping
from typing import Annotated, Any, Generic, TypeVar

from django.core import signing
from django.utils.translation import gettext as _
from pydantic import Field

from antigone.api.bearer import Call
from antigone.api.problems import invalid
from antigone.api.strict import Given, Shown

R = TypeVar("R")
T = TypeVar("T")

SALT = "antigone.api.cursor 1"
LONGEST = 2000
PAGE = 50
MOST = 200


class Walk(Given):
    """Where a walk stands; an operation adds its own filters to it."""

    cursor: (
        Annotated[str, Field(max_length=LONGEST, description="The `next` of the page before; none begins.")] | None
    ) = None
    limit: Annotated[int, Field(ge=1, le=MOST)] = PAGE


class Page(Shown, Generic[T]):
    """A page of a list; `next` is the cursor of the one after it, null at the end."""

    items: list[T]
    next: str | None


def keyed(found: Mapping[Any, R], show: Callable[[R], T]) -> Callable[[Any, int], tuple[list[T], Any]]:
    """How to fetch from a list that is short enough to be read whole, by keys that do not change."""

    def fetch(after: Any, limit: int) -> tuple[list[T], Any]:
        keys = sorted(key for key in found if after is None or list(key) > after)
        wanted = keys[:limit]
        return [show(found[key]) for key in wanted], list(wanted[-1]) if len(keys) > limit else None

    return fetch


def page(request: Call, walk: Walk, fetch: Callable[[Any, int], tuple[Iterable[T], Any]]) -> dict[str, Any]:
    """One page: `fetch` is given the place after which it begins and how many are wanted, and returns the items with
    the place after which the next one begins, None at the end."""
    agency, what = request.auth.agency_id, request.operation_id
    filters = walk.model_dump(mode="json", exclude={"cursor", "limit"})
    items, after = fetch(place_in(walk.cursor, agency=agency, what=what, filters=filters), walk.limit)
    following = None if after is None else cursor_after(after, agency=agency, what=what, filters=filters)
    return {"items": list(items), "next": following}


def _walk(agency: int, what: str, filters: Any) -> str:
    """Which walk a cursor belongs to: the agency, the list, and how it was filtered."""
    text = json.dumps([agency, what, filters], sort_keys=True, default=str)
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def cursor_after(place: Any, *, agency: int, what: str, filters: Any = None) -> str:
    """The cursor of the page that begins after this place."""
    return signing.dumps([_walk(agency, what, filters), place], salt=SALT)


def place_in(cursor: str | None, *, agency: int, what: str, filters: Any = None) -> Any:
    """After which place the page begins, None for the first; raises Problem for a cursor of another walk."""
    if cursor is None:
        return None
    try:
        walk, place = signing.loads(cursor[: LONGEST + 1], salt=SALT)
    except (signing.BadSignature, ValueError, TypeError):
        walk, place = "", None
    if walk != _walk(agency, what, filters):
        raise invalid(
            "/cursor", _("This cursor is not of this list with these filters. Begin the walk again without one.")
        )
    return place
