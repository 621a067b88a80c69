"""What stands outside the database: durable before it counts, behind after a crash, ahead only after a rollback."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from antigone.instance import Instance
from antigone.ledger import keys, outside
from antigone.ledger.errors import RolledBack, TreeFault
from antigone.ledger.models import Checkpoint, Entry
from antigone.ledger.services import record, recorded, refuse, sequence, verify


def do() -> None:
    with recorded():
        record("test:thing:do", actor="operator:1", object="thing:1", what="this")


def test_a_file_is_durable_before_it_has_its_name_and_its_name_before_it_counts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[str] = []
    rename, sync = Path.rename, os.fsync

    def watched_rename(self: Path, target: Path) -> Path:
        seen.append("rename")
        return rename(self, target)

    def watched_sync(handle: int) -> None:
        seen.append("folder" if stat.S_ISDIR(os.fstat(handle).st_mode) else "file")
        sync(handle)

    monkeypatch.setattr(Path, "rename", watched_rename)
    monkeypatch.setattr(os, "fsync", watched_sync)
    keys.write_durably(tmp_path / "checkpoint", b"text")
    assert seen == ["file", "rename", "folder"]
    assert (tmp_path / "checkpoint").read_bytes() == b"text"
    assert (tmp_path / "checkpoint").stat().st_mode & 0o777 == 0o600


def test_a_write_that_fails_leaves_what_was_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    keys.write_durably(tmp_path / "checkpoint", b"old")

    def full(handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        keys.write_durably(tmp_path / "checkpoint", b"new")
    assert [path.name for path in tmp_path.iterdir()] == ["checkpoint"]
    assert (tmp_path / "checkpoint").read_bytes() == b"old"


def test_files_behind_the_database_are_written_by_the_next_sequencer(ledger: Instance) -> None:
    before = (ledger.ledger / outside.LATEST).read_text()
    do()
    do()
    latest = Checkpoint.objects.latest("size")
    for checkpoint in Checkpoint.objects.order_by("-size")[:2]:
        outside.path_of(ledger, checkpoint.size).unlink()
    (ledger.ledger / outside.LATEST).write_text(before)
    found = verify()
    assert found.ok
    assert "2 of" in found.notes[0]
    sequence()
    assert (ledger.ledger / outside.LATEST).read_text() == latest.text
    assert verify().notes == ()


def test_the_history_answers_where_the_latest_file_is_gone(ledger: Instance) -> None:
    do()
    kept = outside.latest(ledger)
    (ledger.ledger / outside.LATEST).unlink()
    assert outside.latest(ledger) == kept
    do()
    assert (ledger.ledger / outside.LATEST).exists()
    assert verify().ok


def test_a_damaged_latest_file_stops_the_work_before_anything_is_done(ledger: Instance) -> None:
    before = Entry.objects.count()
    (ledger.ledger / outside.LATEST).write_bytes(b"")
    with pytest.raises(TreeFault, match="ledger/checkpoint, is damaged"):
        do()
    assert Entry.objects.count() == before
    with pytest.raises(TreeFault):
        refuse("test:thing:refuse", actor="operator:1", object="thing:2")
    (ledger.ledger / outside.LATEST).unlink()
    do()
    assert Entry.objects.filter(object="thing:2").count() == 1, "the refusal was set aside, not lost"
    assert verify().ok


def test_a_checkpoint_file_ahead_of_the_database_stops_the_work(ledger: Instance) -> None:
    """As after a rollback; verification and the way on are tested beside it (test_verification, test_rollback)."""
    do()
    latest = Checkpoint.objects.latest("size")
    ahead = latest.text.replace(f"\n{latest.size}\n", f"\n{latest.size + 5}\n")
    (ledger.ledger / outside.LATEST).write_text(ahead)
    before = Entry.objects.count()
    with pytest.raises(RolledBack, match=f"{latest.size} sealed entries.*covers {latest.size + 5}"):
        do()
    with pytest.raises(RolledBack):
        sequence()
    assert Entry.objects.count() == before


def test_two_histories_are_never_written_over_each_other(ledger: Instance) -> None:
    size = Checkpoint.objects.latest("size").size
    outside.path_of(ledger, size + 1).write_text("something else\n")
    with pytest.raises(TreeFault, match="Nothing was overwritten"):
        do()
    assert outside.path_of(ledger, size + 1).read_text() == "something else\n"


def test_files_of_other_names_are_left_alone(ledger: Instance) -> None:
    do()
    (ledger.ledger / outside.HISTORY / "notes.txt").write_text("mine")
    do()
    assert verify().ok
