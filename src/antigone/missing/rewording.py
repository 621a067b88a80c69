"""Keep the words by which persons are found in step with their records."""

from __future__ import annotations

from collections.abc import Iterable

from antigone.missing.models import Person


def reword(persons: Iterable[Person]) -> None:
    """Write the words of these persons anew, in the caller's transaction."""
    try:
        from antigone.missing.finding import index
    except ImportError:
        return
    for person in persons:
        index(person)
