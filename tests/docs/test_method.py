"""The method's numbered steps and the code's are the same, and a step that is said to be built has pages."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.urls import URLPattern, URLResolver, get_resolver

from antigone.casework.deciding.overview import Stage
from antigone.casework.procedure import STEPS

METHOD = (Path(__file__).resolve().parents[2] / "docs" / "method.md").read_text(encoding="utf-8")
LABELS = ["What", "Who", "Why", "Source", "Today", "Not built"]

PAGES = {
    1: ("web:administration:mandates", "web:cases:new"),
    2: ("web:remains:photographs-add",),
    3: ("web:cases:find-faces", "web:cases:photograph-face", "web:cases:photograph-points"),
    4: ("web:cases:photograph", "web:cases:not-suitable"),
    5: ("web:cases:search",),
    6: ("web:cases:search", "web:standing:keep", "web:standing:search"),
    7: ("web:cases:ranked", "web:board:case", "web:board:keep"),
    8: ("web:cases:ranked-ask", "web:cases:ranked"),
    9: ("web:triage:block", "web:examining:begin", "web:examining:findings", "web:practice:exercise"),
    10: ("web:board:file", "web:board:line", "web:board:propose", "web:board:proposal"),
    11: ("web:board:decision", "web:board:revoke", "web:reports:decision", "web:reports:file", "web:reports:exhibit"),
}
"""Where each step is done, for every step that is said to be built."""


def differences(method: str) -> list[str]:
    """Where a document and the code name, number or describe the steps otherwise."""
    found = []
    titles = re.findall(r"^## (\d+)\. (.+?)\s*$", method, re.MULTILINE)
    if titles != [(str(step.number), step.title) for step in STEPS]:
        found.append("headings")
    rows = re.findall(r"^\| (\d+) ([^|]+?) \| [^|]+ \| ([^|]+?) \|$", method, re.MULTILINE)
    if [row[:2] for row in rows] != [(str(step.number), step.title) for step in STEPS]:
        found.append("rows")
    if [today.startswith("built") for *_, today in rows] != [step.built for step in STEPS]:
        found.append("built")
    for section in re.split(r"^## (?=\d+\. )", method, flags=re.MULTILINE)[1:]:
        section = section.partition("\n## ")[0]
        if re.findall(r"^- \*\*([^*]+)\.\*\*", section, re.MULTILINE) != LABELS:
            found.append(f"labels of {section.splitlines()[0]}")
    return found


def test_the_method_has_the_steps_of_the_code() -> None:
    assert [step.number for step in STEPS] == list(range(1, 13))
    assert differences(METHOD) == []


@pytest.mark.parametrize(
    ("was", "becomes", "found"),
    [
        ("## 10. Board\n", "## 10. The board\n", ["headings"]),
        ("## 10. Board\n", "## 11. Board\n", ["headings"]),
        ("| 10 Board |", "| 10 Panel |", ["rows"]),
        ("| 10 Board | board | built |", "| 10 Board | board | not built |", ["built"]),
        ("| 12 Notices | liaison officer, bureau clerk | not built |", "", ["rows", "built"]),
        ("| liaison officer, bureau clerk | not built |", "| liaison officer, bureau clerk | built |", ["built"]),
        ("- **Source.** ISO 21043-5;", "ISO 21043-5;", ["labels of 11. Identification"]),
    ],
)
def test_a_document_that_departs_from_the_code_is_found(was: str, becomes: str, found: list[str]) -> None:
    assert METHOD.count(was) == 1
    assert differences(METHOD.replace(was, becomes)) == found


def names(patterns: list[URLPattern | URLResolver], above: tuple[str, ...] = ()) -> Iterator[str]:
    """The names of all routes, with their namespaces."""
    for each in patterns:
        if isinstance(each, URLResolver):
            yield from names(each.url_patterns, (*above, each.namespace) if each.namespace else above)
        elif each.name:
            yield ":".join((*above, each.name))


def test_every_step_that_is_built_has_its_pages_and_no_other() -> None:
    assert sorted(PAGES) == [step.number for step in STEPS if step.built]
    there = set(names(get_resolver().url_patterns))
    assert [name for step in PAGES.values() for name in step if name not in there] == []


def test_a_case_waits_at_no_step_that_is_not_built() -> None:
    built = {step.number for step in STEPS if step.built}
    assert {stage.step for stage in Stage} <= built
