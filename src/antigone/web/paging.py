"""Pages by keyset cursor: which part of a long list is asked for, and the addresses of its neighbours."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest, QueryDict

from antigone.web.addresses import number


@dataclass(frozen=True)
class Pager:
    """What the pager under a list shows. `next` and `previous` are cursors, None where there is no such page.

    A list that is only read forward leaves `previous` None; the pager then offers "From the beginning".
    """

    next: str | int | None = None
    previous: str | int | None = None


AFTER = "after"
BEFORE = "before"


def cursor(request: HttpRequest) -> dict[str, str]:
    """The cursor in the address, as {"after": ...} or {"before": ...}, or {} on the first page."""
    for side in (AFTER, BEFORE):
        if value := request.GET.get(side, "")[:200]:
            return {side: value}
    return {}


def after_row(request: HttpRequest) -> int | None:
    """The number of the last row of the page before, in lists whose cursor is that; None for anything else."""
    return number(cursor(request).get(AFTER, ""))


def address(query: QueryDict, **changes: str | int | None) -> str:
    """The query string with some keys changed, or taken out (None); every other filter stays."""
    changed = query.copy()
    for key, value in changes.items():
        changed.pop(key, None)
        if value is not None:
            changed[key] = str(value)
    return f"?{changed.urlencode()}" if changed else "?"
