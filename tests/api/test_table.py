"""Every operation against every sort of token, from one table; an operation that is absent from it fails."""

from __future__ import annotations

import uuid
from typing import Any

import pytest

from tests.api.calling import Program, problem
from tests.api.rows import ROWS, Row
from tests.api.test_document import OPEN, OPERATIONS
from tests.api.world import World

NAMES = [row.operation for row in ROWS]


def ask(row: Row, ids: dict[str, Any], program: Program) -> Any:
    """The request of a row, about these records."""
    method, _path, _described = OPERATIONS[row.operation]
    form = row.form() if row.form is not None else None
    return program.call(method, row.path.format(**ids), _filled(row.body, ids), form=form, **dict(row.headers))


def _filled(body: Any, ids: dict[str, Any]) -> Any:
    if isinstance(body, dict):
        return {name: _filled(value, ids) for name, value in body.items()}
    if body == "{fresh}":
        return f"TABLE-{uuid.uuid4().hex[:8]}-001"
    if isinstance(body, list):
        return [_filled(each, ids) for each in body]
    if isinstance(body, str) and body.startswith("{") and body.endswith("}"):
        return ids[body[1:-1]]
    return body


def test_every_operation_is_in_the_table() -> None:
    assert sorted(NAMES) == sorted(set(OPERATIONS) - OPEN)


def test_the_table_asks_what_the_document_says() -> None:
    for row in ROWS:
        method, path, described = OPERATIONS[row.operation]
        (needed,) = described["security"][0].values()
        assert needed == ([] if row.needs is None else [str(row.needs)]), row.operation
        assert (method == "POST") or row.form is None, row.operation
        assert str(row.status) in described["responses"], row.operation
        assert "{" not in path or row.foreign == 404, row.operation


@pytest.mark.parametrize("row", ROWS, ids=NAMES)
def test_without_a_token_in_force_there_is_nothing(row: Row, shared: tuple[World, World]) -> None:
    ours, _ = shared
    for program in (Program(), *ours.ended):
        problem(ask(row, ours.ids, program), 401, "no-token")


@pytest.mark.parametrize("row", [row for row in ROWS if row.needs], ids=lambda row: row.operation)
def test_without_the_permission_it_is_refused(row: Row, shared: tuple[World, World]) -> None:
    ours, _ = shared
    assert row.needs is not None
    problem(ask(row, ours.ids, ours.without(row.needs)), 403, "refused")


@pytest.mark.parametrize("row", ROWS, ids=NAMES)
def test_another_agencys_record_does_not_exist(row: Row, shared: tuple[World, World]) -> None:
    ours, theirs = shared
    answer = ask(row, ours.ids, theirs.program)
    if row.foreign == 404:
        problem(answer, 404, "no-such-record")
    else:
        assert answer.status_code == row.foreign, answer.content[:400]
        assert ours.ids["code"] not in answer.content.decode()


@pytest.mark.parametrize("row", ROWS, ids=NAMES)
def test_the_right_token_is_answered(row: Row, shared: tuple[World, World]) -> None:
    ours, _ = shared
    answer = ask(row, ours.ids, ours.program)
    assert answer.status_code == row.status, answer.content[:600]
