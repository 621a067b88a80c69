"""A secret sealed under a passphrase: scrypt, then AES-256-GCM, in one JSON text."""

from __future__ import annotations

import base64
import binascii
import json
import os

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

from antigone.vault.errors import KeyLocked

# RFC 7914 cost: 2^17 blocks of 1 KiB fill 128 MiB, about half a second on one core of 2020.
COST = 2**17
LEAST_COST, MOST_COST = 2**14, 2**20


def stretch(passphrase: str, salt: bytes, cost: int) -> bytes:
    """A 32-byte key from a passphrase (scrypt, RFC 7914); `cost` is its N."""
    return Scrypt(salt=salt, length=32, n=cost, r=8, p=1).derive(passphrase.encode("utf-8"))


def seal(secret: bytes, passphrase: str, purpose: str, *, cost: int = COST) -> str:
    """`secret` sealed under `passphrase` for one purpose; raises KeyLocked when the passphrase is empty."""
    if not passphrase:
        raise KeyLocked("An empty passphrase protects nothing. Nothing was changed. Choose a passphrase.")
    salt, nonce = os.urandom(16), os.urandom(12)
    sealed = AESGCM(stretch(passphrase, salt, cost)).encrypt(nonce, secret, purpose.encode("utf-8"))
    fields = {"salt": salt, "nonce": nonce, "sealed": sealed}
    encoded = {name: base64.b64encode(value).decode("ascii") for name, value in fields.items()}
    return json.dumps({"form": "antigone passphrase 1", "scrypt_n": cost, **encoded}, indent=1) + "\n"


def open_sealed(text: str, passphrase: str, purpose: str) -> bytes:
    """The secret again; raises KeyLocked when the passphrase is wrong or the text is damaged."""
    try:
        fields = json.loads(text)
        cost = int(fields["scrypt_n"])
        if fields["form"] != "antigone passphrase 1" or not LEAST_COST <= cost <= MOST_COST:
            raise ValueError("unknown form")
        salt, nonce, sealed = (base64.b64decode(fields[name]) for name in ("salt", "nonce", "sealed"))
        return AESGCM(stretch(passphrase, salt, cost)).decrypt(nonce, sealed, purpose.encode("utf-8"))
    except InvalidTag as exc:
        raise KeyLocked(
            "The passphrase is wrong, or the sealed key was damaged. Nothing was opened. Try again; "
            "the key can also be brought back from the escrow print or from a key export."
        ) from exc
    except (ValueError, KeyError, TypeError, binascii.Error) as exc:
        raise KeyLocked(
            "The sealed key is damaged and cannot be read. Nothing was opened. "
            "Bring it back from the escrow print or from a key export."
        ) from exc
