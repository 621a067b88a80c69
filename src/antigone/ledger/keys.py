"""The key that signs this instance's checkpoints: keys/ledger.key, made once, readable by its owner alone."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

from antigone.instance import Instance
from antigone.ledger.errors import KeyFault, NoteFault
from antigone.ledger.note import SigningKey, VerifierKey

KEY_FILE = "ledger.key"
VERIFIER_FILE = "verifier"


def write_durably(path: Path, data: bytes) -> None:
    """Put a file in place as a whole, mode 0600: written aside, made durable, renamed."""
    aside = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    handle = os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(handle, "wb") as out:
            out.write(data)
            out.flush()
            os.fsync(out.fileno())
        aside.rename(path)
    except BaseException:
        aside.unlink(missing_ok=True)
        raise
    sync_folder(path.parent)


def sync_folder(folder: Path) -> None:
    """Make the names in a folder durable."""
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def create(instance: Instance, name: str | None = None) -> VerifierKey:
    """Make the ledger's key and write the verifier key that others are given.

    `name` is the log's origin in every checkpoint; without one it is random. Raises KeyFault when there is
    a key already.
    """
    path = instance.keys / KEY_FILE
    if path.exists():
        raise KeyFault("The ledger has a key already. Nothing was changed.")
    key = SigningKey.generate(name or f"antigone/ledger/{secrets.token_hex(8)}")
    write_durably(path, f"{key.encode()}\n".encode())
    write_durably(instance.ledger / VERIFIER_FILE, f"{key.verifier}\n".encode())
    return key.verifier


def exists(instance: Instance) -> bool:
    return (instance.keys / KEY_FILE).exists()


def load(instance: Instance) -> SigningKey:
    """The signing key; raises KeyFault when it is missing, damaged or readable by others."""
    path = instance.keys / KEY_FILE
    try:
        handle = os.open(path, os.O_RDONLY | os.O_NOFOLLOW)
    except OSError as exc:
        raise KeyFault(
            "The ledger's key cannot be opened. Entries are kept and nothing was signed. "
            "Restore keys/ledger.key from its backup: antigone doctor tells how."
        ) from exc
    with os.fdopen(handle, "rb") as source:
        state = os.fstat(source.fileno())
        if state.st_mode & 0o077 or state.st_uid != os.getuid():
            raise KeyFault(
                "The ledger's key can be read by other accounts. Nothing was signed. "
                "Close it with: chmod 600 keys/ledger.key"
            )
        text = source.read(4096)
    try:
        return SigningKey.parse(text.decode())
    except (NoteFault, UnicodeDecodeError, ValueError) as exc:
        raise KeyFault(
            "The ledger's key is damaged. Entries are kept and nothing was signed. "
            "Restore keys/ledger.key from its backup."
        ) from exc


def verifier(instance: Instance) -> VerifierKey:
    """The key by which our own checkpoints are checked; raises KeyFault.

    The published verifier is read where the signing key is absent, as on a copy that was made for an audit.
    """
    if exists(instance):
        return load(instance).verifier
    try:
        return VerifierKey.parse((instance.ledger / VERIFIER_FILE).read_text(encoding="utf-8"))
    except (OSError, NoteFault, UnicodeDecodeError) as exc:
        raise KeyFault(
            "Neither the ledger's key nor its verifier key is there. Nothing can be checked. "
            "Restore keys/ledger.key, or ledger/verifier, from a backup."
        ) from exc
