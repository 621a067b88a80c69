"""Custody: who does not hold it cannot hand it over, and what is not known is shown."""

from __future__ import annotations

import itertools
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from antigone.access.errors import Refused
from antigone.access.rules import Role
from antigone.instance import Instance
from antigone.ledger.models import Entry
from antigone.remains import chains, custody, sampling
from antigone.remains.chains import Link
from antigone.remains.custody import HandOver
from antigone.remains.errors import BadRecord, NotHere, RecordRefused
from antigone.remains.models import CustodyStep
from antigone.remains.sampling import Answer, NewSample
from tests.factories import operator
from tests.remains.staff import body, living, staff, stranger

MORNING = datetime(2026, 1, 5, 8, tzinfo=UTC)
HOLDERS = st.sampled_from(["A. Finder", "Team A", "Mortuary 3", "Laboratory"])
SEALS = st.sampled_from(["", "S-1", "S-2"])
LINKS = st.builds(
    Link,
    from_holder=HOLDERS,
    to_holder=HOLDERS,
    at=st.integers(0, 50).map(lambda hours: MORNING + timedelta(hours=hours)),
    seal=SEALS,
    seal_found=SEALS,
    gap=st.sampled_from(["", "found on the floor of the store"]),
)


@settings(deadline=None)
@given(st.lists(LINKS, max_size=12))
def test_a_chain_holds_or_says_where_it_does_not(offered: list[Link]) -> None:
    chain: list[Link] = []
    for link in offered:
        if chains.fault(chain, link) is None:
            chain.append(link)
    gaps = 0
    for before, after in itertools.pairwise(chain):
        assert before.at <= after.at
        if not chains.same(before.to_holder, after.from_holder):
            assert after.gap
            gaps += 1
    told = chains.breaks(chain)
    assert sum("nobody is on record" in each.words for each in told) == gaps
    seals = sum(before.seal != after.seal_found for before, after in itertools.pairwise(chain))
    assert len(told) == gaps + seals
    assert chains.holder(chain) == (chain[-1].to_holder if chain else "")


def hand(from_holder: str, to_holder: str, hours: int = 0, **more: str) -> HandOver:
    return HandOver(
        from_holder, to_holder, "river bank", "to the mortuary", MORNING + timedelta(hours=hours), "A", "B", **more
    )


def test_who_does_not_hold_it_cannot_hand_it_over(instance: Instance) -> None:
    subject, who = body(), operator()
    custody.hand_over(subject, hand("A. Finder", "Team A", seal="S-1"), who)
    with pytest.raises(RecordRefused, match="Team A"):
        custody.hand_over(subject, hand("Mortuary 3", "Laboratory", 1), who)
    with pytest.raises(RecordRefused, match="later"):
        custody.hand_over(subject, hand("Team A", "Mortuary 3", -1), who)
    with pytest.raises(RecordRefused):
        custody.hand_over(subject, hand("Team A", " team  a", 1), who)
    step = custody.hand_over(subject, hand("team a", "Mortuary 3", 1, seal_found="S-1"), who)
    assert step.number == 2
    read = custody.chain(subject, who)
    assert (read.holder, read.breaks) == ("Mortuary 3", ())


def test_a_gap_is_recorded_and_shown(instance: Instance) -> None:
    subject, who = body(), operator()
    custody.hand_over(subject, hand("A. Finder", "Team A", seal="S-1"), who)
    custody.hand_over(subject, hand("A. Driver", "Mortuary 3", 5, gap="brought by a lorry, no paper"), who)
    told = custody.chain(subject, who).breaks
    assert [each.number for each in told] == [2, 2]
    assert "brought by a lorry" in told[0].words
    assert "S-1" in told[1].words


def test_an_effect_and_a_sample_have_chains_of_their_own(instance: Instance) -> None:
    subject, other, who = body(), body("LIMEN-A-002"), operator()
    taken = NewSample("T-1", "tooth", "dna", "Dr A", "fridge 1")
    sample = sampling.add(subject, taken, who)
    custody.hand_over(subject, hand("Dr A", "Laboratory"), who, sample=sample)
    assert custody.chain(subject, who).steps == ()
    assert list(custody.chains_of(subject, who)) == [f"sample:{sample.pk}"]
    with pytest.raises(NotHere):
        custody.hand_over(other, hand("Laboratory", "Dr A", 1), who, sample=sample)
    with pytest.raises(RecordRefused):
        sampling.add(subject, taken, who)
    sampling.answer(sample, Answer("a full profile; reference L-77"), who)
    with pytest.raises(RecordRefused):
        sampling.answer(sample, Answer("another"), who)
    sample.refresh_from_db()
    assert sample.kept_at == "fridge 1"


@pytest.mark.parametrize(
    "wrong",
    [
        {"to_holder": ""},
        {"place": "x" * 201},
        {"reason": "a\x00b"},
        {"at": datetime(2999, 1, 1, tzinfo=UTC)},
    ],
)
def test_a_step_that_cannot_be_kept_is_not(wrong: dict[str, object], instance: Instance) -> None:
    with pytest.raises(BadRecord) as refused:
        custody.hand_over(body(), HandOver(**{**vars(hand("A", "B")), **wrong}), operator())  # type: ignore[arg-type]
    assert set(refused.value.parts) == set(wrong)
    assert not CustodyStep.objects.exists()
    assert not Entry.objects.filter(action="remains:custody:hand-over").exists()


def test_custody_is_of_the_agencys_dead_and_for_who_may(instance: Instance) -> None:
    subject = body()
    with pytest.raises(NotHere):
        custody.hand_over(subject, hand("A", "B"), stranger())
    with pytest.raises(NotHere):
        custody.chain(subject, stranger())
    with pytest.raises(Refused):
        custody.hand_over(subject, hand("A", "B"), staff("board", Role.BOARD_MEMBER))
    with pytest.raises(RecordRefused):
        custody.hand_over(living(), hand("A", "B"), operator())
