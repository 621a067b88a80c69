"""Which workers of this machine live: each holds a lock on a file of its own, which the system lets go at its death."""

from __future__ import annotations

import contextlib
import fcntl
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from antigone.instance import Instance

FOLDER = "workers"

_current = ""


def current() -> str:
    """The name of this process as a worker; empty where it is none."""
    return _current


def _folder(instance: Instance) -> Path:
    return instance.data / FOLDER


@contextmanager
def working(instance: Instance) -> Iterator[str]:
    """Make this process a worker, known by a name drawn for it, for as long as the block runs."""
    global _current
    folder = _folder(instance)
    folder.mkdir(mode=0o700, exist_ok=True)
    name = secrets.token_hex(12)
    path = folder / name
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
    fcntl.flock(handle, fcntl.LOCK_EX)
    before, _current = _current, name
    try:
        yield name
    finally:
        _current = before
        path.unlink(missing_ok=True)
        os.close(handle)


def dead(instance: Instance) -> set[str]:
    """The workers of this machine that died without taking leave."""
    found = set()
    folder = _folder(instance)
    for path in folder.iterdir() if folder.is_dir() else ():
        try:
            handle = os.open(path, os.O_WRONLY | os.O_CLOEXEC | os.O_NOFOLLOW)
        except OSError:
            continue  # it took leave just now
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            continue
        else:
            found.add(path.name)
        finally:
            os.close(handle)
    return found


def living(instance: Instance) -> set[str]:
    """The workers of this machine that hold their lock now."""
    folder = _folder(instance)
    names = {path.name for path in folder.iterdir()} if folder.is_dir() else set()
    return names - dead(instance)


def bury(instance: Instance, names: set[str]) -> None:
    """Remove the files of dead workers, once their jobs are taken up."""
    for name in names:
        with contextlib.suppress(OSError):
            (_folder(instance) / name).unlink()
