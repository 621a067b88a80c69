"""Step 7: each lead has a ratio with its bounds, or the reason why not; what is erased takes its lines along."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from typing import Any

import pytest

from antigone.casework import services
from antigone.casework.calibrating import calibrations
from antigone.casework.models import Case
from antigone.casework.searching import search, secondary, weighing
from antigone.casework.searching.answer import Answer, Candidate
from antigone.casework.searching.reading import Clock
from antigone.evidence import ALTERNATIVE, Logistic, Span
from antigone.evidence.calibration_file import write
from antigone.instance import Instance
from antigone.missing import erasure
from antigone.missing.models import Person
from antigone.remains.models import Subject, SubjectKind
from antigone.remains.services import Particulars
from tests import factories
from tests.casework.searching.test_search import reading
from tests.evidence.calibrations import a_calibration

TODAY = date(2026, 11, 24)


@pytest.fixture(autouse=True)
def nothing_ships(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(calibrations, "shipped", tuple)


def calibrated(**changes: Any) -> None:
    given = {"contract": factories.contract().digest, "mapping": Logistic(-2.0, 10.0), **changes}
    calibrations.put_in_force(write(a_calibration(**given)).encode(), factories.operator())


def open_case() -> Case:
    given = Particulars("quay", date(2024, 3, 20), "A. R.")
    return services.open_case("LIMEN-A-001", "deceased", given, factories.operator())


def answered(case: Case, *seeds: int, **more: Any) -> Answer:
    readings = [reading(factories.unit(seed)) for seed in seeds]
    return search.answer_for(case, readings, factories.contract(), 50, Clock(), **more)


def evidence(found: Candidate) -> dict[str, Any]:
    assert found.evidence is not None
    return found.evidence


def test_a_lead_carries_its_ratio_bounds_and_alternative(instance: Instance) -> None:
    factories.enrol({"mate": factories.unit(1), "other": factories.unit(2), "opposite": -factories.unit(1)})
    calibrated()
    mate, other, opposite = answered(open_case(), 1).candidates
    assert (evidence(mate)["log10_lr"], evidence(mate)["at_bound"]) == (3.4, "high")
    assert (evidence(opposite)["log10_lr"], evidence(opposite)["at_bound"]) == (-2.2, "low")
    found = evidence(other)
    assert found["log10_lr"] == pytest.approx((-2.0 + 10.0 * other.score) / 2.302585, abs=1e-3)
    assert (found["low"], found["high"], found["at_bound"]) == (-2.2, 3.4, None)
    assert found["against"] == ALTERNATIVE
    assert found["calibration"]["source"] == "living"
    assert (found["level"], found["withheld"], found["child_protection"]) == (None, [], False)
    assert "faces of the living" in found["why_no_level"]
    assert "probable if" in found["statement"]
    assert found["cautions"]


def test_the_answer_is_json_and_says_neither_prior_nor_posterior(instance: Instance) -> None:
    factories.enrol({"mate": factories.unit(1)})
    calibrated()
    text = json.dumps(answered(open_case(), 1).as_json())
    assert "log10_lr" in text
    assert "posterior" not in text
    assert "prior" not in text


@pytest.mark.parametrize(
    ("changes", "seeds", "more", "reason"),
    [
        ({"contract": "9" * 64}, (1,), {}, "no-calibration"),
        ({}, (1,), {"pipeline": "several views"}, "no-calibration"),
        ({}, (1, 2), {}, "counts"),
        ({"portraits": Span(2, 2)}, (1,), {}, "counts"),
    ],
)
def test_without_a_calibration_that_fits_there_is_no_ratio(
    instance: Instance, changes: dict[str, Any], seeds: tuple[int, ...], more: dict[str, Any], reason: str
) -> None:
    factories.enrol({"mate": factories.unit(1)})
    calibrated(**changes)
    (found,) = answered(open_case(), *seeds, **more).candidates
    assert (evidence(found)["log10_lr"], evidence(found)["level"]) == (None, None)
    assert [each["reason"] for each in evidence(found)["withheld"]] == [reason]
    assert evidence(found)["withheld"][0]["sentence"].startswith("No likelihood ratio")


def test_of_equal_calibrations_the_one_put_in_force_last_weighs(instance: Instance) -> None:
    factories.enrol({"mate": factories.unit(1)})
    calibrated()
    calibrated(high=2.5)
    (found,) = answered(open_case(), 1).candidates
    assert evidence(found)["high"] == 2.5


def test_a_child_has_no_ratio_and_a_warning(instance: Instance) -> None:
    factories.enrol({"child": factories.unit(1), "adult": factories.unit(2)})
    Person.objects.filter(ref="child").update(birth_date="2010", last_seen_on="2024-03-02")
    Person.objects.filter(ref="adult").update(birth_date="1980", last_seen_on="2024-03-02")
    calibrated()
    by_ref = {each.person_ref: evidence(each) for each in answered(open_case(), 1).candidates}
    assert by_ref["child"]["log10_lr"] is None
    assert by_ref["child"]["child_protection"] is True
    assert [each["reason"] for each in by_ref["child"]["withheld"]] == ["under-age"]
    assert by_ref["adult"]["log10_lr"] is not None
    assert by_ref["adult"]["child_protection"] is False


def test_a_birth_date_that_cannot_be_read_may_be_a_childs(instance: Instance) -> None:
    factories.enrol({"child": factories.unit(1)})
    Person.objects.update(birth_date="13 or 14 years old", last_seen_on="2024-03-02")
    calibrated()
    (found,) = answered(open_case(), 1).candidates
    assert evidence(found)["log10_lr"] is None
    assert evidence(found)["child_protection"] is True


def test_who_was_last_seen_long_before_the_recovery_has_no_ratio(instance: Instance) -> None:
    factories.enrol({"long ago": factories.unit(1), "lately": factories.unit(2)})
    Person.objects.filter(ref="long ago").update(birth_date="1960", last_seen_on="1998")
    Person.objects.filter(ref="lately").update(birth_date="1960", last_seen_on="2024-03")
    calibrated()
    by_ref = {each.person_ref: evidence(each) for each in answered(open_case(), 1).candidates}
    assert by_ref["long ago"]["log10_lr"] is None
    (why,) = by_ref["long ago"]["withheld"]
    assert why["reason"] == "age-gap"
    assert "25 years before the recovery" in why["sentence"]
    assert by_ref["lately"]["log10_lr"] is not None


def test_secondary_lines_stand_beside_the_ratio_contradictions_first(instance: Instance) -> None:
    factories.enrol({"mate": factories.unit(1)})
    Person.objects.update(sex="female", marks="anchor tattoo", last_seen_on="2025-01-01")
    (found,) = answered(open_case(), 1).candidates
    assert (found.secondary[0]["name"], found.secondary[0]["finding"]) == ("dates", "contradicts")
    assert "dates" in found.secondary_warning
    assert any(line["ante_mortem"] == "anchor tattoo" for line in found.as_json()["secondary"])


def test_erasing_a_lead_takes_its_lines_and_its_evidence(instance: Instance) -> None:
    factories.enrol({"gone": factories.unit(1), "stays": factories.unit(2)})
    Person.objects.filter(ref="gone").update(birth_date="2010-05-06", marks="anchor tattoo, left wrist")
    Person.objects.filter(ref="stays").update(marks="a scar")
    case, photo = open_case(), [reading(factories.unit(1))]
    found = search.answer_for(case, photo, factories.contract(), 50, Clock())
    _, kept = services.keep_answer(case, photo, found, factories.operator())
    assert "anchor" in str(kept.answer)
    erasure.erase_person(Person.objects.get(ref="gone"), factories.operator(), "withdrawn")
    kept.refresh_from_db()
    left = {each["person_ref"]: each for each in kept.answer["candidates"]}
    for trace in ("anchor", "2010", "under-age", "may be under"):
        assert trace not in str(kept.answer)
    assert left["[erased]"]["evidence"] is None
    assert left["[erased]"]["secondary"] == []
    assert "a scar" in str(left["stays"]["secondary"])


def test_who_is_erased_while_a_search_runs_leaves_no_line(instance: Instance) -> None:
    factories.enrol({"gone": factories.unit(1), "stays": factories.unit(2)})
    Person.objects.filter(ref="gone").update(marks="anchor tattoo")
    case, photo = open_case(), [reading(factories.unit(1))]
    found = search.answer_for(case, photo, factories.contract(), 50, Clock())
    erasure.erase_person(Person.objects.get(ref="gone"), factories.operator(), "withdrawn")
    given, kept = services.keep_answer(case, photo, found, factories.operator())
    assert "anchor" not in str(kept.answer)
    assert "anchor" not in str(given.as_json())


def test_a_calibration_altered_in_the_database_is_told_in_the_answer(instance: Instance) -> None:
    factories.enrol({"mate": factories.unit(1)})
    calibrated()
    row = calibrations.CalibrationInForce.objects.get()
    row.content["bounds"]["high"] = 6.0
    row.save()
    found = answered(open_case(), 1)
    assert evidence(found.candidates[0])["log10_lr"] is None
    assert any("altered" in note for note in found.notes)


@pytest.mark.parametrize(
    ("born", "seen", "recovered", "expected"),
    [
        ("1980", "2024-03-02", date(2024, 3, 20), Span(43, 44)),
        ("1980-03-02", "2024-03-02", None, Span(44, 44)),
        ("1980-03-02", "", date(2026, 3, 1), Span(45, 45)),
        ("1980", "", None, None),
        ("2015", "", None, Span(None, 11)),
        ("", "2024", date(2024, 3, 20), None),
        ("unknown", "2024", None, None),
        (" Unknown ", "2024", None, None),
        ("about 2012", "2024", date(2024, 3, 20), Span(None, None)),
        ("12 years", "2024", None, Span(None, None)),
        ("2005", "2020", date(2026, 1, 1), Span(14, 21)),
    ],
)
def test_ages_are_what_the_records_bear(born: str, seen: str, recovered: date | None, expected: Span | None) -> None:
    person = Person(ref="P", birth_date=born, last_seen_on=seen)
    subject = Subject(code="S", kind=SubjectKind.DECEASED, recovered_on=recovered, opened_at=datetime.now(UTC))
    assert weighing.ages(secondary.told_of(person), secondary.found_on(subject), TODAY) == expected


def test_the_worst_photograph_decides_and_an_unknown_figure_is_unknown() -> None:
    def with_quality(**quality: int | None) -> Any:
        found = reading(factories.unit(1))
        found.faces[0]["quality"] = quality
        return found

    worst = weighing.worst_quality([with_quality(A=40, B=None, C=9), with_quality(A=30, B=7)])
    assert worst == {"A": 30.0, "B": None, "C": None}
