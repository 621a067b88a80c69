"""What an address names: the number of a record, another number, or the item of a statement."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404

# The largest number that a row can have.
LARGEST = 2**63 - 1


def number(text: str, most: int = LARGEST) -> int | None:
    """A whole number from 0 to `most`, such as that of a record; None for anything else."""
    text = text.strip()
    fits = text.isascii() and text.isdecimal() and len(text) <= len(str(most))
    return int(text) if fits and int(text) <= most else None


def item(text: str) -> UUID | None:
    """The item of a statement, None where none is named; 404 for anything else."""
    try:
        return UUID(text) if text else None
    except ValueError:
        raise Http404 from None
