"""Backups without keys, restores that bring nothing erased back, the doctor's findings, and upgrades."""

from __future__ import annotations

import io
import os
import shutil
import sqlite3
import subprocess
import sys
import tarfile
import uuid
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pytest

from antigone import upkeep
from antigone.access import agreements, invitations, sign_ins, tokens
from antigone.access import services as access
from antigone.access.errors import CodeRefused, Refused
from antigone.access.models import Agency, Mandate
from antigone.access.permissions import Permission
from antigone.access.rules import Purpose, Role
from antigone.casework import services as casework
from antigone.casework.models import Case, RankedView
from antigone.enrolment import projection
from antigone.enrolment.models import Contract, Removal, Template
from antigone.gallery import Absence, ScanGallery, SnapshotRefused
from antigone.instance import RESTORING, Instance, InstanceError
from antigone.ledger.models import Entry
from antigone.ledger.services import record, recorded
from antigone.missing import services as missing
from antigone.missing.models import Person, Portrait, Report, ReportState
from antigone.missing.sources import PersonRecord
from antigone.remains import services as remains
from antigone.remains.models import Photograph, Subject
from antigone.upkeep import Severity, UpkeepError, archive, restores
from antigone.upkeep.opening import open_instance, point_django_at
from antigone.vault import escrow, files, instance_key, services, store, tasks
from antigone.vault.errors import InstanceKeyError, KeyGone, KeyLocked

ACTOR = "operator:1"
CHEAP = 2**14


@pytest.fixture
def enrolled(instance: Instance) -> Instance:
    """Four persons with a portrait each; their templates are noise, their pictures a few bytes."""
    holding = missing.open_holding("family portraits", access.operator())
    contract = Contract.objects.create(
        digest="c" * 64, model_id="noise", model_sha256="0" * 64, dimension=128, alignment="a", preprocessing="p"
    )
    add_persons(holding, contract, range(1, 5))
    return instance


def add_persons(holding: object, contract: Contract, numbers: range) -> None:
    draw = np.random.default_rng(7)
    new = [
        missing.NewPortrait(
            record=PersonRecord(ref=f"P{number}", names=(f"Person {number}",)),
            sha256=f"{number:064x}",
            original=f"picture of P{number}".encode(),
            vector=unit(draw.standard_normal(128)),
            face={},
        )
        for number in numbers
    ]
    missing.add_portraits(holding, contract, new, missing.Giving("family-consent", given_by="kin"), ACTOR)  # type: ignore[arg-type]


def unit(vector: np.ndarray) -> np.ndarray:
    return (vector / np.linalg.norm(vector)).astype(np.float32)


def portrait_of(ref: str) -> Portrait:
    return Portrait.objects.get(person__ref=ref)


def refs() -> list[str]:
    return sorted(Person.objects.values_list("ref", flat=True))


def erase_person(ref: str) -> str:
    person = Person.objects.get(ref=ref)
    image = str(portrait_of(ref).pk)
    missing.erase_person(person, ACTOR, "asked by the family")
    tasks.complete_shreds()
    return image


def everything_opens() -> bool:
    rows = list(Template.objects.values_list("portrait", "sealed"))
    store.open_rows([(portrait, bytes(sealed)) for portrait, sealed in rows])
    return all(store.open(str(pk)).startswith(b"picture of") for pk in Portrait.objects.values_list("pk", flat=True))


def sentences(found: list[upkeep.Finding], severity: Severity | None = None) -> str:
    return "\n".join(
        f"{finding.severity}: {finding.sentence} {finding.advice}"
        for finding in found
        if severity is None or finding.severity is severity
    )


def test_a_backup_holds_the_data_and_no_key(enrolled: Instance, tmp_path: Path) -> None:
    keys = [
        (enrolled.keys / "instance.key").read_bytes(),
        (enrolled.keys / "ledger.key").read_bytes().strip(),
        *(store.keystore().key(pk)[1] for pk in Portrait.objects.values_list("pk", flat=True)),
    ]
    with sqlite3.connect(store.key_store_path(enrolled)) as db:
        keys += [bytes(row[0]) for row in db.execute("SELECT key FROM wrapped")]
    made = upkeep.backup(enrolled, tmp_path, actor=ACTOR)
    assert made.images == 4
    assert made.file.stat().st_mode & 0o777 == 0o600
    raw = made.file.read_bytes()
    assert not any(key in raw for key in keys)
    with tarfile.open(made.file) as tar:
        names = tar.getnames()
    assert names[0] == archive.MANIFEST
    assert names[-1] == archive.END
    assert not any(name.startswith("keys") or "key" in Path(name).name for name in names)
    assert list(enrolled.backups.iterdir()) == []
    assert Entry.objects.filter(action="instance:backup:make").count() == 1


