"""Bring a backup back: nothing that was erased since returns, and the ledger does not go back where that can be helped.

Until the last step the instance cannot be opened: in place a mark forbids it, in a new folder antigone.toml
is not there yet. Stopped anywhere, the same restore can be run again.
"""

from __future__ import annotations

import io
import shutil
import sqlite3
import tempfile
from collections.abc import Callable
from contextlib import closing, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from django.db import DatabaseError

from antigone.instance import KEY_FILES, RESTORING, Instance, create_folders, founded
from antigone.ledger import keys as ledger_keys
from antigone.ledger.errors import LedgerError
from antigone.upkeep import archive, keyexport, replay
from antigone.upkeep.errors import UpkeepError
from antigone.upkeep.opening import open_instance, point_django_at
from antigone.vault import files, instance_key, store
from antigone.vault.errors import VaultError

ASIDE, STOPPED = "before-restore", "stopped.sqlite3"


@dataclass(frozen=True)
class Restored:
    """What a restore did.

    `damaged` counts the sealed images of the backup that do not open under their keys and were not brought.
    `ledger_kept` is True when the ledger went on as it was, False when it is that of the backup; only in the first
    case is it known what was withdrawn since (roles, mandates, reports closed). `aside` is
    where the database of before lies, for its owner to look at and delete.
    """

    instance: Instance
    made_at: datetime
    images: int
    damaged: int
    erased_again: int
    withdrawn_again: int
    ledger_kept: bool
    aside: Path | None


def restore(
    source: Path,
    root: Path,
    *,
    keys: Path | None = None,
    passphrase: str = "",
    actor: str = "system:restore",
    ask: Callable[[], str] | None = None,
) -> Restored:
    """Restore the backup `source` into `root`: an instance that has its keys, or a new folder, with a key export.

    `passphrase` opens the key export; `ask` returns that of a locked instance key. Raises UpkeepError,
    InstanceError or KeyLocked; what is there is not touched before the backup is seen to be
    whole and of this instance.
    """
    manifest = archive.read_manifest(source)
    images = archive.check_whole(source)
    instance = Instance(root.absolute())
    in_place = instance.exists()
    if instance.on_server:
        raise UpkeepError(
            "The records of this instance are in a database server. Nothing was changed. Restore them with the "
            "server's own tools, and the folders vault/ and ledger/ with them."
        )
    if keys is None and not in_place:
        raise UpkeepError(
            "There is no instance here, and a backup holds no keys. Nothing was changed. Name the key "
            "export (--keys FILE), or restore into the folder of the instance."
        )
    brought = keyexport.read_keys(keys, passphrase) if keys is not None else None
    if brought is not None and instance_key.fingerprint(brought.instance_key) != manifest.key_fingerprint:
        raise UpkeepError("The key export is of another instance than the backup. Nothing was changed.")
    if in_place:
        for folder in instance.folders:
            folder.mkdir(mode=0o700, exist_ok=True)
    else:
        create_folders(root)
    point_django_at(instance.root)
    store.reset()
    if brought is not None:
        _put_missing_keys(instance, brought, passphrase)
    if instance_key.fingerprint(instance_key.load(instance, ask)) != manifest.key_fingerprint:
        raise UpkeepError("The backup is of another instance: its key is not this one's. Nothing was changed.")
    store.keystore().erased_since()
    if in_place:
        _finish_erasures(instance)
    with tempfile.TemporaryDirectory(prefix=".restore-", dir=instance.backups) as scratch:
        staged = Path(scratch)
        archive.unpack_records(source, staged, manifest)
        _check_database(staged / archive.DATABASE)
        aside = _mark(instance) if in_place else None
        damaged = _bring_images(source, instance)
        _change_databases(instance, staged, aside)
        ledger_kept = _bring_ledger(instance, staged, aside, actor)
        erased_again = replay.replay(manifest.made_at, actor)
        withdrawn_again = _withdraw_again(manifest.made_at, actor) if ledger_kept else 0
        _enter(manifest, actor, erased_again, withdrawn_again, ledger_kept)
        if in_place:
            (instance.root / RESTORING).unlink()
        else:
            founded(instance, (staged / instance.settings_file.name).read_text(encoding="utf-8"))
    return Restored(
        instance=open_instance(instance.root),
        made_at=datetime.fromtimestamp(manifest.made_at, UTC),
        images=images,
        damaged=damaged,
        erased_again=erased_again,
        withdrawn_again=withdrawn_again,
        ledger_kept=ledger_kept,
        aside=aside if aside is not None and any(aside.iterdir()) else None,
    )


def _finish_erasures(instance: Instance) -> None:
    """Complete the erasures that the present database still waits for, where it can be opened at all."""
    if (instance.root / RESTORING).exists() or not instance.database.exists():
        return
    from antigone.vault.tasks import complete_shreds

    point_django_at(instance.root)
    # A database that cannot be read is a reason to restore, not to refuse.
    with suppress(DatabaseError, LedgerError, VaultError):
        complete_shreds()


