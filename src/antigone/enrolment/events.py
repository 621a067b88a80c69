"""What happens to template rows that rooms above must follow; published inside the transaction."""

from __future__ import annotations

from dataclasses import dataclass

from django.dispatch import Signal


@dataclass(frozen=True)
class RowsToSearch:
    """Rows that can be searched now and could not before, by the numbers of their holdings."""

    holdings: frozenset[int]


# Receivers get the keyword `event`.
searchable = Signal()
