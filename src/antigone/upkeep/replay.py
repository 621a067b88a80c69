"""After a restore: lose again what was erased since the backup, carry the ledger over, and start new epochs."""

from __future__ import annotations

import sqlite3
import uuid
from collections.abc import Iterable
from contextlib import closing, suppress
from pathlib import Path

from antigone.gallery import GalleryError
from antigone.vault import store
from antigone.vault.errors import VaultError

LEDGER_TABLES = ("ledger_entry", "ledger_checkpoint", "ledger_cosignature")
MARKS = "missing_withdrawal"
REASON = "erased after the backup was made"


def carry_ledger(found: Iterable[Path], now: Path) -> bool:
    """Replace the restored ledger by the longest of those found that contains it entry for entry; False without one."""
    longest = sorted(found, key=_length, reverse=True)
    return any(_length(before) >= 0 and _carry(before, now) for before in longest)


def _length(database: Path) -> int:
    """How many sealed entries a database has; -1 for one that cannot be read."""
    if not database.is_file():
        return -1
    try:
        with closing(sqlite3.connect(database)) as db:
            return int(db.execute("SELECT coalesce(max(size), 0) FROM ledger_checkpoint").fetchone()[0])
    except sqlite3.Error:
        return -1


def _carry(before: Path, now: Path) -> bool:
    """Carry one ledger over, and the marks of what was erased; ids given out since are not given again either."""
    try:
        with closing(sqlite3.connect(now, isolation_level=None)) as db:
            db.execute("ATTACH DATABASE ? AS was", (str(before),))
            if not _continues(db):
                return False
            db.execute("BEGIN IMMEDIATE")
            for table in reversed(LEDGER_TABLES):
                db.execute(f"DELETE FROM main.{table}")  # noqa: S608 (names of our own tables)
            for table in LEDGER_TABLES:
                names = ", ".join(f'"{name}"' for name in _columns(db, "main", table))
                db.execute(f"INSERT INTO main.{table} ({names}) SELECT {names} FROM was.{table}")  # noqa: S608
            if _columns(db, "main", MARKS) == _columns(db, "was", MARKS):
                # Who was enrolled and erased since the backup must not come with the next enrolment.
                db.execute(f"INSERT OR IGNORE INTO main.{MARKS} (mark, at) SELECT mark, at FROM was.{MARKS}")  # noqa: S608
            db.execute(
                "UPDATE main.sqlite_sequence SET seq = max(seq, coalesce("
                "(SELECT seq FROM was.sqlite_sequence w WHERE w.name = main.sqlite_sequence.name), 0))"
            )
            db.execute(
                "INSERT INTO main.sqlite_sequence (name, seq) SELECT name, seq FROM was.sqlite_sequence "
                "WHERE name IN (SELECT name FROM main.sqlite_master WHERE type='table') "
                "AND name NOT IN (SELECT name FROM main.sqlite_sequence)"
            )
            db.execute("COMMIT")
    except sqlite3.Error:
        return False
    return True


def _columns(db: sqlite3.Connection, schema: str, table: str) -> list[str]:
    return [row[1] for row in db.execute(f"PRAGMA {schema}.table_info({table})")]


def _continues(db: sqlite3.Connection) -> bool:
    """Whether the ledger of before has the same columns, is sound, and holds every sealed entry of the restored one."""
    if db.execute("PRAGMA was.quick_check").fetchone()[0] != "ok":
        return False
    if any(set(_columns(db, "main", table)) != set(_columns(db, "was", table)) for table in LEDGER_TABLES):
        return False
    missing = db.execute(
        'SELECT count(*) FROM main.ledger_entry m LEFT JOIN was.ledger_entry w ON w."index" = m."index" '
        'WHERE m."index" IS NOT NULL AND (w.leaf_hash IS NULL OR w.leaf_hash <> m.leaf_hash)'
    ).fetchone()[0]
    return int(missing) == 0


def replay(made_at: float, actor: str) -> int:
    """Erase again, through the rooms' own services, what was erased since.

    Returns how many records that were.
    """
    again = _erase_images(actor) + _erase_records(made_at, actor)
    _new_epochs()
    from antigone.ledger.services import sequence
    from antigone.vault.tasks import complete_shreds, forget_log

    complete_shreds()
    sequence()
    forget_log()
    store.rotate_snapshot_key()
    _purge(actor)
    return again


def _purge(actor: str) -> None:
    """Look for what was erased in the galleries as they are drawn anew; where that fails, the doctor says it is due."""
    from antigone.upkeep import purges

    # A record that cannot be opened is no reason to keep the instance closed.
    with suppress(VaultError, GalleryError, OSError):
        if purges.pending():
            purges.complete(actor)


def _erase_images(actor: str) -> int:
    """Pictures whose key is destroyed: the rows say nothing any more that can be opened."""
    from antigone.intake import services as intake
    from antigone.intake.models import EnquiryPortrait
    from antigone.missing import services as missing
    from antigone.missing.models import Portrait
    from antigone.remains import documents, open_source
    from antigone.remains import services as remains
    from antigone.remains.models import Photograph

    destroyed = {image for image, _, _, alive in store.keystore().images() if not alive}
    portraits = _among(destroyed, Portrait.objects.values_list("pk", flat=True))
    photographs = _among(destroyed, Photograph.objects.values_list("pk", flat=True))
    filed = _among(destroyed, EnquiryPortrait.objects.values_list("pk", flat=True))
    if portraits:
        missing.erase_portraits(Portrait.objects.filter(pk__in=portraits), actor, REASON)
    for picture in EnquiryPortrait.objects.select_related("enquiry").filter(pk__in=filed):
        intake.erase_portraits(picture.enquiry, actor, only=[picture.pk])
    if photographs:
        remains.erase_photographs(Photograph.objects.filter(pk__in=photographs), actor, REASON)
    carried = documents.erase_destroyed(destroyed, actor, REASON)
    public = open_source.erase_destroyed(destroyed, actor, REASON)
    return len(portraits) + len(photographs) + len(filed) + carried + public


def _among(destroyed: set[uuid.UUID], rows: Iterable[uuid.UUID]) -> list[uuid.UUID]:
    return sorted(destroyed.intersection(rows))


def _erase_records(made_at: float, actor: str) -> int:
    """Persons and enquiries erased, and living subjects who spoke, after the backup.

    The numbers mean the same people there.
    """
    from antigone.intake import services as intake
    from antigone.intake.models import Enquiry
    from antigone.missing import services as missing
    from antigone.missing.models import Person
    from antigone.remains import services as remains
    from antigone.remains.models import Subject

    again = 0
    for name in store.keystore().erased_since(made_at):
        kind, _, number = name.partition(":")
        if kind == "person" and (person := Person.objects.filter(pk=int(number)).first()):
            missing.erase_person(person, actor, REASON)
            again += 1
        if kind == "enquiry" and (enquiry := Enquiry.objects.filter(pk=int(number)).first()):
            intake.erase(enquiry, actor)
            again += 1
        if kind == "subject" and (subject := Subject.objects.filter(pk=int(number)).first()):
            remains.person_spoke(subject, actor)
            again += 1
    return again


def _new_epochs() -> None:
    """Rows may have gone back in time: no index of before is current, in memory or on disk."""
    from antigone.enrolment import projection
    from antigone.enrolment.models import Contract
    from antigone.enrolment.services import new_epoch

    for contract in Contract.objects.all():
        projection.discard(contract)
        new_epoch(contract)
