"""Erases what entries say about an object, and says so in an entry; the hashes stay and the tree still verifies."""

from __future__ import annotations

from antigone.ledger import actions, rows
from antigone.ledger.models import Entry


def kept_actions() -> list[str]:
    """The actions whose payload holds nothing personal; it is kept."""
    return [action.name for action in actions.every() if not action.personal]


def erase_payloads(about: str) -> dict[str, list[int] | list[str]] | None:
    """Delete payload and salt of the entries about an object, inside the caller's transaction.

    Returns what the entry of this erasure must name: the indexes of the entries, and the payload hashes of
    those that have none yet; None when there was nothing to erase.
    """
    found = list(
        Entry.objects.filter(object=about, payload__isnull=False)
        .exclude(action__in=kept_actions())
        .order_by("id")
        .values_list("id", "index", "payload_hash")
    )
    if not found:
        return None
    rows.blank(pk for pk, _, _ in found)
    return {
        "entries": [index for _, index, _ in found if index is not None],
        "pending": [bytes(digest).hex() for _, index, digest in found if index is None],
    }
