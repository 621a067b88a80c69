"""The instance key on paper: sealed under a passphrase, in numbered lines that a person can type in again."""

from __future__ import annotations

import base64
import binascii
import hashlib
import os
import re
from itertools import pairwise

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from antigone.vault import instance_key
from antigone.vault.errors import KeyLocked
from antigone.vault.passphrase import COST, LEAST_COST, MOST_COST, stretch

PURPOSE = b"antigone escrow 1"
TITLE = "ANTIGONE INSTANCE KEY, SEALED UNDER A PASSPHRASE"
# version 1, exponent of the cost 1, salt 16, nonce 12, key and tag 48
LENGTH = 78
# Base32 has no 0, 1, 8 and 9, so that none is taken for a letter.
PER_LINE, GROUP = 15, 4
_LINE = re.compile(r"^\s*(\d\d)\s+([A-Z2-7 -]+?)\s+\(([0-9A-F]{4})\)\s*$", re.IGNORECASE)


def print_key(key: bytes, passphrase: str, *, cost: int = COST) -> str:
    """The text to print: numbered lines with a check each, and the fingerprint of the key."""
    if not passphrase:
        raise KeyLocked("An empty passphrase protects nothing. Nothing was printed. Choose a passphrase.")
    salt, nonce = os.urandom(16), os.urandom(12)
    sealed = AESGCM(stretch(passphrase, salt, cost)).encrypt(nonce, key, PURPOSE)
    data = bytes([1, cost.bit_length() - 1]) + salt + nonce + sealed
    lines = [TITLE, f"fingerprint {instance_key.fingerprint(key)}", ""]
    for number, start in enumerate(range(0, len(data), PER_LINE), start=1):
        part = data[start : start + PER_LINE]
        letters = base64.b32encode(part).decode("ascii").rstrip("=")
        groups = "-".join(letters[i : i + GROUP] for i in range(0, len(letters), GROUP))
        lines.append(f"{number:02d} {groups} ({_check(number, part)})")
    return "\n".join(lines) + "\n"


def read_key(text: str, passphrase: str) -> bytes:
    """The key from a printed text as it was typed in; raises KeyLocked, naming the line that has a mistake."""
    found: dict[int, bytes] = {}
    for line in text.splitlines():
        match = _LINE.match(line)
        if match is None:
            continue
        number, letters = int(match[1]), re.sub(r"[\s-]", "", match[2]).upper()
        try:
            part = base64.b32decode(letters + "=" * (-len(letters) % 8))
        except binascii.Error:
            part = b""
        if _check(number, part) != match[3].upper():
            raise _mistake(number)
        found[number] = part
    numbers = [0, *sorted(found), -(-LENGTH // PER_LINE) + 1]
    for before, after in pairwise(numbers):
        if after != before + 1:
            raise _mistake(before + 1)
    data = b"".join(found[number] for number in sorted(found))
    cost = 1 << min(data[1], 62) if len(data) == LENGTH else 0
    if len(data) != LENGTH or data[0] != 1 or not LEAST_COST <= cost <= MOST_COST:
        raise KeyLocked("This is not an escrow print that this version reads. Nothing was changed.")
    try:
        return AESGCM(stretch(passphrase, data[2:18], cost)).decrypt(data[18:30], data[30:], PURPOSE)
    except InvalidTag as exc:
        raise KeyLocked("The passphrase is wrong. Nothing was changed. Try again.") from exc


def _mistake(number: int) -> KeyLocked:
    return KeyLocked(f"In line {number:02d} there is a typing mistake, or it is missing. Nothing was changed.")


def _check(number: int, part: bytes) -> str:
    """Four digits that a slip of the finger changes; they keep nothing secret and prove nothing."""
    return hashlib.sha256(bytes([number]) + part).hexdigest()[:4].upper()
