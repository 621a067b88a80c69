"""Triage: whole blocks, an order that tells no rank, strangers among them, and nothing else that gets out."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from antigone.access import services as access
from antigone.access.errors import Refused
from antigone.access.rules import Role
from antigone.casework import services
from antigone.casework.errors import CaseRefused, ExaminationRefused, NotHere
from antigone.casework.judging import desk, lining_up, triage
from antigone.casework.judging.lining_up import BLOCK
from antigone.casework.models import (
    Comparison,
    Filler,
    Lineup,
    NamedCandidate,
    RankedView,
    Search,
    Triage,
    TriageItem,
)
from antigone.instance import Instance
from antigone.ledger.models import Entry
from antigone.missing import erasure
from antigone.missing.models import Person, Portrait
from tests import factories
from tests.casework.blind_world import NAME, World, examiner, jpeg, sort, world


@pytest.fixture
def here(instance: Instance, monkeypatch: pytest.MonkeyPatch) -> World:
    return world(monkeypatch, count=3, later=2)


@given(st.integers(0, 60), st.integers(0, 60), st.integers(0, 60))
def test_all_that_pass_go_to_triage_in_whole_blocks_and_no_more_than_fills_them(
    passing: int, further: int, strangers: int
) -> None:
    listed = passing + further
    real, fillers = lining_up.how_many(passing, listed, strangers)
    assert passing <= real <= listed
    assert fillers <= strangers
    if listed >= real + BLOCK:
        assert (real + fillers) % BLOCK == 0
    assert real + fillers < passing + 2 * BLOCK + passing // (BLOCK - 1) + 1


@given(st.lists(st.uuids(), unique=True), st.text(), st.randoms())
def test_an_order_follows_from_its_seed_and_from_no_rank(keys: list, seed: str, chance: object) -> None:  # type: ignore[type-arg]
    other = list(keys)
    chance.shuffle(other)  # type: ignore[attr-defined]
    assert triage.shuffled(keys, seed) == triage.shuffled(other, seed)
    assert sorted(triage.shuffled(keys, seed)) == sorted(keys)


def test_a_lineup_holds_those_that_pass_and_a_stranger_who_was_seen_later(
    instance: Instance, monkeypatch: pytest.MonkeyPatch
) -> None:
    here = world(monkeypatch)
    key = triage.begin(here.search.pk, here.people[0])
    assert triage.begin(here.search.pk, here.people[0]) == key
    rows = Comparison.objects.filter(lineup=here.lineup)
    (filler,) = Filler.objects.all()
    assert rows.count() == BLOCK
    stranger = Person.objects.get(pk=filler.comparison.person)
    assert stranger.last_seen_on > "2026-03-20"
    assert not NamedCandidate.objects.filter(search=here.search, person=stranger.pk).exists()
    assert {each.person for each in rows if each.pk != filler.comparison_id} == set(
        NamedCandidate.objects.filter(search=here.search).values_list("person", flat=True)
    )
    assert here.lineup.basis == lining_up.Basis.OPERATING_POINT
    (made,) = Entry.objects.filter(action="casework:lineup:make")
    members = [[str(each.pk), each.pk == filler.comparison_id] for each in rows]
    assert (made.details or {})["members_sha256"] == lining_up.members_digest(here.lineup.nonce, members)
    (begun,) = Entry.objects.filter(action="casework:triage:begin")
    items = TriageItem.objects.filter(triage=key).order_by("place").values_list("comparison", flat=True)
    assert list(items) == triage.shuffled([each.pk for each in rows], (begun.details or {})["seed"])


def test_no_stranger_is_invented_where_none_is_known(instance: Instance, monkeypatch: pytest.MonkeyPatch) -> None:
    here = world(monkeypatch, count=9, later=0, threshold=2.0)
    triage.begin(here.search.pk, here.people[0])
    assert not Filler.objects.exists()
    assert Comparison.objects.count() == BLOCK


def test_two_people_see_two_orders_and_blocks_of_eight(instance: Instance, monkeypatch: pytest.MonkeyPatch) -> None:
    here = world(monkeypatch, count=12, later=3)
    orders = []
    for who in here.people[:2]:
        key = triage.begin(here.search.pk, who)
        block = triage.block(key, who)
        assert (block.number, block.of, len(block.items)) == (1, 2, BLOCK)
        items = TriageItem.objects.filter(triage=key).order_by("place")
        orders.append(list(items.values_list("comparison", flat=True)))
        with pytest.raises(NotHere):  # of the next block nothing is shown yet
            triage.portrait(items[BLOCK].pk, who)
    assert orders[0] != orders[1]
    assert sorted(orders[0]) == sorted(orders[1])


def test_what_leaves_holds_no_rank_score_name_or_record(here: World) -> None:
    who = here.people[0]
    key = triage.begin(here.search.pk, who)
    block = triage.block(key, who)
    said = json.dumps([str(block), str(desk.to_sort(who))])
    portraits = [str(pk) for pk in Portrait.objects.values_list("pk", flat=True)]
    comparisons = [str(pk) for pk in Comparison.objects.values_list("pk", flat=True)]
    for each in (*portraits, *comparisons, "ref-", "score", "rank", "filler", NAME.decode()):
        assert each not in said
    pictures = [triage.portrait(item.key, who) for item in block.items]
    pictures.append(triage.photograph(key, block.photographs[0], who))
    assert NAME in jpeg(1)
    for picture in pictures:
        assert picture[:2] == b"\xff\xd8"
        assert NAME not in picture
        assert b"Exif" not in picture
    assert Entry.objects.filter(action="missing:portrait:look", actor=who.actor).count() == len(block.items)
    assert Entry.objects.filter(action="remains:photograph:look", actor=who.actor).count() == 1


def test_a_pair_is_judged_once_it_was_looked_at_and_until_the_end(here: World) -> None:
    who = here.people[0]
    key = triage.begin(here.search.pk, who)
    item = triage.block(key, who).items[0]
    with pytest.raises(ExaminationRefused, match="Look at the two pictures"):
        triage.judge(item.key, "keep", who)
    triage.portrait(item.key, who)
    with pytest.raises(ExaminationRefused, match="choose one"):
        triage.judge(item.key, "it is him", who)
    triage.judge(item.key, "keep", who)
    triage.judge(item.key, "cannot-tell", who)
    kept = TriageItem.objects.get(pk=item.key)
    assert kept.judgement == "cannot-tell"
    assert kept.shown_at is not None
    assert kept.judged_at is not None
    assert kept.shown_at <= kept.judged_at
    with pytest.raises(ExaminationRefused, match="Not everything"):
        triage.finish(key, who)
    sort(here, who)
    for late in (
        lambda: triage.judge(item.key, "keep", who),
        lambda: triage.finish(key, who),
        lambda: triage.block(key, who),
    ):
        with pytest.raises(ExaminationRefused, match="finished"):
            late()


def test_whoever_saw_ranked_output_sorts_nothing_also_when_they_see_it_half_way(here: World) -> None:
    founder, who = factories.operator(), here.people[0]
    with pytest.raises(ExaminationRefused, match="cannot judge blind"):
        triage.begin(here.search.pk, founder)
    assert Entry.objects.filter(action="casework:triage:refuse", actor=founder.actor).exists()
    key = triage.begin(here.search.pk, who)
    item = triage.block(key, who).items[0]
    services.look_at_answer(here.search.pk, who)
    for step in (
        lambda: triage.block(key, who),
        lambda: triage.portrait(item.key, who),
        lambda: triage.judge(item.key, "keep", who),
        lambda: triage.finish(key, who),
        lambda: triage.begin(here.search.pk, who),
    ):
        with pytest.raises(ExaminationRefused, match="cannot judge blind"):
            step()
    assert desk.to_sort(who) == []
    assert desk.to_sort(founder) == []


def test_anothers_triage_does_not_exist_nor_does_another_agencys_case(here: World) -> None:
    one, other, _third = here.people
    key = triage.begin(here.search.pk, one)
    item = triage.block(key, one).items[0]
    outside = examiner("Dina", access.found_agency("Elsewhere", "system:tests"))
    for who in (other, outside):
        for step in (
            lambda who=who: triage.block(key, who),
            lambda who=who: triage.portrait(item.key, who),
            lambda who=who: triage.judge(item.key, "keep", who),
            lambda who=who: triage.finish(key, who),
        ):
            with pytest.raises(NotHere, match="no such work"):
                step()
    with pytest.raises(NotHere, match="no such work"):
        triage.begin(here.search.pk, outside)
    with pytest.raises(NotHere, match="no such work"):
        triage.begin(here.search.pk + 1, other)
    assert desk.to_sort(outside) == []


def test_only_examiners_sort_and_no_program_does(here: World) -> None:
    clerk = access.add_operator("clerk", factories.operator().agency, "system:tests")
    access.grant_role(clerk, Role.FIELD_RECORDER, "system:tests")
    with pytest.raises(Refused):
        triage.begin(here.search.pk, clerk)
    program = here.people[0]
    program.machine = True
    with pytest.raises(NotHere):
        triage.begin(here.search.pk, program)


def test_the_first_of_two_changes_nothing_that_the_second_can_see(here: World) -> None:
    one, other, third = here.people
    before = str(desk.to_sort(other))
    sort(here, one, keep=False)
    assert str(desk.to_sort(other)) == before
    assert desk.to_sort(one) == []
    assert desk.to_examine(one) == []
    assert desk.to_examine(other) == []
    sort(here, other, keep=False)
    assert desk.to_examine(one) == []
    with pytest.raises(ExaminationRefused, match="Two people have sorted"):
        triage.begin(here.search.pk, third)


def test_what_either_kept_goes_to_the_desk_and_strangers_with_it(here: World) -> None:
    one, other, _third = here.people
    triage.begin(here.search.pk, one)
    filler = Filler.objects.get().comparison_id
    real = list(Comparison.objects.exclude(pk=filler).order_by("pk").values_list("pk", flat=True))
    sort(here, one, keep={real[0]})
    sort(here, other, keep={real[1]})
    for who in here.people:
        assert {each.comparison for each in desk.to_examine(who)} == {real[0], real[1], filler}
    assert Comparison.objects.filter(outcome="not-kept").count() == len(real) - 2
    assert Lineup.objects.get().settled_at is None


def test_where_nobody_kept_anything_all_comes_to_its_end(here: World) -> None:
    for who in here.people[:2]:
        sort(here, who, keep=False)
    assert Lineup.objects.get().settled_at is not None
    assert set(Comparison.objects.values_list("outcome", flat=True)) == {"not-kept"}


def test_payloads_tell_no_judgement_and_no_stranger(here: World) -> None:
    for who, keep in zip(here.people[:2], (True, False), strict=True):
        sort(here, who, keep=keep)
    for entry in Entry.objects.filter(action__regex="^casework:(triage|lineup):"):
        said = json.dumps(entry.details or {})
        assert not [each for each in ("keep", "set-aside", "cannot-tell", "filler") if each in said]
    finished = Entry.objects.filter(action="casework:triage:finish")
    assert finished.count() == 2
    assert {tuple(entry.details or {}) for entry in finished} == {("judged_sha256",)}


def test_a_closed_case_and_a_recalled_search_are_sorted_by_nobody(here: World) -> None:
    who = here.people[0]
    Search.objects.filter(pk=here.search.pk).update(recalled_at=here.search.at)
    with pytest.raises(ExaminationRefused, match="decided anew"):
        triage.begin(here.search.pk, who)
    Search.objects.filter(pk=here.search.pk).update(recalled_at=None)
    services.close_case(here.case.code, factories.operator(), "over")
    with pytest.raises(CaseRefused, match="closed"):
        triage.begin(here.search.pk, who)
    assert desk.to_sort(who) == []


def test_what_is_withheld_or_erased_half_way_is_not_shown_and_does_not_hold_up_the_end(here: World) -> None:
    who = here.people[0]
    key = triage.begin(here.search.pk, who)
    first, second = triage.block(key, who).items[:2]
    withheld = TriageItem.objects.get(pk=first.key).comparison
    erased = TriageItem.objects.get(pk=second.key).comparison
    Portrait.objects.filter(pk=withheld.portrait).update(withheld_at=here.search.at)
    erasure.erase_person(Person.objects.get(pk=erased.person), factories.operator(), "asked for")
    assert {first.key, second.key}.isdisjoint({item.key for item in triage.block(key, who).items})
    with pytest.raises(NotHere):
        triage.portrait(first.key, who)
    with pytest.raises(NotHere):
        triage.portrait(second.key, who)
    sort(here, who)
    erased.refresh_from_db()
    assert (erased.person, erased.portrait, erased.outcome) == (None, None, "ended")
    assert Triage.objects.get(pk=key).finished_at is not None
    assert not RankedView.objects.filter(actor=who.actor).exists()


def test_what_is_taken_back_while_one_finishes_is_not_finished_without_a_judgement(
    here: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    from collections.abc import Iterator
    from contextlib import contextmanager

    from antigone.ledger.services import recorded

    who = here.people[0]
    with monkeypatch.context() as patch:
        patch.setattr(triage, "finish", lambda *_: None)
        key = sort(here, who)

    @contextmanager
    def after_another_took_back() -> Iterator[None]:
        monkeypatch.setattr(triage, "recorded", recorded)
        triage.undo(key, who)
        with recorded():
            yield

    monkeypatch.setattr(triage, "recorded", after_another_took_back)
    with pytest.raises(ExaminationRefused, match="Not everything is judged"):
        triage.finish(key, who)
    assert len(triage.block(key, who).items) > 0
