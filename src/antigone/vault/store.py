"""Seal, open and shred: what the record rooms call.

Order and crash safety: `seal` makes key and file durable before the caller's row is committed, so that a
crash leaves a sealed file without a row (swept later), never a row without its file. `shred` is called when
the row is gone.
"""

from __future__ import annotations

import functools
import os
import threading
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

from antigone.instance import Instance
from antigone.vault import files, instance_key
from antigone.vault.errors import KeyGone, SealedFileFault, VaultError
from antigone.vault.keystore import KeyStore, NewKey

MAGIC = b"ANTIGONE\x01"
# Whose templates are searched. What was found in public, or with the dead, is compared in its own case alone.
OF_A_GALLERY = frozenset({"portrait"})
_FILE = b"antigone file 1\0"
_ROW = b"antigone row 1\0"
_SNAPSHOT = "gallery snapshot 1"


@dataclass
class _Batch:
    """Keys and files of a batch that is not yet durable.

    `opened` answers seal_row before the keys are stored.
    """

    keys: list[NewKey] = field(default_factory=list)
    paths: list[Path] = field(default_factory=list)
    opened: dict[UUID, NewKey] = field(default_factory=dict)


class _Open(threading.local):
    batch: _Batch | None = None


_open = _Open()


@functools.lru_cache(maxsize=4)
def _keystore(instance: Instance) -> KeyStore:
    return KeyStore(key_store_path(instance), instance_key.load(instance))


def key_store_path(instance: Instance) -> Path:
    return instance.keys / "store.sqlite3"


def keystore() -> KeyStore:
    """The key store of the instance that is open; raises InstanceKeyError or KeyLocked."""
    return _keystore(settings.ANTIGONE)


def reset() -> None:
    """Forget keys and connections of this process, as when another instance is opened."""
    _keystore.cache_clear()
    instance_key.forget()
    _open.batch = None


@contextmanager
def batch() -> Iterator[None]:
    """Make everything sealed inside durable at once, at the end; keep it inside the transaction of the rows.

    When the block fails, its files are removed and no key was stored. A batch inside a batch joins it.
    """
    if _open.batch is not None:
        yield
        return
    held = _open.batch = _Batch()
    try:
        yield
        _store(held)
    except BaseException:
        for path in held.paths:
            path.unlink(missing_ok=True)
        raise
    finally:
        _open.batch = None


def _store(held: _Batch) -> None:
    if held.keys:
        files.make_durable(settings.ANTIGONE.vault, held.paths)
        keystore().add(held.keys)


def seal(id: str, kind: str, data: bytes) -> None:  # noqa: A002
    """Seal `data` under a key of its own, bound to this kind and id, a UUID that was never sealed before.

    Durable on return, or at the end of the batch around it. Raises VaultError when the id was used.
    """
    image, data_key = as_uuid(id), AESGCM.generate_key(256)
    nonce = os.urandom(12)
    sealed = MAGIC + nonce + AESGCM(data_key).encrypt(nonce, data, _FILE + image.bytes + kind.encode("utf-8"))
    with batch():
        held = _open.batch
        assert held is not None
        held.paths.append(files.write(settings.ANTIGONE.vault, image, sealed))
        held.opened[image] = NewKey(image, kind, data_key)
        held.keys.append(held.opened[image])


def open(id: str) -> bytes:  # noqa: A001, A002
    """The bytes that were sealed under this id.

    Raises KeyGone when the image was erased or never sealed, SealedFileFault when the file is missing or
    altered.
    """
    image = as_uuid(id)
    kind, data_key = keystore().key(image)
    sealed = files.read(settings.ANTIGONE.vault, image)
    try:
        return _unsealed(image, kind, data_key, sealed)
    except (InvalidTag, ValueError) as exc:
        raise SealedFileFault(
            "The sealed file of this image was altered or cut short, and was not opened. Nothing was "
            "changed. Bring the data back from a backup: antigone restore"
        ) from exc


def opens(id: str | UUID, sealed: bytes) -> bool:  # noqa: A002
    """Whether these sealed bytes, wherever they come from, are this image's and whole.

    Raises KeyGone when its key is destroyed or was never made.
    """
    image = as_uuid(id)
    kind, data_key = keystore().key(image)
    try:
        _unsealed(image, kind, data_key, sealed)
    except (InvalidTag, ValueError):
        return False
    return True


