"""A block of pairs while it is sorted, in a case or for practice: what was judged, what is next, and what judges."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from typing import Any, Protocol
from uuid import UUID

from django.http import Http404
from django.utils.translation import gettext_lazy as _

from antigone.casework.models import Judgement
from antigone.web.guards import Visit
from antigone.web.triage import keeping

BUTTONS = (
    (Judgement.KEEP.value, _("Keep"), "K"),
    (Judgement.SET_ASIDE.value, _("Set aside"), "S"),
    (Judgement.CANNOT_TELL.value, _("Cannot tell"), "C"),
)
SAID = {Judgement.KEEP: _("kept"), Judgement.SET_ASIDE: _("set aside"), Judgement.CANNOT_TELL: _("cannot tell")}


class Item(Protocol):
    """A pair of a block, and one's own judgement of it, empty until given."""

    @property
    def key(self) -> UUID: ...
    @property
    def judgement(self) -> str: ...


def asked(said: str, items: Sequence[Item], now: UUID | None) -> UUID | None:
    """The pair of this block that was asked for, or the one to judge now."""
    if not said:
        return now
    found = next((each.key for each in items if str(each.key) == said), None)
    if found is None:
        raise Http404
    return found


def sending(request: Visit) -> str:
    """What makes a form that is sent twice judge once."""
    return request.POST.get("once", "") or str(uuid.uuid4())


def lifted(request: Visit, of: UUID) -> bool:
    """Whether the form was sent from a pair of this block that was shown."""
    return keeping.still_lifted(request.POST.get("lifted", ""), request.operator, of)


def context(request: Visit, items: Sequence[Item], at: UUID | None, address: str) -> dict[str, Any]:
    """The block as its templates show it; `address` is its page."""
    places = []
    for place, each in enumerate(items, start=1):
        said = SAID[Judgement(each.judgement)] if each.judgement else ""
        # Of a pair that is not judged yet not even the key is in the page.
        url = f"{address}?pair={each.key}" if said else ""
        places.append({"place": place, "said": said, "url": url, "here": each.key == at})
    here = next((each for each in places if each["here"]), None)
    return {
        "at": at,
        "place": here["place"] if here else 0,
        "again": here["said"] if here else "",
        "places": places,
        "of": len(places),
        "buttons": BUTTONS,
        "keys": keeping.single_keys(request),
    }
