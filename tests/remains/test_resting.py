"""Discs, storage, graves, kin's choice and release: what excludes what, and who signs."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from antigone.access.errors import Refused
from antigone.access.rules import Role
from antigone.instance import Instance
from antigone.ledger.models import Entry
from antigone.remains import releasing, resting
from antigone.remains.errors import BadRecord, NotHere, RecordRefused
from antigone.remains.models import IdentityDisc, KinChoice, Release, ReleaseState, Storage
from antigone.remains.releasing import NewRelease
from antigone.remains.resting import Disc, NewBurial, NewExhumation
from tests.factories import operator
from tests.remains.staff import body, living, staff, stranger

MORNING = datetime(2026, 1, 5, 8, tzinfo=UTC)


def burial(on: date = date(2026, 1, 10), **more: str) -> NewBurial:
    return NewBurial(**{"kind": "individual", "place": "Cemetery 2", "on": on, "by": "the parish", **more})  # type: ignore[arg-type]


def opening(on: date = date(2026, 2, 1)) -> NewExhumation:
    return NewExhumation(on, "Team A", "order 12 of the court", "samples for DNA")


def release(**more: str) -> NewRelease:
    values = {
        "identification": "report 7",
        "to_whom": "O. Sister",
        "capacity": "sister",
        "place": "Mortuary 3",
        "code_on_body": "LIMEN-A-001",
        "code_on_bag": "limen-a-001",
    }
    return NewRelease(**{**values, **more})


def test_what_is_said_of_the_disc_is_followed_and_not_lost(instance: Instance) -> None:
    subject, who = body(), operator()
    resting.state_disc(subject, Disc("whole", "K 12 345"), who)
    resting.state_disc(subject, Disc("half-left", "K 12 345", half_sent_to="the Bureau"), who)
    assert [(each.state, each.ended_at is None) for each in IdentityDisc.objects.order_by("pk")] == [
        ("whole", False),
        ("half-left", True),
    ]
    for wrong in (Disc("absent", "K 12"), Disc("half-left"), Disc("whole", half_sent_to="the Bureau")):
        with pytest.raises(RecordRefused):
            resting.state_disc(subject, wrong, who)


def test_a_body_lies_in_one_place(instance: Instance) -> None:
    subject, who = body(), operator()
    resting.store(subject, "Mortuary 3", "drawer 4", MORNING, who)
    resting.store(subject, "Mortuary 3", "drawer 9", MORNING.replace(hour=12), who)
    first, second = Storage.objects.order_by("pk")
    assert (first.until, second.until) == (MORNING.replace(hour=12), None)
    with pytest.raises(RecordRefused):
        resting.store(subject, "Mortuary 1", "", MORNING.replace(hour=10), who)
    with pytest.raises(BadRecord):
        resting.store(subject, "", "", MORNING.replace(hour=13), who)
    assert Storage.objects.filter(until=None).get() == second


def test_a_grave_is_opened_before_the_next_burial(instance: Instance) -> None:
    subject, who = body(), operator()
    resting.store(subject, "Mortuary 3", "drawer 4", MORNING, who)
    grave = resting.bury(subject, burial(grave="14", marker="a cross with the code"), who)
    assert not Storage.objects.filter(until=None).exists()
    with pytest.raises(RecordRefused, match="exhumation"):
        resting.bury(subject, burial(date(2026, 3, 1)), who)
    with pytest.raises(RecordRefused, match="exhumation"):
        resting.store(subject, "Mortuary 3", "drawer 4", MORNING, who)
    with pytest.raises(RecordRefused):
        resting.exhume(grave, opening(date(2026, 1, 9)), who)
    resting.exhume(grave, opening(), who)
    with pytest.raises(RecordRefused):
        resting.exhume(grave, opening(), who)
    resting.store(subject, "Mortuary 3", "drawer 5", datetime(2026, 2, 1, 9, tzinfo=UTC), who)
    with pytest.raises(RecordRefused):
        resting.bury(subject, burial(date(2026, 1, 20)), who)
    resting.bury(subject, burial(date(2026, 3, 1), rites="Orthodox"), who)
    assert [each.on for each in resting.graves(subject, who)] == [date(2026, 1, 10), date(2026, 3, 1)]


def test_cremation_and_a_collective_grave_have_their_reason(instance: Instance) -> None:
    subject, who = body(), operator()
    for kind in ("cremation", "collective"):
        with pytest.raises(RecordRefused, match="grave of their own"):
            resting.bury(subject, burial(kind=kind), who)
    resting.bury(subject, burial(kind="cremation", why="their religion, as the family told"), who)
    with pytest.raises(RecordRefused):
        resting.bury(subject, burial(date(2026, 3, 1)), who)


def test_kin_choose_or_were_not_asked(instance: Instance) -> None:
    subject, who = body(), operator()
    resting.choose_later_fragments(subject, "not-asked", who)
    with pytest.raises(RecordRefused):
        resting.choose_later_fragments(subject, "not-at-all", who)
    with pytest.raises(RecordRefused):
        resting.choose_later_fragments(subject, "not-asked", who, chosen_by="O. Sister")
    resting.choose_later_fragments(
        subject, "once-at-the-end", who, chosen_by="O. Sister", relation="sister", chosen_on=date(2026, 3, 1)
    )
    assert KinChoice.objects.get(ended_at=None).choice == "once-at-the-end"
    assert KinChoice.objects.count() == 2


def test_a_release_has_both_codes_and_two_persons(instance: Instance) -> None:
    subject, first, second = body(), operator(), staff("second", Role.MORTUARY_EXAMINER)
    resting.store(subject, "Mortuary 3", "drawer 4", MORNING, first)
    paper = releasing.prepare(subject, release(), first)
    with pytest.raises(RecordRefused, match="another person"):
        releasing.sign(paper, "LIMEN-A-001", "LIMEN-A-001", first)
    for on_body, on_bag in (("LIMEN-A-002", "LIMEN-A-001"), ("LIMEN-A-001", ""), ("", "")):
        with pytest.raises(RecordRefused, match="Do not release"):
            releasing.sign(paper, on_body, on_bag, second)
    paper.refresh_from_db()
    assert paper.state == ReleaseState.PREPARED
    releasing.sign(paper, "LIMEN-A-001", "LIMEN-A-001", second)
    assert (paper.state, paper.second_by) == (ReleaseState.SIGNED, second.actor)
    assert not Storage.objects.filter(until=None).exists()
    assert Entry.objects.filter(action="remains:release:refuse").count() == 4
    with pytest.raises(RecordRefused):
        releasing.prepare(subject, release(), second)


@pytest.mark.parametrize("wrong", ["code_on_body", "code_on_bag"])
def test_the_wrong_body_is_not_released(wrong: str, instance: Instance) -> None:
    subject = body()
    with pytest.raises(RecordRefused, match="Do not release"):
        releasing.prepare(subject, release(**{wrong: "LIMEN-A-010"}), operator())
    with pytest.raises(BadRecord):
        releasing.prepare(subject, release(identification=" "), operator())
    assert not Release.objects.exists()
    assert Entry.objects.filter(action="remains:release:refuse").count() == 1


def test_a_cancelled_release_can_be_prepared_again(instance: Instance) -> None:
    subject, who = body(), operator()
    paper = releasing.prepare(subject, release(), who)
    with pytest.raises(RecordRefused):
        releasing.cancel(paper, " ", who)
    releasing.cancel(paper, "the family came later", who)
    again = releasing.prepare(subject, release(), who)
    with pytest.raises(RecordRefused):
        releasing.sign(paper, "LIMEN-A-001", "LIMEN-A-001", staff("second", Role.MORTUARY_EXAMINER))
    assert again.state == ReleaseState.PREPARED


def test_it_is_the_agencys_and_for_who_may(instance: Instance) -> None:
    subject, other = body(), stranger()
    paper = releasing.prepare(subject, release(), operator())
    for act in (
        lambda: resting.state_disc(subject, Disc("whole"), other),
        lambda: resting.store(subject, "M", "", MORNING, other),
        lambda: resting.bury(subject, burial(), other),
        lambda: resting.choose_later_fragments(subject, "not-asked", other),
        lambda: releasing.sign(paper, "LIMEN-A-001", "LIMEN-A-001", other),
        lambda: releasing.cancel(paper, "x", other),
        lambda: resting.graves(subject, other),
    ):
        with pytest.raises(NotHere):
            act()
    with pytest.raises(Refused):
        releasing.sign(paper, "LIMEN-A-001", "LIMEN-A-001", staff("recorder", Role.FIELD_RECORDER))
    for alive in (
        lambda: resting.bury(living(), burial(), operator()),
        lambda: releasing.prepare(living("WARD-2"), release(), operator()),
    ):
        with pytest.raises(RecordRefused):
            alive()
