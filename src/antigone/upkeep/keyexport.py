"""The keys of an instance in one file, under a passphrase: what a restore on a new machine needs."""

from __future__ import annotations

import io
import os
import sqlite3
import tarfile
import tempfile
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from antigone.instance import Instance
from antigone.ledger import keys as ledger_keys
from antigone.upkeep.errors import UpkeepError
from antigone.vault import escrow, instance_key, passphrase, store
from antigone.vault.errors import KeyLocked
from antigone.vault.keystore import KeyStore

PURPOSE = "antigone key export"
_HEAD = b"antigone key export 1\n"
_INSTANCE, _STORE, _LEDGER, _LOCKED = "instance.key", "store.sqlite3", "ledger.key", "was-locked"


@dataclass(frozen=True)
class Keys:
    """What a key export holds. `was_locked`: the instance key lay under a passphrase, and is to again."""

    instance_key: bytes
    store: bytes
    ledger_key: bytes
    was_locked: bool


def export_keys(instance: Instance, file: Path, phrase: str, *, actor: str, cost: int = passphrase.COST) -> None:
    """Write instance key, key store and ledger key of the open instance into a new file, sealed under `phrase`.

    An older export still has keys that were destroyed since: destroy it when this one is safe. Raises
    UpkeepError.
    """
    if file.exists():
        raise UpkeepError("There is a file of this name. Nothing was changed. Name a new file for the keys.")
    with tempfile.TemporaryDirectory(prefix=".keys-", dir=instance.keys) as folder:
        copied = Path(folder, _STORE)
        copied.touch(mode=0o600)
        with (
            closing(sqlite3.connect(store.key_store_path(instance), timeout=60)) as live,
            closing(sqlite3.connect(copied)) as copy,
        ):
            live.backup(copy)
            copy.execute("PRAGMA journal_mode=DELETE")
        packed = io.BytesIO()
        with tarfile.open(fileobj=packed, mode="w") as tar:
            _add(tar, _INSTANCE, instance_key.load(instance))
            _add(tar, _STORE, copied.read_bytes())
            _add(tar, _LEDGER, (instance.keys / ledger_keys.KEY_FILE).read_bytes())
            _add(tar, _LOCKED, b"yes" if instance_key.is_locked(instance) else b"no")
        # A wrapped key that is destroyed later must not live on in this copy's blocks.
        copied.write_bytes(bytes(copied.stat().st_size))
    file_key, nonce = os.urandom(32), os.urandom(12)
    head = passphrase.seal(file_key, phrase, PURPOSE, cost=cost).encode("ascii")
    body = nonce + AESGCM(file_key).encrypt(nonce, packed.getvalue(), PURPOSE.encode())
    try:
        instance_key.write_private(file, _HEAD + len(head).to_bytes(4, "big") + head + body)
    except OSError as exc:
        raise UpkeepError(f"The keys could not be written ({exc.strerror}). Nothing was changed.") from exc
    from antigone.ledger.services import record, recorded

    with recorded():
        record("instance:keys:export", actor=actor, object="instance:self")


def _add(tar: tarfile.TarFile, name: str, data: bytes) -> None:
    member = tarfile.TarInfo(name)
    member.size, member.mode = len(data), 0o600
    tar.addfile(member, io.BytesIO(data))


def read_keys(file: Path, phrase: str) -> Keys:
    """The keys of an export; raises UpkeepError for another or a damaged file, KeyLocked for a wrong passphrase."""
    try:
        data = file.read_bytes()
    except OSError as exc:
        raise UpkeepError(f"The key export cannot be read ({exc.strerror}). Nothing was changed.") from exc
    if not data.startswith(_HEAD):
        raise UpkeepError("This file is not a key export of Antigone. Nothing was changed.")
    start = len(_HEAD) + 4
    end = start + int.from_bytes(data[len(_HEAD) : start], "big")
    file_key = passphrase.open_sealed(data[start:end].decode("ascii", "replace"), phrase, PURPOSE)
    try:
        packed = AESGCM(file_key).decrypt(data[end : end + 12], data[end + 12 :], PURPOSE.encode())
    except (InvalidTag, ValueError) as exc:
        raise KeyLocked("The key export is damaged or cut short. Nothing was changed. Use another copy.") from exc
    with tarfile.open(fileobj=io.BytesIO(packed)) as tar:
        held = {member.name: tar.extractfile(member) for member in tar}
        parts = {name: found.read() for name, found in held.items() if found is not None}
    return Keys(parts[_INSTANCE], parts[_STORE], parts[_LEDGER], parts[_LOCKED] == b"yes")


def recover_key(root: Path, printed: str, phrase: str) -> None:
    """Put the instance key back from its escrow print into an instance that has lost it.

    Raises KeyLocked for a wrong passphrase or a typing mistake, InstanceKeyError where there is a key, or where the
    printed one is not the one that this instance's key store was made with.
    """
    instance = Instance(root.absolute())
    instance.settings()
    key = escrow.read_key(printed, phrase)
    probe = KeyStore(store.key_store_path(instance), key)
    probe.erased_since()
    probe.close()
    instance_key.restore(instance, key)