def test_a_backup_overwrites_nothing_and_leaves_nothing_when_it_fails(enrolled: Instance, tmp_path: Path) -> None:
    there = tmp_path / "there.tar"
    there.write_text("mine")
    for target in (there, tmp_path / "no" / "folder.tar", enrolled.vault / "b.tar"):
        with pytest.raises(UpkeepError):
            upkeep.backup(enrolled, target, actor=ACTOR)
    assert there.read_text() == "mine"
    enrolled.database.rename(tmp_path / "away")
    enrolled.database.write_bytes(b"no database at all" * 300)
    with pytest.raises(UpkeepError, match="cannot be copied"):
        upkeep.backup(enrolled, tmp_path / "new.tar", actor=ACTOR)
    assert sorted(path.name for path in tmp_path.glob("*.tar*")) == ["there.tar"]


def test_a_restore_in_place_brings_back_rows_and_files(enrolled: Instance, tmp_path: Path) -> None:
    made = upkeep.backup(enrolled, tmp_path, actor=ACTOR)
    lost = portrait_of("P2").pk
    files.place(enrolled.vault, lost).unlink()
    Template.objects.all().delete()
    epoch = Contract.objects.get().epoch
    entries = Entry.objects.count()
    done = upkeep.restore(made.file, enrolled.root, actor=ACTOR)
    assert (done.images, done.erased_again, done.ledger_kept) == (4, 0, True)
    assert refs() == ["P1", "P2", "P3", "P4"]
    assert Template.objects.count() == 4
    assert everything_opens()
    assert Contract.objects.get().epoch != epoch
    assert Entry.objects.count() > entries
    assert sentences(upkeep.doctor(enrolled.root), Severity.FAULT) == ""


def test_what_was_erased_since_does_not_come_back(enrolled: Instance, tmp_path: Path) -> None:
    made = upkeep.backup(enrolled, tmp_path, actor=ACTOR)
    first = erase_person("P1")
    second = str(portrait_of("P2").pk)
    missing.erase_portraits(Portrait.objects.filter(person__ref="P2"), ACTOR, "withdrawn")
    tasks.complete_shreds()
    done = upkeep.restore(made.file, enrolled.root, actor=ACTOR)
    assert done.erased_again == 3, "two portraits, and a person"
    assert refs() == ["P2", "P3", "P4"]
    assert Portrait.objects.count() == Template.objects.count() == 2
    for image in (first, second):
        assert not files.place(enrolled.vault, uuid.UUID(image)).exists()
        with pytest.raises(KeyGone):
            store.open(image)
    assert everything_opens()
    assert b"Person 1" not in b"".join(path.read_bytes() for path in enrolled.data.iterdir())
    assert sentences(upkeep.doctor(enrolled.root), Severity.FAULT) == ""


def test_an_erasure_that_was_only_requested_is_completed_before_the_restore(enrolled: Instance, tmp_path: Path) -> None:
    made = upkeep.backup(enrolled, tmp_path, actor=ACTOR)
    missing.erase_person(Person.objects.get(ref="P1"), ACTOR, "asked")
    upkeep.restore(made.file, enrolled.root, actor=ACTOR)
    assert refs() == ["P2", "P3", "P4"]


def test_what_was_withdrawn_since_stays_withdrawn(enrolled: Instance, tmp_path: Path) -> None:
    agency = Agency.objects.get()
    olena = access.add_operator("Olena", agency, ACTOR)
    for role in (Role.AUDITOR, Role.MORTUARY_EXAMINER):
        access.grant_role(olena, role, ACTOR)
    made = upkeep.backup(enrolled, tmp_path, actor=ACTOR)
    missing.close_report(Person.objects.get(ref="P1"), ReportState.FOUND, ACTOR)
    missing.close_report(Person.objects.get(ref="P2"), ReportState.FOUND, ACTOR)
    missing.reopen_report(Person.objects.get(ref="P2"), ACTOR)
    access.revoke_role(olena, Role.MORTUARY_EXAMINER, ACTOR)
    access.revoke_mandate(Mandate.objects.get(purpose=Purpose.IDENTIFY_UNABLE), ACTOR, "no longer lawful")
    done = upkeep.restore(made.file, enrolled.root, actor=ACTOR)
    assert done.withdrawn_again == 3
    assert dict(Report.objects.values_list("person__ref", "state"))["P1"] == ReportState.FOUND
    assert Report.objects.filter(state=ReportState.OPEN).count() == 3
    assert not Template.objects.get(portrait=portrait_of("P1").pk).searchable
    assert access.roles_of(olena) == (Role.AUDITOR,)
    with pytest.raises(Refused):
        access.mandate_in_force(agency, Purpose.IDENTIFY_UNABLE, actor=ACTOR)


