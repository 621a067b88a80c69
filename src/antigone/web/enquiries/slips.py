"""The words for a family to come back with, between filing and printing: sealed, in this sitting alone, for minutes."""

from __future__ import annotations

import base64
import os
from datetime import datetime, timedelta

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.utils import timezone

from antigone.vault import instance_key
from antigone.web.guards import Visit

# Long enough to print a slip and hand it over; nobody reads the words from here later.
HOLDS = timedelta(minutes=10)
NONCE = 12
KEPT_AS = "enquiry slips"


def keep(request: Visit, enquiry: int, secret: str) -> None:
    """Hold the words for the slip that is shown next."""
    nonce = os.urandom(NONCE)
    sealed = nonce + _cipher().encrypt(nonce, secret.encode(), _bound_to(request, enquiry))
    held = dict(request.session.get(KEPT_AS, {}))
    held[str(enquiry)] = [base64.b64encode(sealed).decode(), timezone.now().isoformat()]
    request.session[KEPT_AS] = held


def held(request: Visit, enquiry: int) -> str | None:
    """The words, while they are held; None afterwards, and for everybody else."""
    kept = request.session.get(KEPT_AS, {}).get(str(enquiry))
    if kept is None or datetime.fromisoformat(kept[1]) + HOLDS < timezone.now():
        return None
    sealed = base64.b64decode(kept[0])
    try:
        return _cipher().decrypt(sealed[:NONCE], sealed[NONCE:], _bound_to(request, enquiry)).decode()
    except InvalidTag:
        return None


def forget(request: Visit, enquiry: int) -> None:
    """Forget the words: the slip was handed over."""
    held = dict(request.session.get(KEPT_AS, {}))
    if held.pop(str(enquiry), None) is not None:
        request.session[KEPT_AS] = held


def _bound_to(request: Visit, enquiry: int) -> bytes:
    return f"{request.operator.pk}:{enquiry}".encode()


def _cipher() -> AESGCM:
    return AESGCM(instance_key.derive(instance_key.load(settings.ANTIGONE), "web enquiry slips 1"))
