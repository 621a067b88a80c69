"""What an address names: the number of a record, or the item of a statement."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404


def number(text: str) -> int | None:
    """A record's number; None for anything else."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else None


def item(text: str) -> UUID | None:
    """The item of a statement, None where none is named; 404 for anything else."""
    try:
        return UUID(text) if text else None
    except ValueError:
        raise Http404 from None
