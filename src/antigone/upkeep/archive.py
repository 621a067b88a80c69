"""The backup file: a plain tar with a manifest first, a mark of completeness last, and nothing but known names."""

from __future__ import annotations

import hashlib
import io
import json
import re
import tarfile
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from antigone.instance import SETTINGS_FILE
from antigone.upkeep.errors import UpkeepError
from antigone.vault import files

FORM = "antigone backup 1"
MANIFEST, END, DATABASE = "manifest.json", "end.json", "database.sqlite3"
# No name leads out of the instance, and none is hidden: a lock or a half-written file is not part of a
# backup.
_LEDGER_NAME = re.compile(r"ledger/(?:[\w+-][\w.+:-]*/)?[\w+-][\w.+:-]*")
_VAULT_NAME = re.compile(r"vault/[0-9a-f]{3}/[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")


@dataclass(frozen=True)
class Manifest:
    """What a backup says of itself; `made_at` is in Unix seconds, `key_fingerprint` names the key it needs."""

    form: str
    version: str
    made_at: float
    key_fingerprint: str
    ledger_origin: str
    database_sha256: str


def write(target: Path, manifest: Manifest, settings: Path, ledger: Path, database: Path, vault: Path) -> int:
    """Write a new backup file; returns how many sealed images it holds. `database` must be a copy at rest."""
    images = 0
    with target.open("xb") as out:
        target.chmod(0o600)
        with tarfile.open(fileobj=out, mode="w", format=tarfile.PAX_FORMAT) as tar:
            _add_bytes(tar, MANIFEST, json.dumps(asdict(manifest), indent=1).encode())
            _add_bytes(tar, SETTINGS_FILE, settings.read_bytes())
            for path in sorted(ledger.rglob("*")):
                name = f"ledger/{path.relative_to(ledger).as_posix()}"
                if path.is_file() and _LEDGER_NAME.fullmatch(name):
                    _add_bytes(tar, name, path.read_bytes())
            tar.add(database, DATABASE, recursive=False, filter=_plain)
            for image, path in files.every(vault):
                if image is None:
                    continue
                try:
                    data = path.read_bytes()
                except FileNotFoundError:
                    continue  # erased since the copy of the database was made
                _add_bytes(tar, f"vault/{path.parent.name}/{path.name}", data)
                images += 1
            _add_bytes(tar, END, json.dumps({"images": images}).encode())
    return images


def _plain(member: tarfile.TarInfo) -> tarfile.TarInfo:
    member.uid = member.gid = 0
    member.uname = member.gname = ""
    member.mode = 0o600
    return member


def _add_bytes(tar: tarfile.TarFile, name: str, data: bytes) -> None:
    member = _plain(tarfile.TarInfo(name))
    member.size = len(data)
    tar.addfile(member, io.BytesIO(data))


def read_manifest(source: Path) -> Manifest:
    """What the backup says of itself; raises UpkeepError when this is no backup that this version reads."""
    for member, data in _members(source, lambda name: name == MANIFEST):
        try:
            fields: dict[str, Any] = json.loads(data)
            manifest = Manifest(**fields)
        except (ValueError, TypeError) as exc:
            raise UpkeepError(
                f"The backup's {member} cannot be read. Nothing was changed. Use another backup."
            ) from exc
        if manifest.form != FORM:
            raise UpkeepError("This backup has a form that this version does not read. Nothing was changed.")
        return manifest
    raise UpkeepError("This file is not a backup of Antigone. Nothing was changed.")


def check_whole(source: Path) -> int:
    """Walk the whole backup; returns how many images it holds, raises UpkeepError when it is cut short."""
    images, said = 0, None
    for member, data in _members(source, lambda name: name == END, every_name=True):
        if member == END:
            said = json.loads(data)["images"]
        elif member.startswith("vault/"):
            images += 1
    if said != images:
        raise UpkeepError("The backup is not complete. Nothing was changed. Use another backup.")
    return images


def unpack_records(source: Path, into: Path, manifest: Manifest) -> None:
    """Settings, ledger folder and database, unpacked into an empty folder.

    Raises UpkeepError for a damaged one.
    """
    wanted = re.compile(rf"{re.escape(SETTINGS_FILE)}|{re.escape(DATABASE)}|{_LEDGER_NAME.pattern}")
    (into / "ledger").mkdir(mode=0o700)
    for name, data in _members(source, lambda name: bool(wanted.fullmatch(name))):
        path = into / name
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        path.write_bytes(data)
        path.chmod(0o600)
    database = into / DATABASE
    with database.open("rb") as found:
        digest = hashlib.file_digest(found, "sha256").hexdigest()
    if digest != manifest.database_sha256:
        raise UpkeepError("The database in the backup is damaged. Nothing was changed. Use another backup.")


def sealed_images(source: Path) -> Iterator[tuple[str, bytes]]:
    """Every sealed image of the backup: its id, and its sealed bytes."""
    for name, data in _members(source, lambda name: name.startswith("vault/")):
        yield name.rpartition("/")[2], data


def _members(source: Path, wanted: Any, *, every_name: bool = False) -> Iterator[tuple[str, bytes]]:
    """Names and contents of the wanted members; with `every_name` the other names too, without contents."""
    try:
        with tarfile.open(source, mode="r|") as tar:
            for member in tar:
                if not member.isfile() or not _known(member.name):
                    raise UpkeepError(
                        "The backup holds something that no backup of Antigone holds. Nothing was changed. "
                        "Do not use it, and find out who made it."
                    )
                if wanted(member.name):
                    held = tar.extractfile(member)
                    assert held is not None
                    yield member.name, held.read()
                elif every_name:
                    yield member.name, b""
    except (tarfile.TarError, EOFError) as exc:
        raise UpkeepError("The backup is damaged or cut short. Nothing was changed. Use another backup.") from exc
    except OSError as exc:
        raise UpkeepError(f"The backup cannot be read ({exc.strerror}). Nothing was changed.") from exc


def _known(name: str) -> bool:
    return name in (MANIFEST, SETTINGS_FILE, DATABASE, END) or bool(
        _LEDGER_NAME.fullmatch(name) or _VAULT_NAME.fullmatch(name)
    )
