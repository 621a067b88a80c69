"""Addresses of pictures that hold for minutes, for one person and one picture."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from django.core import signing

from antigone.access.models import Operator

# Long enough for a slow line to fetch the picture; nothing is shown from this address later.
HOLDS = timedelta(minutes=2)


def token_for(who: Operator, kind: str, picture: UUID) -> str:
    """A token that lets this person, and nobody else, fetch this picture now."""
    return _signer(kind).sign(f"{who.pk}.{picture}")


def holds(token: str, who: Operator, kind: str, picture: UUID) -> bool:
    """Whether the token was made for this person and this picture, and is still fresh."""
    try:
        said = _signer(kind).unsign(token, max_age=HOLDS)
    except signing.BadSignature:
        return False
    return said == f"{who.pk}.{picture}"


def _signer(kind: str) -> signing.TimestampSigner:
    return signing.TimestampSigner(salt=f"antigone.web.pictures.{kind}")
