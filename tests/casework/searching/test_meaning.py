"""What stands beside "none of these": who has no portrait, the miss rate where one was measured, and no other."""

from __future__ import annotations

import pytest

from antigone.casework.searching import meaning
from antigone.casework.searching.meaning import missed, none_means
from antigone.evidence import OperatingPoint, Stratum
from antigone.evidence.miss_rates import MeasuredStratum, MissRates, Share

POINT = OperatingPoint(0.4, 0.01, "set by the test")
CLEAR = MeasuredStratum(
    Stratum("clear", "TemplateStrength", 72.0, None), 90, 120, 80, 400,
    ((0.3, Share(0.02, 0.01, 0.03)), (0.42, Share(0.0512, 0.03, 0.08))),
    ((1, Share(0.1, 0.08, 0.12)), (8, Share(0.0, 0.0, 0.03))),
)  # fmt: skip
CLEARLY = [{"TemplateStrength": 90}]
SHOWN = {"searched_persons": 40, "without_portrait": 3}


@pytest.fixture(autouse=True)
def rates(monkeypatch: pytest.MonkeyPatch) -> None:
    known = MissRates("c" * 64, "robust-1", "faces of a test", "2026-01-01", 400, "Nothing of the dead.", (CLEAR,))
    monkeypatch.setattr(meaning, "measured", lambda contract: known if contract == "c" * 64 else None)


def test_the_rate_of_this_operating_point_is_kept_with_where_it_comes_from() -> None:
    kept = missed("c" * 64, POINT, CLEARLY, 40, 20)
    assert kept["rate"] == [0.0512, 0.03, 0.08]
    assert (kept["unknown"], kept["people"], kept["stratum"]) == ("", 90, "clear")
    assert next(row[0] for row in kept["beyond"]) == 1
    said = " ".join(none_means({**SHOWN, "missed": kept}))
    assert "3 of the 43 missing persons" in said
    assert "5.1 %" in said
    assert "3.0 % to 8.0 %" in said
    assert "90 people who were held out" in said
    assert "Nothing of the dead." in said
    assert "never closes a case" in said
    assert "several together" not in said


def test_of_several_photographs_it_says_that_it_was_measured_with_one() -> None:
    kept = missed("c" * 64, POINT, CLEARLY * 2, 40, 20)
    assert "for several together none was" in " ".join(none_means({**SHOWN, "missed": kept}))


@pytest.mark.parametrize(
    ("contract", "point", "quality", "words"),
    [
        ("d" * 64, POINT, CLEARLY, "none was measured for this face model"),
        ("c" * 64, None, CLEARLY, "no operating point"),
        ("c" * 64, POINT, [{"TemplateStrength": 30}], "photographs like these"),
        ("c" * 64, POINT, [{}], "photographs like these"),
        ("c" * 64, OperatingPoint(0.9, 0.01, ""), CLEARLY, "beyond the scores that were measured"),
    ],
)
def test_where_none_was_measured_none_is_known(
    contract: str, point: OperatingPoint | None, quality: list[dict[str, float | None]], words: str
) -> None:
    kept = missed(contract, point, quality, 40, 20)
    assert kept["rate"] is None
    said = " ".join(none_means({**SHOWN, "missed": kept}))
    assert "No miss rate is known" in said
    assert words in said
    assert "never closes a case" in said


def test_an_answer_of_an_older_version_is_told_as_one() -> None:
    said = " ".join(none_means({"searched_persons": 4, "without_portrait": 0}))
    assert "kept before miss rates were stated" in said
    assert "0 of the 4 missing persons" in said


def test_a_share_never_says_nothing_or_all() -> None:
    assert meaning.percent(0.0) == "less than 0.1 %"
    assert meaning.percent(1.0) == "more than 99.9 %"
    assert meaning.percent(0.25) == "25.0 %"
