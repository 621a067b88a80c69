"""Walking a long list: an opaque signed cursor that remembers after which record the next page begins."""

from __future__ import annotations

import hashlib
import json
from typing import Any

from django.core import signing
from django.utils.translation import gettext as _

from antigone.api.problems import invalid

SALT = "antigone.api.cursor 1"
LONGEST = 2000
PAGE = 50
MOST = 200


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
