"""The checkpoints outside the database: ledger/checkpoint, the latest, and each one in ledger/checkpoints."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from antigone.instance import Instance
from antigone.ledger.errors import NoteFault, TreeFault
from antigone.ledger.keys import sync_folder, write_durably
from antigone.ledger.note import Note, TreeHead

LATEST = "checkpoint"
HISTORY = "checkpoints"
LOST = "lost"


@contextmanager
def alone(instance: Instance) -> Iterator[None]:
    """One sequencer at a time on this machine; never entered inside a transaction: it cannot deadlock."""
    handle = os.open(instance.ledger / ".lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


def latest(instance: Instance) -> TreeHead | None:
    """The latest head kept outside the database, None before the first.

    Where ledger/checkpoint is gone, the history answers for it. Raises TreeFault when the file is damaged.
    The signature is not checked here: a head that nobody signed can only stop the work, which is the safe
    side.
    """
    path = instance.ledger / LATEST
    if not path.exists():
        kept = history(instance)
        if not kept:
            return None
        path = kept[max(kept)]
    try:
        return TreeHead.parse(Note.parse(path.read_bytes()).text)
    except NoteFault as exc:
        raise TreeFault(
            f"The checkpoint kept outside the database, {path.relative_to(instance.root)}, is damaged. Nothing "
            "was changed. Run antigone ledger verify; then put the file aside, and the next action writes it anew."
        ) from exc


def newest_text(instance: Instance) -> str:
    """The text of the checkpoint that `latest` read."""
    path = instance.ledger / LATEST
    if not path.exists():
        kept = history(instance)
        path = kept[max(kept)]
    return path.read_text(encoding="utf-8")


def path_of(instance: Instance, size: int) -> Path:
    return instance.ledger / HISTORY / f"{size:08d}"


def history(instance: Instance) -> dict[int, Path]:
    """The kept checkpoint files by the size in their name, smallest first."""
    folder = instance.ledger / HISTORY
    try:
        names = [name for name in os.listdir(folder) if name.isascii() and name.isdecimal()]
    except FileNotFoundError:
        return {}
    return {int(name): folder / name for name in sorted(names, key=int)}


def write(instance: Instance, checkpoints: Iterable[tuple[int, str]]) -> None:
    """Write checkpoints, smallest first, and make the last one the latest.

    A crash between leaves the folder behind the database, which the next sequencing mends. Raises
    TreeFault when a file of this size says something else: two histories were signed.
    """
    folder = instance.ledger / HISTORY
    if not folder.is_dir():
        folder.mkdir(mode=0o700)
        sync_folder(instance.ledger)
    newest = None
    for size, text in checkpoints:
        path = path_of(instance, size)
        if not path.exists():
            write_durably(path, text.encode())
        elif not _same(path, text):
            raise TreeFault(
                f"A checkpoint over {size} entries is kept outside the database and says something else than "
                "the new one. Nothing was overwritten. Run: antigone ledger verify"
            )
        newest = text
    if newest is not None:
        write_durably(instance.ledger / LATEST, newest.encode())


def _same(path: Path, text: str) -> bool:
    """Whether a file says what this checkpoint says; signatures of others may have been added to it."""
    try:
        return Note.parse(path.read_bytes()).text == Note.parse(text).text
    except NoteFault:
        return False


def set_lost_aside(instance: Instance, size: int) -> None:
    """Move checkpoints that cover more than `size` entries to ledger/lost/; they are kept as evidence."""
    folder = instance.ledger / LOST
    folder.mkdir(mode=0o700, exist_ok=True)
    for covered, path in history(instance).items():
        if covered > size:
            path.rename(_free(folder, path.name))
    current = instance.ledger / LATEST
    if current.exists():
        current.rename(_free(folder, LATEST))
    for changed in (folder, instance.ledger / HISTORY, instance.ledger):
        if changed.is_dir():
            sync_folder(changed)


def _free(folder: Path, name: str) -> Path:
    """A name in the folder that is not taken: nothing set aside is overwritten."""
    taken, path = 0, folder / name
    while path.exists():
        taken += 1
        path = folder / f"{name}.{taken}"
    return path