def _unsealed(image: UUID, kind: str, data_key: bytes, sealed: bytes) -> bytes:
    """The bytes of a sealed file; raises InvalidTag or ValueError for an altered one, or one of another image."""
    start = len(MAGIC)
    if not sealed.startswith(MAGIC):
        raise InvalidTag
    bound = _FILE + image.bytes + kind.encode("utf-8")
    return AESGCM(data_key).decrypt(sealed[start : start + 12], sealed[start + 12 :], bound)


def seal_row(id: str, data: bytes) -> bytes:  # noqa: A002
    """`data` (a template) sealed under the key of the image it was made from; it dies with that key.

    The same key serves file and rows, apart by what each is bound to; nonces are random, and a key seals few
    things. Raises VaultError for an image that is no portrait: nothing else is ever in a gallery.
    """
    image = as_uuid(id)
    held = _open.batch
    new = held.opened.get(image) if held is not None else None
    kind, data_key = (new.kind, new.data_key) if new is not None else keystore().key(image)
    if kind not in OF_A_GALLERY:
        raise VaultError("A template is kept of a portrait that was given, and of nothing else. Nothing was sealed.")
    nonce = os.urandom(12)
    return nonce + AESGCM(data_key).encrypt(nonce, data, _ROW + image.bytes)


def open_rows(rows: Sequence[tuple[str | UUID, bytes]]) -> list[bytes]:
    """The bytes of sealed rows, in their order, each given as (id of its image, sealed bytes).

    Raises KeyGone when a row's image has no key, SealedFileFault when a row was altered.
    """
    ids = [_bytes(image) for image, _ in rows]
    keys = keystore().keys(ids)
    try:
        return [
            AESGCM(keys[image]).decrypt(sealed[:12], sealed[12:], _ROW + image)
            for image, (_, sealed) in zip(ids, rows, strict=True)
        ]
    except KeyError as exc:
        raise KeyGone(
            "A template's image has no key any more. The template was not opened. Run: antigone doctor"
        ) from exc
    except InvalidTag as exc:
        raise SealedFileFault(
            "A sealed template was altered and was not opened. Nothing was changed. "
            "Bring the data back from a backup: antigone restore"
        ) from exc


def shred(ids: Iterable[str | UUID], objects: Iterable[str] = ()) -> int:
    """Destroy keys, then remove the files; safe to do again. Returns how many keys there were.

    For rows that are gone and committed as gone: services.request_shred and tasks.complete_shreds see to that
    order. Raises VaultError when a key or a file is still there afterwards.
    """
    images = [as_uuid(image) for image in ids]
    there = keystore().destroy(images, objects)
    for image in images:
        files.remove(settings.ANTIGONE.vault, image)
    left = [image for image in images if files.place(settings.ANTIGONE.vault, image).exists()]
    if left:
        raise SealedFileFault(
            "A sealed file could not be removed; its key is destroyed and it cannot be opened. Run: antigone doctor"
        )
    return there


def exists(id: str) -> bool:  # noqa: A002
    """Whether this image can be opened: its key lives and its file is there."""
    image = as_uuid(id)
    return bool(keystore().keys([image.bytes])) and files.place(settings.ANTIGONE.vault, image).exists()


def snapshot_key() -> bytes:
    """The 32-byte key of the gallery's snapshots; it changes when `rotate_snapshot_key` is called."""
    instance = settings.ANTIGONE
    return instance_key.derive(instance_key.load(instance), _SNAPSHOT, keystore().snapshot_secret())


def rotate_snapshot_key() -> None:
    """Draw a new snapshot key, after which no older snapshot can be opened (templates were erased)."""
    keystore().rotate_snapshot_secret()


def as_uuid(image: str | UUID) -> UUID:
    """An id that can name a file; raises ValueError for anything but a UUID."""
    return image if isinstance(image, UUID) else UUID(image)


def _bytes(image: str | UUID) -> bytes:
    return image.bytes if isinstance(image, UUID) else bytes.fromhex(image.replace("-", ""))
