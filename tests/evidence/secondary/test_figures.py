"""Figures without a source, or that are no figures, are refused with a sentence; partial dates are read."""

from __future__ import annotations

import json
import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from antigone.evidence.secondary import AgeFound, DateSpan, FiguresRefused, StatureFound, StatureTold, read_date
from antigone.evidence.secondary.dates import age_range, whole_years
from antigone.evidence.secondary.figures import Ages, Figures, read_figures

SHARE = {"share": 0.1, "source": "register"}

anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["share", "source", "values", "mean"]), inner)
    ),
    max_leaves=6,
)


@pytest.mark.parametrize(
    "data",
    [
        {"female": {"share": 0.1}},
        {"female": {"share": 0.1, "source": " "}},
        {"female": {"share": 0.1, "source": None}},
        {"female": {"share": 1, "source": "register"}},
        {"female": {"share": float("nan"), "source": "register"}},
        {"ages": {"values": [], "source": "register"}},
        {"ages": {"values": "123", "source": "register"}},
        {"ages": {"values": [200], "source": "register"}},
        {"statures": {"male": {"mean": 170, "sd": 0, "source": "survey"}}},
        {"statures": [1]},
        {"sex_errors": {"external": {"female": SHARE}}},
        {"marks": {"scar": {**SHARE, "found": {"share": 0.05, "source": "own"}}}},
        {"last_seen": {"values": ["soon"], "source": "register"}},
        {"last_seen": {"values": [], "source": "register"}},
        {"horoscope": SHARE},
        [],
    ],
)
def test_what_cannot_be_used_is_refused_with_a_sentence(data: Any) -> None:
    with pytest.raises(FiguresRefused, match=r"\.$"):
        read_figures(data)


@given(st.dictionaries(st.sampled_from(["female", "ages", "marks", "statures", "last_seen", "reports"]), anything))
def test_no_figures_crash(data: dict[str, Any]) -> None:
    try:
        read_figures(data)
        said = "Read."
    except FiguresRefused as refused:
        said = str(refused)
    assert said.endswith(".")


def test_no_figures_are_no_figures() -> None:
    assert read_figures({}).female is None
    assert read_figures({"female": SHARE}).female is not None


@given(st.lists(st.integers(0, 130), min_size=1), st.integers(0, 130), st.integers(0, 130))
def test_a_share_of_ages_is_never_none_or_all(values: list[int], low: int, high: int) -> None:
    assert 0 < Ages(tuple(values), "register").share_within(low, high) < 1


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("1987", date(1987, 1, 1), date(1987, 12, 31)),
        (" 1987-02 ", date(1987, 2, 1), date(1987, 2, 28)),
        ("1988-02-29", date(1988, 2, 29), date(1988, 2, 29)),
        ("1985/1987-03", date(1985, 1, 1), date(1987, 3, 31)),
    ],
)
def test_partial_dates_are_spans(text: str, first: date, last: date) -> None:
    assert read_date(text) == DateSpan(first, last)


@pytest.mark.parametrize(
    "text", ["", "unknown", "1987-2", "1987-02-30", "0000", "1990/1985", "/1990", "1990/", "1990/91"]
)
def test_what_is_no_date_is_unknown(text: str) -> None:
    assert read_date(text) is None


@given(st.text(max_size=20))
def test_no_text_crashes_the_reading_of_dates(text: str) -> None:
    assert read_date(text) is None or isinstance(read_date(text), DateSpan)


@given(st.dates(), st.integers(0, 400), st.dates(), st.integers(0, 400))
def test_an_age_lies_within_its_range(birth: date, longer: int, day: date, later: int) -> None:
    try:
        born = DateSpan(birth, date.fromordinal(birth.toordinal() + longer))
        when = DateSpan(day, date.fromordinal(day.toordinal() + later))
    except ValueError:
        return
    low, high = age_range(born, when)
    assert low <= whole_years(birth, day) <= high


def test_a_birthday_counts_on_the_day() -> None:
    assert whole_years(date(2000, 5, 10), date(2018, 5, 9)) == 17
    assert whole_years(date(2000, 5, 10), date(2018, 5, 10)) == 18


def test_findings_that_no_body_has_are_refused() -> None:
    for make in (
        lambda: AgeFound(40, 30),
        lambda: AgeFound(20, 30, 0.95),
        lambda: AgeFound(20, 30, 1.0, "laboratory"),
        lambda: StatureFound(10, "length"),
        lambda: StatureFound(170, "guess"),
        lambda: StatureFound(170, "estimate", 3.0),
        lambda: StatureTold(300),
        lambda: DateSpan(date(2024, 1, 2), date(2024, 1, 1)),
    ):
        with pytest.raises(ValueError, match=r"\.$"):
            make()


def test_the_example_in_the_document_can_be_read() -> None:
    document = Path(__file__).parents[3] / "docs" / "secondary-evidence.md"
    (example,) = re.findall(r"```json\n(.*?)```", document.read_text(encoding="utf-8"), re.DOTALL)
    given = read_figures(json.loads(example))
    assert all(getattr(given, name) for name in Figures.__dataclass_fields__)
