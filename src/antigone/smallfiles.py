"""Small files that people name: read within bounds, and their names shown."""

from __future__ import annotations

import os
import re
import stat
from pathlib import Path

UNSHOWABLE = re.compile("[\x00-\x1f\x7f-\x9f]")


class SmallFileError(Exception):
    """A file that cannot be read; `sentence` says why, and names no path."""

    def __init__(self, sentence: str) -> None:
        self.sentence = sentence
        super().__init__(sentence)


def read_small(path: Path, limit: int) -> bytes:
    """The bytes of a regular file of at most `limit` bytes; raises SmallFileError.

    A named pipe or a device under that name is refused, and never waited for.
    """
    try:
        handle = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
    except (OSError, ValueError):  # ValueError: a name that no file can have
        raise SmallFileError("There is no such file, or it cannot be read.") from None
    try:
        status = os.fstat(handle)
        if not stat.S_ISREG(status.st_mode):
            raise SmallFileError("It is not a file, but a folder, a pipe or a device.")
        with open(handle, "rb", closefd=False) as file:
            data = file.read(limit + 1)
    except OSError:
        raise SmallFileError("The file cannot be read.") from None
    finally:
        os.close(handle)
    if len(data) > limit:
        raise SmallFileError(f"The file is larger than what is read here ({limit:,} bytes).")
    return data


def read_small_text(path: Path, limit: int) -> str:
    """The text of such a file in UTF-8, a byte order mark left out; raises SmallFileError."""
    try:
        return read_small(path, limit).decode("utf-8-sig")
    except UnicodeDecodeError:
        raise SmallFileError("The file is not text in UTF-8.") from None


def shown_name(name: str) -> str:
    """A file's name as people see it: bytes that are not UTF-8, and control characters, are written out."""
    readable = os.fsencode(name).decode("utf-8", "backslashreplace")
    return UNSHOWABLE.sub(lambda found: f"\\x{ord(found[0]):02x}", readable)
