"""The OpenAPI document under docs/ is the one that this version serves, and says what the rules of the API say."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

from antigone.access.permissions import Permission
from antigone.api.__main__ import document
from antigone.api.door import PREFIX
from antigone.api.problems import KINDS

DOCS = Path(__file__).parents[2] / "docs"
KEPT, MANUAL = DOCS / "openapi.json", (DOCS / "api.md").read_text(encoding="utf-8")
DOCUMENT: dict[str, Any] = json.loads(document())
OPERATIONS = {
    described["operationId"]: (method.upper(), path, described)
    for path, ways in DOCUMENT["paths"].items()
    for method, described in ways.items()
}
OPEN = {"problem_kind"}


def test_the_document_that_is_kept_is_the_one_that_is_served() -> None:
    assert KEPT.read_text(encoding="utf-8") == document(), "renew it: python -m antigone.api docs/openapi.json"


def test_every_operation_asks_for_a_token_and_names_its_permission() -> None:
    known = {str(each) for each in Permission}
    for name, (_method, _path, described) in OPERATIONS.items():
        if name in OPEN:
            assert "security" not in described
            continue
        (scheme,) = described["security"]
        (needed,) = scheme.values()
        assert set(needed) <= known, name
        assert described["summary"].endswith((".", "?")) or len(described["summary"]) < 120, name


def test_every_status_of_a_problem_is_described() -> None:
    statuses = {str(kind.status) for kind in KINDS.values()}
    for name, (_method, _path, described) in OPERATIONS.items():
        told = {status for status in described["responses"] if int(status) >= 400}
        assert told <= statuses, name
        for status in told:
            assert list(described["responses"][status]["content"]) == ["application/problem+json"], name


def test_nothing_is_made_without_a_key() -> None:
    for name, (method, _path, described) in OPERATIONS.items():
        headers = {each["name"]: each["required"] for each in described["parameters"] if each["in"] == "header"}
        if "201" in described["responses"] or "202" in described["responses"]:
            assert method == "POST", name
            assert headers.get("Idempotency-Key"), name


def test_no_list_embeds_a_picture() -> None:
    """No answer in JSON has a field of bytes; a picture is an answer of its own, one at a time."""
    for name, (_method, _path, described) in OPERATIONS.items():
        for answer in described["responses"].values():
            for kind, content in answer.get("content", {}).items():
                if kind.endswith("json"):
                    assert "binary" not in json.dumps(content), name
    shown = json.dumps(DOCUMENT["components"]["schemas"])
    assert '"format": "binary"' not in shown
    assert "base64" not in shown.replace("base64 root", "")


def test_the_manual_has_a_line_for_every_operation_as_it_is() -> None:
    listed = {match[1]: match[0] for match in re.finditer(r"^\| `(\w+)` \| `[A-Z]+ .*$", MANUAL, re.MULTILINE)}
    assert listed == {name: _line(name) for name in OPERATIONS}


def _line(name: str) -> str:
    """The line of an operation in the tables of the manual."""
    method, path, described = OPERATIONS[name]
    sent = {each["name"] for each in described["parameters"] if each["in"] == "header"}
    marks = [mark for mark, header in (("K", "Idempotency-Key"), ("M", "If-Match")) if header in sent]
    asked = " ".join([f"`{method} {path.removeprefix(PREFIX)}`", *marks])
    schemes = described.get("security", [])
    needed = "".join(f"`{each}`" for scheme in schemes for scopes in scheme.values() for each in scopes)
    return f"| `{name}` | {asked} | {needed} | {described['summary'].removesuffix('.')} |"


def test_the_manual_explains_every_kind_of_problem_as_the_api_does() -> None:
    for kind in KINDS.values():
        assert f"| {kind.status} | `{kind.code}` | {kind.title} | {kind.advice} |" in MANUAL, kind.code
