"""Entries of the ledger about people who were not let in."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from antigone.access import attempts
from antigone.access.attempts import Subject
from antigone.access.models import Operator
from antigone.ledger.errors import LedgerError
from antigone.ledger.services import refuse

if TYPE_CHECKING:
    from django.http import HttpRequest

VISITOR = "visitor:unknown"


def address_of(request: HttpRequest | None) -> str:
    """Where a request came from, as the server saw it."""
    return "" if request is None else str(request.META.get("REMOTE_ADDR", ""))[:64]


def not_let_in(subject: Subject, request: HttpRequest | None, *, step: str, name: str) -> None:
    """Enter a failed attempt, and the lock if it was the one too many. An unknown name is kept nowhere."""
    known = Operator.objects.filter(name__iexact=name.strip(), machine=False).first()
    _entered("access:sign-in:refuse", known, request, step)
    if attempts.failed(subject):
        _entered("access:sign-in:lock", known, request, step)
    address_failed(request)


def address_failed(request: HttpRequest | None) -> None:
    """Enter the lock of an address from which too much was tried."""
    if request is not None and attempts.failed(attempts.from_address(address_of(request))):
        _entered("access:sign-in:lock", None, request, "address")


def passphrase_alone(who: Operator | None, request: HttpRequest | None) -> None:
    """Enter that a passphrase was right and opened nothing: no second factor behind it, or a closed account."""
    _entered("access:sign-in:refuse", who, request, "no second factor")


def _entered(action: str, known: Operator | None, request: HttpRequest | None, step: str) -> None:
    # Where the ledger cannot go on at the moment, it keeps the refusal for later, and the answer stays no.
    with suppress(LedgerError):
        refuse(
            action,
            actor=VISITOR,
            object=known.actor if known else "instance:self",
            step=step,
            address=address_of(request),
        )
