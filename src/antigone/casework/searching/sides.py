"""The two sides of a standing search: what it rested on last, as numbers alone, and what has changed since.

The side of the missing is the embedding contract, the generation that its rows had reached, and the holdings that the
agency may search; the side of the dead the photographs of the subject. A search that was recalled rests on nothing.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from antigone.casework.models import Case, Search
from antigone.enrolment.contracts import contract_in_use
from antigone.enrolment.models import Contract, Template
from antigone.missing.models import Holding
from antigone.missing.rules import day_number


class Change(StrEnum):
    """What makes a standing search run again."""

    FIRST = "first"
    CONTRACT = "contract"
    PORTRAITS = "portraits"
    HOLDINGS = "holdings"
    PHOTOGRAPHS = "photographs"
    RECALLED = "recalled"

    @property
    def label(self) -> Promise:
        return _LABELS[self]


_LABELS: dict[Change, Promise] = {
    Change.FIRST: _("the case had no search"),
    Change.CONTRACT: _("another face model is in use"),
    Change.PORTRAITS: _("portraits came, or may be searched again"),
    Change.HOLDINGS: _("a holding was approved for searching"),
    Change.PHOTOGRAPHS: _("photographs came"),
    Change.RECALLED: _("the last search was recalled"),
}


@dataclass(frozen=True)
class Sides:
    """What a search rests on. `search` is the last search of the case, which it is told from."""

    contract: str
    generation: int
    holdings: tuple[int, ...]
    photographs: tuple[str, ...]
    search: int | None = None
    recalled: bool = False

    def as_json(self) -> dict[str, Any]:
        return asdict(self)

    @property
    def digest(self) -> str:
        """SHA-256 over all of it: one change set, which is searched once."""
        return hashlib.sha256(json.dumps(self.as_json(), sort_keys=True).encode()).hexdigest()


def read(kept: Mapping[str, Any]) -> Sides:
    """The sides as they were kept."""
    return Sides(
        str(kept["contract"]),
        int(kept["generation"]),
        tuple(kept["holdings"]),
        tuple(kept["photographs"]),
        kept["search"],
        bool(kept["recalled"]),
    )


def now(case: Case) -> Sides:
    """How both sides of a case stand. The generation is read first: what comes while the rest is read is seen again."""
    digest = contract_in_use().digest
    generation = Contract.objects.filter(digest=digest).values_list("generation", flat=True).first() or 0
    last = last_search(case)
    return Sides(
        digest,
        int(generation),
        tuple(
            sorted(
                Holding.objects.filter(agency=case.agency_id, approved_at__isnull=False).values_list("pk", flat=True)
            )
        ),
        _pictures(case),
        None if last is None else last.pk,
        last is not None and last.recalled_at is not None,
    )


def _pictures(case: Case) -> tuple[str, ...]:
    """Those that are fit for comparison; one that was judged not to be takes no part."""
    return tuple(
        sorted(str(pk) for pk in case.subject.photographs.filter(not_suitable=None).values_list("pk", flat=True))
    )


def last_search(case: Case) -> Search | None:
    """The newest search of a case, without its answer."""
    return Search.objects.select_related("case__subject").filter(case=case).defer("answer").order_by("-pk").first()


def of_search(search: Search, agency: int) -> Sides:
    """What a search that somebody made rested on; the holdings are those that were approved by then."""
    approved = Holding.objects.filter(agency=agency, approved_at__lte=search.at).values_list("pk", flat=True)
    # All that the case had then: whoever searched with some of them chose to leave the others out.
    pictures = search.case.subject.photographs.filter(added_at__lte=search.at).values_list("pk", flat=True)
    return Sides(
        search.contract,
        search.generation,
        tuple(sorted(approved)),
        tuple(sorted(str(pk) for pk in pictures)),
        search.pk,
    )


def before(case: Case, kept: Mapping[str, Any], last: Search | None) -> Sides | None:
    """What the case was searched on last: as it was kept, unless somebody searched since; None where nobody did."""
    if last is not None and (not kept or kept.get("search") != last.pk):
        return of_search(last, case.agency_id)
    return read(kept) if kept else None


def grew(was: Sides, holdings: tuple[int, ...], today: date) -> bool:
    """Whether rows that may be searched today came or changed since, in these holdings."""
    return Template.objects.filter(
        contract__digest=was.contract,
        generation__gt=was.generation,
        searchable=True,
        until__gte=day_number(today),
        holding__in=holdings,
    ).exists()


def changes(was: Sides | None, is_now: Sides, *, more: bool) -> tuple[Change, ...]:
    """What has changed for a standing search; what only went away is no change. `more` is what `grew` says."""
    if was is None:
        return (Change.FIRST,)
    found = []
    if is_now.contract != was.contract:
        found.append(Change.CONTRACT)
    elif more:
        found.append(Change.PORTRAITS)
    if set(is_now.holdings) - set(was.holdings):
        found.append(Change.HOLDINGS)
    if set(is_now.photographs) - set(was.photographs):
        found.append(Change.PHOTOGRAPHS)
    if is_now.recalled:
        found.append(Change.RECALLED)
    return tuple(found)
