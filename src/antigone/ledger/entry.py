"""The bytes of an entry: its payload as text, the payload's salted hash, and the leaf that the tree holds."""

from __future__ import annotations

import enum
import hashlib
import json
import re
import secrets
import uuid
from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import NamedTuple

LEAF_HEADER = b"antigone.ledger/v1"
SALT_BYTES = 16
ACTION_LENGTH = 100
ACTOR_LENGTH = 100
OBJECT_LENGTH = 200

_NOT_IN_A_LINE = re.compile("[\x00-\x1f\x7f\x85\u2028\u2029\ud800-\udfff]")


class Draft(NamedTuple):
    """An entry before it has its place in the tree."""

    time: str
    action: str
    actor: str
    object: str
    payload: str
    salt: bytes
    payload_hash: bytes


def _plain(value: object) -> object:
    """The JSON form of the few types that rooms put in payloads; TypeError for any other."""
    if isinstance(value, enum.Enum):
        return value.value
    if isinstance(value, datetime):
        return timestamp(value) if value.tzinfo else value.isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, uuid.UUID):
        return str(value)
    raise TypeError(f"a ledger payload cannot hold a {type(value).__name__}")


def canonical(payload: Mapping[str, object]) -> str:
    """A payload as JSON: keys sorted, no spaces, UTF-8 text.

    Raises TypeError or ValueError for what JSON cannot say (NaN, bytes, other classes).
    """
    text = json.dumps(
        payload, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False, default=_plain
    )
    try:
        text.encode()
    except UnicodeEncodeError:
        # A file name may hold lone surrogates; escaped, they are still valid JSON.
        return json.dumps(
            payload, sort_keys=True, separators=(",", ":"), ensure_ascii=True, allow_nan=False, default=_plain
        )
    return text


def payload_hash(salt: bytes, payload: bytes) -> bytes:
    """SHA-256(salt || payload): the salt keeps a short payload from being guessed once it is erased."""
    return hashlib.sha256(salt + payload).digest()


def one_line(text: str, length: int) -> str:
    """A field as it stands in a leaf: one line of at most `length` characters.

    What could break the line is replaced by U+FFFD, so that no field can pose as two; a longer text keeps its
    beginning and is told apart by its digest. A refusal names what a person typed, so nothing is raised here.
    """
    clean = _NOT_IN_A_LINE.sub("\ufffd", text)
    if len(clean) <= length:
        return clean
    digest = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:16]
    return f"{clean[: length - 17]}~{digest}"


def timestamp(moment: datetime) -> str:
    """RFC 3339 in UTC with microseconds: 27 characters, in which text order is time order."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def draft(action: str, actor: str, object: str, payload: Mapping[str, object]) -> Draft:  # noqa: A002
    """An entry of now, with a fresh salt; raises TypeError or ValueError for a payload that is not JSON."""
    text = canonical(payload)
    salt = secrets.token_bytes(SALT_BYTES)
    return Draft(
        timestamp(datetime.now(UTC)),
        one_line(action, ACTION_LENGTH),
        one_line(actor, ACTOR_LENGTH),
        one_line(object, OBJECT_LENGTH),
        text,
        salt,
        payload_hash(salt, text.encode()),
    )


def leaf(index: int, time: bytes, action: bytes, actor: bytes, about: bytes, digest: bytes) -> bytes:
    """The canonical bytes of an entry at its place: seven lines of UTF-8, each ended by a newline.

    The fields are taken as the bytes that the database holds, so that not one of them is read kindly.
    """
    place, hashed = str(index).encode(), digest.hex().encode()
    return b"\n".join((LEAF_HEADER, place, time, action, actor, about, hashed, b""))
