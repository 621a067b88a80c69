"""The instance key: 32 random bytes from which every other secret of the vault hangs."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from antigone.instance import Instance, private_file
from antigone.vault import passphrase as sealing
from antigone.vault.errors import InstanceKeyError, KeyLocked

OPEN_NAME = "instance.key"
LOCKED_NAME = "instance.key.locked"
LOCK_PURPOSE = "antigone instance key"
PASSPHRASE_VARIABLE = "ANTIGONE_PASSPHRASE"  # noqa: S105 (the name of a variable)

_unlocked: dict[Path, bytes] = {}


def create(instance: Instance) -> None:
    """Draw the key of a new instance; refuses to replace one (InstanceKeyError)."""
    if is_locked(instance) or _open_path(instance).exists():
        raise InstanceKeyError("This instance has a key already. Nothing was changed.")
    write_private(_open_path(instance), os.urandom(32))


def _open_path(instance: Instance) -> Path:
    return instance.keys / OPEN_NAME


def _locked_path(instance: Instance) -> Path:
    return instance.keys / LOCKED_NAME


def is_locked(instance: Instance) -> bool:
    """True when the key lies under a passphrase."""
    return _locked_path(instance).exists()


def write_private(path: Path, data: bytes) -> None:
    """Write a file that its owner alone can read, whole or not at all, and have the disk hold it."""
    part = path.with_name(path.name + ".part")
    part.unlink(missing_ok=True)
    handle = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as out:
        out.write(data)
        out.flush()
        os.fsync(out.fileno())
    part.replace(path)
    sync_folder(path.parent)


def sync_folder(folder: Path) -> None:
    """Have the disk hold the names in a folder, not only the contents of its files."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def load(instance: Instance, ask: Callable[[], str] | None = None) -> bytes:
    """The instance key, 32 bytes. Once unlocked it stays in this process.

    A locked key is opened with the passphrase in the environment (ANTIGONE_PASSPHRASE) or else the one that
    `ask` returns. Raises InstanceKeyError when the key is missing, damaged or unsafe, KeyLocked when it stays
    locked.
    """
    known = _unlocked.get(instance.root)
    if known is not None:
        return known
    if is_locked(instance):
        key = _unlock(instance, ask)
        # Locking was stopped before its last step: the open copy must not stay.
        _overwrite(_open_path(instance))
    else:
        if not _open_path(instance).exists():
            raise InstanceKeyError(
                "The instance key is missing. Nothing was opened, and without it no image can be. "
                "Bring it back from the escrow print or from a key export: see docs/operations.md, Keys."
            )
        private_file(_open_path(instance), "instance key")
        key = _open_path(instance).read_bytes()
    if len(key) != 32:
        raise InstanceKeyError(
            "The instance key is damaged: it has not 32 bytes. Nothing was opened. "
            "Bring it back from the escrow print or from a key export."
        )
    _unlocked[instance.root] = key
    return key


def _unlock(instance: Instance, ask: Callable[[], str] | None) -> bytes:
    private_file(_locked_path(instance), "locked instance key")
    given = os.environ.get(PASSPHRASE_VARIABLE) or (ask() if ask is not None else "")
    if not given:
        raise KeyLocked(
            "The instance key is locked with a passphrase, and none was given. Nothing was opened. "
            f"Give it when asked, or in the environment variable {PASSPHRASE_VARIABLE}."
        )
    text = _locked_path(instance).read_text(encoding="utf-8", errors="replace")
    return sealing.open_sealed(text, given, LOCK_PURPOSE)


def lock(instance: Instance, passphrase: str, *, cost: int = sealing.COST) -> None:
    """Put the key under a passphrase (or under a new one) and overwrite the open copy."""
    key = load(instance)
    text = sealing.seal(key, passphrase, LOCK_PURPOSE, cost=cost)
    write_private(_locked_path(instance), text.encode("utf-8"))
    _overwrite(_open_path(instance))


def unlock(instance: Instance, ask: Callable[[], str] | None = None) -> None:
    """Take the passphrase off: the key lies open again, readable by the owner of the instance alone."""
    if not is_locked(instance):
        raise InstanceKeyError("The instance key is not locked. Nothing was changed.")
    write_private(_open_path(instance), load(instance, ask))
    _overwrite(_locked_path(instance))


def _overwrite(path: Path) -> None:
    """Zeros over the file, then no file. A disk that moves blocks about may keep the old ones.

    Docs say so.
    """
    if not path.exists():
        return
    with path.open("r+b") as out:
        out.write(b"\0" * path.stat().st_size)
        out.flush()
        os.fsync(out.fileno())
    path.unlink()
    sync_folder(path.parent)


def restore(instance: Instance, key: bytes) -> None:
    """Put a key that came back from escrow in its place.

    Refuses to replace another one (InstanceKeyError).
    """
    if len(key) != 32:
        raise InstanceKeyError("This is not an instance key: it has not 32 bytes. Nothing was changed.")
    if is_locked(instance) or _open_path(instance).exists():
        raise InstanceKeyError("This instance has a key already. Nothing was changed.")
    write_private(_open_path(instance), key)


def derive(key: bytes, purpose: str, salt: bytes | None = None) -> bytes:
    """A 32-byte key for one purpose (HKDF-SHA-256, RFC 5869); no key is used for two."""
    return HKDF(algorithm=SHA256(), length=32, salt=salt, info=b"antigone " + purpose.encode("utf-8")).derive(key)


def fingerprint(key: bytes) -> str:
    """Sixteen hexadecimal digits that are the same for copies of one key, and that give nothing of it."""
    return derive(key, "fingerprint 1")[:8].hex()


def forget() -> None:
    """Drop unlocked keys from this process (tests, and changing from one instance to another).

    The bytes cannot be wiped from memory in Python; they are only no longer reachable.
    """
    _unlocked.clear()