def _put_missing_keys(instance: Instance, brought: keyexport.Keys, passphrase: str) -> None:
    """Put back the key files that are missing; one that is there is newer, and knows what was erased since."""
    missing = [name for name in KEY_FILES if not any(instance.keys.glob(f"{name}*"))]
    if not missing:
        raise UpkeepError(
            "This instance has its keys, and those of an export may be older: they could open what was "
            "erased. Nothing was changed. Restore here without --keys, or into a new folder with them."
        )
    if "instance.key" in missing:
        instance_key.restore(instance, brought.instance_key)
        if brought.was_locked:
            instance_key.lock(instance, passphrase)
    if "store.sqlite3" in missing:
        instance_key.write_private(store.key_store_path(instance), brought.store)
    if "ledger.key" in missing:
        instance_key.write_private(instance.keys / ledger_keys.KEY_FILE, brought.ledger_key)


def _check_database(database: Path) -> None:
    try:
        with closing(sqlite3.connect(database)) as db:
            sound = db.execute("PRAGMA quick_check").fetchone()[0] == "ok"
    except sqlite3.DatabaseError:
        sound = False
    if not sound:
        raise UpkeepError("The database in the backup is damaged. Nothing was changed. Use another backup.")


def _bring_images(source: Path, instance: Instance) -> int:
    """Put back the sealed files that are missing or damaged, except those whose key was destroyed.

    A file that opens under its key is never touched, and one of the backup that does not is never brought; returns
    how many of those there were.
    """
    alive = {image for image, _, _, lives in store.keystore().images() if lives}
    written, damaged = [], 0
    for name, sealed in archive.sealed_images(source):
        image = store.as_uuid(name)
        path = files.place(instance.vault, image)
        if image not in alive:
            continue
        present = path.read_bytes() if path.exists() else None
        if present == sealed:
            continue
        if not store.opens(image, sealed):
            damaged += 1
            continue
        if present is not None:
            if store.opens(image, present):
                continue
            path.unlink()
        written.append(files.write(instance.vault, image, sealed))
    files.make_durable(instance.vault, written)
    return damaged


def _mark(instance: Instance) -> Path:
    """Forbid opening the instance, and name the folder for the database of before.

    The same one after a stop.
    """
    mark = instance.root / RESTORING
    name = mark.read_text(encoding="utf-8").strip() if mark.exists() else ""
    if not name:
        name = f"{ASIDE}-{datetime.now(UTC):%Y%m%d-%H%M%S}"
        instance_key.write_private(mark, name.encode())
    aside = instance.backups / Path(name).name
    aside.mkdir(mode=0o700, exist_ok=True)
    return aside


def _change_databases(instance: Instance, staged: Path, aside: Path | None) -> None:
    """Set the present database aside, put the backup's in its place, and bring it to this version's schema."""
    from django.core.management import call_command
    from django.db import connections

    connections.close_all()
    if aside is not None:
        # The database itself goes last: when it is in the folder aside, all of it is. What a restore that was
        # stopped left in its place goes beside it, since the ledger there may be the longest.
        first = not (aside / instance.database.name).exists()
        _move_database(instance.database, aside / (instance.database.name if first else STOPPED))
    for suffix in ("-wal", "-shm", ""):
        Path(f"{instance.database}{suffix}").unlink(missing_ok=True)
    shutil.copyfile(staged / archive.DATABASE, instance.database)
    instance.database.chmod(0o600)
    call_command("migrate", verbosity=0, interactive=False, stdout=io.StringIO())
    for path in instance.gallery.iterdir():
        path.unlink()
    connections.close_all()


def _move_database(database: Path, to: Path) -> None:
    """Move a SQLite database with its log; an older one of that name goes, with its own."""
    if not database.exists():
        return
    for suffix in ("-wal", "-shm", ""):
        Path(f"{to}{suffix}").unlink(missing_ok=True)
        if Path(f"{database}{suffix}").exists():
            Path(f"{database}{suffix}").rename(f"{to}{suffix}")


def _bring_ledger(instance: Instance, staged: Path, aside: Path | None, actor: str) -> bool:
    """Let the ledger go on from where it was, if that can be read and agrees; otherwise take the backup's.

    Checkpoints beyond the backup's are then set aside in ledger/lost/, and an entry says so: they prove to anybody
    that entries existed which are gone.
    """
    from antigone.ledger.services import accept_rollback

    if aside is not None and replay.carry_ledger([aside / instance.database.name, aside / STOPPED], instance.database):
        return True
    accept_rollback(actor=actor, reason="a backup was restored, and the ledger of before could not be read")
    for path in sorted((staged / "ledger").rglob("*")):
        to = instance.ledger / path.relative_to(staged / "ledger")
        if path.is_file() and not to.exists():
            to.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            shutil.copyfile(path, to)
            to.chmod(0o600)
    return False


def _withdraw_again(made_at: float, actor: str) -> int:
    from antigone.upkeep.withdrawals import remember_views, withdraw_again

    remember_views()
    return withdraw_again(made_at, actor)


def _enter(manifest: archive.Manifest, actor: str, erased_again: int, withdrawn_again: int, ledger_kept: bool) -> None:
    from antigone.ledger.services import record, recorded

    with recorded():
        record(
            "instance:backup:restore",
            actor=actor,
            object="instance:self",
            made_at=datetime.fromtimestamp(manifest.made_at, UTC).isoformat(timespec="seconds"),
            database_sha256=manifest.database_sha256,
            erased_again=erased_again,
            withdrawn_again=withdrawn_again,
            ledger="kept" if ledger_kept else "that of the backup",
        )
