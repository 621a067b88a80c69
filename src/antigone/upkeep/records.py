"""What the records, the ledger and the vault of a sound instance say of each other."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from uuid import UUID

from django.db import connection
from django.utils import timezone

from antigone.access.models import Mandate
from antigone.enrolment.contracts import contract_in_use
from antigone.faces import ModelError
from antigone.gallery import GalleryError
from antigone.intake.models import EnquiryPortrait
from antigone.ledger import sequencer, spool
from antigone.ledger import services as ledger
from antigone.ledger.errors import LedgerError
from antigone.ledger.models import Entry
from antigone.missing import queries
from antigone.missing.models import Portrait
from antigone.remains import queries as remains
from antigone.upkeep import purges
from antigone.upkeep.examination import Finding, Severity
from antigone.vault import sweep
from antigone.vault.errors import VaultError
from antigone.vault.models import PendingShred
from antigone.vault.tasks import complete_shreds

SOON = timedelta(days=30)
BACKUP_EVERY = timedelta(days=7)


def known_images() -> set[UUID]:
    """Every id under which a row of this instance expects a sealed image."""
    return {
        *Portrait.objects.values_list("pk", flat=True),
        *remains.sealed_images(),
        *EnquiryPortrait.objects.values_list("pk", flat=True),
    }


def findings(key_opens: bool, mender: str | None) -> Iterator[Finding]:
    """Look through database, ledger, vault, mandates and copies; `mender` is the actor who mends, if anybody is to."""
    sound = list(_database())
    yield from sound
    if sound:
        return
    log = list(_ledger())
    yield from log
    if any(finding.severity is Severity.FAULT for finding in log):
        # What is mended is entered, and this ledger cannot go on.
        mender = None
    if key_opens:
        try:
            yield from _pending(mender)
            yield from _galleries(mender)
            yield from _vault(mender)
        except (VaultError, GalleryError) as exc:
            yield Finding(Severity.FAULT, exc.sentence, "See docs/operations.md, Keys.")
    yield from _recogniser()
    yield from _mandates()
    yield from _copies()


def _database() -> Iterator[Finding]:
    if connection.vendor != "sqlite":
        return
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA quick_check(1)")
        said = cursor.fetchone()[0]
        cursor.execute("PRAGMA foreign_key_check")
        orphans = cursor.fetchone()
    if said != "ok":
        yield Finding(Severity.FAULT, f"The database is damaged: {said}", "Restore a backup: antigone restore")
    elif orphans:
        yield Finding(
            Severity.FAULT,
            f"A record in {orphans[0]} refers to one that is gone.",
            "The database was changed by something else than Antigone. Restore a backup, and find out by whom.",
        )


def _ledger() -> Iterator[Finding]:
    try:
        sequencer.check_not_rolled_back()
    except LedgerError as exc:
        yield Finding(Severity.FAULT, str(exc), "See docs/operations.md, When the ledger does not verify.")
        return
    verified = ledger.verify()
    if not verified.ok:
        yield Finding(Severity.FAULT, verified.sentence, "See docs/operations.md, When the ledger does not verify.")
        return
    waiting = Entry.objects.filter(index=None).count() + sum(1 for _ in spool.waiting(sequencer.instance()))
    if waiting:
        yield Finding(
            Severity.NOTE,
            f"{waiting} entries of the ledger wait to be sealed.",
            "The next action seals them; nothing is lost.",
        )


def _pending(mender: str | None) -> Iterator[Finding]:
    waiting = PendingShred.objects.count()
    if not waiting:
        return
    if mender is not None:
        done = complete_shreds()
        yield Finding(Severity.NOTE, f"{done} erasures that were interrupted are complete now.", "Nothing to do.")
        return
    yield Finding(
        Severity.WARNING,
        f"{waiting} erasures were interrupted before their keys were destroyed; the records are gone.",
        "Complete them: antigone doctor --mend",
    )


def _galleries(mender: str | None) -> Iterator[Finding]:
    waiting = purges.pending()
    if not waiting:
        return
    if mender is None:
        yield Finding(
            Severity.WARNING,
            f"Templates were erased and not yet looked for in {waiting} galleries; an index may still hold them.",
            "Rewrite the galleries and look: antigone doctor --mend",
        )
    elif purges.complete(mender):
        yield Finding(
            Severity.NOTE, f"{waiting} galleries were rewritten; nothing erased was found in them.", "Nothing to do."
        )
    else:
        yield Finding(
            Severity.FAULT,
            "Something that was erased was still found in a gallery.",
            "Stop every other command of Antigone on this machine, and run this again: antigone doctor --mend",
        )


def _vault(mender: str | None) -> Iterator[Finding]:
    found = sweep.look(known_images())
    if found.rows_without_key:
        yield Finding(
            Severity.FAULT,
            f"{len(found.rows_without_key)} images have no key: they cannot be opened.",
            "An older key store was put back. Restore the newest key export, or erase these records.",
        )
    if found.rows_without_file:
        yield Finding(
            Severity.FAULT,
            f"{len(found.rows_without_file)} sealed images are missing.",
            "Bring them back from a backup: antigone restore",
        )
    if found.strange_files:
        yield Finding(
            Severity.WARNING,
            f"{len(found.strange_files)} files in vault/ are not Antigone's.",
            "Find out who put them there; they are neither opened nor removed.",
        )
    if not found.litter:
        return
    if mender is not None:
        sweep.clear(found, mender)
        yield Finding(Severity.NOTE, f"{found.litter} leftovers of interrupted work were swept.", "Nothing to do.")
        return
    yield Finding(
        Severity.WARNING,
        f"{found.litter} sealed files or keys belong to no record: leftovers of interrupted work.",
        "Sweep them: antigone doctor --mend",
    )


def _recogniser() -> Iterator[Finding]:
    """Portraits that no search finds, since they are not encoded for the recogniser in use."""
    try:
        contract = contract_in_use().digest
    except ModelError:
        return  # said with what is wrong with the models
    note = queries.encoding_note(contract, timezone.now().date())
    if note:
        yield Finding(Severity.WARNING, note, "See docs/operations.md, Face models.")


def _mandates() -> Iterator[Finding]:
    today = timezone.now().date()
    standing = Mandate.objects.filter(revoked_at=None)
    for purpose in standing.order_by().values_list("purpose", flat=True).distinct():
        last = standing.filter(purpose=purpose).order_by("-valid_until").first()
        if last is None or last.valid_until > today + SOON:
            continue
        over = last.valid_until < today
        yield Finding(
            Severity.FAULT if over else Severity.WARNING,
            f"The mandate “{purpose}” {'ended' if over else 'ends'} on {last.valid_until.isoformat()}"
            + ("; searches for it are refused." if over else "."),
            f"An administrator issues a new one: antigone access mandate issue --purpose {purpose}",
        )


def _copies() -> Iterator[Finding]:
    now = timezone.now()
    for action, what, advice in (
        ("instance:backup:make", "backup of the data", "antigone backup, to a folder on another machine"),
        ("instance:keys:export", "export of the keys", "antigone backup --keys FILE, kept apart from the data"),
    ):
        last = Entry.objects.filter(action=action).order_by("-id").first()
        if last is None:
            yield Finding(
                Severity.WARNING,
                f"No {what} was ever made: if this disk fails, nothing can be opened again.",
                f"Make one: {advice}",
            )
        elif now - last.at > BACKUP_EVERY:
            yield Finding(
                Severity.NOTE, f"The last {what} was made on {last.at:%Y-%m-%d}.", f"Make a new one: {advice}"
            )
