"""The bytes of an entry: canonical, on its own lines, and not to be guessed once erased."""

from __future__ import annotations

import enum
import hashlib
import json
import uuid
from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from antigone.ledger import entry

json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)


@given(st.dictionaries(st.text(), json_values, max_size=4))
def test_a_payload_is_kept_whole_whatever_order_its_keys_came_in(payload: dict[str, object]) -> None:
    text = entry.canonical(payload)
    assert json.loads(text) == payload
    assert entry.canonical(dict(reversed(payload.items()))) == text
    assert "\n" not in text


def test_payloads_may_hold_what_rooms_hold() -> None:
    class Basis(enum.Enum):
        CONSENT = "family-consent"

    text = entry.canonical(
        {
            "day": date(2026, 3, 1),
            "at": datetime(2026, 3, 1, 12, tzinfo=timezone(timedelta(hours=2))),
            "id": uuid.UUID(int=7),
            "basis": Basis.CONSENT,
            "name": "Олена",
        }
    )
    assert text == (
        '{"at":"2026-03-01T10:00:00.000000Z","basis":"family-consent","day":"2026-03-01",'
        '"id":"00000000-0000-0000-0000-000000000007","name":"Олена"}'
    )


@pytest.mark.parametrize("value", [float("nan"), float("inf"), b"bytes", {1, 2}, object()])
def test_what_json_cannot_say_is_refused(value: object) -> None:
    with pytest.raises((TypeError, ValueError)):
        entry.canonical({"value": value})


def test_a_file_name_that_is_no_text_is_still_recorded() -> None:
    text = entry.canonical({"file": "portrait\udcff.jpg"})
    assert json.loads(text) == {"file": "portrait\udcff.jpg"}
    text.encode()


@given(st.text(st.characters(), max_size=300), st.integers(20, 200))
def test_a_field_is_one_encodable_line_within_its_length(text: str, length: int) -> None:
    line = entry.one_line(text, length)
    assert len(line) <= length
    assert len(line.splitlines()) <= 1
    line.encode()


def test_long_fields_are_told_apart() -> None:
    assert entry.one_line("case:" + "x" * 500 + "1", 200) != entry.one_line("case:" + "x" * 500 + "2", 200)
    assert entry.one_line("case:7", 200) == "case:7"


def test_times_sort_as_text() -> None:
    moments = [datetime(2026, 1, 1, tzinfo=UTC) + timedelta(microseconds=step) for step in (0, 1, 10**6, 10**11)]
    texts = [entry.timestamp(moment) for moment in moments]
    assert texts == sorted(texts)
    assert {len(text) for text in texts} == {27}
    assert [datetime.fromisoformat(text) for text in texts] == moments


def test_the_leaf_is_what_the_format_says() -> None:
    leaf = entry.leaf(3, b"2026-01-01T00:00:00.000000Z", b"a:b:c", b"operator:1", b"case:7", b"\xab" * 32)
    assert leaf.decode() == (
        "antigone.ledger/v1\n3\n2026-01-01T00:00:00.000000Z\na:b:c\noperator:1\ncase:7\n" + "ab" * 32 + "\n"
    )


fields = st.tuples(*[st.binary(max_size=4)] * 4)


@given(st.integers(0, 20), fields, st.integers(0, 20), fields)
def test_two_different_entries_never_share_a_leaf(
    one: int, first: tuple[bytes, bytes, bytes, bytes], two: int, second: tuple[bytes, bytes, bytes, bytes]
) -> None:
    """Fields hold no newline when they are written; an altered row that holds one has another leaf all the same."""
    written = tuple(part.replace(b"\n", b"") for part in first)
    a, b = entry.leaf(one, *written, bytes(32)), entry.leaf(two, *second, bytes(32))
    assert (a == b) == ((one, written) == (two, second))


def test_the_same_payload_never_has_the_same_hash_twice() -> None:
    one, two = (entry.draft("a:b:c", "operator:1", "case:7", {"sex": "f"}) for _ in range(2))
    assert one.payload == two.payload
    assert one.payload_hash != two.payload_hash
    assert one.payload_hash == hashlib.sha256(one.salt + one.payload.encode()).digest()
    assert len(one.salt) == entry.SALT_BYTES
