"""The place in a list that is kept the newest first, as a text that is handed out and comes back."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Callable
from datetime import datetime

from django.utils.translation import gettext as _

MOST_DIGITS = 18


def cursor(at: datetime, pk: int) -> str:
    return base64.urlsafe_b64encode(f"{at.isoformat()}|{pk}".encode()).decode().rstrip("=")


def position(text: str, fault: Callable[[str], Exception]) -> tuple[datetime, int]:
    """Where a cursor stands; raises `fault` of a sentence for a text that is none."""
    try:
        plain = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)).decode()
        at, _bar, pk = plain.partition("|")
        moment = datetime.fromisoformat(at)
        if moment.tzinfo is None or not (pk.isascii() and pk.isdigit()) or len(pk) > MOST_DIGITS:
            raise ValueError
    except (ValueError, binascii.Error):
        raise fault(_("This place in the list is not known. Begin the list again.")) from None
    return moment, int(pk)
