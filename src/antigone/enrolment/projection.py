"""The gallery of one contract: drawn from the rows, kept abreast of them, shared between processes."""

from __future__ import annotations

import contextlib
import hashlib
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
from django.conf import settings
from django.db import connection

from antigone.enrolment.contracts import threads
from antigone.enrolment.models import Contract, Removal, Template
from antigone.gallery import (
    GalleryBusy,
    GalleryError,
    PersonHits,
    Rows,
    ScanGallery,
    SnapshotRefused,
    Where,
    mean_of_best,
)
from antigone.gallery.protocol import Aggregate
from antigone.gallery.segment import SHARED_MEMORY
from antigone.instance import Instance
from antigone.vault import store
from antigone.vault.errors import KeyGone

# Rows read and unsealed at a time: about 10 MB of templates.
BLOCK = 20_000

# How often a search is made again when rows change under it, before it gives up.
ATTEMPTS = 5

_open: dict[tuple[str, str, str], Projection] = {}
_lock = threading.Lock()


class Projection:
    """A scan gallery that follows the rows of `contract`.

    The rows are the truth. `refresh` brings the gallery to their present generation: from another process's shared
    segment, from the encrypted snapshot, or from the rows themselves, whichever is there, and then row by row.
    """

    def __init__(self, contract: Contract, instance: Instance) -> None:
        self.contract = contract
        self.epoch = contract.epoch.hex
        self.snapshot = Path(instance.gallery, f"{contract.digest[:16]}.snapshot")
        self.gallery = ScanGallery(
            contract.dimension,
            contract.digest,
            epoch=self.epoch,
            segment=f"{_prefix(instance)}{contract.digest[:12]}-{self.epoch[:8]}",
            threads=threads(),
        )
        self._seated = False

    def refresh(self) -> int:
        """Follow the rows to their present generation, which is returned."""
        if not self._seated:
            self._seat()
        self.gallery.refresh()
        # No transaction, so that a search never waits for an enrolment: the generation is read first, then what was
        # removed, then the rows. Ids are never given twice, and what changes meanwhile bears a higher generation and
        # is followed the next time.
        generation = self._generation()
        since = self.gallery.generation
        if generation > since:
            gone = list(
                Removal.objects.filter(contract=self.contract, generation__gt=since).values_list("template", flat=True)
            )
            if gone:
                self.gallery.delete(gone, since)
            for rows in self._rows(since):
                self.gallery.upsert(rows, since)
            self.gallery.delete([], generation)
        if self.gallery.needs_merge():
            # When another process is at it, the changes are scanned beside the base until it is done.
            with contextlib.suppress(GalleryBusy):
                self.gallery.merge()
        return generation

    def search(self, photos: np.ndarray, k: int, where: Where, aggregate: Aggregate = mean_of_best) -> PersonHits:
        """The k persons most alike to all `photos` (p, dimension), over every live row that `where` lets through.

        What the index answers is held against the live rows before it is given out. If one was withdrawn meanwhile, the
        gallery follows and the search is made again; if the two still disagree (a database put back by hand), the
        gallery is drawn from the rows anew. Raises GalleryError when even that does not settle it.
        """
        for attempt in range(ATTEMPTS):
            self.refresh()
            hits = self.gallery.search_persons(photos, k, where, aggregate)
            listed = [int(pk) for pk in hits.best_ids]
            if Template.objects.filter(pk__in=listed, searchable=True).count() == len(set(listed)):
                return hits
            if attempt:
                self._draw()
        raise GalleryError(
            "The gallery and its rows do not agree, and drawing it anew did not settle it. Nothing was answered. "
            "Run: antigone doctor"
        )

    def keep(self) -> None:
        """Write the encrypted snapshot, for a quick start of the next process."""
        self.refresh()
        self.gallery.merge(wait=True)
        self.gallery.save(self.snapshot, store.snapshot_key())

    def purge(self) -> None:
        """Rewrite the index in memory and its snapshot, so that nothing of removed rows is left in them."""
        self.refresh()
        self.gallery.merge(wait=True)
        if self.snapshot.exists():
            self.gallery.save(self.snapshot, store.snapshot_key())

    def _generation(self) -> int:
        return int(Contract.objects.values_list("generation", flat=True).get(pk=self.contract.pk))

    def _seat(self) -> None:
        """Take up a base: another process's segment, or the snapshot, or the rows."""
        if not self.gallery.attach():
            try:
                self.gallery.load(self.snapshot, store.snapshot_key())
            except (SnapshotRefused, FileNotFoundError):
                # The rows are the truth; a snapshot that is missing, damaged or of another time costs only seconds.
                self._draw()
        self._seated = True

    def _draw(self) -> None:
        """Build the gallery from the rows alone."""
        generation = self._generation()
        self.gallery.build(self._rows(0), generation)

    def _rows(self, since: int) -> Iterator[Rows]:
        """Rows changed after generation `since`, unsealed, in blocks."""
        fields = ("pk", "portrait", "person", "holding", "until", "searchable", "sealed")
        last = 0
        while True:
            found = list(
                Template.objects.filter(contract=self.contract, generation__gt=since, pk__gt=last)
                .order_by("pk")
                .values_list(*fields)[:BLOCK]
            )
            if not found:
                return
            last = found[-1][0]
            found, opened = self._unseal(found)
            yield Rows(
                ids=np.array([row[0] for row in found], np.int64),
                persons=np.array([row[2] for row in found], np.int64),
                holdings=np.array([row[3] for row in found], np.int32),
                until=np.array([row[4] for row in found], np.int32),
                searchable=np.array([row[5] for row in found], np.bool_),
                vectors=np.frombuffer(b"".join(opened), "<f4").reshape(len(found), self.contract.dimension),
            )

    def _unseal(self, found: list[Any]) -> tuple[list[Any], list[bytes]]:
        """The rows that can be opened, and what was in them.

        A row that was erased since it was read has no key any more; it is left out. A row that is still there without
        its key is damage, and raises.
        """
        try:
            return found, store.open_rows([(row[1], bytes(row[6])) for row in found])
        except KeyGone:
            there = set(Template.objects.filter(pk__in=[row[0] for row in found]).values_list("pk", flat=True))
            if len(there) == len(found):
                raise
            left = [row for row in found if row[0] in there]
            return left, store.open_rows([(row[1], bytes(row[6])) for row in left])


