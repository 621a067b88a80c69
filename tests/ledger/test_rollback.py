"""After a database was put back on purpose the log goes on, and says for good what was lost."""

from __future__ import annotations

import shutil
import sqlite3
from pathlib import Path

import pytest
from django.db import connections

from antigone.instance import Instance
from antigone.ledger import outside
from antigone.ledger.errors import KeyFault, RolledBack
from antigone.ledger.models import Entry
from antigone.ledger.services import accept_rollback, checkpoint_text, record, recorded, verify


def do() -> None:
    with recorded():
        record("test:thing:do", actor="operator:1", object="thing:1", what="this")


@pytest.fixture
def put_back(ledger: Instance) -> Instance:
    """An instance whose database is three entries behind its ledger folder."""
    do()
    connections.close_all()
    database = sqlite3.connect(ledger.database)
    database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    database.close()
    shutil.copy(ledger.database, ledger.root / "older.sqlite3")
    for _ in range(3):
        do()
    connections.close_all()
    for suffix in ("-wal", "-shm"):
        Path(f"{ledger.database}{suffix}").unlink(missing_ok=True)
    shutil.copy(ledger.root / "older.sqlite3", ledger.database)
    return ledger


def test_the_log_goes_on_and_says_what_was_lost(put_back: Instance) -> None:
    held = (put_back.ledger / outside.LATEST).read_text()
    size = Entry.objects.count()
    with pytest.raises(RolledBack):
        do()
    assert accept_rollback(actor="operator:1", reason="disk failed, backup of Monday") == 3
    entry = Entry.objects.get(action="ledger:tree:rollback")
    assert entry.index == size
    assert entry.details is not None
    assert entry.details["checkpoint"] == held
    assert (entry.details["kept"], entry.details["covered"]) == (size, size + 3)
    assert f"goes on from entry {size}" in entry.sentence
    do()
    do()
    do()
    assert verify().ok
    assert len(list((put_back.ledger / outside.LOST).iterdir())) == 4
    assert not verify(held).ok, "who holds the lost checkpoint still sees that history was cut"
    assert verify(checkpoint_text()).ok


def test_nothing_is_accepted_where_nothing_was_lost(ledger: Instance) -> None:
    do()
    before = Entry.objects.count()
    assert accept_rollback(actor="operator:1", reason="none") == 0
    assert Entry.objects.count() == before
    assert not (ledger.ledger / outside.LOST).exists()


def test_a_second_rollback_overwrites_no_evidence(put_back: Instance) -> None:
    accept_rollback(actor="operator:1", reason="once")
    evidence = {path.name: path.read_text() for path in (put_back.ledger / outside.LOST).iterdir()}
    do()
    connections.close_all()
    for suffix in ("-wal", "-shm"):
        Path(f"{put_back.database}{suffix}").unlink(missing_ok=True)
    shutil.copy(put_back.root / "older.sqlite3", put_back.database)
    assert accept_rollback(actor="operator:1", reason="twice") == 2
    after = {path.name: path.read_text() for path in (put_back.ledger / outside.LOST).iterdir()}
    assert len(after) == len(evidence) + 3
    assert evidence.items() <= after.items()
    assert verify().ok


def test_without_the_key_nothing_is_set_aside(put_back: Instance) -> None:
    (put_back.keys / "ledger.key").unlink()
    with pytest.raises(KeyFault):
        accept_rollback(actor="operator:1", reason="none")
    assert not (put_back.ledger / outside.LOST).exists()
