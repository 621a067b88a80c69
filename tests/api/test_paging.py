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
from tests.api.world import World
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


def test_what_belongs_to_a_record_is_walked_like_every_other_list(ours: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bearer, "RATES", Rates(1e6, 1e6))
    subject, site = f"subjects/{ours.ids['subject']}", f"sites/{ours.ids['site']}"
    for number in range(5):
        claim = {"claimant": "A", "named": "B", "shown": "effects", "said_on": "2026-05-03", "heard_by": str(number)}
        paper = {"kind": "letter", "where_on_body": "breast pocket", "found_by": str(number)}
        trip = {"began_on": f"2026-05-{6 + number % 2:02}", "team": "B", "leader": str(number)}
        for path, body in ((f"{subject}/claims", claim), (f"{subject}/documents", paper), (f"{site}/recoveries", trip)):
            assert ours.program.post(path, body).status_code == 201
    words = f"{subject}/statements/condition.words"
    for number in range(4):
        said = {"value": f"words {number}", "basis": "statute", "how": "observed"}
        assert ours.program.call("PUT", words, said, If_Match="*").status_code == 200
    lists = {f"{subject}/claims": 5, f"{subject}/documents": 6, f"{site}/recoveries": 6, words: 5}
    for path, most in lists.items():
        (whole,) = walk(ours.program, path, 50)
        pages = list(walk(ours.program, path, 2))
        assert len(whole) == most
        assert [each for page in pages for each in page] == whole, path
        assert len(pages) == 3
    standing = [each["key"] for each in ours.program.get(f"{subject}/statements?limit=1").json()["items"]]
    assert standing == ["condition.words"]
