"""The searches made in a case, as its page lists them: that they were made, and what they came to for who may know."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count

from antigone.access.models import Operator
from antigone.casework import queries
from antigone.casework.models import Case, Search

MOST = 100


@dataclass(frozen=True)
class MadeSearch:
    """One search in a line; `none_of_these` is None for whoever may not know."""

    pk: int
    at: datetime
    actor: str
    photographs: int
    portraits: int | None
    persons: int | None
    generation: int
    none_of_these: bool | None
    recalled_at: datetime | None
    recalled_why: str


def made_in(case: Case, who: Operator, *, outcome_known: bool) -> list[MadeSearch]:
    """The newest searches of a case, in two queries; raises Refused or NotHere. None of it is ranked output."""
    if not queries.open_to(who).filter(pk=case.pk).exists():
        raise queries.not_here()
    rows = (
        Search.objects.filter(case=case)
        .annotate(pictures=Count("photographs"))
        .order_by("-pk")
        .values_list(
            "pk", "at", "actor", "pictures", "answer__searched", "answer__searched_persons", "generation",
            "none_of_these", "recalled_at", "recalled_why",
        )[:MOST]
    )  # fmt: skip
    return [MadeSearch(*row[:7], row[7] if outcome_known else None, *row[8:]) for row in rows]
