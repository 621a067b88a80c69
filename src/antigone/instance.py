"""Where an instance keeps its things: one folder, opened by its owner alone."""

from __future__ import annotations

import os
import tomllib
from dataclasses import dataclass
from pathlib import Path

SETTINGS_FILE = "antigone.toml"


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
                f"The settings file {SETTINGS_FILE} cannot be read ({exc}). Nothing was changed. Mend the file and try again."
            ) from exc

    def check(self) -> None:
        """Refuse an instance that others could read or that points outside itself (InstanceError)."""
        self.settings()
        root = self.root.resolve()
        for folder in (self.root, *self.folders):
            if not folder.is_dir():
                raise InstanceError(
                    f"The folder {folder.name}/ of this instance is missing. Nothing was changed. "
                    "Restore it from a backup: antigone restore"
                )
            resolved = folder.resolve()
            if resolved != root and root not in resolved.parents:
                raise InstanceError(
                    f"The folder {folder.name}/ leads outside the instance. Nothing was opened. Put a real folder in its place."
                )
            state = folder.stat()
            if state.st_uid != os.getuid():
                raise InstanceError(
                    f"The folder {folder.name}/ belongs to another account. Nothing was opened. "
                    "Work as the account that owns the instance."
                )
            if state.st_mode & 0o077:
                raise InstanceError(
                    f"The folder {folder.name}/ can be opened by other accounts of this machine. Nothing was opened. "
                    f"Close it with: chmod 700 {folder.name}"
                )


def create_folders(root: Path) -> Instance:
    """Make the folders of a new instance, readable by their owner alone (InstanceError when one is there)."""
    instance = Instance(root.absolute())
    if instance.exists():
        raise InstanceError("There is an instance in this folder already. Nothing was changed.")
    if instance.root.is_dir() and any(instance.root.iterdir()):
        raise InstanceError("This folder is not empty. Nothing was changed. Name a new or empty folder.")
    old = os.umask(0o077)
    try:
        instance.root.mkdir(parents=True, exist_ok=True)
        instance.root.chmod(0o700)
        for folder in instance.folders:
            folder.mkdir()
    finally:
        os.umask(old)
    return instance
