"""Failed attempts, counted in the database: five in a quarter of an hour lock a name for as long.

An address is given more, because a whole agency may sit behind one; but nobody tries one passphrase on every name from
there, or fills the ledger with refusals.

An attempt is counted before it is looked at, and forgiven when it was right, so that a hundred at the same moment are
not a hundred guesses. Names are counted by a keyed digest, known or not: both are answered alike.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone
from django.utils.crypto import salted_hmac

from antigone.access.models import Attempts

ALLOWED = 5
WITHIN = timedelta(minutes=15)
LOCKED = timedelta(minutes=15)
FROM_ONE_ADDRESS = 50


@dataclass(frozen=True)
class Subject:
    """What is tried, and how often it may fail: a name's passphrase, a second factor, what one address tries."""

    digest: str
    allowed: int = ALLOWED


def passphrase_of(name: str) -> Subject:
    """The passphrase of whoever has this name; letter case and form do not make another name."""
    return Subject(_digest("passphrase", unicodedata.normalize("NFKC", name).strip().casefold()))


def second_factor_of(account: int) -> Subject:
    """The second factor of an account."""
    return Subject(_digest("second-factor", str(account)))


def from_address(address: str) -> Subject:
    """Whatever is tried at the door from one address."""
    return Subject(_digest("address", address), FROM_ONE_ADDRESS)


def _digest(kind: str, tried: str) -> str:
    return salted_hmac(f"antigone.access.attempts.{kind}", tried, algorithm="sha256").hexdigest()


def begin(subject: Subject) -> bool:
    """Count an attempt; False when the subject is locked and nothing may be tried."""
    now = timezone.now()
    with transaction.atomic():
        row = _held(subject, now)
        if row.locked_until is not None and row.locked_until > now:
            return False
        if row.locked_until is not None or now - row.since >= WITHIN:
            row.count, row.since, row.locked_until = 0, now, None
        if row.count >= subject.allowed:  # as many are under way at this moment
            return False
        row.count += 1
        row.save(update_fields=["count", "since", "locked_until"])
    return True


def failed(subject: Subject) -> bool:
    """The attempt was wrong; True when it was the one that locks the subject."""
    now = timezone.now()
    with transaction.atomic():
        row = _held(subject, now)
        if row.count < subject.allowed or row.locked_until is not None:
            return False
        row.locked_until = now + LOCKED
        row.save(update_fields=["locked_until"])
    return True


def succeeded(subject: Subject) -> None:
    """The attempt was right: those before it are forgotten."""
    Attempts.objects.filter(subject=subject.digest).delete()


def forgive(subject: Subject) -> None:
    """The attempt was right, or nothing was tried: it is not counted, and those before it still are."""
    Attempts.objects.filter(subject=subject.digest, count__gt=0).update(count=F("count") - 1)


def _held(subject: Subject, now: datetime) -> Attempts:
    """The subject's row, held until the transaction ends."""
    found = Attempts.objects.select_for_update().filter(subject=subject.digest).first()
    if found is not None:
        return found
    try:
        with transaction.atomic():
            return Attempts.objects.create(subject=subject.digest, since=now)
    except IntegrityError:
        return Attempts.objects.select_for_update().get(subject=subject.digest)


def sweep() -> int:
    """Forget what was tried a day ago and locks nothing any more; returns how many rows that were."""
    return Attempts.objects.filter(since__lt=timezone.now() - timedelta(days=1)).delete()[0]
