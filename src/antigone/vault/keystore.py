"""The store of wrapped keys: one SQLite file beside the instance key, never in a backup of the data."""

from __future__ import annotations

import os
import sqlite3
import threading
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from antigone.instance import private_file
from antigone.vault import instance_key
from antigone.vault.errors import InstanceKeyError, KeyGone, VaultError

# nonce 12, data key 32, tag 16
WRAPPED_LENGTH = 60
DESTROYED = bytes(WRAPPED_LENGTH)
# SQLite takes at most 32,766 parameters since 3.32; older builds 999.
CHUNK = 900

# Keys are appended and never moved: `slot` grows, and destroying one overwrites its bytes in place. Were the
# image id the key of the table, SQLite's balancing of pages could leave a copy of a destroyed key in unused
# space.
SCHEMA = """
CREATE TABLE IF NOT EXISTS wrapped (
  slot INTEGER PRIMARY KEY, image BLOB NOT NULL UNIQUE, kind TEXT NOT NULL, made REAL NOT NULL, key BLOB NOT
  NULL
);
CREATE TABLE IF NOT EXISTS erased (object TEXT PRIMARY KEY, at REAL NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS facts (name TEXT PRIMARY KEY, value BLOB NOT NULL);
"""


@dataclass(frozen=True)
class NewKey:
    """A data key on its way into the store."""

    image: UUID
    kind: str
    data_key: bytes


