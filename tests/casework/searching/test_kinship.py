"""Known relatives among the leads: listed together, without a ratio, and forgotten with who is erased."""

from __future__ import annotations

import json

import pytest

from antigone.casework import services
from antigone.casework.calibrating import calibrations
from antigone.casework.models import Search
from antigone.casework.searching import search
from antigone.casework.searching.answer import Answer
from antigone.casework.searching.reading import Clock
from antigone.cli.leads import below_the_table, together
from antigone.instance import Instance
from antigone.missing import erasure, kinship
from antigone.missing import services as missing
from antigone.missing.models import KinshipKind, Person
from antigone.missing.sources import PersonRecord
from tests import factories
from tests.casework.searching.test_search import reading
from tests.casework.searching.test_weighing import answered, calibrated, evidence, open_case

REFS = ("best", "brother", "stranger", "sister")


@pytest.fixture(autouse=True)
def nothing_ships(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(calibrations, "shipped", tuple)


@pytest.fixture
def answer(instance: Instance) -> Answer:
    """Four leads of whom the first and the last are kin, and the second has kin who has no portrait."""
    near = {ref: factories.unit(9 + at, near=factories.unit(1), noise=0.1 + 0.3 * at) for at, ref in enumerate(REFS)}
    factories.enrol(near)
    who, person = factories.operator(), Person.objects.get
    kinship.record_kinship(person(ref="best"), person(ref="sister"), KinshipKind.SIBLING, who)
    unseen, giving = [PersonRecord(ref="unseen")], missing.Giving("family-consent")
    assert missing.report_missing(factories.holding(), unseen, giving, who.actor) == 1
    kinship.record_kinship(person(ref="brother"), person(ref="unseen"), KinshipKind.KIN, who)
    calibrated()
    return answered(open_case(), 1)


def test_relatives_are_listed_together_and_have_no_ratio(answer: Answer) -> None:
    assert [each.person_ref for each in answer.candidates] == list(REFS), "the rank is that of the score"
    assert [(each.person_ref, follows) for each, follows in together(answer)] == [
        ("best", False), ("sister", True), ("brother", False), ("stranger", False),
    ]  # fmt: skip
    assert [(each.person_ref, follows) for each, follows in together(answer, 2)] == [
        ("best", False),
        ("brother", False),
    ]
    assert answer.as_json()["families"] == [[1, 4]]
    found = {each.person_ref: evidence(each) for each in answer.candidates}
    assert {ref: found[ref]["log10_lr"] is None for ref in REFS} == {
        "best": True, "brother": True, "stranger": False, "sister": True,
    }  # fmt: skip
    (why,) = found["best"]["withheld"]
    assert why["reason"] == "relatives"
    assert why["sentence"].endswith("Known are: sister.")
    (unnamed,) = found["brother"]["withheld"]
    assert "unseen" not in unnamed["sentence"], "who is not on the list is not named by it"
    assert "1 not on this list" in unnamed["sentence"]
    assert any(line.startswith("+ is known to be kin") for line in below_the_table(answer))


def test_a_relative_who_is_not_missing_any_more_withholds_nothing(answer: Answer) -> None:
    missing.close_report(Person.objects.get(ref="unseen"), "found", "operator:1")
    case = services.case_of("LIMEN-A-001", factories.operator())
    again = search.answer_for(case, [reading(factories.unit(1))], factories.contract(), 50, Clock())
    assert next(evidence(each) for each in again.candidates if each.person_ref == "brother")["log10_lr"] is not None


def test_who_is_erased_leaves_their_relatives_lines(answer: Answer) -> None:
    who = factories.operator()
    case = services.case_of("LIMEN-A-001", who)
    services.keep_answer(case, [reading(factories.unit(1))], answer, who)
    erasure.erase_person(Person.objects.get(ref="sister"), who, "asked for")
    kept = json.dumps(Search.objects.get().answer)
    assert "sister" not in kept
    assert "a relative of this person was missing too" in kept


def test_two_of_one_reference_in_two_holdings_stay_two(instance: Instance) -> None:
    factories.enrol({"same": factories.unit(1)})
    factories.enrol({"same": factories.unit(2)}, into=factories.holding("other"))
    found = answered(open_case(), 1)
    assert [[each.rank for each in group] for group in found.families] == [[1], [2]]
