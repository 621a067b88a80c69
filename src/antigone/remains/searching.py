"""The list of subjects narrowed by words that were typed: the likeliest first, or without words the list itself."""

from __future__ import annotations

from dataclasses import dataclass

from antigone.access.models import Operator
from antigone.remains import finding, queries
from antigone.remains.finding import Hit
from antigone.remains.queries import Filters, SubjectLine

# Of so many of the likeliest is a filtered list made; who is beyond is found by another word.
READ = 200


@dataclass(frozen=True)
class Found:
    """A line of the list, with what was found of it by the words; no hit where nothing was typed."""

    line: SubjectLine
    hit: Hit | None = None


@dataclass(frozen=True)
class Page:
    """Some lines, and the cursor of the next ones; None at the end."""

    lines: tuple[Found, ...]
    after: str | None


def typed(who: Operator, text: str, filters: Filters, after: str | None = None, limit: int = 30) -> Page:
    """The subjects that what was typed may mean, narrowed as a list is; raises as `subjects` does.

    The number of queries is fixed.
    """
    if not text.strip():
        page = queries.subjects(who, filters, after, limit)
        return Page(tuple(Found(line) for line in page.lines), page.after)
    hits = finding.find(who, text, limit=READ, after=after)
    rows = {row.pk: row for row in queries.narrowed(who, filters).filter(pk__in=[hit.pk for hit in hits])}
    kept = [hit for hit in hits if hit.pk in rows]
    lines = queries.lines_of([rows[hit.pk] for hit in kept[:limit]])
    shown = tuple(Found(line, hit) for line, hit in zip(lines, kept, strict=False))
    return Page(shown, kept[limit - 1].cursor if len(kept) > limit else None)
