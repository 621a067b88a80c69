"""What is stated of both sides counts in a lead: lines, ages that withhold a ratio, and when portraits were taken."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from antigone.casework.calibrating import calibrations
from antigone.casework.models import Case
from antigone.casework.searching import weighing
from antigone.description.given import Given
from antigone.evidence import Span
from antigone.evidence.secondary import AnteMortem, DateSpan, PostMortem
from antigone.instance import Instance
from antigone.missing import describing as of_person
from antigone.missing.models import Person, Portrait
from antigone.remains import describing as of_subject
from tests import factories
from tests.casework.searching.test_weighing import answered, calibrated, evidence, open_case

DAY = DateSpan(date(2024, 3, 20), date(2024, 3, 20))


@pytest.fixture(autouse=True)
def nothing_ships(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(calibrations, "shipped", tuple)


@pytest.fixture
def case(instance: Instance) -> Case:
    factories.enrol({"mate": factories.unit(1)})
    calibrated()
    return open_case()


def say(case: Case, **stated: Any) -> None:
    for key, value in stated.items():
        given = Given(value, basis="statute", how="estimated" if key == "desc__age" else "observed")
        of_subject.state(case.subject, key.replace("__", "."), given, factories.operator())


def told(**stated: Any) -> None:
    person = Person.objects.get(ref="mate")
    for key, value in stated.items():
        given = Given(value, basis="family-choice", how="reported")
        of_person.state(person, key.replace("__", "."), given, factories.operator())


def line(case: Case, name: str) -> dict[str, Any]:
    (found,) = answered(case, 1).candidates
    return next(each for each in found.secondary if each["name"] == name)


def test_statements_of_both_sides_are_compared(case: Case) -> None:
    say(case, sex="male")
    told(sex="female", mark={"kind": "tattoo", "region": "forearm", "side": "left", "words": "an anchor"})
    assert line(case, "sex")["finding"] == "contradicts"
    assert "tattoo" in line(case, "marks")["ante_mortem"]


def test_an_age_estimated_near_a_childs_withholds_the_ratio(case: Case) -> None:
    assert evidence(answered(case, 1).candidates[0])["log10_lr"] is not None
    say(case, desc__age={"years": {"low": 15, "high": 22}})
    found = evidence(answered(case, 1).candidates[0])
    assert (found["log10_lr"], found["child_protection"]) == (None, True)
    assert "the dead person may be under 18" in found["withheld"][0]["sentence"]


def test_a_child_whose_birth_is_not_known_is_told_of_by_age(case: Case) -> None:
    told(desc__age={"years": {"low": 14, "high": 16}})
    found = evidence(answered(case, 1).candidates[0])
    assert found["child_protection"] is True
    assert "the missing person may be under 18" in found["withheld"][0]["sentence"]


def test_a_portrait_of_a_child_withholds_the_ratio(case: Case) -> None:
    told(birth__date="1990-05-03")
    Portrait.objects.update(taken_on="2022")
    assert evidence(answered(case, 1).candidates[0])["child_protection"] is False
    Portrait.objects.update(taken_on="2006")
    found = evidence(answered(case, 1).candidates[0])
    assert found["child_protection"] is True
    assert "the person on a portrait" in found["withheld"][0]["sentence"]


def test_an_old_portrait_withholds_the_ratio(case: Case) -> None:
    Portrait.objects.update(taken_on="1990")
    found = evidence(answered(case, 1).candidates[0])
    assert [each["reason"] for each in found["withheld"]] == ["age-gap"]
    assert "between portrait and death" in found["withheld"][0]["sentence"]
    Portrait.objects.update(taken_on="2023-06")
    recent = evidence(answered(case, 1).candidates[0])
    assert recent["log10_lr"] is not None
    assert not any("portrait was taken is not known" in caution for caution in recent["cautions"])


@pytest.mark.parametrize(
    ("taken", "told_of", "expected"),
    [
        ((), AnteMortem(), None),
        ((None,), AnteMortem(), None),
        ((DateSpan(date(2020, 3, 20), date(2020, 3, 20)),), AnteMortem(), Span(4.0, 4.0)),
        ((DateSpan(date(2020, 1, 1), date(2020, 12, 31)),), AnteMortem(), Span(3.2, 4.2)),
        ((DateSpan(date(2025, 1, 1), date(2025, 1, 1)),), AnteMortem(), Span(0.0, 0.0)),
        (
            (DateSpan(date(2020, 3, 20), date(2020, 3, 20)), None),
            AnteMortem(last_seen=DateSpan(date(2010, 1, 1), date(2010, 1, 1))),
            Span(0.0, 14.0),
        ),
    ],
)
def test_years_between_portrait_and_death(
    taken: tuple[DateSpan | None, ...], told_of: AnteMortem, expected: Span | None
) -> None:
    assert weighing.gap_years(told_of, PostMortem(recovered=DAY.first), taken) == expected


def test_ages_on_portraits() -> None:
    born = AnteMortem(born=DateSpan(date(1990, 1, 1), date(1990, 12, 31)))
    taken = [DateSpan(date(2007, 6, 1), date(2007, 6, 1)), None, DateSpan(date(2020, 1, 1), date(2020, 12, 31))]
    assert weighing.portrait_ages(born, taken) == Span(16, 30)
    assert weighing.portrait_ages(born, [None]) is None
    assert weighing.portrait_ages(AnteMortem(), taken) is None


def test_weighing_costs_the_same_for_one_lead_and_for_twenty(instance: Instance) -> None:
    calibrated()
    case = open_case()
    factories.enrol({"first": factories.unit(1)})
    answered(case, 1)  # the index is built

    def cost() -> int:
        with CaptureQueriesContext(connection) as taken:
            answered(case, 1)
        return len(taken)

    few = cost()
    factories.enrol({f"M-{number}": factories.unit(100 + number) for number in range(20)})
    answered(case, 1)
    assert cost() == few
