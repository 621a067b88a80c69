"""Keep the words by which persons are found in step with their records."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import islice

from antigone.missing.finding import index_many
from antigone.missing.models import Person

TOGETHER = 500


def reword(persons: Iterable[Person]) -> None:
    """Write the words of these persons anew, in the caller's transaction."""
    waiting = iter(persons)
    while some := list(islice(waiting, TOGETHER)):
        index_many(some)
