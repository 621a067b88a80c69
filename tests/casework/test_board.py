"""Prior and posterior: the board's alone, never one without the other, each reading in the ledger."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import given as drawn
from hypothesis import strategies as st

from antigone.access.errors import Refused
from antigone.access.models import RoleGrant
from antigone.access.rules import Role
from antigone.casework import board, services
from antigone.casework.board import BoardView, PriorGiven, read_posterior
from antigone.casework.calibrating import calibrations
from antigone.casework.errors import CaseRefused
from antigone.casework.models import Case, RankedView, Search
from antigone.casework.searching import search
from antigone.casework.searching.reading import Clock
from antigone.evidence import Logistic
from antigone.evidence.calibration_file import write
from antigone.instance import Instance
from antigone.ledger.models import Entry
from antigone.missing import erasure
from antigone.missing.models import Person
from antigone.remains.services import Particulars
from tests import factories
from tests.casework.searching.test_search import reading
from tests.evidence.calibrations import a_calibration


@pytest.fixture(autouse=True)
def nothing_ships(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(calibrations, "shipped", tuple)


def calibrate() -> str:
    given = a_calibration(contract=factories.contract().digest, mapping=Logistic(-2.0, 10.0))
    return calibrations.put_in_force(write(given).encode(), factories.operator()).digest


def searched() -> Case:
    factories.enrol({"mate": factories.unit(1), "second": factories.unit(2), "third": factories.unit(3)})
    case = services.open_case("LIMEN-A-001", "deceased", Particulars(), factories.operator())
    photo = [reading(factories.unit(1))]
    found = search.answer_for(case, photo, factories.contract(), 50, Clock())
    services.keep_answer(case, photo, found, factories.operator())
    return case


def view(missing: int = 1000, **more: int) -> BoardView:
    return read_posterior("LIMEN-A-001", PriorGiven(missing, **more), factories.operator())


def test_posteriors_stand_beside_the_prior_and_sum_to_one(instance: Instance) -> None:
    calibrate()
    searched()
    found = view(10_000, without_portrait=2_000)
    assert found.posterior.prior.each == 1 / 10_000
    ratios = [10 ** (lead.log10_lr or 0.0) for lead in found.leads]
    total = sum(ratios) + 9_997
    assert found.posterior.shares == pytest.approx([ratio / total for ratio in ratios])
    shown = found.as_json()
    assert sum(each["posterior"] for each in shown["leads"]) + shown["none_of_these"]["posterior"] == pytest.approx(1)
    assert sum(each["prior"] for each in shown["leads"]) + shown["none_of_these"]["prior"] == pytest.approx(1)
    assert shown["leads"][0]["person_ref"] == "mate"


@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@drawn(missing=st.integers(3, 10**9))
def test_more_missing_never_raises_a_posterior(instance: Instance, missing: int) -> None:
    if not Search.objects.exists():
        calibrate()
        searched()
    few, more = view(missing), view(2 * missing)
    assert all(b <= a for a, b in zip(few.posterior.shares, more.posterior.shares, strict=True))


def test_reading_is_the_boards_alone_and_logged(instance: Instance) -> None:
    calibrate()
    case = searched()
    before = RankedView.objects.count()
    view()
    entry = Entry.objects.get(action="casework:posterior:read")
    assert entry.object == f"case:{case.pk}"
    assert entry.details is not None
    assert entry.details["missing"] == 1000
    assert RankedView.objects.count() == before + 1
    RoleGrant.objects.filter(role=Role.BOARD_MEMBER).delete()
    with pytest.raises(Refused, match="may not read what the evidence comes to"):
        view()
    assert Entry.objects.filter(action="access:permission:refuse").count() == 1
    assert RankedView.objects.count() == before + 1


def test_without_a_ratio_the_posterior_is_the_prior(instance: Instance) -> None:
    searched()
    found = view()
    assert found.posterior.shares == pytest.approx([0.001] * 3)
    assert any("3 of 3 leads have no ratio" in note for note in found.notes)
    assert all("No likelihood ratio" in lead.why[0] for lead in found.leads)


def test_a_case_without_a_search_is_refused_and_logged(instance: Instance) -> None:
    services.open_case("LIMEN-A-001", "deceased", Particulars(), factories.operator())
    with pytest.raises(CaseRefused, match="nothing was searched"):
        view()
    assert Entry.objects.filter(action="casework:posterior:refuse").count() == 1


def test_a_ratio_of_a_withdrawn_calibration_gives_no_posterior(instance: Instance) -> None:
    digest = calibrate()
    searched()
    calibrations.withdraw(digest, "superseded", factories.operator())
    with pytest.raises(CaseRefused, match="in force no more"):
        view()
    assert Entry.objects.filter(action="casework:posterior:refuse").count() == 1


@pytest.mark.parametrize(
    "given", [PriorGiven(2), PriorGiven(10, 8), PriorGiven(10, 11), PriorGiven(10**400), PriorGiven(10, population=" ")]
)
def test_a_prior_that_cannot_be_shows_nothing(instance: Instance, given: PriorGiven) -> None:
    calibrate()
    searched()
    with pytest.raises(ValueError, match=r"\."):
        read_posterior("LIMEN-A-001", given, factories.operator())
    assert not Entry.objects.filter(action="casework:posterior:read").exists()


def test_a_prior_of_fewer_than_were_searched_is_told_to_err(instance: Instance) -> None:
    """Three people with a portrait, and three on the list: "none of these" is left with nothing."""
    calibrate()
    searched()
    assert not any("went through" in note for note in view(4, without_portrait=1).notes)
    kept = Search.objects.get()
    kept.answer["searched_persons"] = 5000
    kept.save()
    found = view(3, without_portrait=0)
    assert found.posterior.none_of_these == 0
    assert "5,000 persons" in found.notes[0]
    assert "too low" in found.notes[0]
    assert "“none of these” cannot be" in found.notes[1]


def test_who_was_erased_is_not_among_the_leads(instance: Instance) -> None:
    calibrate()
    searched()
    erasure.erase_person(Person.objects.get(ref="second"), factories.operator(), "withdrawn")
    assert {lead.person_ref for lead in view().leads} == {"mate", "third"}


def test_an_answer_of_before_calibrations_counts_with_one(instance: Instance) -> None:
    searched()
    kept = Search.objects.get()
    for candidate in kept.answer["candidates"]:
        del candidate["evidence"]
    kept.save()
    found = view()
    assert found.posterior.shares == pytest.approx([0.001] * 3)
    assert found.leads[0].why == (board.NEVER_WEIGHED,)


def test_the_board_is_told_of_limits_contradictions_and_children(instance: Instance) -> None:
    calibrate()
    factories.enrol({"mate": factories.unit(1), "child": factories.unit(2)})
    Person.objects.filter(ref="child").update(birth_date="2015", last_seen_on="2024-01-01")
    Person.objects.filter(ref="mate").update(last_seen_on="2025-01-01")
    given = Particulars("quay", date(2024, 3, 20), "A. R.")
    case = services.open_case("LIMEN-A-001", "deceased", given, factories.operator())
    photo = [reading(factories.unit(1))]
    services.keep_answer(
        case,
        photo,
        search.answer_for(case, photo, factories.contract(), 50, Clock()),
        factories.operator(),
    )
    notes = " ".join(view().notes)
    assert "No verbal level" in notes
    assert "Rank 1 is contradicted by the records: dates." in notes
    assert "Rank 2 may be a child" in notes
    assert "1 of 2 leads has no ratio" in notes
