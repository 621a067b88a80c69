"""A lineup is as long as the stated miss rate asks, and says on what ground; an older answer has the older ground."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from antigone.casework.judging.lining_up import BLOCK, MISS_RATE, MOST_BLOCKS, Basis, Wanted, lineup_of, wanted
from antigone.casework.models import Comparison, Search
from antigone.instance import Instance
from tests.casework.blind_world import world

KNOWN = {"operating_point": {"threshold": 0.4}}


def beyond(*rows: tuple[int, float]) -> dict[str, object]:
    return {**KNOWN, "missed": {"beyond": [[rank, share, share, share] for rank, share in rows]}}


def test_the_fewest_that_meet_the_rate_go_and_all_that_pass() -> None:
    answer = beyond((1, 0.2), (5, 0.06), (9, 0.05), (30, 0.01))
    assert wanted(answer, 2) == Wanted(9, Basis.MISS_RATE)
    assert wanted(answer, 12) == Wanted(12, Basis.MISS_RATE)


def test_where_no_list_meets_it_the_lineup_says_so() -> None:
    most = MOST_BLOCKS * (BLOCK - 1)
    assert wanted(beyond((1, 0.6), (40, 0.3)), 2) == Wanted(most, Basis.MISS_RATE_NOT_MET)
    assert wanted(beyond((1, 0.6), (most + 1, 0.01)), 2) == Wanted(most, Basis.MISS_RATE_NOT_MET)


def test_an_answer_without_a_rate_has_the_ground_of_before() -> None:
    assert wanted(KNOWN, 3) == Wanted(3, Basis.OPERATING_POINT)
    assert wanted({**KNOWN, "missed": {"beyond": [], "unknown": "not-measured"}}, 3).basis == Basis.OPERATING_POINT
    assert wanted({"operating_point": None}, 0) == Wanted(0, Basis.NO_OPERATING_POINT)


@given(st.lists(st.tuples(st.integers(1, 60), st.floats(0, 1)), max_size=10), st.integers(0, 80))
def test_all_that_pass_always_go(rows: list[tuple[int, float]], passing: int) -> None:
    found = wanted(beyond(*rows), passing)
    assert found.candidates >= passing
    if found.basis == Basis.MISS_RATE:
        assert any(rank <= found.candidates and share <= MISS_RATE for rank, share in rows)


def test_a_lineup_goes_beyond_those_that_pass_where_the_rate_asks_for_it(
    instance: Instance, monkeypatch: pytest.MonkeyPatch
) -> None:
    here = world(monkeypatch, count=12, later=0, threshold=2.0)
    search = Search.objects.get(pk=here.search.pk)
    search.answer["missed"] = {"beyond": [[1, 0.3, 0.2, 0.4], [9, 0.04, 0.02, 0.06]]}
    search.save(update_fields=["answer"])
    made = lineup_of(search)
    assert made.basis == Basis.MISS_RATE
    assert Comparison.objects.filter(lineup=made).count() == 12
