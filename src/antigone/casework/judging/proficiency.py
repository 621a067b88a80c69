"""An examiner's own record on comparisons whose truth is known: right, wrong, inconclusive, each with its interval."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone

from antigone.access import services as access
from antigone.access.models import Operator
from antigone.access.permissions import Permission
from antigone.casework.judging.scale import Direction, direction
from antigone.casework.models import Examination, Stage

Z_95 = 1.959963984540054


@dataclass(frozen=True)
class Share:
    """How many of how many, and the Wilson interval of the share at 95 %; without cases it is 0 to 1."""

    count: int
    of: int
    low: float
    high: float


@dataclass(frozen=True)
class Tally:
    """How conclusions went with the truth; an inconclusive one is neither right nor wrong."""

    right: Share
    wrong: Share
    inconclusive: Share


def wilson(count: int, of: int, z: float = Z_95) -> tuple[float, float]:
    """The Wilson score interval of a share; (0, 1) where there is none. Raises ValueError for an impossible count."""
    if not 0 <= count <= of:
        raise ValueError("A count lies between none and all.")
    if of == 0:
        return 0.0, 1.0
    share, square = count / of, z * z
    middle = (share + square / (2 * of)) / (1 + square / of)
    reach = z * math.sqrt(share * (1 - share) / of + square / (4 * of * of)) / (1 + square / of)
    low = 0.0 if count == 0 else max(0.0, middle - reach)
    high = 1.0 if count == of else min(1.0, middle + reach)
    return low, high


def share(count: int, of: int) -> Share:
    """So many of so many, with its interval."""
    return Share(count, of, *wilson(count, of))


def tally(conclusions: Iterable[tuple[Direction, str]]) -> Tally:
    """The record over pairs of truth (one person or two) and conclusion."""
    right = wrong = of = 0
    for truth, level in conclusions:
        of += 1
        way = direction(level)
        if way is not Direction.NEITHER:
            right, wrong = (right + 1, wrong) if way is truth else (right, wrong + 1)
    return Tally(*(share(count, of) for count in (right, wrong, of - right - wrong)))


def record_of(who: Operator) -> Tally:
    """One's own record on fillers, of searches of which everything is sealed; raises Refused.

    While one is still to be sealed, nothing of a search counts: a figure that moves would tell who was a filler.
    """
    return tally((Direction.DIFFERENT, level) for level, _settled in _on_fillers(who))


def months_of(who: Operator) -> list[tuple[date, Tally]]:
    """The same by the month in which everything of the search was sealed, the latest first; raises Refused."""
    by_month: dict[date, list[str]] = {}
    for level, settled in _on_fillers(who):
        by_month.setdefault(timezone.localtime(settled).date().replace(day=1), []).append(level)
    return [
        (month, tally((Direction.DIFFERENT, level) for level in by_month[month]))
        for month in sorted(by_month, reverse=True)
    ]


def _on_fillers(who: Operator) -> list[tuple[str, datetime]]:
    """One's sealed conclusions on fillers, each with when its search was settled."""
    access.require(who, Permission.EXAMINATION_DO, object=f"agency:{who.agency_id}")
    rows = Examination.objects.filter(
        actor=who.actor,
        stage=Stage.SEALED,
        comparison__filler__isnull=False,
        comparison__lineup__settled_at__isnull=False,
    ).values_list("level", "comparison__lineup__settled_at")
    return [(level, settled) for level, settled in rows if settled is not None]
