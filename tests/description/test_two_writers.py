"""Two people state things of one record at the same moment, on a PostgreSQL server of the test's own."""

from __future__ import annotations

import pytest

from antigone.access.models import Agency
from antigone.description.statements import BadStatement, Given, Stale, current, history, write, write_new
from antigone.instance import Instance
from tests.description.records import Spoken, record, table
from tests.upkeep.test_postgresql import at_once, on_server, server

__all__ = ["on_server", "server"]  # fixtures

pytestmark = pytest.mark.slow


@pytest.fixture
def person(on_server: Instance) -> Agency:
    table()
    return record()


def told(value: object, certainty: str = "known") -> Given:
    return Given(value, basis="statute", certainty=certainty)


def test_of_two_who_saw_the_same_one_is_refused(person: Agency) -> None:
    first = write(Spoken, person, "birth.date", told("1980"), actor="operator:1")
    for seen in (0, first.pk):
        key = "birth.date" if seen else "birth.place"
        values = [f"19{year}" for year in range(81, 85)]
        said = at_once(
            *[
                lambda key=key, seen=seen, value=value: write(  # type: ignore[misc]
                    Spoken, person, key, told(value), actor="operator:1", expects=seen
                )
                for value in values
            ]
        )
        assert len([each for each in said if isinstance(each, Spoken)]) == 1
        refused = [each for each in said if isinstance(each, Exception)]
        assert {type(each) for each in refused} == {Stale}
        assert len(current(Spoken, person)[key]) == 1
    assert len(history(Spoken, person, "birth.date")) == 2


def test_an_item_and_that_there_are_none_do_not_both_stand(person: Agency) -> None:
    for _round in range(5):
        other = record(f"record {_round}")
        said = at_once(
            lambda other=other: write(Spoken, other, "nationality", told("Georgian"), actor="operator:1"),  # type: ignore[misc]
            lambda other=other: write(Spoken, other, "nationality", told(None, "absent"), actor="operator:2"),  # type: ignore[misc]
        )
        assert {type(each) for each in said} <= {Spoken, BadStatement}
        (standing,) = current(Spoken, other)["nationality"]
        assert standing.value == "Georgian"


def test_a_value_is_kept_as_it_was_given(person: Agency) -> None:
    chart = {"18": {"states": ["crown"]}, "11": {"states": ["sound"]}}
    write_new(
        Spoken, [(person, "dental.chart", told(chart)), (person, "desc.stature", told({"cm": 172.5}))], "operator:1"
    )
    standing = current(Spoken, person)
    assert standing["dental.chart"][0].value == chart
    assert standing["desc.stature"][0].value == {"cm": 172.5}
