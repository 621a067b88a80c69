"""When no ratio is given: each reason, in a sentence."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from antigone.evidence.calibration import Calibration, SourceKind
from antigone.evidence.operating_point import shipped as tails
from antigone.evidence.shipped import shipped as ships
from antigone.evidence.spans import Span, Stratum
from antigone.evidence.tails import Tail
from antigone.evidence.withheld import Circumstances, Reason, Withheld, choose, families, of_gallery, weigh
from tests.evidence.calibrations import a_calibration

ADULTS = Circumstances(
    "2" * 64, "plain", 1, 1, {"InterEyeDistance": 80.0}, Span(30, 50), Span(41, 41), Span(39, 40), Span(1, 2)
)


def reasons(case: Circumstances, *calibrations: Calibration) -> list[Reason]:
    weighed = weigh(0.5, calibrations, case)
    assert (weighed.ratio is None) == bool(weighed.withheld)
    assert all(each.sentence.startswith("No likelihood ratio: ") for each in weighed.withheld)
    return [each.reason for each in weighed.withheld]


def test_adults_within_what_the_data_saw_get_a_ratio() -> None:
    weighed = weigh(0.5, [a_calibration()], ADULTS)
    assert weighed.ratio == a_calibration().likelihood_ratio(0.5)
    assert (weighed.withheld, weighed.cautions) == ((), ())


def test_no_calibration_for_this_contract_or_way_of_comparing() -> None:
    assert reasons(ADULTS) == [Reason.NO_CALIBRATION]
    assert reasons(replace(ADULTS, contract="3" * 64), a_calibration()) == [Reason.NO_CALIBRATION]
    assert reasons(replace(ADULTS, pipeline="fused"), a_calibration()) == [Reason.NO_CALIBRATION]


def test_no_calibration_for_this_quality() -> None:
    near = a_calibration(stratum=Stratum("near", "InterEyeDistance", 100.0, None))
    assert reasons(ADULTS, near) == [Reason.STRATUM]
    assert reasons(replace(ADULTS, quality={}), near) == [Reason.STRATUM]
    assert reasons(replace(ADULTS, quality={"InterEyeDistance": 120.0}), near) == []


def test_no_calibration_for_so_many_photographs() -> None:
    """The best of five portraits scores higher with strangers too: a calibration of one does not hold."""
    assert reasons(replace(ADULTS, portraits=5), a_calibration()) == [Reason.COUNTS]
    assert reasons(replace(ADULTS, photos=2), a_calibration(photos=Span(1, 3))) == []


def test_children_have_no_ratio_and_somebody_is_told() -> None:
    for young in (
        replace(ADULTS, body_ages=Span(15, 25)),
        replace(ADULTS, person_ages=Span(17, 17)),
        replace(ADULTS, portrait_ages=Span(9, 12)),
        replace(ADULTS, body_ages=Span(None, 25)),
    ):
        weighed = weigh(0.5, [a_calibration()], young)
        assert [each.reason for each in weighed.withheld] == [Reason.UNDER_AGE]
        assert weighed.withheld[0].child_protection
        assert "child-protection lead" in weighed.withheld[0].sentence


def test_children_are_seen_even_where_nothing_is_calibrated() -> None:
    assert reasons(replace(ADULTS, body_ages=Span(3, 5))) == [Reason.NO_CALIBRATION, Reason.UNDER_AGE]


def test_an_age_gap_that_nothing_validates() -> None:
    assert reasons(replace(ADULTS, gap_years=Span(2, 12)), a_calibration()) == [Reason.AGE_GAP]
    assert reasons(replace(ADULTS, gap_years=Span(12, None)), a_calibration()) == [Reason.AGE_GAP]
    assert reasons(replace(ADULTS, gap_years=Span(2, 12)), a_calibration(gap_years=15.0)) == []


def test_years_unseen_are_a_gap_where_no_portrait_is_dated() -> None:
    undated = replace(ADULTS, gap_years=None)
    assert reasons(replace(undated, unseen_years=6), a_calibration()) == [Reason.AGE_GAP]
    assert reasons(replace(undated, unseen_years=5), a_calibration()) == []
    assert reasons(replace(undated, unseen_years=1), a_calibration(gap_years=0.0)) == [Reason.AGE_GAP]


def test_ages_that_the_data_did_not_see() -> None:
    assert reasons(replace(ADULTS, body_ages=Span(70, 90)), a_calibration(ages=Span(18, 60))) == [Reason.AGES]


def test_relatives_among_the_missing() -> None:
    weighed = weigh(0.5, [a_calibration()], replace(ADULTS, relatives=("M-2", "M-7")))
    assert [each.reason for each in weighed.withheld] == [Reason.RELATIVES]
    assert "M-2, M-7" in weighed.withheld[0].sentence


def test_what_is_not_known_is_a_caution_beside_the_ratio() -> None:
    weighed = weigh(0.5, [a_calibration()], Circumstances("2" * 64, "plain", 1, 1))
    assert weighed.ratio is not None
    assert len(weighed.cautions) == 2


def test_own_cases_come_before_the_living_and_the_narrower_before_the_wider() -> None:
    living = a_calibration(date="2026-11-20")
    narrow = a_calibration(stratum=Stratum("far", "InterEyeDistance", 20.0, 100.0))
    own = a_calibration(source=SourceKind.OWN_CASES, date="2020-01-01")
    newer = a_calibration(date="2026-11-23")
    assert choose([living, narrow, own], ADULTS) == own
    assert choose([living, narrow], ADULTS) == narrow
    assert choose([newer, living], ADULTS) == newer
    assert isinstance(choose([], ADULTS), Withheld)


def test_families_stand_together_where_their_best_stands() -> None:
    listed = ["A", "B", "C", "D", "E"]
    assert families(listed, {"D": ["B"], "E": ["D"], "C": ["Z"]}) == (("A",), ("B", "D", "E"), ("C",))
    assert families(listed, {}) == tuple((each,) for each in listed)
    assert families([], {"A": ["B"]}) == ()


def tail(shift: float) -> Tail:
    """Strangers of a gallery whose ratios are allowed exactly, moved by so much score."""
    rates = (1e-1, 1e-2, 1e-3)
    calibration = a_calibration()
    grid = np.linspace(-1, 1, 20_001)
    ratios = calibration.log10_ratios(grid)
    return Tail(rates, tuple(float(grid[np.argmax(ratios >= -np.log10(rate))]) + shift for rate in rates), 0.02)


def test_a_gallery_of_people_too_much_alike_gets_no_ratio() -> None:
    assert reasons(replace(ADULTS, strangers=tail(-0.05)), a_calibration()) == []
    assert reasons(replace(ADULTS, strangers=tail(0.3)), a_calibration()) == [Reason.GALLERY]


def test_the_gallery_of_the_benchmark_keeps_its_ratios() -> None:
    """What ships must not be withheld from a gallery like the one that it was made on."""
    assert ships()
    for each in ships():
        own = tails()[each.pipeline].tail
        assert of_gallery(each, replace(ADULTS, strangers=own)) == (), (each.pipeline, each.stratum.name)


def test_photographs_of_different_strata_get_no_ratio_together() -> None:
    far = a_calibration(stratum=Stratum("far", "InterEyeDistance", None, 100.0), photos=Span(1, 2))
    two = replace(ADULTS, photos=2, quality={"InterEyeDistance": 80.0})
    assert reasons(replace(two, best_quality={"InterEyeDistance": 90.0}), far) == []
    assert reasons(replace(two, best_quality={"InterEyeDistance": 140.0}), far) == [Reason.STRATUM]
