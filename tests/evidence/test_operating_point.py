"""The shipped operating points: present for the default, plain about their source, unavailable where unmeasured."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from antigone.evidence import OperatingPoint, threshold
from antigone.evidence.operating_point import MeasuredTail, comparison_rate, shipped
from antigone.evidence.spans import Stratum
from antigone.evidence.tails import Tail
from antigone.faces.pipelines import PIPELINES, resolve
from antigone.faces.registry import CARDS, RECOGNISER
from antigone.faces.space import shipped as space

sizes = st.integers(0, 10**8)


def point(persons: int, **kwargs: object) -> OperatingPoint:
    found = threshold(RECOGNISER, persons, **kwargs)  # type: ignore[arg-type]
    assert found is not None
    return found


def test_many_independent_comparisons_reach_the_stated_rate() -> None:
    assert comparison_rate(0.01, 1) == pytest.approx(0.01)
    assert 1 - (1 - comparison_rate(0.01, 2000)) ** 2000 == pytest.approx(0.01)
    assert comparison_rate(0.01, 10**9) == pytest.approx(-math.log(0.99) * 1e-9)


def test_every_tail_was_measured_under_the_contract_of_its_recogniser() -> None:
    cards = {card.id: card for card in CARDS}
    for model, measured in shipped().items():
        assert model in cards or model in PIPELINES
        assert resolve(model).contract(cards.__getitem__, space).digest == measured.contract
    assert {RECOGNISER, *PIPELINES} <= set(shipped())


@given(sizes, sizes)
def test_a_larger_gallery_needs_a_higher_score(one: int, two: int) -> None:
    small, large = sorted((one, two))
    assert point(large).threshold >= point(small).threshold
    assert -1 < point(large).threshold < 1


@given(st.integers(1, 10**6), st.integers(1, 5))
def test_portraits_count_and_not_people(persons: int, each: int) -> None:
    assert point(persons, portraits=persons * each).threshold == point(persons * each).threshold


def test_a_stricter_rate_needs_a_higher_score() -> None:
    assert point(1000, fpir=0.003).threshold > point(1000).threshold


def test_the_source_says_what_it_is() -> None:
    said = point(500, photos=3)
    for words in ("FPIR 1 % for 500 portraits searched, not calibrated", "measured 20", "the dead", "3 photographs"):
        assert words in said.source
    assert not said.extrapolated
    assert point(500).threshold == said.threshold
    million = point(1_000_000)
    assert million.extrapolated
    assert "extrapolated" in million.source
    assert "1 portrait searched" in point(0).source


def test_what_was_not_measured_has_no_operating_point() -> None:
    assert threshold("a-team's-own-model", 100) is None
    assert threshold(RECOGNISER, 100, contract="0" * 64) is None
    assert threshold(RECOGNISER, 100, contract=shipped()[RECOGNISER].contract) == threshold(RECOGNISER, 100)


@pytest.mark.parametrize(("persons", "kwargs"), [(-1, {}), (1, {"photos": 0}), (1, {"fpir": 0.0}), (1, {"fpir": 0.9})])
def test_senseless_questions_are_refused(persons: int, kwargs: dict[str, float]) -> None:
    with pytest.raises(ValueError, match="operating point needs"):
        threshold(RECOGNISER, persons, **kwargs)  # type: ignore[arg-type]


def by_strata() -> MeasuredTail:
    clear, poor = Tail((1e-2, 1e-4), (0.3, 0.4), 0.02), Tail((1e-2, 1e-4), (0.27, 0.36), 0.02)
    strata = ((Stratum("clear", "Strength", 70.0, None), clear), (Stratum("poor", "Strength", None, 70.0), poor))
    return MeasuredTail(clear, "0" * 64, "a tail", strata)


def test_strangers_on_poor_photographs_lower_the_threshold() -> None:
    assert by_strata().relief(1e-4, [{"Strength": 20.0}]) == (pytest.approx(0.04), "poor")
    assert by_strata().relief(1e-4, [{"Strength": 90.0}]) == (0.0, "clear")


def test_the_photograph_that_gives_least_relief_decides() -> None:
    relief, stratum = by_strata().relief(1e-4, [{"Strength": 20.0}, {"Strength": 90.0}])
    assert (relief, stratum) == (0.0, "clear")


def test_a_photograph_of_no_measured_stratum_gives_none() -> None:
    assert by_strata().relief(1e-4, [{"Strength": None}, {"Strength": 20.0}]) == (0.0, "")
    assert by_strata().relief(1e-4, []) == (0.0, "")
