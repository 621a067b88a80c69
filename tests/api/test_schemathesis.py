"""Requests drawn from the document itself, well-formed and not: no fault, and every answer as the document says."""

from __future__ import annotations

import uuid
from collections import defaultdict
from typing import Any

import pytest
import schemathesis
from django.core.wsgi import get_wsgi_application
from hypothesis import HealthCheck, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from tests.api.rows import ROWS
from tests.api.test_document import DOCUMENT, OPERATIONS
from tests.api.world import World

pytestmark = pytest.mark.slow
CHECKS = [not_a_server_error, content_type_conformance, response_schema_conformance, status_code_conformance]
PATHS = {row.operation: row.path for row in ROWS} | {"problem_kind": "problems/stale"}
EXAMPLES = 8
ANSWERED: dict[str, set[int]] = defaultdict(set)


schema = schemathesis.openapi.from_dict(DOCUMENT)
schema.app = get_wsgi_application()
schema.location = "/api/v1/openapi.json"


@schema.parametrize()
@settings(
    max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True, database=None
)
def test_every_answer_is_as_the_document_says(case: schemathesis.Case, shared: tuple[World, World]) -> None:
    ours, _ = shared
    for numbers in (False, True):
        if numbers and not _of_a_record(case, ours.ids):
            continue
        headers = {"Authorization": f"Bearer {ours.program.secret}"}
        if "Idempotency-Key" in (case.headers or {}):
            headers["Idempotency-Key"] = str(uuid.uuid4())
        answer = case.call_and_validate(headers=headers, checks=CHECKS)
        ANSWERED[case.operation.definition.raw["operationId"]].add(answer.status_code)


def test_what_is_read_was_answered_well_too() -> None:
    """Otherwise the requests were all refused, and the answers above prove nothing."""
    if len(ANSWERED) < len(OPERATIONS):
        pytest.skip("not all operations were tried")
    read = [name for name, (method, _path, _described) in OPERATIONS.items() if method == "GET"]
    assert [name for name in read if 200 not in ANSWERED[name]] == []


def _of_a_record(case: schemathesis.Case, ids: dict[str, Any]) -> bool:
    """Put the numbers of records that are there into the path; False where it has none."""
    name = case.operation.definition.raw["operationId"]
    template = PATHS.get(name, "").split("?")[0].split("/")
    parts = case.operation.path.removeprefix("/api/v1/").split("/")
    found = {
        part[1:-1]: str(given).format(**ids) for part, given in zip(parts, template, strict=False) if part[:1] == "{"
    }
    case.path_parameters = {**(case.path_parameters or {}), **found}
    return bool(found)
