"""Make a backup of the data: records, ledger, sealed images. Keys are never in it."""

from __future__ import annotations

import hashlib
import os
import sqlite3
import tempfile
import time
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from django.db import connection

from antigone import __version__
from antigone.instance import Instance
from antigone.ledger import keys as ledger_keys
from antigone.upkeep import archive
from antigone.upkeep.errors import UpkeepError
from antigone.vault import instance_key


@dataclass(frozen=True)
class Backup:
    """A backup that was made: its file, how many sealed images it holds, and the digest of its database."""

    file: Path
    images: int
    database_sha256: str


def backup(instance: Instance, target: Path | None = None, *, actor: str, enter: bool = True) -> Backup:
    """Write a backup of the open instance while it may be in use; `target` is a new file or a folder.

    By default it lies in the instance's own backups/; move it to another machine. `enter` says whether
    the ledger gets its entry here (an upgrade enters it when the schema is ready). Raises UpkeepError.
    """
    if connection.vendor != "sqlite":
        raise UpkeepError(
            "The records of this instance are in a database server. Nothing was done. "
            "Back them up with the server's own tools, and the folders vault/ and ledger/ with them."
        )
    made_at = time.time()
    file = _new_file(instance, target, made_at)
    part = file.with_name(f".{file.name}.part")
    part.unlink(missing_ok=True)
    try:
        with tempfile.TemporaryDirectory(prefix=".backup-", dir=instance.backups) as folder:
            ledger = _copy_of_ledger(instance, Path(folder))
            database = Path(folder, archive.DATABASE)
            copy_database(instance.database, database)
            with database.open("rb") as copied:
                digest = hashlib.file_digest(copied, "sha256").hexdigest()
            manifest = archive.Manifest(
                form=archive.FORM,
                version=__version__,
                made_at=made_at,
                key_fingerprint=instance_key.fingerprint(instance_key.load(instance)),
                ledger_origin=ledger_keys.verifier(instance).name,
                database_sha256=digest,
            )
            images = archive.write(part, manifest, instance.settings_file, ledger, database, instance.vault)
        with part.open("rb") as written:
            os.fsync(written.fileno())
        part.rename(file)
        instance_key.sync_folder(file.parent)
    except OSError as exc:
        raise UpkeepError(
            f"The backup could not be written ({exc.strerror}). The instance is as it was; no backup was left."
        ) from exc
    finally:
        part.unlink(missing_ok=True)
    made = Backup(file, images, digest)
    if enter:
        enter_backup(made, actor)
    return made


def enter_backup(made: Backup, actor: str) -> None:
    """Write to the ledger that a backup was made."""
    from antigone.ledger.services import record, recorded

    with recorded():
        record(
            "instance:backup:make",
            actor=actor,
            object="instance:self",
            images=made.images,
            database_sha256=made.database_sha256,
        )


def _new_file(instance: Instance, target: Path | None, made_at: float) -> Path:
    name = f"antigone-{datetime.fromtimestamp(made_at, UTC):%Y%m%d-%H%M%S}.tar"
    file = instance.backups / name if target is None else target / name if target.is_dir() else target
    if file.exists():
        raise UpkeepError("There is a file of this name. Nothing was changed. Name a new file, or a folder.")
    if not file.parent.is_dir():
        raise UpkeepError("The folder for the backup is not there. Nothing was done. Make it, or name another.")
    for folder in (instance.vault, instance.keys, instance.data, instance.ledger):
        if folder.resolve() in file.resolve().parents:
            raise UpkeepError("A backup cannot lie among the data it copies. Nothing was done. Name another folder.")
    return file.absolute()


def _copy_of_ledger(instance: Instance, folder: Path) -> Path:
    """The ledger's folder as it is before the database is copied.

    The database may be ahead of it, never behind.
    """
    copy = folder / "ledger"
    copy.mkdir()
    for path in sorted(instance.ledger.rglob("*")):
        if path.is_file() and not path.name.startswith("."):
            to = copy / path.relative_to(instance.ledger)
            to.parent.mkdir(parents=True, exist_ok=True)
            try:
                to.write_bytes(path.read_bytes())
            except FileNotFoundError:
                continue  # a refusal that was entered meanwhile; the database has it
    return copy


def copy_database(source: Path, target: Path) -> None:
    """A copy of a SQLite database in one consistent state, while others may write.

    Raises UpkeepError when damaged.
    """
    target.touch(mode=0o600)
    try:
        with closing(sqlite3.connect(source, timeout=60)) as live, closing(sqlite3.connect(target)) as copy:
            live.backup(copy)
            copy.execute("PRAGMA journal_mode=DELETE")
            sound = copy.execute("PRAGMA quick_check").fetchone()[0] == "ok"
    except sqlite3.Error as exc:
        raise UpkeepError(f"The database cannot be copied ({exc}). Nothing was changed.") from exc
    if not sound:
        raise UpkeepError(
            "The database is damaged, and a backup of it would be too. Nothing was changed. "
            "Keep the older backups, and run: antigone doctor"
        )
