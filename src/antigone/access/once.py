"""A form or a call that arrives twice is done once, and both are answered with the first result."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import IntegrityError, OperationalError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from antigone.access.errors import AccessError
from antigone.access.models import Once, Operator
from antigone.ledger.services import recorded

KEY_LENGTH = 200
KEPT = timedelta(days=7)


class KeyUsed(AccessError):
    """The key was used before, for something else or with other contents; nothing was done."""


class StillRunning(AccessError):
    """The first post of this key is under way and did not end in time; nothing was done by this one."""


@dataclass(frozen=True)
class Done:
    """What a post came to; `first` is False when it was done before, and the outcome is that of the first."""

    outcome: Any
    first: bool


def once(who: Operator, key: str, what: str, do: Callable[[], Any], *, given: object = None) -> Done:
    """Do this once for this key of this operator, and answer every further post of it with the first outcome.

    `what` names the deed (a route's name), `given` is what was posted: the same key with another deed or other
    contents raises KeyUsed, so that nothing edited is swallowed. `do` returns its outcome as JSON: the address to
    go to, the answer of a call; it is kept for a week, so it names records and does not repeat what they say. Key
    and deed are one transaction: where `do` raises, or the process dies, nothing is kept and the key is free again.
    A second post that arrives while the first runs waits for it, and raises StillRunning where
    the database lets it wait no longer.
    """
    if not key or len(key) > KEY_LENGTH or not key.isprintable():
        raise AccessError(
            _("The key of this post is empty, or longer than %(most)s characters. Nothing was done.")
            % {"most": KEY_LENGTH}
        )
    digest = digest_of(given)
    try:
        with recorded():
            known = Once.objects.filter(actor=who.actor, key=key).first()
            if known is None:
                known, first = _claim(who, key, what, digest)
                if first:
                    known.outcome = json.loads(json.dumps(do(), cls=DjangoJSONEncoder))
                    known.save(update_fields=["outcome"])
                    return Done(known.outcome, first=True)
    except OperationalError as exc:
        if "locked" not in str(exc) and "timeout" not in str(exc):
            raise
        raise StillRunning(
            _("This was sent before and is still being done. Nothing was done twice. Wait a moment and try again.")
        ) from exc
    if (known.what, known.given) != (what, digest):
        raise KeyUsed(
            _("This form was sent before with other contents. What was sent first is kept; open the form anew.")
        )
    return Done(known.outcome, first=False)


def _claim(who: Operator, key: str, what: str, digest: str) -> tuple[Once, bool]:
    """Take the key, or find that another post took it while this one waited for its row."""
    row = Once(actor=who.actor, key=key, what=what, given=digest, at=timezone.now())
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError:
        return Once.objects.get(actor=who.actor, key=key), False
    return row, True


def digest_of(given: object) -> str:
    """A digest of what was posted, however its keys are ordered; empty where nothing is compared."""
    if given is None:
        return ""
    if isinstance(given, bytes):
        return hashlib.sha256(given).hexdigest()
    return hashlib.sha256(json.dumps(given, sort_keys=True, cls=DjangoJSONEncoder).encode()).hexdigest()


def sweep() -> int:
    """Forget posts of more than a week ago; returns how many. Nobody sends a form twice with a week between."""
    return Once.objects.filter(at__lt=timezone.now() - KEPT).delete()[0]
