"""Individuals: which units are of one person is decided, read back, and taken back without a trace in what stands."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from antigone.access.errors import Refused
from antigone.access.rules import Role
from antigone.instance import Instance
from antigone.ledger.models import Entry
from antigone.remains import associating, individuals
from antigone.remains.errors import BadRecord, NotHere, RecordRefused
from antigone.remains.events import AssociationChanged, associated
from antigone.remains.models import Association, AssociationEvent, Individual, Subject
from tests.factories import operator
from tests.remains.staff import body, living, staff, stranger


def standing() -> dict[int, int]:
    """Which unit is of which individual now."""
    return dict(Association.objects.filter(until=None).values_list("unit", "individual"))


def merged() -> dict[int, int | None]:
    return dict(Individual.objects.values_list("pk", "merged_into"))


@pytest.fixture
def heard() -> Iterator[list[AssociationChanged]]:
    """What the rooms above are told."""
    events: list[AssociationChanged] = []

    def hear(event: AssociationChanged, **_: object) -> None:
        events.append(event)

    associated.connect(hear)
    yield events
    associated.disconnect(hear)


@pytest.fixture
def units(instance: Instance) -> list[Subject]:
    return [body(f"LIMEN-A-{number:03d}", "body-part") for number in range(1, 5)]


def last() -> AssociationEvent:
    return AssociationEvent.objects.latest("pk")


def test_units_become_one_individual_and_it_is_told(units: list[Subject], heard: list[AssociationChanged]) -> None:
    one = associating.associate(units[:2], None, "joined at the hip", operator())
    assert standing() == {units[0].pk: one.pk, units[1].pk: one.pk}
    associating.associate(units[2:3], one, "same fracture line", operator())
    assert heard[-1].subjects == tuple(unit.pk for unit in units[:3])
    assert heard[-1].individuals == (one.pk,)
    row = Association.objects.get(unit=units[2])
    assert (row.by, row.reason, row.ended_by) == (operator().actor, "same fracture line", "")


def test_merging_and_taking_it_back_is_as_if_nothing_was(units: list[Subject], heard: list[AssociationChanged]) -> None:
    one = associating.associate(units[:2], None, "joined", operator())
    two = associating.associate(units[2:], None, "joined", operator())
    before = standing(), merged()
    associating.merge(one, two, "one person by DNA", operator())
    assert set(standing().values()) == {one.pk}
    back = associating.undo(last(), "the laboratory mixed two samples up", operator())
    assert (standing(), merged()) == before
    assert heard[-1].decision == back.pk
    assert heard[-1].subjects == tuple(unit.pk for unit in units)
    assert set(heard[-1].individuals) == {one.pk, two.pk}
    # What was thought meanwhile stays readable.
    assert Association.objects.filter(individual=one, ended=back).count() == 2


def test_splitting_leaves_somebody_behind(units: list[Subject]) -> None:
    one = associating.associate(units[:3], None, "joined", operator())
    with pytest.raises(RecordRefused):
        associating.split(one, units[:3], "all", operator())
    with pytest.raises(RecordRefused):
        associating.split(one, units[3:], "not there", operator())
    apart = associating.split(one, units[1:2], "two left hands", operator())
    assert standing() == {units[0].pk: one.pk, units[1].pk: apart.pk, units[2].pk: one.pk}
    associating.undo(last(), "one of them is a right hand", operator())
    assert set(standing().values()) == {one.pk}


def test_a_decision_that_others_rest_on_is_not_taken_back(units: list[Subject]) -> None:
    one = associating.associate(units[:2], None, "joined", operator())
    first = last()
    associating.split(one, units[1:2], "two left hands", operator())
    second = last()
    with pytest.raises(RecordRefused):
        associating.undo(first, "wrong", operator())
    associating.undo(second, "wrong", operator())
    with pytest.raises(RecordRefused):
        associating.undo(second, "twice", operator())
    with pytest.raises(RecordRefused):
        associating.undo(last(), "undo of an undo", operator())
    associating.undo(first, "wrong", operator())
    assert standing() == {}


def test_units_return_to_nobody_who_was_merged_away(units: list[Subject]) -> None:
    one = associating.associate(units[:2], None, "joined", operator())
    other = associating.associate(units[2:], None, "joined", operator())
    associating.split(one, units[:1], "apart", operator())
    apart = last()
    associating.merge(other, one, "one person", operator())
    with pytest.raises(RecordRefused):
        associating.undo(apart, "back", operator())
    with pytest.raises(RecordRefused):
        associating.associate(units[:1], one, "into a merged one", operator())


def test_a_unit_is_moved_by_a_split_or_a_merger_only(units: list[Subject]) -> None:
    one = associating.associate(units[:1], None, "alone", operator())
    two = associating.associate(units[1:2], None, "alone", operator())
    with pytest.raises(RecordRefused):
        associating.associate(units[:1], two, "moved", operator())
    with pytest.raises(RecordRefused):
        associating.associate(units[:1], one, "again", operator())
    with pytest.raises(RecordRefused):
        associating.merge(one, one, "itself", operator())
    with pytest.raises(BadRecord):
        associating.merge(one, two, " ", operator())
    assert standing() == {units[0].pk: one.pk, units[1].pk: two.pk}


def test_only_who_decides_and_only_of_their_own(units: list[Subject]) -> None:
    recorder = staff("recorder", Role.FIELD_RECORDER)
    with pytest.raises(Refused):
        associating.associate(units, None, "joined", recorder)
    assert Entry.objects.filter(action="access:permission:refuse").exists()
    with pytest.raises(NotHere):
        associating.associate(units, None, "joined", stranger())
    one = associating.associate(units[:2], None, "joined", operator())
    with pytest.raises(NotHere):
        associating.split(one, units[:1], "apart", stranger())
    with pytest.raises(NotHere):
        associating.undo(last(), "back", stranger())
    with pytest.raises(RecordRefused):
        associating.associate([living()], None, "alive", operator())
    assert standing() == {units[0].pk: one.pk, units[1].pk: one.pk}


Move = st.tuples(st.sampled_from(["associate", "split", "merge"]), st.integers(0, 99), st.integers(0, 99))


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(Move, max_size=5))
def test_taking_back_everything_in_turn_leaves_nothing(units: list[Subject], moves: list[tuple[str, int, int]]) -> None:
    with transaction.atomic():
        seen = [(standing(), merged())]
        done: list[AssociationEvent] = []
        for move in moves:
            if _made(move, units):
                done.append(last())
                seen.append((standing(), merged()))
                # A unit is of one individual, and of none that was merged away.
                assert not any(merged()[individual] for individual in standing().values())
        for decision in reversed(done):
            now = standing(), merged()
            assert now[0] == seen.pop()[0]
            associating.undo(decision, "in turn", operator())
            assert standing() == seen[-1][0]
        transaction.set_rollback(True)


def _made(move: tuple[str, int, int], units: list[Subject]) -> bool:
    what, first, second = move
    there = list(Individual.objects.filter(merged_into=None).order_by("pk"))
    one = there[first % len(there)] if there else None
    try:
        if what == "associate":
            free = [unit for unit in units if unit.pk not in standing()]
            associating.associate(free[: 1 + second % 2], one if first % 2 else None, "drawn", operator())
        elif one is None:
            return False
        elif what == "split":
            mine = [unit for unit in units if standing().get(unit.pk) == one.pk]
            associating.split(one, mine[:1], "drawn", operator())
        else:
            associating.merge(one, there[second % len(there)], "drawn", operator())
    except RecordRefused:
        return False
    return True


def test_decisions_are_read_back_in_their_order(units: list[Subject]) -> None:
    who = operator()
    one = associating.associate(units[:2], None, "joined", who)
    two = associating.associate(units[2:], None, "joined", who)
    associating.merge(one, two, "one person by DNA", who)
    associating.undo(last(), "two samples were mixed up", who)
    read = individuals.whole(two, who)
    assert [each.event.deed for each in read.decisions] == ["associate", "merge", "undo"]
    assert read.decisions[1].undone_by == read.decisions[2].event
    assert read.units == tuple(units[2:])
    assert [each.code for each in read.units] == list(individuals.individuals(who)[0].codes)
    assert [line.pk for line in individuals.individuals(who, before=two.pk)] == [one.pk]
    assert individuals.of_unit(units[0], who) == one
    for act in (
        lambda: individuals.whole(one, stranger()),
        lambda: individuals.individual(stranger(), one.pk),
        lambda: individuals.of_unit(units[0], stranger()),
        lambda: individuals.decision(stranger(), last().pk),
    ):
        with pytest.raises(NotHere):
            act()
    assert individuals.individuals(stranger()) == []
