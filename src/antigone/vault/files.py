"""Sealed files on disk: where they lie, and how they become durable."""

from __future__ import annotations

import ctypes
import os
from collections.abc import Iterator, Sequence
from pathlib import Path
from uuid import UUID

from antigone.vault.errors import SealedFileFault

# Below this many files, one fsync each is cheaper than having the whole file system written out.
FEW = 4


def place(folder: Path, image: UUID) -> Path:
    """Where an image lies: 4,096 folders, so that ten million files make 2,500 in each."""
    name = str(image)
    return folder / name[:3] / name


def write(folder: Path, image: UUID, sealed: bytes) -> Path:
    """Write a new sealed file; `make_durable` must follow before any row speaks of it.

    The name is new and final: a file torn by a crash has no row, and the sweep removes it.
    """
    path = place(folder, image)
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileNotFoundError:
        path.parent.mkdir(mode=0o700, exist_ok=True)
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError as exc:
        raise SealedFileFault(
            "A sealed file of this id is there already. Nothing was changed: sealed images are never replaced."
        ) from exc
    with os.fdopen(handle, "wb") as out:
        out.write(sealed)
    return path


def make_durable(folder: Path, paths: Sequence[Path]) -> None:
    """Return when the disk holds these files and their names."""
    if len(paths) > FEW and _sync_file_system(folder):
        return
    for path in paths:
        _sync(path)
    for parent in {path.parent for path in paths} | {folder}:
        _sync(parent)


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _sync_file_system(folder: Path) -> bool:
    """One syncfs(2) for a whole batch, where the system has it; False where it has not or where it failed."""
    syncfs = getattr(ctypes.CDLL(None, use_errno=True), "syncfs", None)
    if syncfs is None:
        return False
    handle = os.open(folder, os.O_RDONLY)
    try:
        return bool(syncfs(handle) == 0)
    finally:
        os.close(handle)


def read(folder: Path, image: UUID) -> bytes:
    """The sealed bytes of an image; raises SealedFileFault when they are not there."""
    try:
        return place(folder, image).read_bytes()
    except OSError as exc:
        raise SealedFileFault(
            "The sealed file of this image is missing or cannot be read. Nothing was changed. Run: antigone doctor"
        ) from exc


def remove(folder: Path, image: UUID) -> bool:
    """Remove a sealed file; False when there was none."""
    path = place(folder, image)
    try:
        path.unlink()
    except FileNotFoundError:
        return False
    return True


def every(folder: Path) -> Iterator[tuple[UUID | None, Path]]:
    """All files below the vault's folder; the id is None for one whose name or place is not the vault's."""
    for where, folders, names in os.walk(folder):
        folders.sort()
        for name in sorted(names):
            path = Path(where, name)
            try:
                image = UUID(name)
            except ValueError:
                yield None, path
                continue
            yield (image if path == place(folder, image) else None), path