def test_ways_in_that_were_shut_since_stay_shut(enrolled: Instance, tmp_path: Path) -> None:
    from datetime import timedelta

    from django.utils import timezone

    who = access.operator()
    olena = access.add_operator("Olena", who.agency, ACTOR)
    code = invitations.issue(olena, ACTOR)
    until = timezone.now() + timedelta(days=9)
    token, secret = tokens.issue(who, "Laboratory", [Permission.CASE_READ], until)
    other = access.found_agency("Neighbours", ACTOR)
    agreement = agreements.propose(who, other, ["persons"], "Protocol", until.date())
    session = sign_ins.begin(olena)
    made = upkeep.backup(enrolled, tmp_path, actor=ACTOR)
    invitations.redeem(code, "seven grey herons at dusk")
    tokens.revoke(who, token)
    agreements.end(who, agreement, "it lapsed")
    done = upkeep.restore(made.file, enrolled.root, actor=ACTOR)
    assert done.withdrawn_again == 3
    with pytest.raises(CodeRefused):
        invitations.invited(code)
    assert tokens.bearer(str(secret)) is None
    agreement.refresh_from_db()
    assert agreement.ended_by == ACTOR
    session.refresh_from_db()
    assert session.end_reason == "restored"


def test_numbers_are_not_given_again_after_a_restore(enrolled: Instance, tmp_path: Path) -> None:
    made = upkeep.backup(enrolled, tmp_path, actor=ACTOR)
    holding = missing.open_holding("family portraits", access.operator())
    add_persons(holding, Contract.objects.get(), range(5, 7))
    given = set(Person.objects.values_list("pk", flat=True))
    upkeep.restore(made.file, enrolled.root, actor=ACTOR)
    assert refs() == ["P1", "P2", "P3", "P4"]
    add_persons(holding, Contract.objects.get(), range(7, 8))
    assert Person.objects.get(ref="P7").pk not in given


def test_who_was_enrolled_and_erased_since_does_not_come_with_the_next_enrolment(
    enrolled: Instance, tmp_path: Path
) -> None:
    made = upkeep.backup(enrolled, tmp_path, actor=ACTOR)
    holding = missing.open_holding("family portraits", access.operator())
    add_persons(holding, Contract.objects.get(), range(9, 11))
    erase_person("P9")
    upkeep.restore(made.file, enrolled.root, actor=ACTOR)
    assert missing.withdrawn(holding, "P9")
    assert not missing.withdrawn(holding, "P10")
    assert not missing.withdrawn(holding, "P1")


def open_case(code: str) -> Case:
    given = remains.Particulars("a mortuary", date(2026, 1, 1), "Dr Y", None)
    return casework.open_case(code, "deceased", given, access.operator())


def test_closed_cases_stay_closed_and_who_saw_stays_known(enrolled: Instance, tmp_path: Path) -> None:
    first, second = open_case("A-1"), open_case("A-2")
    made = upkeep.backup(enrolled, tmp_path, actor=ACTOR)
    with recorded():
        for actor in (ACTOR, "operator:7", "operator:7"):
            record("casework:search:run", actor=actor, object=f"case:{second.pk}")
        record("casework:search:run", actor=ACTOR, object="case:999")
    casework.close_case("A-1", access.operator(), "named")
    for _ in range(2):
        upkeep.restore(made.file, enrolled.root, actor=ACTOR)
        assert Case.objects.get(pk=first.pk).closed_at is not None
        assert Case.objects.get(pk=second.pk).closed_at is None
        seen = sorted(RankedView.objects.values_list("case", "actor", "search"))
        assert seen == [(second.pk, ACTOR, None), (second.pk, "operator:7", None)]
    run = Entry.objects.filter(action="casework:search:run", actor="operator:7").first()
    assert run is not None
    assert RankedView.objects.get(actor="operator:7").at == run.at


def flipped(data: bytes) -> bytes:
    """The same bytes but one, in the middle."""
    at = len(data) // 2
    return data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :]


