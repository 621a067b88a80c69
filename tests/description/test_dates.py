"""Dates known in part: what is read, in which form it is kept, and which days it can be."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given

from antigone.description import dates
from antigone.description.errors import BadStatement
from antigone.evidence.secondary import read_date
from tests.description.strategies import partial_dates


@pytest.mark.parametrize(
    ("text", "kept", "first", "last"),
    [
        ("2014", "2014", date(2014, 1, 1), date(2014, 12, 31)),
        ("2016-02", "2016-02", date(2016, 2, 1), date(2016, 2, 29)),
        (" 2014-05-03 ", "2014-05-03", date(2014, 5, 3), date(2014, 5, 3)),
        ("3.5.2014", "2014-05-03", date(2014, 5, 3), date(2014, 5, 3)),
        ("05.2014", "2014-05", date(2014, 5, 1), date(2014, 5, 31)),
        ("2014 / 2016-03", "2014/2016-03", date(2014, 1, 1), date(2016, 3, 31)),
        ("../2014", "../2014", None, date(2014, 12, 31)),
        ("2014/..", "2014/..", date(2014, 1, 1), None),
    ],
)
def test_what_is_read_and_its_bounds(text: str, kept: str, first: date | None, last: date | None) -> None:
    known = dates.read(text)
    assert (known.text, known.first, known.last, known.approximate) == (kept, first, last, False)
    assert dates.bounds(kept) == (first, last)


@pytest.mark.parametrize(("text", "kept"), [("~2014", "2014~"), ("2014-05~", "2014-05~"), ("2014~/2016", "2014~/2016")])
def test_an_approximate_date_has_no_bounds_that_exclude(text: str, kept: str) -> None:
    known = dates.read(text)
    assert (known.text, known.approximate) == (kept, True)
    assert dates.bounds(kept) == (None, None)


@pytest.mark.parametrize(
    "text",
    ["", "soon", "03/05/2014", "2014-13", "2014-00", "2014-02-30", "31.02.2014", "14", "0214", "../..", "2016/2014",
     "2014-5-3", "2014/2015/2016", "٢٠١٤", "2014~~", "~2014~", "2" * 99],
)  # fmt: skip
def test_what_is_no_date_is_refused_with_a_sentence(text: str) -> None:
    with pytest.raises(BadStatement) as refused:
        dates.read(text)
    assert refused.value.sentence.endswith(".")


@given(partial_dates())
def test_the_kept_form_reads_as_itself_and_as_secondary_evidence_reads_it(text: str) -> None:
    known = dates.read(text)
    assert dates.read(known.text) == known
    assert len(known.text) <= dates.LENGTH
    span = read_date(known.text)
    if known.approximate or known.first is None or known.last is None:
        assert span is None
    else:
        assert span is not None
        assert (span.first, span.last) == (known.first, known.last)


def test_what_lies_ahead() -> None:
    today = date(2026, 1, 1)
    assert dates.ahead(dates.read("2026-01-02"), today)
    assert dates.ahead(dates.read("2027/.."), today)
    assert not dates.ahead(dates.read("2026"), today)
    assert not dates.ahead(dates.read("../2027"), today)