class KeyStore:
    """Wrapped data keys by image; each read or write opens the file as its owner alone may."""

    def __init__(self, path: Path, key: bytes) -> None:
        self.path = path
        self._wrap = AESGCM(instance_key.derive(key, "wrap 1"))
        self._fingerprint = instance_key.fingerprint(key)
        self._local = threading.local()

    @classmethod
    def create(cls, path: Path, key: bytes) -> KeyStore:
        """An empty store; refuses to replace one (VaultError)."""
        try:
            os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
        except FileExistsError as exc:
            raise VaultError("This instance has a key store already. Nothing was changed.") from exc
        store = cls(path, key)
        with closing(store._connect(checked=False)) as db:
            db.executescript(SCHEMA)
            facts = [("fingerprint", store._fingerprint.encode()), ("snapshot secret", os.urandom(32))]
            db.executemany("INSERT INTO facts VALUES (?, ?)", facts)
            db.commit()
        store.close()
        return store

    def _connect(self, *, checked: bool = True) -> sqlite3.Connection:
        if not self.path.exists():
            raise InstanceKeyError(
                "The store of wrapped keys is missing. Nothing was opened, and without it no image can be. "
                "Bring it back from a key export: antigone restore --keys FILE"
            )
        private_file(self.path, "store of wrapped keys")
        db = sqlite3.connect(self.path, timeout=60, isolation_level=None)
        # PERSIST keeps the rollback journal in its place, so that `_clean_journal` can write over what it
        # held.
        db.executescript(
            "PRAGMA secure_delete=ON; PRAGMA journal_mode=PERSIST; PRAGMA synchronous=FULL; "
            "PRAGMA temp_store=MEMORY; PRAGMA cache_size=-65536;"
        )
        if checked:
            try:
                row = db.execute("SELECT value FROM facts WHERE name='fingerprint'").fetchone()
            except sqlite3.DatabaseError as exc:
                raise VaultError(
                    "The store of wrapped keys is damaged. Nothing was changed. "
                    "Bring it back from the newest key export: antigone restore --keys FILE"
                ) from exc
            if row is None or bytes(row[0]).decode() != self._fingerprint:
                raise InstanceKeyError(
                    "The instance key is not the one that wrapped this store's keys. Nothing was opened. "
                    "Put the right key back: its fingerprint stands on the escrow print."
                )
        return db

    @property
    def _db(self) -> sqlite3.Connection:
        """This thread's connection; a forked process opens its own."""
        held = getattr(self._local, "held", None)
        if held is None or held[0] != os.getpid():
            held = (os.getpid(), self._connect())
            self._local.held = held
        connection: sqlite3.Connection = held[1]
        return connection

    def close(self) -> None:
        """Close this thread's connection."""
        held = getattr(self._local, "held", None)
        if held is not None and held[0] == os.getpid():
            held[1].close()
        self._local.held = None

    @contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        db = self._db
        db.execute("BEGIN IMMEDIATE")
        try:
            yield db
        except BaseException:
            db.execute("ROLLBACK")
            raise
        db.execute("COMMIT")

    def _wrapped(self, new: NewKey) -> bytes:
        nonce = os.urandom(12)
        return nonce + self._wrap.encrypt(nonce, new.data_key, _bound(new.image.bytes, new.kind))

    def add(self, keys: Sequence[NewKey]) -> None:
        """Store new keys in one durable transaction; raises VaultError when an image has or had a key."""
        now = time.time()
        rows = [(key.image.bytes, key.kind, now, self._wrapped(key)) for key in keys]
        try:
            with self._writing() as db:
                db.executemany("INSERT INTO wrapped (image, kind, made, key) VALUES (?, ?, ?, ?)", rows)
        except sqlite3.IntegrityError as exc:
            raise VaultError(
                "An image of this id was sealed before. Nothing was changed: sealed images are never replaced."
            ) from exc

    def key(self, image: UUID) -> tuple[str, bytes]:
        """Kind and data key of an image; raises KeyGone when it was destroyed or never made."""
        row = self._db.execute("SELECT kind, key FROM wrapped WHERE image=?", (image.bytes,)).fetchone()
        if row is None or row[1] == DESTROYED:
            raise KeyGone(
                "This image was erased: its key is destroyed and nobody can open it."
                if row
                else "The vault has no key for this image. Nothing was opened. Run: antigone doctor"
            )
        return row[0], self._unwrap(image.bytes, row[0], row[1])

    def _unwrap(self, image: bytes, kind: str, wrapped: bytes) -> bytes:
        try:
            return self._wrap.decrypt(wrapped[:12], wrapped[12:], _bound(image, kind))
        except InvalidTag as exc:
            raise VaultError(
                "A wrapped key was altered and cannot be opened. Nothing was changed. "
                "Bring the key store back from the newest key export: antigone restore --keys FILE"
            ) from exc

    def keys(self, images: Sequence[bytes]) -> dict[bytes, bytes]:
        """Data keys by image id (16 bytes each); images without a key are left out."""
        wanted = dict.fromkeys(images)
        unwrap, found = self._wrap.decrypt, {}
        try:
            for image, kind, wrapped in self._rows(sorted(wanted)):
                if wrapped != DESTROYED:
                    found[image] = unwrap(wrapped[:12], wrapped[12:], _bound(image, kind))
        except InvalidTag as exc:
            raise VaultError(
                "A wrapped key was altered and cannot be opened. Nothing was changed. "
                "Bring the key store back from the newest key export: antigone restore --keys FILE"
            ) from exc
        return found

    def _rows(self, images: Sequence[bytes]) -> Iterator[tuple[bytes, str, bytes]]:
        total = self._db.execute("SELECT max(slot) FROM wrapped").fetchone()[0] or 0
        if len(images) * 4 > total:
            # Most of them: one walk through the table is quicker than as many look-ups.
            wanted = set(images)
            for row in self._db.execute("SELECT image, kind, key FROM wrapped"):
                if row[0] in wanted:
                    yield row
            return
        for start in range(0, len(images), CHUNK):
            part = images[start : start + CHUNK]
            marks = ",".join("?" * len(part))
            yield from self._db.execute(
                f"SELECT image, kind, key FROM wrapped WHERE image IN ({marks})",  # noqa: S608 (marks alone)
                part,
            )

    def destroy(self, images: Sequence[UUID], objects: Iterable[str] = ()) -> int:
        """Overwrite keys, remember what was erased and when, and see that the keys are gone.

        `objects` are further things erased, such as "person:12", that a restored backup must lose again.
        Doing it twice changes nothing. Returns how many keys there were; raises VaultError when one can still be
        read.
        """
        now = time.time()
        ids = [image.bytes for image in images]
        there = 0
        with self._writing() as db:
            for image in ids:
                row = db.execute("SELECT kind, key FROM wrapped WHERE image=?", (image,)).fetchone()
                if row is None or row[1] == DESTROYED:
                    continue
                there += 1
                db.execute("UPDATE wrapped SET key=? WHERE image=?", (DESTROYED, image))
                db.execute("INSERT OR IGNORE INTO erased VALUES (?, ?)", (f"{row[0]}:{UUID(bytes=image)}", now))
            db.executemany("INSERT OR REPLACE INTO erased VALUES (?, ?)", [(name, now) for name in objects])
        self._clean_journal()
        if self.keys(ids):
            raise VaultError("A key was to be destroyed and can still be read. Run: antigone doctor")
        return there

    def _clean_journal(self) -> None:
        """Write zeros over the rollback journal, which held the pages as they were before the last change."""
        journal = self.path.with_name(self.path.name + "-journal")
        db = self._db
        # With the write lock held nobody begins a journal, and one whose header is zero is nobody's to roll
        # back.
        db.execute("BEGIN IMMEDIATE")
        try:
            if journal.exists():
                with journal.open("r+b") as out:
                    out.write(b"\0" * journal.stat().st_size)
                    out.flush()
                    os.fsync(out.fileno())
        finally:
            db.execute("ROLLBACK")

    def images(self) -> Iterator[tuple[UUID, str, float, bool]]:
        """Every image ever sealed: id, kind, when (Unix seconds), and whether its key still lives."""
        for image, kind, made, key in self._db.execute("SELECT image, kind, made, key FROM wrapped"):
            yield UUID(bytes=image), kind, made, key != DESTROYED

    def erased_since(self, at: float = 0.0) -> dict[str, float]:
        """What was erased at or after a moment (Unix seconds).

        Objects such as "portrait:<id>" and "person:12".
        """
        return dict(self._db.execute("SELECT object, at FROM erased WHERE at >= ? ORDER BY at, object", (at,)))

    def snapshot_secret(self) -> bytes:
        return bytes(self._db.execute("SELECT value FROM facts WHERE name='snapshot secret'").fetchone()[0])

    def rotate_snapshot_secret(self) -> None:
        """Draw a new secret over the old one; what the old key sealed cannot be opened any more."""
        with self._writing() as db:
            db.execute("UPDATE facts SET value=? WHERE name='snapshot secret'", (os.urandom(32),))
        self._clean_journal()


def _bound(image: bytes, kind: str) -> bytes:
    """The data a wrapped key is bound to, so that no key can be put under another image or kind."""
    return image + kind.encode("utf-8")
