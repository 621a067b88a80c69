"""Numbers that go out on paper: what the ledger says was given stays given, also where a backup was put back."""

from __future__ import annotations

from antigone.ledger.models import Entry


def given(action: str, series: str) -> int:
    """The last number of a series that the ledger names in entries of this action; 0 where it names none.

    `series` is all of a serial before its number.
    """
    last = Entry.objects.filter(action=action, payload__contains=f'"{series}').order_by("-id").first()
    told = str((last.details or {}).get("serial", "")).removeprefix(series) if last else ""
    return int(told) if told.isdecimal() else 0
