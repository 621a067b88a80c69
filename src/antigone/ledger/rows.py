"""Entries as the database holds them, byte for byte, and the few statements that write them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from django.db import connection

from antigone.ledger.entry import Draft
from antigone.ledger.models import Checkpoint, Cosignature, Entry
from antigone.ledger.rules import StoredRow

CHUNK = 10_000


def _quoted(*names: str) -> str:
    return ", ".join(connection.ops.quote_name(name) for name in names)


def _as_bytes(*names: str) -> str:
    """SQL for text columns as their bytes."""
    form = "convert_to({}, 'UTF8')" if connection.vendor == "postgresql" else "CAST({} AS BLOB)"
    return ", ".join(form.format(connection.ops.quote_name(name)) for name in names)


def _blobs(*names: str) -> str:
    """SQL for binary columns; SQLite would hand back whatever type was put into them."""
    form = "{}" if connection.vendor == "postgresql" else "CAST({} AS BLOB)"
    return ", ".join(form.format(connection.ops.quote_name(name)) for name in names)


def _all(sql: str, parameters: Iterable[Any]) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(sql, list(parameters))
        return [tuple(_plain(value) for value in row) for row in cursor.fetchall()]


def _plain(value: Any) -> Any:
    return bytes(value) if isinstance(value, memoryview) else value


def insert(row: Draft) -> None:
    """Insert a pending entry. In plain SQL, since a bulk job writes 100,000 of them."""
    sql = (
        f"INSERT INTO {_quoted(Entry._meta.db_table)} ({_quoted(*Draft._fields)}) "  # noqa: S608
        "VALUES (%s, %s, %s, %s, %s, %s, %s)"
    )
    with connection.cursor() as cursor:
        cursor.execute(sql, row)


def pending(limit: int) -> list[tuple[int, bytes, bytes, bytes, bytes, bytes]]:
    """The oldest entries that wait for their place: id, time, action, actor, object, payload hash."""
    return _all(
        f"SELECT {_quoted('id')}, {_as_bytes('time', 'action', 'actor', 'object')}, "  # noqa: S608
        f"{_blobs('payload_hash')} FROM {_quoted(Entry._meta.db_table)} "
        f"WHERE {_quoted('index')} IS NULL ORDER BY {_quoted('id')} LIMIT %s",
        [limit],
    )


def place(places: Iterable[tuple[int, bytes, int]]) -> None:
    """Give entries their index and leaf hash: (index, leaf hash, id)."""
    sql = (
        f"UPDATE {_quoted(Entry._meta.db_table)} "  # noqa: S608
        f"SET {_quoted('index')} = %s, {_quoted('leaf_hash')} = %s "
        f"WHERE {_quoted('id')} = %s"
    )
    with connection.cursor() as cursor:
        cursor.executemany(sql, list(places))


def blank(ids: Iterable[int]) -> None:
    """Delete the payload and salt of these entries."""
    sql = (
        f"UPDATE {_quoted(Entry._meta.db_table)} "  # noqa: S608
        f"SET {_quoted('payload')} = NULL, {_quoted('salt')} = NULL WHERE {_quoted('id')} = %s"
    )
    with connection.cursor() as cursor:
        cursor.executemany(sql, [(pk,) for pk in ids])


def sequenced() -> Iterator[StoredRow]:
    """The sequenced rows in index order, in chunks of their own statements; rows appended meanwhile follow."""
    names = ", ".join(
        (
            _quoted("index"),
            _as_bytes("time", "action", "actor", "object", "payload"),
            _blobs("salt", "payload_hash", "leaf_hash"),
        )
    )
    table, index = _quoted(Entry._meta.db_table), _quoted("index")
    last: Any = None
    while True:
        where = f"{index} IS NOT NULL" if last is None else f"{index} > %s"
        sql = f"SELECT {names} FROM {table} WHERE {where} ORDER BY {index} LIMIT {CHUNK}"  # noqa: S608
        chunk = _all(sql, [] if last is None else [last])
        for place, time, action, actor, about, payload, salt, digest, leaf in chunk:
            yield StoredRow(
                place,
                time or b"",
                action or b"",
                actor or b"",
                about or b"",
                payload,
                salt,
                digest or b"",
                leaf,
            )
        if not chunk:
            # Asked once more after a short chunk: rows that came meanwhile are covered by a checkpoint by now.
            return
        last = chunk[-1][0]


def checkpoints(after: int) -> list[tuple[Any, bytes, bytes, bytes]]:
    """The checkpoints that cover more than `after` entries: size, root, edge, text."""
    return _all(
        f"SELECT {_quoted('size')}, {_blobs('root', 'edge')}, {_as_bytes('text')} "  # noqa: S608
        f"FROM {_quoted(Checkpoint._meta.db_table)} WHERE {_quoted('size')} > %s ORDER BY {_quoted('size')}",
        [after],
    )


def cosignatures() -> list[tuple[Any, bytes, bytes]]:
    """The signatures of others: size of the checkpoint, verifier key, signature line."""
    return _all(
        f"SELECT {_quoted('checkpoint_id')}, {_as_bytes('verifier', 'line')} "  # noqa: S608
        f"FROM {_quoted(Cosignature._meta.db_table)} ORDER BY {_quoted('id')}",
        [],
    )


def payloads(action: str) -> list[bytes]:
    """The payloads of the entries of an action, pending ones too, save those that are erased."""
    found = _all(
        f"SELECT {_as_bytes('payload')} FROM {_quoted(Entry._meta.db_table)} "  # noqa: S608
        f"WHERE {_quoted('action')} = %s AND {_quoted('payload')} IS NOT NULL",
        [action],
    )
    return [payload for (payload,) in found]


def leaf_hashes(size: int) -> list[bytes]:
    """The leaf hashes of the first `size` entries."""
    found = Entry.objects.filter(index__lt=size).order_by("index").values_list("leaf_hash", flat=True)
    return [bytes(value) for value in found.iterator(CHUNK)]


def last_size() -> int:
    """How many entries the latest checkpoint in the database covers."""
    return Checkpoint.objects.order_by("-size").values_list("size", flat=True).first() or 0
