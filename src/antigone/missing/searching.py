"""The list of missing persons narrowed by words that were typed, and which of its lines look like one another."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations

from django.utils import timezone

from antigone import naming
from antigone.access.models import Operator
from antigone.missing import finding, listing
from antigone.missing.finding import ALIKE
from antigone.missing.listing import Filters, Page, PersonLine
from antigone.missing.models import Sex

# Of so many of the likeliest is a filtered list made; who is beyond is found by another word.
READ = 200


def typed(who: Operator, text: str, filters: Filters, after: str | None = None, limit: int = 30) -> Page:
    """The persons whom what was typed may mean, the likeliest first, narrowed as a list is; raises as `persons` does.

    Without words it is the list itself. The number of queries is fixed.
    """
    if not text.strip():
        return listing.persons(who, filters, after, limit)
    hits = finding.find(who, text, limit=READ, after=after)
    today = timezone.now().date()
    rows = {row.pk: row for row in listing.narrowed(who, filters).filter(pk__in=[hit.pk for hit in hits])}
    kept = [hit for hit in hits if hit.pk in rows]
    lines = listing.lines([rows[hit.pk] for hit in kept[:limit]], today)
    return Page(tuple(lines), kept[limit - 1].cursor if len(kept) > limit else None)


def alike_among(lines: Sequence[PersonLine]) -> frozenset[int]:
    """The persons of these lines who may be one person with another of them: a warning that costs no query."""
    found: set[int] = set()
    for one, other in combinations(lines, 2):
        if _contradict(one, other):
            continue
        if any(naming.likeness(mine, theirs) >= ALIKE for mine in one.names for theirs in other.names):
            found |= {one.pk, other.pk}
    return frozenset(found)


def _contradict(one: PersonLine, other: PersonLine) -> bool:
    """Whether agency, sex or age say that these are two persons; a year of age is within a family's memory."""
    if one.agency != other.agency or len({one.sex, other.sex} - {Sex.UNKNOWN.value}) > 1:
        return True
    if one.ages is None or other.ages is None:
        return False
    return one.ages[0] > other.ages[1] + 1 or other.ages[0] > one.ages[1] + 1
