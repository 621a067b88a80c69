"""A gallery's segment on disk, sealed: AES-256-GCM in chunks, each bound to its place and to what the whole is.

The file is a magic word, the length of a clear header (what gallery, which generation, how long), the header,
and the chunks. Each file has a key of its own, drawn from the given one by HKDF with a random salt, so that the
chunk's number can serve as its nonce. The header's digest and the number stand under every chunk's seal: a
chunk that was altered, moved, or taken from another file opens nothing.
"""

from __future__ import annotations

import json
import os
from hashlib import sha256
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from antigone.gallery.base import Layout, fits
from antigone.gallery.errors import GalleryError, SnapshotRefused
from antigone.gallery.segment import Segment, SegmentFile

MAGIC = b"ANTGSNP1"
CHUNK = 8 << 20
TAG = 16
LONGEST_HEADER = 1 << 16

REFUSED = "Nothing was taken from it; the gallery has to be built from its rows again."


def save(segment: Segment, path: Path, key: bytes) -> None:
    """Writes a snapshot beside `path` and renames it into place; the file is readable by its owner alone."""
    salt = os.urandom(32)
    body = segment.body
    header = json.dumps({"segment": segment.header(), "bytes": len(body), "salt": salt.hex()}, sort_keys=True).encode()
    cipher, binding = AESGCM(_derive(key, salt)), sha256(header).digest()
    path.parent.mkdir(parents=True, exist_ok=True)
    _sweep(path)
    rough = path.with_name(f"{path.name}.{os.getpid()}.part")
    handle = os.open(rough, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_NOFOLLOW | os.O_CLOEXEC, 0o600)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(MAGIC + len(header).to_bytes(4, "big") + header)
            for number, at in enumerate(range(0, len(body), CHUNK)):
                chunk = body[at : at + CHUNK]
                file.write(cipher.encrypt(_nonce(number), chunk.data, binding + _nonce(number)))
            file.flush()
            os.fsync(file.fileno())
        os.replace(rough, path)
    finally:
        rough.unlink(missing_ok=True)
    folder = os.open(path.parent, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def load(path: Path, key: bytes, place: SegmentFile, identity: dict[str, str], dimension: int) -> Segment:
    """Opens a snapshot straight into a new segment, sealed but not published; the caller holds the lock.

    Raises SnapshotRefused for a file that is missing, damaged, of another gallery or under another key.
    """
    try:
        with open(path, "rb") as file:
            header, binding = _read_header(file)
            declared = header["segment"]
            if declared["dimension"] != dimension or any(declared[k] != v for k, v in identity.items()):
                raise SnapshotRefused(f"This gallery snapshot is of another gallery. {REFUSED}")
            layout = Layout(int(declared["capacity"]), dimension, int(declared["columns"]))
            length = int(header["bytes"])
            chunks = -(-length // CHUNK)
            left = os.fstat(file.fileno()).st_size - file.tell()
            if length != layout.size or left != length + chunks * TAG:
                raise SnapshotRefused(f"This gallery snapshot is cut short or too long. {REFUSED}")
            segment = place.create(length)
            _open_chunks(file, AESGCM(_derive(key, bytes.fromhex(header["salt"]))), binding, segment.body)
    except InvalidTag as damage:
        raise SnapshotRefused(f"This gallery snapshot was altered, or sealed under another key. {REFUSED}") from damage
    except (OSError, KeyError, TypeError, ValueError, EOFError) as damage:
        raise SnapshotRefused(f"This gallery snapshot could not be read. {REFUSED}") from damage
    segment.seal(declared)
    if not fits(segment, identity, dimension):
        raise SnapshotRefused(f"This gallery snapshot is of another format. {REFUSED}")
    return segment


def _open_chunks(file: BinaryIO, cipher: AESGCM, binding: bytes, body: np.ndarray[Any, np.dtype[np.uint8]]) -> None:
    for number, at in enumerate(range(0, len(body), CHUNK)):
        sealed = file.read(min(CHUNK, len(body) - at) + TAG)
        clear = cipher.decrypt(_nonce(number), sealed, binding + _nonce(number))
        body[at : at + len(clear)] = np.frombuffer(clear, dtype=np.uint8)


def _read_header(file: BinaryIO) -> tuple[dict[str, Any], bytes]:
    if file.read(len(MAGIC)) != MAGIC:
        raise SnapshotRefused(f"This file is no gallery snapshot. {REFUSED}")
    length = int.from_bytes(file.read(4), "big")
    if length > LONGEST_HEADER:
        raise SnapshotRefused(f"This gallery snapshot is damaged. {REFUSED}")
    text = file.read(length)
    return json.loads(text), sha256(text).digest()


def _sweep(path: Path) -> None:
    """Removes what savers left behind that died midway."""
    for rough in path.parent.glob(f"{path.name}.*.part"):
        try:
            os.kill(int(rough.name.split(".")[-2]), 0)
        except (ProcessLookupError, ValueError):
            rough.unlink(missing_ok=True)
        except OSError:
            continue


def _derive(key: bytes, salt: bytes) -> bytes:
    if len(key) != 32:
        raise GalleryError("A gallery snapshot is sealed under a key of 32 bytes; nothing was written or read.")
    return HKDF(SHA256(), 32, salt, b"antigone gallery snapshot 1").derive(key)


def _nonce(number: int) -> bytes:
    return number.to_bytes(12, "big")
