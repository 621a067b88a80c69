"""The checkpoints outside the database: ledger/checkpoint is the latest, ledger/checkpoints/ holds each one."""

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


@contextmanager
def alone(instance: Instance) -> Iterator[None]:
    """One sequencer at a time on this machine; never entered inside a transaction, so that it cannot deadlock."""
    handle = os.open(instance.ledger / ".lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


def latest(instance: Instance) -> tuple[TreeHead, str] | None:
    """The latest checkpoint outside the database, None before the first; raises NoteFault when it is malformed."""
    try:
        text = (instance.ledger / LATEST).read_bytes()
    except FileNotFoundError:
        return None
    note = Note.parse(text)
    return TreeHead.parse(note.text), note.encode()


def path_of(instance: Instance, size: int) -> Path:
    return instance.ledger / HISTORY / f"{size:08d}"


def history(instance: Instance) -> dict[int, Path]:
    """The kept checkpoint files by the size in their name, smallest first."""
    try:
        names = sorted(int(name) for name in os.listdir(instance.ledger / HISTORY) if name.isdecimal())
    except FileNotFoundError:
        return {}
    return {size: path_of(instance, size) for size in names}


def write(instance: Instance, checkpoints: Iterable[tuple[int, str]]) -> None:
    """Write checkpoints, smallest first, and make the last the latest; a crash between leaves the folder behind.

    Raises TreeFault when a file of this size is there and says something else: two histories were signed.
    """
    folder = instance.ledger / HISTORY
    if not folder.is_dir():
        folder.mkdir(mode=0o700)
        sync_folder(instance.ledger)
    newest = None
    for size, text in checkpoints:
        path = path_of(instance, size)
        try:
            before = Note.parse(path.read_bytes()).text
        except FileNotFoundError:
            before = None
        except NoteFault:
            # Not one of ours any more; verification names it. It is not overwritten.
            before = ""
        if before is None:
            write_durably(path, text.encode())
        elif before != Note.parse(text).text:
            raise TreeFault(
                f"A checkpoint over {size} entries is kept outside the database and says something else than "
                "the new one. Nothing was overwritten. Run: antigone ledger verify"
            )
        newest = text
    if newest is not None:
        write_durably(instance.ledger / LATEST, newest.encode())
