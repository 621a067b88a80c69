"""Compare keys, sealed files and the ids that the database knows; remove what nothing refers to."""

from __future__ import annotations

import time
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from django.conf import settings

from antigone.ledger.services import record, recorded
from antigone.vault import files, store

# An enrolment that runs now has keys and files whose rows are not committed yet; nothing this young is
# touched.
SETTLED_AFTER = 3600.0


@dataclass(frozen=True)
class Leftovers:
    """What does not fit together. The first two are damage; the others are litter of interrupted work."""

    rows_without_key: tuple[UUID, ...]
    rows_without_file: tuple[UUID, ...]
    keys_without_row: tuple[UUID, ...]
    files_without_key: tuple[Path, ...]
    strange_files: tuple[Path, ...]

    @property
    def litter(self) -> int:
        return len(self.keys_without_row) + len(self.files_without_key)


def look(known: Iterable[UUID], *, settled_after: float = SETTLED_AFTER) -> Leftovers:
    """Compare the vault with the image ids that rows know.

    Things younger than `settled_after` seconds are let be.
    """
    folder = settings.ANTIGONE.vault
    rows = set(known)
    before = time.time() - settled_after
    keys: set[UUID] = set()
    loose: list[UUID] = []
    for image, _, made, alive in store.keystore().images():
        if alive:
            keys.add(image)
            if image not in rows and made < before:
                loose.append(image)
    there: set[UUID] = set()
    without_key: list[Path] = []
    strange: list[Path] = []
    for found, path in files.every(folder):
        if found is None:
            strange.append(path)
            continue
        there.add(found)
        if found not in keys and path.stat().st_mtime < before:
            without_key.append(path)
    return Leftovers(
        rows_without_key=tuple(sorted(rows - keys)),
        rows_without_file=tuple(sorted((rows & keys) - there)),
        keys_without_row=tuple(loose),
        files_without_key=tuple(without_key),
        strange_files=tuple(strange),
    )


def clear(found: Leftovers, actor: str) -> None:
    """Destroy keys without rows and remove files without keys; what is damaged is left as it is."""
    store.shred(found.keys_without_row)
    for path in found.files_without_key:
        path.unlink(missing_ok=True)
    with recorded():
        record(
            "vault:store:sweep",
            actor=actor,
            object="vault:self",
            keys=len(found.keys_without_row),
            files=len(found.files_without_key),
        )