@pytest.mark.parametrize("present", ["whole", "flipped", "gone"])
@pytest.mark.parametrize("kept", ["whole", "flipped"])
def test_a_restore_never_puts_a_damaged_original_over_a_good_one(
    enrolled: Instance, tmp_path: Path, present: str, kept: str
) -> None:
    made = upkeep.backup(enrolled, tmp_path, actor=ACTOR)
    image = portrait_of("P1").pk
    path = files.place(enrolled.vault, image)
    good = path.read_bytes()
    source = made.file
    if kept == "flipped":
        member = f"vault/{path.parent.name}/{path.name}"
        source = retarred(made.file, tmp_path / "flipped.tar", {member: flipped(good)})
    if present == "flipped":
        path.write_bytes(flipped(flipped(good)[:-1]))
    elif present == "gone":
        path.unlink()
    before = path.read_bytes() if path.exists() else None
    done = upkeep.restore(source, enrolled.root, actor=ACTOR)
    assert done.damaged == (kept == "flipped")
    if present == "whole" or kept == "whole":
        assert path.read_bytes() == good
        assert everything_opens()
    else:
        assert (path.read_bytes() if path.exists() else None) == before


def test_photographs_erased_since_do_not_come_back_either(enrolled: Instance, tmp_path: Path) -> None:
    subject = Subject.objects.create(code="B-1", kind="deceased", agency_id=1, opened_at="2026-01-01T00:00Z")
    photograph = Photograph.objects.create(
        subject=subject, sha256="f" * 64, added_at="2026-01-01T00:00Z", added_by=ACTOR
    )
    store.seal(str(photograph.pk), "photograph", b"picture of B-1")
    made = upkeep.backup(enrolled, tmp_path, actor=ACTOR)
    services.request_shred([photograph.pk], kind="photograph", actor=ACTOR)
    photograph.delete()
    tasks.complete_shreds()
    done = upkeep.restore(made.file, enrolled.root, actor=ACTOR)
    assert done.erased_again == 1
    assert Photograph.objects.count() == 0


def test_a_restore_on_a_new_machine_needs_the_keys_and_works_with_them(enrolled: Instance, tmp_path: Path) -> None:
    made = upkeep.backup(enrolled, tmp_path, actor=ACTOR)
    gone = erase_person("P3")
    exported = tmp_path / "keys"
    upkeep.export_keys(enrolled, exported, "phrase", actor=ACTOR, cost=CHEAP)
    assert exported.stat().st_mode & 0o777 == 0o600
    assert (enrolled.keys / "instance.key").read_bytes() not in exported.read_bytes()
    new = tmp_path / "new machine"
    with pytest.raises(UpkeepError, match="--keys FILE"):
        upkeep.restore(made.file, new)
    with pytest.raises(KeyLocked, match="wrong"):
        upkeep.restore(made.file, new, keys=exported, passphrase="fraise")
    assert not new.exists()
    done = upkeep.restore(made.file, new, keys=exported, passphrase="phrase")
    assert done.instance.root == new
    assert not done.ledger_kept
    assert done.erased_again == 2
    assert refs() == ["P1", "P2", "P4"]
    assert everything_opens()
    with pytest.raises(KeyGone):
        store.open(gone)
    assert sentences(upkeep.doctor(new), Severity.FAULT) == ""
    assert Entry.objects.order_by("-id").first().action == "instance:backup:restore"  # type: ignore[union-attr]


