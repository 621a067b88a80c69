"""Whether this instance was founded for practice, with records of nobody: it then asks for no second factor."""

from __future__ import annotations

from django.conf import settings


def is_practice() -> bool:
    """True for an instance that its founding wrote down as practice, and no other."""
    table = settings.ANTIGONE_SETTINGS.get("instance")
    return isinstance(table, dict) and table.get("practice") is True
