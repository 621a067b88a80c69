"""Entries share the fate of the change they tell of; refusals stay."""

from __future__ import annotations

import base64
import threading
from collections.abc import Callable

import pytest
from django.db import connection, transaction

from antigone.instance import Instance
from antigone.ledger import keys, outside, spool
from antigone.ledger.errors import KeyFault, LedgerError, NotRecorded
from antigone.ledger.models import Checkpoint, Entry
from antigone.ledger.note import TreeHead
from antigone.ledger.services import entries_about, record, recorded, refuse, sequence, verify


def do(about: str, what: object = "this") -> None:
    record("test:thing:do", actor="operator:1", object=about, what=what)


def no(about: str) -> None:
    refuse("test:thing:refuse", actor="operator:1", object=about, reason="no mandate")


def failing(*steps: Callable[[], None]) -> None:
    """A recorded block that does these and then fails."""
    with recorded():
        for step in steps:
            step()
        raise ZeroDivisionError


def failing_plainly(*steps: Callable[[], None]) -> None:
    """The same in a transaction that is not the ledger's."""
    with transaction.atomic():
        for step in steps:
            step()
        raise ZeroDivisionError


def about() -> list[str]:
    return list(Entry.objects.filter(object__startswith="thing:").values_list("object", flat=True))


def test_an_entry_is_sequenced_and_signed_after_the_commit(ledger: Instance) -> None:
    before = Checkpoint.objects.count()
    with recorded():
        do("thing:1")
        assert entries_about("thing:1")[0].index is None
    (entry,) = entries_about("thing:1")
    assert entry.sentence == "operator:1 did this to thing:1"
    assert str(entry) == f"{entry.index}: operator:1 did this to thing:1"
    assert entry.details == {"what": "this"}
    assert entry.at.tzinfo is not None
    assert Checkpoint.objects.count() == before + 1
    last = Checkpoint.objects.latest("size")
    assert str(last) == f"checkpoint at {last.size}"
    assert last.size == (entry.index or 0) + 1
    head = outside.latest(ledger)
    assert head is not None
    assert (head.size, head.root) == (last.size, bytes(last.root))
    assert outside.path_of(ledger, last.size).read_text() == last.text
    assert verify().ok


def test_a_payload_that_was_altered_past_reading_is_no_crash(ledger: Instance) -> None:
    for text in ("no json", "[1]", "null", ""):
        assert Entry(action="test:thing:do", actor="a", object="b", payload=text).sentence == "a did [erased] to b"


def test_record_outside_a_block_raises(ledger: Instance) -> None:
    with pytest.raises(NotRecorded, match="outside a recorded"):
        do("thing:1")
    with transaction.atomic(), pytest.raises(NotRecorded):
        do("thing:1")
    assert about() == []


def test_nothing_of_a_failed_block_stays(ledger: Instance) -> None:
    with pytest.raises(ZeroDivisionError):
        failing(lambda: do("thing:1"))
    assert about() == []
    with pytest.raises(NotRecorded):
        do("thing:1")


def test_a_failed_inner_block_takes_only_its_own_entries(ledger: Instance) -> None:
    with recorded():
        do("thing:1")
        with pytest.raises(ZeroDivisionError):
            failing(lambda: do("thing:2"))
        with pytest.raises(ZeroDivisionError):
            failing_plainly(lambda: do("thing:3"))
        do("thing:4")
    assert about() == ["thing:1", "thing:4"]
    assert verify().ok


def test_the_outermost_block_decides_on_sequencing(ledger: Instance) -> None:
    before = Checkpoint.objects.count()
    with recorded(sequence=False), recorded(sequence=True):
        do("thing:1")
    assert Checkpoint.objects.count() == before
    assert verify().pending == 1
    checkpoint = sequence()
    assert checkpoint is not None
    assert Checkpoint.objects.count() == before + 1
    assert verify().pending == 0


def test_a_refusal_stays_whatever_becomes_of_the_transaction(ledger: Instance) -> None:
    no("thing:0")
    with recorded():
        no("thing:1")
        do("thing:2")
    with pytest.raises(ZeroDivisionError):
        failing(lambda: do("thing:3"), recorded()(lambda: no("thing:4")))
    assert about() == ["thing:0", "thing:2", "thing:1", "thing:4"]
    assert list(spool.waiting(ledger)) == []
    found = verify()
    assert found.ok
    assert found.pending == 0


def test_a_refusal_in_a_plain_transaction_stays_too(ledger: Instance) -> None:
    with transaction.atomic():
        no("thing:1")
    assert about() == ["thing:1"]
    with pytest.raises(ZeroDivisionError):
        failing_plainly(lambda: no("thing:2"))
    assert about() == ["thing:1"]
    assert verify().pending == 1
    sequence()
    assert about() == ["thing:1", "thing:2"]


