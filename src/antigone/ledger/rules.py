"""How entries are judged: each one on its own, then all of them against what was signed. No I/O."""

from __future__ import annotations

import base64
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from antigone.ledger.entry import leaf, payload_hash
from antigone.ledger.tree import EMPTY_ROOT, Edge, hash_leaf


class StoredRow(NamedTuple):
    """A sequenced entry as the database holds it; texts as bytes, since an altered byte need not be UTF-8."""

    place: object
    time: bytes
    action: bytes
    actor: bytes
    about: bytes
    payload: bytes | None
    salt: bytes | None
    payload_hash: bytes
    leaf_hash: bytes | None


class SignedRoot(NamedTuple):
    """A root that somebody signed for a tree of some size, and where that was read."""

    root: bytes
    where: str


class Erasures(NamedTuple):
    """What the entries `ledger:payload:erase` name: indexes, and hashes of payloads that had no index yet."""

    places: Collection[int]
    hashes: Collection[str]

    def name(self, place: int, digest: bytes) -> bool:
        return place in self.places or digest.hex() in self.hashes


@dataclass(frozen=True)
class Fault:
    """What is wrong, and the first entry that it touches (None where no entry does)."""

    sentence: str
    first_bad: int | None = None


@dataclass(frozen=True)
class Verification:
    """The answer of a verification.

    `size` and `root` (base64) are those of the tree recomputed from the entries, as far as it went;
    `checkpoint` is the latest signed one; `pending` entries wait for their place; `erased` payloads are
    gone with an entry that says so; `notes` are sentences about what is no fault and worth knowing.
    """

    ok: bool
    first_bad: int | None
    sentence: str
    size: int
    root: str
    checkpoint: str = ""
    pending: int = 0
    erased: int = 0
    notes: tuple[str, ...] = ()


def base64_of(data: bytes) -> str:
    return base64.b64encode(data).decode()


def whole(first: int, last: int) -> str:
    """Entries `first` to `last` (inclusive), in words."""
    return f"Entry {first}" if first == last else f"One of the entries {first} to {last}"


class Audit:
    """Recomputes the tree from the rows, in order, and stops at the first that is not as it was written.

    `signed` holds the roots that were signed, by size; `edges` the edges kept beside the checkpoints;
    `erasures` is asked again at a payload that is absent, since one may be erased while the audit runs.
    """

    def __init__(
        self,
        signed: Mapping[int, list[SignedRoot]],
        edges: Mapping[int, bytes],
        erasures: Callable[[], Erasures],
    ) -> None:
        self._signed, self._edges, self._ask = signed, edges, erasures
        self._erasures = erasures()
        self.edge = Edge()
        self.erased = 0
        self._proven = 0

    def begin(self) -> Fault | None:
        """Judge what was signed over the empty tree."""
        for known in self._signed.get(0, ()):
            if known.root != EMPTY_ROOT:
                return Fault(f"The checkpoint in {known.where} says that an empty log is not empty.")
        return None

    def take(self, row: StoredRow) -> Fault | None:
        """Judge the next row, and the roots signed up to it."""
        fault = self._in_place(row) or self._as_written(row)
        if fault is not None:
            return fault
        assert row.leaf_hash is not None
        self.edge.append(row.leaf_hash)
        return self._as_signed()

    def _in_place(self, row: StoredRow) -> Fault | None:
        expected = self.edge.size
        if row.place == expected and type(row.place) is int:
            return None
        if isinstance(row.place, int) and row.place > expected:
            return Fault(f"Entry {expected} is gone: it was removed, or given another place.", expected)
        return Fault(f"An entry stands at a place that cannot be, before entry {expected}.", expected)

    def _as_written(self, row: StoredRow) -> Fault | None:
        place = self.edge.size
        if row.payload is None and row.salt is None:
            if not self._erasures.name(place, row.payload_hash):
                self._erasures = self._ask()
            if not self._erasures.name(place, row.payload_hash):
                return Fault(f"The payload of entry {place} is gone, and no entry says that it was erased.", place)
            self.erased += 1
        elif row.payload is None or row.salt is None:
            return Fault(f"Entry {place} was altered: of its payload and salt one is missing.", place)
        elif payload_hash(row.salt, row.payload) != row.payload_hash:
            return Fault(f"Entry {place} was altered: its payload does not match the hash kept of it.", place)
        if row.leaf_hash == self._leaf_hash(place, row):
            return None
        return self._misplaced(row) or Fault(f"Entry {place} was altered since it was written.", place)

    def _misplaced(self, row: StoredRow) -> Fault | None:
        """Say so when the row is whole and only its place is not the one that it was written with."""
        # As far as our own checkpoints go: a size that somebody else names is not a bound.
        place, last = self.edge.size, max(self._edges, default=0)
        for other in range(last):
            if other != place and self._leaf_hash(other, row) == row.leaf_hash:
                return Fault(
                    f"Entries were reordered: at place {place} stands the one written as entry {other}.",
                    min(place, other),
                )
        return None

    @staticmethod
    def _leaf_hash(place: int, row: StoredRow) -> bytes:
        return hash_leaf(leaf(place, row.time, row.action, row.actor, row.about, row.payload_hash))

    def _as_signed(self) -> Fault | None:
        size = self.edge.size
        for known in self._signed.get(size, ()):
            if known.root != self.edge.root():
                return Fault(
                    f"{whole(self._proven, size - 1)} is not what was signed: the checkpoint in {known.where} "
                    f"over {size} entries has another root. History was rewritten.",
                    self._proven,
                )
            self._proven = size
        kept = self._edges.get(size)
        if kept is not None and kept != self.edge.to_bytes():
            return Fault(f"The checkpoint over {size} entries in the database was altered: its edge is not the tree's.")
        return None

    def end(self, size: int) -> Fault | None:
        """Judge that the rows end where the latest checkpoint (over `size` entries) does."""
        here = self.edge.size
        if here < size:
            return Fault(f"Entry {here} is gone, with all that came after it: {size} entries were signed.", here)
        if here > size:
            return Fault(f"Entry {size} was added outside the sequence: no checkpoint covers it.", size)
        beyond = min((covered for covered in self._signed if covered > here), default=None)
        if beyond is None:
            return None
        return Fault(
            f"Entry {here} is gone, with all that came after it: the checkpoint in "
            f"{self._signed[beyond][0].where} covers {beyond} entries and the database holds {here}. "
            "It was rolled back, or entries were removed.",
            here,
        )
