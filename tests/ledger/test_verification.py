"""Whatever is altered, removed, reordered or added behind the services' back is found, and the first is named."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import connections

from antigone.instance import Instance
from antigone.ledger import keys, outside, rows
from antigone.ledger.entry import leaf, payload_hash
from antigone.ledger.errors import RolledBack, TreeFault
from antigone.ledger.models import Checkpoint, Entry
from antigone.ledger.note import COSIGNATURE, Note, SigningKey, TreeHead
from antigone.ledger.rules import StoredRow
from antigone.ledger.services import (
    checkpoint_text,
    cosign,
    record,
    recorded,
    redact_payloads,
    sequence,
    verifier_key,
    verify,
)
from antigone.ledger.tree import Edge, hash_leaf


@pytest.fixture
def filled(ledger: Instance) -> Instance:
    """Twelve entries more, of which each three share a checkpoint."""
    for batch in range(4):
        with recorded():
            for number in range(3):
                record("test:thing:tell", actor="operator:1", object=f"thing:{batch}", what=f"Олена {number}")
    return ledger


def tamper(instance: Instance, *statements: tuple[str, tuple[Any, ...]]) -> None:
    """Change the database as somebody would who has the file and not the services."""
    connections.close_all()
    database = sqlite3.connect(instance.database)
    with database:
        for sql, values in statements:
            assert database.execute(sql, values).rowcount, sql
    database.close()


def first() -> int:
    """The index of the first of the twelve."""
    index = Entry.objects.filter(object="thing:0").order_by("id").values_list("index", flat=True)[0]
    assert index is not None
    return int(index)


def flip(value: Any) -> Any:
    """The value with one byte altered."""
    if isinstance(value, int):
        return value + 100_000
    if isinstance(value, str):
        return value[:-1] + chr(ord(value[-1]) ^ 1)
    return value[:-1] + bytes([value[-1] ^ 1])


COLUMNS = ("time", "action", "actor", "object", "payload", "salt", "payload_hash", "leaf_hash")


def read(instance: Instance, column: str, index: int) -> Any:
    database = sqlite3.connect(instance.database)
    (value,) = database.execute(f'SELECT "{column}" FROM ledger_entry WHERE "index" = ?', (index,)).fetchone()
    database.close()
    return value


def test_an_untouched_ledger_verifies(filled: Instance) -> None:
    found = verify()
    assert found.ok
    assert found.first_bad is None
    assert found.size == Entry.objects.count()
    assert found.checkpoint == checkpoint_text()
    assert found.root in found.checkpoint
    assert found.notes == ()
    assert f"All {found.size} entries" in found.sentence


@pytest.mark.parametrize("offset", [0, 5, 11])
@pytest.mark.parametrize("column", COLUMNS)
def test_one_byte_in_any_column_is_found(filled: Instance, column: str, offset: int) -> None:
    index = first() + offset
    value = flip(read(filled, column, index))
    tamper(filled, (f'UPDATE ledger_entry SET "{column}" = ? WHERE "index" = ?', (value, index)))
    found = verify()
    assert (found.ok, found.first_bad) == (False, index)
    assert f"Entry {index} was altered" in found.sentence


@pytest.mark.parametrize("column", ["time", "action", "actor", "object", "payload"])
def test_a_byte_that_makes_a_text_unreadable_is_found(filled: Instance, column: str) -> None:
    """SQLite keeps whatever bytes it is given; reading such a row must not fail, and must not be kind."""
    index = first() + 4
    tamper(
        filled,
        (
            f'UPDATE ledger_entry SET "{column}" = CAST(CAST("{column}" AS BLOB) || x\'ff\' AS TEXT) WHERE "index" = ?',
            (index,),
        ),
    )
    found = verify()
    assert (found.ok, found.first_bad) == (False, index)


@pytest.mark.parametrize("column", COLUMNS)
@pytest.mark.parametrize("value", ["", b"", 7, 1.5, "x" * 100_000])
def test_a_value_of_any_type_is_found(filled: Instance, column: str, value: object) -> None:
    index = first() + 4
    tamper(filled, (f'UPDATE ledger_entry SET "{column}" = ? WHERE "index" = ?', (value, index)))
    found = verify()
    assert (found.ok, found.first_bad) == (False, index)


@pytest.mark.parametrize("value", [100_000, -5, "seven", 1.5])
def test_an_altered_place_is_found(filled: Instance, value: object) -> None:
    index = first() + 4
    tamper(filled, ('UPDATE ledger_entry SET "index" = ? WHERE "index" = ?', (value, index)))
    found = verify()
    assert not found.ok
    assert found.first_bad is not None
    assert found.first_bad <= index


def test_a_place_taken_away_is_found(filled: Instance) -> None:
    """An entry that poses as pending leaves its gap; nothing is signed over it either."""
    last = Entry.objects.count() - 1
    tamper(filled, ('UPDATE ledger_entry SET "index" = NULL WHERE "index" = ?', (last,)))
    found = verify()
    assert (found.ok, found.first_bad) == (False, last)
    with pytest.raises(TreeFault, match="Nothing was signed"):
        sequence()


@pytest.mark.parametrize("offset", [0, 4, 11])
def test_a_removed_entry_is_found(filled: Instance, offset: int) -> None:
    index = first() + offset
    tamper(filled, ('DELETE FROM ledger_entry WHERE "index" = ?', (index,)))
    found = verify()
    assert (found.ok, found.first_bad) == (False, index)
    assert f"Entry {index} is gone" in found.sentence


def test_a_removed_entry_is_found_where_the_gap_was_closed(filled: Instance) -> None:
    index = first() + 4
    tamper(
        filled,
        ('DELETE FROM ledger_entry WHERE "index" = ?', (index,)),
        ('UPDATE ledger_entry SET "index" = -"index" WHERE "index" > ?', (index,)),
        ('UPDATE ledger_entry SET "index" = -"index" - 1 WHERE "index" < 0', ()),
    )
    found = verify()
    assert (found.ok, found.first_bad) == (False, index)
    assert f"at place {index} stands the one written as entry {index + 1}" in found.sentence


def test_two_entries_that_changed_places_are_found(filled: Instance) -> None:
    one, two = first() + 3, first() + 8
    tamper(
        filled,
        ('UPDATE ledger_entry SET "index" = -1 WHERE "index" = ?', (one,)),
        ('UPDATE ledger_entry SET "index" = ? WHERE "index" = ?', (one, two)),
        ('UPDATE ledger_entry SET "index" = ? WHERE "index" = -1', (two,)),
    )
    found = verify()
    assert (found.ok, found.first_bad) == (False, one)
    assert "reordered" in found.sentence


def forged(place: int, actor: str = "operator:9") -> tuple[str, tuple[Any, ...]]:
    """A statement that slips in an entry, whole in itself."""
    salt, payload, time = bytes(16), "{}", "2026-01-01T00:00:00.000000Z"
    digest = payload_hash(salt, payload.encode())
    hashed = hash_leaf(leaf(place, time.encode(), b"test:thing:do", actor.encode(), b"thing:9", digest))
    return (
        'INSERT INTO ledger_entry ("index", time, action, actor, object, payload, salt, payload_hash, leaf_hash)'
        " VALUES (?, ?, 'test:thing:do', ?, 'thing:9', ?, ?, ?, ?)",
        (place, time, actor, payload, salt, digest, hashed),
    )


def test_an_entry_slipped_in_at_the_end_is_found(filled: Instance) -> None:
    end = Entry.objects.count()
    tamper(filled, forged(end))
    found = verify()
    assert (found.ok, found.first_bad) == (False, end)
    assert "added outside the sequence" in found.sentence


def test_an_entry_put_in_the_place_of_another_is_found(filled: Instance) -> None:
    """Row, payload and leaf hash agree with each other; the signed root does not."""
    index = first() + 4
    tamper(filled, ('DELETE FROM ledger_entry WHERE "index" = ?', (index,)), forged(index))
    found = verify()
    assert not found.ok
    assert found.first_bad == first() + 3, "the checkpoints narrow it to the batch"
    assert f"One of the entries {first() + 3} to {first() + 5}" in found.sentence


def rewrite(instance: Instance, key: SigningKey, *, files: bool) -> None:
    """All that an administrator with the key can do: one actor changed, every hash and every checkpoint made anew."""
    connections.close_all()
    database = sqlite3.connect(instance.database)
    index = first() + 4
    connections.close_all()
    edge, sizes = Edge(), {size for (size,) in database.execute("SELECT size FROM ledger_checkpoint")}
    with database:
        database.execute("UPDATE ledger_entry SET actor = 'operator:9' WHERE \"index\" = ?", (index,))
        for place, *fields, digest in database.execute(
            'SELECT "index", time, action, actor, object, payload_hash FROM ledger_entry ORDER BY "index"'
        ).fetchall():
            time, action, actor, about = (field.encode() for field in fields)
            hashed = hash_leaf(leaf(place, time, action, actor, about, digest))
            edge.append(hashed)
            database.execute('UPDATE ledger_entry SET leaf_hash = ? WHERE "index" = ?', (hashed, place))
            if edge.size not in sizes:
                continue
            head = TreeHead(key.verifier.name, edge.size, edge.root())
            text = Note(head.text, (key.sign(head.text),)).encode()
            database.execute(
                "UPDATE ledger_checkpoint SET root = ?, edge = ?, text = ? WHERE size = ?",
                (head.root, edge.to_bytes(), text, edge.size),
            )
            if files:
                outside.path_of(instance, edge.size).write_text(text)
                (instance.ledger / outside.LATEST).write_text(text)
    database.close()


def test_history_rewritten_in_the_database_is_found_by_the_folder(filled: Instance) -> None:
    rewrite(filled, keys.load(filled), files=False)
    found = verify()
    assert not found.ok
    assert found.first_bad == first() + 3
    assert "ledger/checkpoints" in found.sentence


def test_history_rewritten_everywhere_is_found_by_a_checkpoint_elsewhere_and_by_nothing_else(filled: Instance) -> None:
    held = checkpoint_text()
    assert verify(held).ok
    rewrite(filled, keys.load(filled), files=True)
    assert verify().ok, "nothing on the machine can expose who holds its key"
    found = verify(held)
    assert not found.ok
    assert "the file given" in found.sentence
    assert "rewritten" in found.sentence


def test_a_new_key_does_not_hide_a_rewriting(filled: Instance) -> None:
    held = checkpoint_text()
    (filled.keys / keys.KEY_FILE).unlink()
    keys.create(filled)
    rewrite(filled, keys.load(filled), files=True)
    assert verify().ok
    found = verify(held)
    assert not found.ok
    assert "this log was replaced" in found.sentence


def test_a_swapped_verifier_key_is_found(filled: Instance) -> None:
    (filled.ledger / keys.VERIFIER_FILE).write_text(str(SigningKey.generate("example.org/else").verifier))
    found = verify()
    assert not found.ok
    assert "ledger/verifier" in found.sentence


def restore_older(instance: Instance) -> Callable[[], None]:
    """Keep the database as it is; the returned function puts it back."""
    connections.close_all()
    database = sqlite3.connect(instance.database)
    database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    database.close()
    kept = instance.root / "older.sqlite3"
    shutil.copy(instance.database, kept)

    def put_back() -> None:
        connections.close_all()
        for suffix in ("-wal", "-shm"):
            Path(f"{instance.database}{suffix}").unlink(missing_ok=True)
        shutil.copy(kept, instance.database)

    return put_back


def test_a_rolled_back_database_is_found_by_the_folder_and_by_a_checkpoint_elsewhere(filled: Instance) -> None:
    put_back = restore_older(filled)
    size = Entry.objects.count()
    with recorded():
        record("test:thing:do", actor="operator:1", object="thing:9", what="later")
    held = checkpoint_text()
    put_back()
    found = verify()
    assert (found.ok, found.first_bad) == (False, size)
    assert "rolled back" in found.sentence
    for path in [filled.ledger / outside.LATEST, outside.path_of(filled, size + 1)]:
        path.unlink()
    (filled.ledger / outside.LATEST).write_text(checkpoint_text())
    assert verify().ok, "who can reach the folder too can hide it"
    found = verify(held)
    assert (found.ok, found.first_bad) == (False, size)


def test_a_checkpoint_from_elsewhere_is_read_strictly(filled: Instance) -> None:
    text = checkpoint_text()
    assert verify(text.encode()).ok
    stranger = SigningKey.generate("example.org/else")
    head = TreeHead.parse(Note.parse(text).text)
    foreign = Note(head.text, (stranger.sign(head.text),)).encode()
    other = TreeHead("example.org/else", head.size, head.root).text
    for bad in ("", "x", text[:-2], text.replace("\n\n", "\n"), foreign, Note(other, (stranger.sign(other),)).encode()):
        found = verify(bad)
        assert not found.ok
        assert "The checkpoint given does not speak for this log." in found.sentence
    assert verify(foreign, str(stranger.verifier)).ok
    assert not verify(text, str(stranger.verifier)).ok
    assert not verify(text, "no key").ok
    empty = TreeHead(head.origin, 0, bytes(32)).text
    assert not verify(Note(empty, (keys.load(filled).sign(empty),)).encode()).ok


@pytest.mark.parametrize("column", ["root", "edge", "text", "size"])
def test_an_altered_checkpoint_in_the_database_is_found(filled: Instance, column: str) -> None:
    size = Checkpoint.objects.latest("size").size
    database = sqlite3.connect(filled.database)
    (value,) = database.execute(f"SELECT {column} FROM ledger_checkpoint WHERE size = ?", (size,)).fetchone()
    database.close()
    changed = value.replace(str(size), str(size - 1)) if column == "text" else flip(value)
    tamper(filled, (f"UPDATE ledger_checkpoint SET {column} = ? WHERE size = ?", (changed, size)))
    found = verify()
    assert not found.ok
    assert "checkpoint" in found.sentence
    if column != "root":
        with pytest.raises(TreeFault), recorded():
            record("test:thing:do", actor="operator:1", object="thing:9", what="later")


@pytest.mark.parametrize("value", [b"\xff", 7, "x"])
def test_a_checkpoint_that_is_no_text_is_found(filled: Instance, value: object) -> None:
    tamper(filled, ("UPDATE ledger_checkpoint SET text = ?", (value,)))
    assert not verify().ok


def test_a_removed_checkpoint_is_found(filled: Instance) -> None:
    size = Checkpoint.objects.order_by("size")[1].size
    tamper(filled, ("DELETE FROM ledger_checkpoint WHERE size = ?", (size,)))
    found = verify()
    assert not found.ok
    assert f"over {size} entries is gone from the database" in found.sentence
    tamper(filled, ("DELETE FROM ledger_checkpoint", ()))
    assert not verify().ok
    with pytest.raises(RolledBack), recorded():
        record("test:thing:do", actor="operator:1", object="thing:9", what="later")


@pytest.mark.parametrize("where", ["latest", "history"])
@pytest.mark.parametrize("data", [b"", b"\xff", b"x" * 2_000_000])
def test_a_damaged_checkpoint_file_is_found(filled: Instance, where: str, data: bytes) -> None:
    size = Checkpoint.objects.latest("size").size
    path = filled.ledger / outside.LATEST if where == "latest" else outside.path_of(filled, size)
    path.write_bytes(data)
    found = verify()
    assert not found.ok
    assert path.name in found.sentence
    assert str(filled.root) not in found.sentence


def test_missing_checkpoint_files_are_noted(filled: Instance) -> None:
    shutil.rmtree(filled.ledger / outside.HISTORY)
    (filled.ledger / outside.LATEST).unlink()
    found = verify()
    assert found.ok
    assert "not in the ledger folder" in found.notes[0]
    sequence()
    assert verify().notes == ()


def test_a_payload_deleted_behind_the_services_back_is_found(filled: Instance) -> None:
    index = first() + 4
    tamper(filled, ('UPDATE ledger_entry SET payload = NULL, salt = NULL WHERE "index" = ?', (index,)))
    found = verify()
    assert (found.ok, found.first_bad) == (False, index)
    assert "no entry says that it was erased" in found.sentence


@pytest.mark.parametrize("column", ["payload", "salt"])
def test_half_an_erasure_is_found(filled: Instance, column: str) -> None:
    index = first() + 4
    tamper(filled, (f'UPDATE ledger_entry SET "{column}" = NULL WHERE "index" = ?', (index,)))
    found = verify()
    assert (found.ok, found.first_bad) == (False, index)


def test_an_altered_erasure_excuses_nothing_in_the_end(filled: Instance) -> None:
    """Who adds an index to the entry of an erasure is found at that entry."""
    redact_payloads("thing:0")
    erasing = Entry.objects.get(action="ledger:payload:erase")
    assert erasing.payload is not None
    more = erasing.payload.replace('"entries":[', f'"entries":[{first() + 4},')
    tamper(
        filled,
        ('UPDATE ledger_entry SET payload = NULL, salt = NULL WHERE "index" = ?', (first() + 4,)),
        ("UPDATE ledger_entry SET payload = ? WHERE id = ?", (more, erasing.pk)),
    )
    found = verify()
    assert (found.ok, found.first_bad) == (False, erasing.index)
    tamper(filled, ("UPDATE ledger_entry SET payload = 'no json' WHERE id = ?", (erasing.pk,)))
    assert verify().first_bad == first()


def test_an_altered_countersignature_is_found(filled: Instance) -> None:
    other = SigningKey("example.org/agency", bytes(range(32)), COSIGNATURE)
    text = checkpoint_text()
    line = other.sign(Note.parse(text).text, 1_700_000_000).line
    assert cosign(text + line, [str(other.verifier)]) == 1
    assert "1 signatures of other agencies" in verify().sentence
    tamper(filled, ("UPDATE ledger_cosignature SET line = ?", (line[:-6] + "AAA=\n",)))
    found = verify()
    assert not found.ok
    assert "Another agency's signature" in found.sentence


@pytest.mark.parametrize("after", ["early", "last"])
def test_what_is_appended_during_a_verification_is_no_fault(
    filled: Instance, monkeypatch: pytest.MonkeyPatch, after: str
) -> None:
    """Also where it comes after the last row was read and before the checkpoints are looked at again."""
    real, total = rows.sequenced, Entry.objects.count()
    monkeypatch.setattr(rows, "CHUNK", 5)

    def slowly() -> Iterator[StoredRow]:
        for count, row in enumerate(real()):
            if count in ({3} if after == "early" else {total - 1, total}):
                for number in range(3):
                    with recorded():
                        record("test:thing:do", actor="operator:1", object="thing:9", what=number)
                redact_payloads(f"thing:{3 if count < total else 2}")
            yield row

    monkeypatch.setattr(rows, "sequenced", slowly)
    found = verify()
    assert found.ok, found.sentence
    assert found.size == Entry.objects.count()


def test_the_verifier_key_is_text(filled: Instance) -> None:
    assert verifier_key() == (filled.ledger / keys.VERIFIER_FILE).read_text().strip()
