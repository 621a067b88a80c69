"""Erasure takes payload and salt, keeps the hash, says so, and the tree verifies as before."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest
from django.db import connections

from antigone.instance import Instance
from antigone.ledger import actions
from antigone.ledger.models import Entry
from antigone.ledger.services import entries_about, record, recorded, redact_payloads, sequence, verify


def tell(about: str, what: str) -> None:
    record("test:thing:tell", actor="operator:1", object=about, what=what)


def test_an_erasure_is_an_entry_and_no_alteration(ledger: Instance) -> None:
    with recorded():
        tell("thing:1", "a name")
        tell("thing:2", "another name")
        record("test:thing:do", actor="operator:1", object="thing:1", what="nothing personal")
    before = {entry.index: bytes(entry.leaf_hash) for entry in Entry.objects.all() if entry.leaf_hash}
    root = verify().root
    assert redact_payloads("thing:1", actor="operator:1") == 1
    told, done, erasing = entries_about("thing:1")
    assert told.erased
    assert told.salt is None
    assert told.details is None
    assert told.sentence == "operator:1 told [erased] of thing:1"
    assert done.details == {"what": "nothing personal"}
    assert erasing.action == "ledger:payload:erase"
    assert erasing.details == {"entries": [told.index], "pending": []}
    assert entries_about("thing:2")[0].details == {"what": "another name"}
    after = {entry.index: bytes(entry.leaf_hash) for entry in Entry.objects.all() if entry.leaf_hash}
    assert before.items() <= after.items()
    found = verify()
    assert (found.ok, found.erased) == (True, 1)
    assert "1 payloads were erased" in found.sentence
    assert root != found.root


def test_what_was_erased_is_nowhere_in_the_database_file(ledger: Instance) -> None:
    secret = "Dmytro-of-the-test"
    with recorded():
        tell("thing:1", secret)
    redact_payloads("thing:1")
    connections.close_all()
    database = sqlite3.connect(ledger.database)
    database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    database.close()
    for path in ledger.root.rglob("*"):
        if path.is_file():
            assert secret.encode() not in path.read_bytes(), path.name


def test_erasing_twice_or_nothing_adds_no_entry(ledger: Instance) -> None:
    with recorded():
        tell("thing:1", "a name")
    assert redact_payloads("thing:1") == 1
    count = Entry.objects.count()
    assert redact_payloads("thing:1") == 0
    assert redact_payloads("thing:unknown") == 0
    assert Entry.objects.count() == count


def test_pending_entries_are_erased_too(ledger: Instance) -> None:
    """In one transaction with the change, before anything has an index, and left pending for a while."""
    with recorded(sequence=False):
        tell("thing:1", "a name")
        assert redact_payloads("thing:1", actor="operator:1") == 1
        tell("thing:1", "said after the erasure")
    first, erasing, later = entries_about("thing:1")
    assert first.erased
    assert erasing.details == {"entries": [], "pending": [bytes(first.payload_hash).hex()]}
    assert later.details == {"what": "said after the erasure"}
    assert verify().ok
    sequence()
    found = verify()
    assert (found.ok, found.erased, found.pending) == (True, 1, 0)


def test_a_failed_transaction_erases_nothing(ledger: Instance) -> None:
    with recorded():
        tell("thing:1", "a name")

    def fail() -> None:
        with recorded():
            redact_payloads("thing:1")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    assert entries_about("thing:1")[0].details == {"what": "a name"}
    assert verify().erased == 0


def test_an_action_that_nobody_knows_any_more_counts_as_personal(
    ledger: Instance, monkeypatch: pytest.MonkeyPatch
) -> None:
    with recorded():
        record("test:thing:do", actor="operator:1", object="thing:1", what="this")
    monkeypatch.delitem(actions._register, "test:thing:do")
    assert redact_payloads("thing:1") == 1
    assert verify().ok


def test_the_entry_of_an_erasure_is_never_erased(ledger: Instance) -> None:
    with recorded():
        tell("thing:1", "a name")
    redact_payloads("thing:1")
    with recorded():
        tell("thing:1", "a name again")
    assert redact_payloads("thing:1") == 1
    assert [entry.erased for entry in entries_about("thing:1")] == [True, False, True, False]
    assert verify().ok


def test_nothing_is_kept_of_refusals_set_aside(ledger: Instance) -> None:
    folder: Path = ledger.ledger / "refusals"
    with recorded():
        tell("thing:1", "a name")
    assert not folder.exists() or not list(folder.iterdir())
