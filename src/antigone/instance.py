"""Where an instance keeps its things: one folder, opened by its owner alone."""

from __future__ import annotations

import os
import shutil
import stat
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

SETTINGS_FILE = "antigone.toml"
KEY_FILES = ("instance.key", "store.sqlite3", "ledger.key")
# There while a restore is under way: until erasures are replayed, nobody may open what came back.
RESTORING = ".antigone-restoring"


class InstanceError(Exception):
    """The folder is not an instance, or is not safe to open; the text says which and what to do."""


@dataclass(frozen=True)
class Instance:
    """The folders of one instance; every path lies inside `root`."""

    root: Path

    @property
    def settings_file(self) -> Path:
        return self.root / SETTINGS_FILE

    @property
    def data(self) -> Path:
        return self.root / "data"

    @property
    def database(self) -> Path:
        return self.data / "antigone.sqlite3"

    @property
    def keys(self) -> Path:
        return self.root / "keys"

    @property
    def vault(self) -> Path:
        return self.root / "vault"

    @property
    def ledger(self) -> Path:
        return self.root / "ledger"

    @property
    def gallery(self) -> Path:
        return self.root / "gallery"

    @property
    def backups(self) -> Path:
        return self.root / "backups"

    @property
    def reports(self) -> Path:
        """Lists for the operator, such as the pictures that an enrolment could not use."""
        return self.root / "reports"

    @property
    def folders(self) -> tuple[Path, ...]:
        return (self.data, self.keys, self.vault, self.ledger, self.gallery, self.backups, self.reports)

    @property
    def on_server(self) -> bool:
        """Whether the records lie in a database server, as [database] in antigone.toml says, and not in a file here."""
        return self.exists() and "database" in self.settings()

    def exists(self) -> bool:
        return self.settings_file.is_file()

    def settings(self) -> dict[str, object]:
        """The contents of antigone.toml; raises InstanceError when it cannot be read."""
        try:
            return tomllib.loads(self.settings_file.read_text(encoding="utf-8"))
        except FileNotFoundError as exc:
            raise InstanceError(
                "This folder is not an Antigone instance. Name one with -i DIR, or make one with: antigone init DIR"
            ) from exc
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as exc:
            raise InstanceError(
                f"The settings file {SETTINGS_FILE} cannot be read ({exc}). Nothing was changed. "
                "Mend the file and try again."
            ) from exc

    def check(self) -> None:
        """Raise InstanceError where others could read it, a key is missing, or a path leads outside."""
        self.settings()
        fault = next(self.faults(), None)
        if fault is not None:
            raise InstanceError(fault)

    def faults(self) -> Iterator[str]:
        """What makes this folder unsafe to open, each as a sentence; none when it is safe."""
        if (self.root / RESTORING).exists():
            yield (
                "A restore of this instance was interrupted. Nothing was opened, and nothing that was erased "
                "has come back. Run the same antigone restore again."
            )
        yield from self._folder_faults()
        for name in KEY_FILES:
            if not any((self.keys / found).is_file() for found in (name, f"{name}.locked")):
                yield (
                    f"The key file keys/{name} is missing. Nothing was opened. Bring it back from a key "
                    "export or from the escrow print: see docs/operations.md, Keys."
                )
        if not self.on_server and not self.database.is_file():
            yield (
                "The database of this instance is missing. Nothing was changed. "
                "Restore it from a backup: antigone restore"
            )
        kept = sorted(self.keys.iterdir()) if self.keys.is_dir() else []
        for path in (self.settings_file, self.database, *kept):
            if path.exists() or path.is_symlink():
                yield from _file_faults(path, f"file {path.relative_to(self.root)}")

    def _folder_faults(self) -> Iterator[str]:
        root = self.root.resolve()
        for folder in (self.root, *self.folders):
            if not folder.is_dir():
                yield (
                    f"The folder {folder.name}/ of this instance is missing. Nothing was changed. "
                    "Restore it from a backup: antigone restore"
                )
                continue
            resolved = folder.resolve()
            if resolved != root and root not in resolved.parents:
                yield (
                    f"The folder {folder.name}/ leads outside the instance. Nothing was opened. "
                    "Put a real folder in its place."
                )
            yield from _access_faults(folder.stat(), f"folder {folder.name}/", f"chmod 700 {folder.name}")


def private_file(path: Path, what: str) -> None:
    """Refuse a file that is not its owner's alone, or that is no plain file (InstanceError)."""
    fault = next(_file_faults(path, what), None)
    if fault is not None:
        raise InstanceError(fault)


def _file_faults(path: Path, what: str) -> Iterator[str]:
    state = path.lstat()
    if not stat.S_ISREG(state.st_mode):
        yield f"The {what} is not a plain file. Nothing was opened. Put the real file in its place."
        return
    yield from _access_faults(state, what, f"chmod 600 {path.parent.name}/{path.name}")


def _access_faults(state: os.stat_result, what: str, cure: str) -> Iterator[str]:
    if state.st_uid != os.getuid():
        yield (
            f"The {what} belongs to another account. Nothing was opened. Work as the account that owns the instance."
        )
    if state.st_mode & 0o077:
        yield (f"The {what} can be read by other accounts of this machine. Nothing was opened. Close it with: {cure}")


# Written first and removed last by `antigone init`: a folder with this file in it was never an instance.
UNFINISHED = ".antigone-init"


def create_folders(root: Path) -> Instance:
    """Make the folders of a new instance, readable by their owner alone (InstanceError when one is there).

    What an interrupted founding left is cleared first; nothing in it was ever used.
    """
    instance = Instance(root.absolute())
    if instance.exists():
        raise InstanceError("There is an instance in this folder already. Nothing was changed.")
    mark = instance.root / UNFINISHED
    if instance.root.exists() and not instance.root.is_dir():
        raise InstanceError("There is a file of this name. Nothing was changed. Name a new or empty folder.")
    if instance.root.is_dir() and any(instance.root.iterdir()):
        if not mark.is_file():
            raise InstanceError("This folder is not empty. Nothing was changed. Name a new or empty folder.")
        for folder in instance.folders:
            if folder.is_dir() and not folder.is_symlink():
                shutil.rmtree(folder)
    try:
        instance.root.mkdir(parents=True, exist_ok=True, mode=0o700)
        instance.root.chmod(0o700)
        mark.touch(mode=0o600)
        for folder in instance.folders:
            folder.mkdir(mode=0o700)
    except OSError as exc:
        raise InstanceError(
            f"The folders of the instance cannot be made here ({exc.strerror}). Name a folder that you may write to."
        ) from exc
    return instance


def founded(instance: Instance, settings_text: str) -> None:
    """Write antigone.toml, which makes the folder an instance; the last step of a founding."""
    part = instance.root / f"{SETTINGS_FILE}.part"
    part.touch(mode=0o600)
    with part.open("w", encoding="utf-8") as out:
        out.write(settings_text)
        out.flush()
        os.fsync(out.fileno())
    part.replace(instance.settings_file)
    (instance.root / UNFINISHED).unlink(missing_ok=True)