def test_a_refusal_outlives_a_process_killed_in_its_transaction(ledger: Instance) -> None:
    """What is set aside is a file: a new process finds it, and enters it once even when killed again midway."""
    with transaction.atomic():
        no("thing:1")
        ((path, row),) = spool.waiting(ledger)
        kept = path.read_bytes()
    assert not path.exists()
    path.write_bytes(kept)
    sequence()
    assert about() == ["thing:1"]
    assert not path.exists()
    assert bytes(entries_about("thing:1")[0].payload_hash) == row.payload_hash


def test_a_file_that_is_no_refusal_stops_nothing(ledger: Instance) -> None:
    no("thing:1")
    for name, data in (("a", b""), ("b", b"[1, 2]"), ("c", b'["t","a","b","c","d","zz"]'), ("d", b"\xff")):
        (ledger.ledger / spool.FOLDER).mkdir(exist_ok=True)
        (ledger.ledger / spool.FOLDER / name).write_bytes(data)
    no("thing:2")
    assert about() == ["thing:1", "thing:2"]
    assert any("4 files" in note for note in verify().notes)


def test_a_refusal_names_what_a_person_typed_however_odd(ledger: Instance) -> None:
    no("thing:\n\x00\ud800" + "x" * 1000)
    (entry,) = Entry.objects.filter(object__startswith="thing:")
    assert len(entry.object) <= 200
    assert entry.object.startswith("thing:\ufffd\ufffd\ufffdxxx")
    assert verify().ok


def test_each_thread_has_its_own_block(ledger: Instance) -> None:
    raised: list[type[Exception]] = []

    def other() -> None:
        try:
            do("thing:2")
        except NotRecorded:
            raised.append(NotRecorded)
        finally:
            connection.close()

    with recorded():
        do("thing:1")
        thread = threading.Thread(target=other)
        thread.start()
        thread.join()
    assert raised == [NotRecorded]


def test_entries_and_checkpoints_cannot_be_changed_through_the_models(ledger: Instance) -> None:
    with recorded():
        do("thing:1")
    (entry,) = entries_about("thing:1")
    for change in (
        entry.save,
        entry.delete,
        Entry.objects.all().delete,
        lambda: Entry.objects.update(actor="operator:2"),
        lambda: Entry.objects.bulk_update([entry], ["actor"]),
        Checkpoint.objects.latest("size").delete,
        Checkpoint.objects.all().delete,
    ):
        with pytest.raises(TypeError, match="append-only"):
            change()


def test_the_ledger_is_not_sequenced_inside_a_transaction(ledger: Instance) -> None:
    with pytest.raises(LedgerError, match="inside a transaction"), transaction.atomic():
        sequence()


def test_a_lost_key_is_never_replaced_in_silence(ledger: Instance) -> None:
    (ledger.keys / keys.KEY_FILE).unlink()
    with pytest.raises(KeyFault, match="cannot be opened"), recorded():
        do("thing:1")
    assert about() == ["thing:1"]
    found = verify()
    assert found.ok, "an audit copy without the signing key is checked by the published verifier key"
    assert found.pending == 1
    (ledger.ledger / keys.VERIFIER_FILE).unlink()
    assert not verify().ok


@pytest.mark.parametrize("mode", [0o640, 0o604])
def test_a_key_that_others_can_read_signs_nothing(ledger: Instance, mode: int) -> None:
    path = ledger.keys / keys.KEY_FILE
    assert path.stat().st_mode & 0o777 == 0o600
    path.chmod(mode)
    with pytest.raises(KeyFault, match="other accounts"), recorded():
        do("thing:1")


@pytest.mark.parametrize("text", [b"", b"\xff", b"PRIVATE+KEY+a+b+c", b"x" * 5000])
def test_a_damaged_key_signs_nothing(ledger: Instance, text: bytes) -> None:
    (ledger.keys / keys.KEY_FILE).write_bytes(text)
    with pytest.raises(KeyFault, match="damaged"), recorded():
        do("thing:1")
    assert not verify().ok


def test_there_is_one_key(ledger: Instance) -> None:
    with pytest.raises(KeyFault, match="already"):
        keys.create(ledger)


def test_a_log_can_be_named(tmp_path: object, ledger: Instance) -> None:
    (ledger.keys / keys.KEY_FILE).unlink()
    key = keys.create(ledger, "agency.example/ledger")
    assert key.name == "agency.example/ledger"
    assert keys.verifier(ledger) == key
    assert TreeHead(key.name, 0, bytes(32)).text.startswith("agency.example/ledger\n0\n")
    assert base64.b64encode(bytes(32)).decode() in TreeHead(key.name, 0, bytes(32)).text