def test_a_locked_instance_comes_back_locked(
    enrolled: Instance, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv(instance_key.PASSPHRASE_VARIABLE, raising=False)
    instance_key.lock(enrolled, "daily", cost=CHEAP)
    made = upkeep.backup(enrolled, tmp_path, actor=ACTOR)
    upkeep.export_keys(enrolled, tmp_path / "keys", "phrase", actor=ACTOR, cost=CHEAP)
    new = tmp_path / "new"
    upkeep.restore(made.file, new, keys=tmp_path / "keys", passphrase="phrase")
    store.reset()
    assert not (new / "keys" / "instance.key").exists()
    with pytest.raises(KeyLocked):
        open_instance(new)
    open_instance(new, ask=lambda: "phrase")
    assert everything_opens()


def test_present_keys_are_never_replaced_by_exported_ones(enrolled: Instance, tmp_path: Path) -> None:
    upkeep.export_keys(enrolled, tmp_path / "keys", "phrase", actor=ACTOR, cost=CHEAP)
    made = upkeep.backup(enrolled, tmp_path, actor=ACTOR)
    gone = erase_person("P1")
    with pytest.raises(UpkeepError, match="could open what was erased"):
        upkeep.restore(made.file, enrolled.root, keys=tmp_path / "keys", passphrase="phrase")
    with pytest.raises(KeyGone):
        store.open(gone)


def test_a_lost_key_store_comes_back_from_an_export(enrolled: Instance, tmp_path: Path) -> None:
    upkeep.export_keys(enrolled, tmp_path / "keys", "phrase", actor=ACTOR, cost=CHEAP)
    made = upkeep.backup(enrolled, tmp_path, actor=ACTOR)
    store.reset()
    for path in enrolled.keys.glob("store.sqlite3*"):
        path.unlink()
    upkeep.restore(made.file, enrolled.root, keys=tmp_path / "keys", passphrase="phrase", actor=ACTOR)
    assert everything_opens()


def test_another_instances_backup_is_refused(enrolled: Instance, template_instance: Instance, tmp_path: Path) -> None:
    made = upkeep.backup(enrolled, tmp_path, actor=ACTOR)
    other = tmp_path / "other"
    shutil.copytree(template_instance.root, other)
    (other / "keys" / "instance.key").write_bytes(os.urandom(32))
    with pytest.raises(UpkeepError, match="of another instance"):
        upkeep.restore(made.file, other)
    assert not (other / RESTORING).exists()


def test_a_lost_database_is_restored_with_the_ledger_of_the_backup(enrolled: Instance, tmp_path: Path) -> None:
    made = upkeep.backup(enrolled, tmp_path, actor=ACTOR)
    gone = erase_person("P1")
    point_django_at(tmp_path)
    for path in enrolled.data.iterdir():
        path.unlink()
    done = upkeep.restore(made.file, enrolled.root)
    assert not done.ledger_kept
    assert done.aside is None
    assert refs() == ["P2", "P3", "P4"]
    assert list((enrolled.ledger / "lost").iterdir()), "what outlived the database is kept as evidence"
    with pytest.raises(KeyGone):
        store.open(gone)


@pytest.mark.parametrize("step", ["_bring_images", "_change_databases", "_bring_ledger", "_enter"])
def test_a_restore_stopped_anywhere_opens_nothing_and_can_be_run_again(
    enrolled: Instance, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    made = upkeep.backup(enrolled, tmp_path, actor=ACTOR)
    erase_person("P1")
    missing.close_report(Person.objects.get(ref="P2"), ReportState.FOUND, ACTOR)
    entries = Entry.objects.count()

    def power_cut(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(restores, step, power_cut)
        with pytest.raises(KeyboardInterrupt):
            upkeep.restore(made.file, enrolled.root)
    with pytest.raises(InstanceError, match="restore of this instance was interrupted"):
        open_instance(enrolled.root)
    assert "interrupted" in sentences(upkeep.doctor(enrolled.root), Severity.FAULT)
    done = upkeep.restore(made.file, enrolled.root)
    assert done.ledger_kept
    assert refs() == ["P2", "P3", "P4"]
    assert Report.objects.get(person__ref="P2").state == ReportState.FOUND
    assert Entry.objects.count() > entries
    assert everything_opens()


def retarred(source: Path, target: Path, change: dict[str, bytes | None], add: str = "") -> Path:
    """A copy of a backup with members changed or left out, or with one more."""
    with tarfile.open(source) as old, tarfile.open(target, "w") as new:
        for member in old:
            data = old.extractfile(member).read()  # type: ignore[union-attr]
            data = change.get(member.name, data)  # type: ignore[assignment]
            if data is not None:
                member.size = len(data)
                new.addfile(member, io.BytesIO(data))
        if add:
            new.addfile(tarfile.TarInfo(add), io.BytesIO(b""))
    return target


def test_damaged_and_hostile_backups_change_nothing(enrolled: Instance, tmp_path: Path) -> None:
    whole = upkeep.backup(enrolled, tmp_path, actor=ACTOR).file
    with tarfile.open(whole) as tar:
        image = next(name for name in tar.getnames() if name.startswith("vault/"))
    cut = tmp_path / "cut.tar"
    cut.write_bytes(whole.read_bytes()[:-15000])
    text = tmp_path / "text.tar"
    text.write_text("not a tar")
    bad = [
        cut,
        text,
        tmp_path / "absent.tar",
        retarred(whole, tmp_path / "a.tar", {archive.END: None}),
        retarred(whole, tmp_path / "b.tar", {image: None}),
        retarred(whole, tmp_path / "c.tar", {archive.DATABASE: b"SQLite format 3\0 not"}),
        retarred(whole, tmp_path / "d.tar", {archive.MANIFEST: b"{}"}),
        retarred(whole, tmp_path / "e.tar", {}, add="../escaped"),
        retarred(whole, tmp_path / "f.tar", {}, add="keys/instance.key"),
        retarred(whole, tmp_path / "g.tar", {}, add="vault/../../x"),
    ]
    before = enrolled.database.stat().st_ino
    for source in bad:
        with pytest.raises(UpkeepError) as refused:
            upkeep.restore(source, enrolled.root)
        assert "Nothing was changed" in str(refused.value), source.name
    assert enrolled.database.stat().st_ino == before
    assert not (tmp_path / "escaped").exists()
    open_instance(enrolled.root)
    assert everything_opens()


def test_the_doctor_finds_nothing_wrong_with_a_new_instance_but_missing_copies(instance: Instance) -> None:
    found = upkeep.doctor(instance.root)
    assert sentences(found, Severity.FAULT) == ""
    assert "No backup of the data was ever made" in sentences(found)
    assert "No export of the keys was ever made" in sentences(found)
    assert "lies open beside the data" in sentences(found)


def test_the_doctor_says_so_when_there_is_no_instance(tmp_path: Path) -> None:
    (finding,) = upkeep.doctor(tmp_path)
    assert finding.severity is Severity.FAULT
    assert "not an Antigone instance" in finding.sentence


@pytest.mark.parametrize(
    ("harm", "said"),
    [
        ("chmod", "can be read by other accounts"),
        ("no key", "key file keys/instance.key is missing"),
        ("wrong key", "not the one that wrapped"),
        ("damaged database", "database"),
        ("no file", "1 sealed images are missing"),
        ("old key store", "1 images have no key"),
        ("no mandate", "ended on"),
        ("stranger", "are not Antigone's"),
        ("older schema", "earlier version"),
    ],
)
def test_the_doctor_finds_what_was_harmed(enrolled: Instance, harm: str, said: str) -> None:
    image = portrait_of("P1").pk
    if harm == "chmod":
        enrolled.keys.chmod(0o755)
    elif harm == "no key":
        (enrolled.keys / "instance.key").unlink()
    elif harm == "wrong key":
        (enrolled.keys / "instance.key").write_bytes(os.urandom(32))
        store.reset()
    elif harm == "damaged database":
        point_django_at(enrolled.root.parent)
        for extra in ("-wal", "-shm"):
            Path(f"{enrolled.database}{extra}").unlink(missing_ok=True)
        with enrolled.database.open("r+b") as out:
            out.seek(100)
            out.write(os.urandom(3900))
    elif harm == "no file":
        files.place(enrolled.vault, image).unlink()
    elif harm == "old key store":
        with sqlite3.connect(store.key_store_path(enrolled)) as db:
            db.execute("DELETE FROM wrapped WHERE image = ?", (image.bytes,))
    elif harm == "no mandate":
        Mandate.objects.update(valid_from=date(2020, 1, 1), valid_until=date.today() - timedelta(days=1))  # noqa: DTZ011
    elif harm == "stranger":
        (enrolled.vault / "notes.txt").write_text("mine")
    elif harm == "older schema":
        from django.db import connection

        with connection.cursor() as cursor:
            cursor.execute("DELETE FROM django_migrations WHERE app = 'vault'")
    assert said in sentences(upkeep.doctor(enrolled.root))
    if harm != "chmod":
        assert said in sentences(upkeep.doctor(enrolled.root, mend=True)), "damage is not mended away"


def test_the_doctor_mends_what_interrupted_work_left(enrolled: Instance, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("antigone.vault.sweep.look.__kwdefaults__", {"settled_after": -1.0})
    store.seal(str(uuid.uuid4()), "portrait", b"picture without a row")
    missing.erase_person(Person.objects.get(ref="P1"), ACTOR, "asked")
    found = sentences(upkeep.doctor(enrolled.root))
    assert "2 erasures were interrupted" in found
    assert "belong to no record" in found
    upkeep.doctor(enrolled.root, mend=True)
    after = sentences(upkeep.doctor(enrolled.root))
    assert "interrupted" not in after
    assert Portrait.objects.count() == 3
    assert everything_opens()
    assert len(list(files.every(enrolled.vault))) == 3


@pytest.mark.parametrize("stopped", ["before the keys", "before the galleries"])
def test_the_doctor_completes_an_erasure_down_to_the_galleries(enrolled: Instance, stopped: str) -> None:
    contract = Contract.objects.get()
    held = projection.of(contract)
    held.keep()
    snapshot, key = held.snapshot.read_bytes(), store.snapshot_key()
    assert upkeep.doctor(enrolled.root) == upkeep.doctor(enrolled.root, mend=True)
    missing.erase_person(Person.objects.get(ref="P1"), ACTOR, "asked")
    gone = Removal.objects.get().template
    if stopped == "before the galleries":
        tasks.complete_shreds()
    assert "Templates were erased and not yet looked for in 1 galleries" in sentences(upkeep.doctor(enrolled.root))
    assert held.snapshot.read_bytes() == snapshot
    mended = sentences(upkeep.doctor(enrolled.root, mend=True))
    assert "1 galleries were rewritten; nothing erased was found in them" in mended
    assert "galleries" not in sentences(upkeep.doctor(enrolled.root, mend=True)), "once is enough"
    assert store.snapshot_key() != key
    assert not held.gallery.verify_absent([gone]).left_vectors
    again = ScanGallery(contract.dimension, contract.digest, epoch=contract.epoch.hex)
    with pytest.raises(SnapshotRefused):
        again.load(held.snapshot, key)
    again.load(held.snapshot, store.snapshot_key())
    assert again.verify_absent([gone]).absent
    held.snapshot.write_bytes(snapshot)
    with pytest.raises(SnapshotRefused):
        again.load(held.snapshot, store.snapshot_key())


def test_what_is_still_found_in_a_gallery_stays_a_fault(enrolled: Instance, monkeypatch: pytest.MonkeyPatch) -> None:
    missing.erase_person(Person.objects.get(ref="P1"), ACTOR, "asked")
    with monkeypatch.context() as patch:
        patch.setattr(ScanGallery, "verify_absent", lambda *_: Absence(False, np.array([1]), 1, ("base",)))
        assert "still found in a gallery" in sentences(upkeep.doctor(enrolled.root, mend=True), Severity.FAULT)
    assert "not yet looked for" in sentences(upkeep.doctor(enrolled.root))
    upkeep.doctor(enrolled.root, mend=True)
    assert "galler" not in sentences(upkeep.doctor(enrolled.root))


def test_mending_is_not_for_everybody(enrolled: Instance) -> None:
    access.add_operator("Olena", Agency.objects.get(), ACTOR)
    missing.erase_person(Person.objects.get(ref="P1"), ACTOR, "asked")
    with pytest.raises(Refused):
        upkeep.doctor(enrolled.root, mend=True, as_name="Olena")
    assert "interrupted" in sentences(upkeep.doctor(enrolled.root, as_name="Olena"))
    assert Entry.objects.filter(action="access:permission:refuse").count() == 1
    upkeep.doctor(enrolled.root, mend=True)
    assert Entry.objects.filter(action="enrolment:template:purge", actor=ACTOR).count() == 1


def test_nothing_is_mended_while_the_ledger_cannot_go_on(enrolled: Instance, tmp_path: Path) -> None:
    older = tmp_path / "older.sqlite3"
    missing.erase_person(Person.objects.get(ref="P1"), ACTOR, "asked")
    with sqlite3.connect(enrolled.database) as db:
        db.execute("VACUUM INTO ?", (str(older),))
    upkeep.backup(enrolled, tmp_path, actor=ACTOR)
    point_django_at(tmp_path)
    for path in enrolled.data.iterdir():
        path.unlink()
    shutil.copyfile(older, enrolled.database)
    enrolled.database.chmod(0o600)
    found = upkeep.doctor(enrolled.root, mend=True)
    assert "rolled back" in sentences(found, Severity.FAULT)
    assert "2 erasures were interrupted" in sentences(found)
    assert len(list(files.every(enrolled.vault))) == 4


def test_the_doctor_does_not_need_the_passphrase_of_a_locked_key(
    enrolled: Instance, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv(instance_key.PASSPHRASE_VARIABLE, raising=False)
    instance_key.lock(enrolled, "phrase", cost=CHEAP)
    store.reset()
    found = sentences(upkeep.doctor(enrolled.root))
    assert "locked, so the vault was not looked at" in found
    assert "fault" not in found


def test_an_upgrade_makes_a_backup_first_and_says_so_in_the_ledger(enrolled: Instance) -> None:
    from django.db import connection

    assert upkeep.upgrade(enrolled.root).backup is None
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE vault_pendingshred")
        cursor.execute("DELETE FROM django_migrations WHERE app = 'vault'")
    with pytest.raises(InstanceError, match="antigone upgrade"):
        open_instance(enrolled.root)
    done = upkeep.upgrade(enrolled.root, actor=ACTOR)
    assert done.migrations == ("vault.0001_initial",)
    assert done.backup is not None
    assert archive.check_whole(done.backup.file) == 4
    open_instance(enrolled.root)
    said = list(Entry.objects.order_by("-id").values_list("action", flat=True)[:2])
    assert said == ["instance:schema:upgrade", "instance:backup:make"]
    assert everything_opens()


def test_a_lost_instance_key_comes_back_from_its_print(enrolled: Instance) -> None:
    printed = services.escrow_key("phrase", actor=ACTOR)
    other = escrow.print_key(os.urandom(32), "phrase", cost=CHEAP)
    with pytest.raises(InstanceKeyError, match="has a key already"):
        upkeep.recover_key(enrolled.root, printed, "phrase")
    (enrolled.keys / "instance.key").unlink()
    store.reset()
    with pytest.raises(InstanceKeyError, match="not the one"):
        upkeep.recover_key(enrolled.root, other, "phrase")
    assert not (enrolled.keys / "instance.key").exists()
    upkeep.recover_key(enrolled.root, printed, "phrase")
    open_instance(enrolled.root)
    assert everything_opens()
    assert Entry.objects.filter(action="vault:instance-key:escrow").count() == 1


def test_who_may_restore_is_asked_of_the_records_while_they_can_be_read(enrolled: Instance, tmp_path: Path) -> None:
    access.add_operator("Olena", Agency.objects.get(), ACTOR)
    assert upkeep.who_restores(tmp_path / "new") == "system:restore"
    assert upkeep.who_restores(enrolled.root) == ACTOR
    with pytest.raises(Refused):
        upkeep.who_restores(enrolled.root, "Olena")
    (enrolled.root / RESTORING).touch(mode=0o600)
    assert upkeep.who_restores(enrolled.root) == "system:restore"
    (enrolled.root / RESTORING).unlink()
    point_django_at(tmp_path)
    enrolled.database.write_bytes(b"no database")
    assert upkeep.who_restores(enrolled.root) == "system:restore"


def test_upkeep_can_be_imported_before_django_knows_an_instance() -> None:
    bare = {name: value for name, value in os.environ.items() if name != "DJANGO_SETTINGS_MODULE"}
    subprocess.run([sys.executable, "-c", "import antigone.upkeep"], env=bare, check=True)


@pytest.mark.slow
def test_the_commands_work_in_processes_of_their_own(enrolled: Instance, tmp_path: Path) -> None:
    """Backup, keys, restore here and elsewhere, doctor, upgrade: as typed, before Django knows of any instance."""
    phrase = {"ANTIGONE_KEYS_PASSPHRASE": "phrase"}
    backup, keys, new = tmp_path / "b.tar", tmp_path / "keys", tmp_path / "new"
    here = ("-i", str(enrolled.root))
    assert antigone(*here, "backup", str(backup), "--keys", str(keys), **phrase) == (0, "")
    erase_person("P1")
    assert antigone(*here, "restore", str(backup)) == (0, "")
    assert antigone("-i", str(new), "restore", str(backup), "--keys", str(keys), **phrase) == (0, "")
    for root in (enrolled.root, new):
        assert antigone("-i", str(root), "doctor") == (0, "")
        assert antigone("-i", str(root), "upgrade") == (0, "")
        assert antigone("-i", str(root), "ledger", "verify") == (0, "")
    status, said = antigone("-i", str(new), "restore", str(backup), "--keys", str(keys), **phrase)
    assert status == 1
    assert "could open what was erased" in said
    assert refs() == ["P2", "P3", "P4"]


def antigone(*arguments: str, **environment: str) -> tuple[int, str]:
    """Exit status of the command, and what it said on stderr."""
    done = subprocess.run(
        [sys.executable, "-m", "antigone", *arguments],
        capture_output=True,
        text=True,
        stdin=subprocess.DEVNULL,
        env=os.environ | environment,
    )
    return done.returncode, done.stderr


def test_doctor_says_that_the_ledger_was_altered(instance: Instance) -> None:
    with sqlite3.connect(instance.database) as database:
        database.execute("UPDATE ledger_entry SET actor = 'operator:9' WHERE \"index\" = 2")
    found = [finding for finding in upkeep.doctor(instance.root) if finding.severity is Severity.FAULT]
    assert any("Entry 2" in finding.sentence for finding in found)
