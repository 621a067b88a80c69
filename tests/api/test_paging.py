"""A walk through all pages gives every record once, also while records are added and closed beside it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from antigone.api import bearer
from antigone.api.rates import Rates
from antigone.missing import services as missing
from antigone.missing.models import Person
from antigone.missing.sources import PersonRecord
from antigone.remains import recovering
from tests.api.calling import Program, issue, problem
from tests.factories import holding, operator

GIVING = missing.Giving(basis="family-consent", given_by="the mother")


@pytest.fixture
def program(instance: object, monkeypatch: pytest.MonkeyPatch) -> Program:
    monkeypatch.setattr(bearer, "RATES", Rates(1e6, 1e6))
    return Program(issue(operator())[1])


def report(number: int) -> int:
    """One more missing person."""
    ref = f"P-{number:05}"
    missing.report_missing(holding("Register"), [PersonRecord(ref)], GIVING, operator().actor)
    return Person.objects.get(ref=ref).pk


def walk(program: Program, path: str, limit: int) -> Iterator[list[Any]]:
    """The pages of a list, one after the other."""
    cursor, joined = "", "&" if "?" in path else "?"
    while True:
        answer = program.get(f"{path}{joined}limit={limit}{cursor}")
        assert answer.status_code == 200, answer.content
        page = answer.json()
        assert len(page["items"]) <= limit
        yield [each["id"] for each in page["items"]]
        if page["next"] is None:
            return
        cursor = f"&cursor={page['next']}"


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(limit=st.integers(1, 9), added=st.lists(st.integers(0, 2), max_size=6))
def test_a_walk_gives_everybody_once_while_others_are_added(program: Program, limit: int, added: list[int]) -> None:
    start = Person.objects.count()
    there = {report(start + number) for number in range(7)} | set(Person.objects.values_list("pk", flat=True))
    seen: list[int] = []
    waiting = list(added)
    for page in walk(program, "persons", limit):
        seen += page
        for _ in range(waiting.pop() if waiting else 0):
            report(Person.objects.count())
    assert len(seen) == len(set(seen))
    assert there <= set(seen)


def test_short_lists_are_walked_by_key(program: Program) -> None:
    names = [f"Site {number:02}" for number in (5, 3, 9, 1, 7)]
    made = [recovering.add_site(recovering.NewSite(name, "ruin"), operator()).pk for name in names]
    pages = walk(program, "sites", 2)
    seen = next(pages)
    recovering.add_site(recovering.NewSite("Site 00", "ruin"), operator())
    seen += [each for page in pages for each in page]
    assert sorted(seen) == sorted(made)


def test_a_cursor_is_of_its_own_list_filters_and_agency(program: Program) -> None:
    for number in range(4):
        report(number)
    cursor = program.get("persons?limit=1").json()["next"]
    assert program.get(f"persons?limit=3&cursor={cursor}").status_code == 200
    for path in (f"persons?sex=male&cursor={cursor}", f"cases?cursor={cursor}", f"persons?cursor={cursor[:-1]}x"):
        assert problem(program.get(path), 422, "invalid")["errors"][0]["pointer"] == "/cursor"
    from tests.api.world import agency

    other = Program(issue(agency("Theirs"))[1])
    problem(other.get(f"persons?cursor={cursor}"), 422, "invalid")
    problem(program.get("persons?limit=0"), 422, "invalid")
    problem(program.get("persons?limit=201"), 422, "invalid")
