"""Memory that several processes of one owner share: a file in the memory file system, mapped by each.

A segment is written under another name and renamed when it is whole, its header last; a builder killed midway
leaves a file that no one takes up, and its lock is released by the kernel. A process that still maps an older
segment keeps it until it moves on. Nothing here is on a disk (swap aside; docs/operations.md speaks of that).
"""

from __future__ import annotations

import fcntl
import json
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from mmap import MAP_POPULATE, MAP_SHARED, mmap
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from antigone.gallery.errors import GalleryBusy, GalleryError

SHARED_MEMORY = Path("/dev/shm")  # noqa: S108  (a memory file system, which is the point)
HEADER = 4096
MAGIC = b"ANTGSEG1"
SPARE = 64 << 20
"""Left free in the memory file system, for its other users."""


class Segment:
    """One mapped segment: a header of 4096 bytes and a body.

    `memory` uint8: all of it. `shared`: whether other processes can map it; if not, `why_private` says why.
    """

    def __init__(self, memory: NDArray[np.uint8], inode: int | None, why_private: str = "") -> None:
        self.memory, self.inode, self.why_private = memory, inode, why_private

    @property
    def shared(self) -> bool:
        return self.inode is not None

    @property
    def body(self) -> NDArray[np.uint8]:
        return self.memory[HEADER:]

    def header(self) -> dict[str, Any]:
        return _read_header(self.memory) or {}

    def seal(self, header: dict[str, Any]) -> None:
        """Writes the header: from here on the segment counts as whole."""
        text = json.dumps(header, sort_keys=True).encode()
        if len(text) > HEADER - 16:
            raise GalleryError("The gallery's header grew past its page; nothing was changed.")
        self.memory[16 : 16 + len(text)] = np.frombuffer(text, dtype=np.uint8)
        self.memory[8:16] = np.frombuffer(len(text).to_bytes(8, "little"), dtype=np.uint8)
        self.memory[:8] = np.frombuffer(MAGIC, dtype=np.uint8)


class SegmentFile:
    """The place of one gallery's segment: a name in the memory file system (or a path), or none: private memory."""

    def __init__(self, name: str | Path | None) -> None:
        self.path = None if name is None else SHARED_MEMORY / name
        self.why_private = "no segment name was given" if name is None else ""
        if self.path is not None and not self.path.parent.is_dir():
            self.path, self.why_private = None, "this machine has no shared memory file system"

    def create(self, size: int) -> Segment:
        """New memory of HEADER + size bytes, not visible under the segment's name before `publish`.

        The caller holds the lock. Falls back to private memory when the file system is too small.
        """
        total = HEADER + size
        if self.path is not None:
            room = os.statvfs(self.path.parent)
            if room.f_bavail * room.f_frsize >= total + SPARE:
                try:
                    return self._create_shared(total)
                except OSError:
                    self._building.unlink(missing_ok=True)
            why = "the shared memory file system is too small"
        else:
            why = self.why_private
        return Segment(np.frombuffer(mmap(-1, total), dtype=np.uint8), None, why)

    def _create_shared(self, total: int) -> Segment:
        self._building.unlink(missing_ok=True)
        flags = os.O_RDWR | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC
        handle = os.open(self._building, flags, 0o600)
        try:
            os.posix_fallocate(handle, 0, total)  # a full file system must fail here, not as a bus error later
            memory = np.frombuffer(mmap(handle, total, MAP_SHARED), dtype=np.uint8)
            return Segment(memory, os.fstat(handle).st_ino)
        finally:
            os.close(handle)

    def shrink(self, segment: Segment, size: int) -> NDArray[np.uint8]:
        """Gives back what a segment that is not published holds past HEADER + size bytes; its body from now on."""
        segment.memory = segment.memory[: HEADER + size]
        if segment.shared:
            os.truncate(self._building, HEADER + size)
        return segment.body

    def publish(self, segment: Segment) -> None:
        """Puts a sealed segment in the place of the former one, in one step."""
        if segment.shared and self.path is not None:
            os.replace(self._building, self.path)

    def inode(self) -> int | None:
        """Which file bears the segment's name now."""
        if self.path is None:
            return None
        try:
            return os.stat(self.path, follow_symlinks=False).st_ino
        except OSError:
            return None

    def attach(self) -> Segment | None:
        """Maps the published segment; None when there is none that is whole and ours alone."""
        if self.path is None:
            return None
        try:
            handle = os.open(self.path, os.O_RDWR | os.O_NOFOLLOW | os.O_CLOEXEC)
        except OSError:
            return None
        try:
            facts = os.fstat(handle)
            ours = stat.S_ISREG(facts.st_mode) and facts.st_uid == os.geteuid() and not facts.st_mode & 0o077
            if not ours or facts.st_size < HEADER:
                return None
            mapped = mmap(handle, facts.st_size, MAP_SHARED | MAP_POPULATE)
            segment = Segment(np.frombuffer(mapped, dtype=np.uint8), facts.st_ino)
        finally:
            os.close(handle)
        return segment if _read_header(segment.memory) is not None else None

    @contextmanager
    def lock(self, *, wait: bool = True) -> Iterator[None]:
        """The building lock; the kernel releases it when its holder dies. Raises GalleryBusy unless waiting."""
        if self.path is None:
            yield
            return
        flags = os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC
        handle = os.open(self.path.with_name(self.path.name + ".lock"), flags, 0o600)
        try:
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
            except BlockingIOError as busy:
                raise GalleryBusy("Another process is rebuilding this gallery; try again in a moment.") from busy
            self._building.unlink(missing_ok=True)  # of a builder that died
            try:
                yield
            finally:
                self._building.unlink(missing_ok=True)  # still there only when the build was refused
        finally:
            os.close(handle)

    def remove(self) -> None:
        """Takes the segment's names away; processes that map it keep it until they let go."""
        if self.path is not None:
            with self.lock():
                self.path.unlink(missing_ok=True)

    @property
    def _building(self) -> Path:
        assert self.path is not None
        return self.path.with_name(self.path.name + ".building")


def _read_header(memory: NDArray[np.uint8]) -> dict[str, Any] | None:
    if memory[:8].tobytes() != MAGIC:
        return None
    length = int.from_bytes(memory[8:16].tobytes(), "little")
    if length > HEADER - 16:
        return None
    try:
        found = json.loads(memory[16 : 16 + length].tobytes())
    except ValueError:
        return None
    return found if isinstance(found, dict) else None
