"""Searches that are to be made again, since what they rested on was decided anew."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import QuerySet
from django.utils import timezone

from antigone.casework.models import Search
from antigone.ledger.services import record, recorded

ASSOCIATION = "Which remains are of one person was decided anew after this search."


def recall(subjects: Iterable[int], why: str, actor: str) -> int:
    """Recall the searches about these subjects that stand; returns how many."""
    return recall_these(Search.objects.filter(case__subject__in=list(subjects)), why, actor)


def recall_these(searches: QuerySet[Search], why: str, actor: str) -> int:
    """Recall those of these searches that stand; returns how many. What they answered stays as it was given.

    A search that is made afterwards stands for itself.
    """
    with recorded():
        found = list(searches.filter(recalled_at=None).order_by("pk").values_list("pk", "case"))
        Search.objects.filter(pk__in=[pk for pk, _ in found]).update(recalled_at=timezone.now(), recalled_why=why[:400])
        for case in sorted({case for _, case in found}):
            record(
                "casework:search:recall",
                actor=actor,
                object=f"case:{case}",
                searches=[pk for pk, of in found if of == case],
                why=why,
            )
    return len(found)
