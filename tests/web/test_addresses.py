"""What an address names is read as it was meant, or as nothing: whatever it holds, a page is no crash."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from antigone.web.addresses import LARGEST, number


@given(st.text())
def test_any_text_is_a_number_that_a_database_takes_or_none(text: str) -> None:
    found = number(text)
    assert found is None or (0 <= found <= LARGEST and int(text) == found)


@pytest.mark.parametrize("text", ["", "-1", "1.5", "1e3", "²", "٣", str(LARGEST + 1), "9" * 5000])
def test_what_is_no_number_of_a_record(text: str) -> None:
    assert number(text) is None


@pytest.mark.parametrize(("text", "found"), [("0", 0), (" 7 ", 7), ("150", 150), ("151", None), ("0150", None)])
def test_a_number_has_its_most(text: str, found: int | None) -> None:
    assert number(text, 150) == found