def _prefix(instance: Instance) -> str:
    """How the names of an instance's shared segments begin."""
    return f"antigone-{hashlib.sha256(str(instance.root.resolve()).encode()).hexdigest()[:16]}-"


def of(contract: Contract) -> Projection:
    """The projection of this contract in this process; one that went back in time (a restore) is drawn anew."""
    instance: Instance = settings.ANTIGONE
    contract.refresh_from_db(fields=["epoch"])
    key = (str(instance.root), contract.digest, contract.epoch.hex)
    with _lock:
        if key not in _open:
            for stale in [other for other in _open if other[:2] == key[:2]]:
                _open.pop(stale).gallery.close()
            _open[key] = Projection(contract, instance)
        return _open[key]


def discard(contract: Contract) -> None:
    """Forget what is drawn of a contract whose rows go back in time: in this process, in shared memory, on disk."""
    held = of(contract)
    held.gallery.remove_segment()
    held.snapshot.unlink(missing_ok=True)
    with _lock:
        for key in [key for key in _open if key[1] == contract.digest]:
            _open.pop(key).gallery.close()


def drop_segments(instance: Instance) -> None:
    """Take every segment of an instance out of shared memory; the next search brings it back."""
    close_all()
    for left in SHARED_MEMORY.glob(f"{_prefix(instance)}*"):
        left.unlink(missing_ok=True)


def close_all() -> None:
    """Let go of every gallery of this process."""
    with _lock:
        while _open:
            _open.popitem()[1].gallery.close()
    connection.close()
