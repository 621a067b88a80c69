"""Asking for shreds in the transaction that erases the rows; locking, unlocking and printing the instance key."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from uuid import UUID

from django.conf import settings
from django.utils import timezone

from antigone.ledger.services import record, recorded
from antigone.vault import escrow, instance_key
from antigone.vault.models import PendingShred

INSTANCE = "instance:self"


def request_shred(ids: Iterable[str | UUID], *, kind: str, actor: str) -> int:
    """Remember images whose rows this transaction deletes; `tasks.complete_shreds` destroys the keys later.

    `kind` is the word before the id in the ledger's objects, such as "portrait". Returns how many are new.
    """
    return _remember([(f"{kind}:{UUID(str(image))}", UUID(str(image))) for image in ids], actor)


def note_erasure(objects: Iterable[str], *, actor: str) -> int:
    """Remember erased things without a picture ("person:12"), so that a restored backup loses them again."""
    return _remember([(name, None) for name in objects], actor)


def _remember(things: list[tuple[str, UUID | None]], actor: str) -> int:
    now = timezone.now()
    with recorded(sequence=False):
        known = set(PendingShred.objects.values_list("object", flat=True))
        new = [
            PendingShred(object=name, image=image, actor=actor, requested_at=now)
            for name, image in dict(things).items()
            if name not in known
        ]
        PendingShred.objects.bulk_create(new)
    return len(new)


def confirm_shreds(done: list[PendingShred]) -> None:
    """Write to the ledger that keys are destroyed, and strike the requests."""
    with recorded():
        for shred in done:
            if shred.image is not None:
                record("vault:key:destroy", actor=shred.actor, object=shred.object)
        PendingShred.objects.filter(pk__in=[shred.pk for shred in done]).delete()


def lock_key(passphrase: str, *, actor: str) -> None:
    """Put the instance key under a passphrase, or under a new one, and enter it in the ledger."""
    instance_key.lock(settings.ANTIGONE, passphrase)
    with recorded():
        record("vault:instance-key:lock", actor=actor, object=INSTANCE)


def unlock_key(ask: Callable[[], str] | None = None, *, actor: str) -> None:
    """Take the passphrase off the instance key, and enter it in the ledger; raises KeyLocked for a wrong one."""
    instance_key.unlock(settings.ANTIGONE, ask)
    with recorded():
        record("vault:instance-key:unlock", actor=actor, object=INSTANCE)


def escrow_key(passphrase: str, *, actor: str) -> str:
    """The text to print and lock away: the instance key under `passphrase`; the ledger says that it was printed."""
    text = escrow.print_key(instance_key.load(settings.ANTIGONE), passphrase)
    with recorded():
        record("vault:instance-key:escrow", actor=actor, object=INSTANCE)
    return text
