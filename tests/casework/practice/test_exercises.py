"""The practice room: truth is told after the seal and not before, nothing mixes with real work, each has a record."""

from __future__ import annotations

import dataclasses
import json
import random
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import pytest
from django.apps import apps
from django.db.models import F
from hypothesis import given
from hypothesis import strategies as st

from antigone.access import services as access
from antigone.access.errors import Refused
from antigone.access.models import Agency, Operator
from antigone.access.rules import Role
from antigone.casework.errors import ExaminationRefused, NotHere
from antigone.casework.judging import examination, proficiency, triage
from antigone.casework.judging.examination import Observed
from antigone.casework.models import PracticeExamination, PracticePair, PracticePicture, PracticeTruth
from antigone.casework.practice import examining, exercises, lots, pool, record, sorting, telling, timing
from antigone.casework.practice.telling import Told, Untold, Verdict
from antigone.instance import Instance
from antigone.ledger.models import Entry
from tests import factories
from tests.casework.blind_world import examiner

DIFFERENT = Observed(True, True, "different", "unexplained", structural=True, weight="great")
ALIKE = Observed(True, True, "alike", weight="some")


@pytest.fixture
def ada(instance: Instance) -> Operator:
    return examiner("Ada")


def sort_all(exercise: UUID, who: Operator, right: bool = True, keep: int = 8) -> None:
    """Sort a whole block as the truth is, or against it; at most so many are kept."""
    for item in sorting.block(exercise, who).items:
        sorting.portrait(item.key, who)
        same = PracticeTruth.objects.get(pair=item.key).one_person
        kept = (same is right) and keep > 0
        keep -= kept
        sorting.judge(item.key, "keep" if kept else "set-aside", who)
    sorting.finish(exercise, who)


def with_mate(kind: str, who: Operator) -> UUID:
    """An exercise in which the coins gave at least one pair of one person."""
    while True:
        key = exercises.begin(kind, who)
        if PracticeTruth.objects.filter(pair__exercise=key, one_person=True).exists():
            return key
        exercises.leave(key, who)


def examine(pair: UUID, who: Operator, level: str) -> UUID:
    key = examining.begin(pair, who)
    examining.assess(key, True, "", who)
    examining.note_subject(key, 10, True, "a long lobe", who)
    examining.close_analysis(key, who)
    examining.portrait(key, who)
    examining.note_pair(key, 10, DIFFERENT if level == "exclusion" else ALIKE, who)
    examining.conclude(key, level, "what is seen of the ears", who)
    examining.seal(key, who)
    return key


def test_a_block_is_sorted_and_then_told_of(ada: Operator) -> None:
    key = exercises.begin("sorting", ada)
    assert exercises.begin("sorting", ada) == key, "one that is open is gone on with, and no other is drawn"
    with pytest.raises(ExaminationRefused):
        exercises.begin("examining", ada)
    block = sorting.block(key, ada)
    assert len(block.items) == 8
    assert all(isinstance(each, Untold) for each in telling.told(key, ada))
    one = sorting.pair(block.items[0].key, ada)
    with pytest.raises(ExaminationRefused):
        sorting.judge(one.item.key, "keep", ada)
    assert sorting.photograph(one.item.key, one.photographs[0], ada)[:2] == b"\xff\xd8"
    with pytest.raises(NotHere):
        telling.picture(one.item.key, one.photographs[0], ada)
    sorting.portrait(one.item.key, ada)
    with pytest.raises(ExaminationRefused):
        sorting.judge(one.item.key, "perhaps", ada)
    with pytest.raises(ExaminationRefused):
        sorting.finish(key, ada)
    sort_all(key, ada)
    assert exercises.standing(key, ada).finished
    assert exercises.open_one(ada) is None
    told = telling.told(key, ada)
    assert [each.verdict for each in told if isinstance(each, Told)] == [Verdict.RIGHT] * 8
    assert all(each.known for each in told if isinstance(each, Told))
    for step in (lambda: sorting.portrait(one.item.key, ada), lambda: sorting.judge(one.item.key, "keep", ada)):
        with pytest.raises(ExaminationRefused):
            step()
    assert telling.picture(one.item.key, one.photographs[0], ada)[:2] == b"\xff\xd8"


def test_nothing_before_the_seal_tells_the_truth(ada: Operator) -> None:
    key = with_mate("both", ada)
    answers = [exercises.standing(key, ada), exercises.open_one(ada), sorting.block(key, ada), telling.told(key, ada)]
    answers += [sorting.pair(each.key, ada) for each in sorting.block(key, ada).items]
    before = record.own_record(ada)
    sort_all(key, ada, keep=1)
    assert record.own_record(ada) == before, "a figure that moves would tell who was kept rightly"
    (one,) = exercises.standing(key, ada).examinable
    mine = examining.begin(one.pair, ada)
    answers += [exercises.standing(key, ada), examining.view(mine, ada), telling.told(key, ada)]
    assert all(isinstance(each, Untold) for each in telling.told(key, ada))
    said = json.dumps([dataclasses.asdict(each) if not isinstance(each, list) else [dataclasses.asdict(one) for one in each] for each in answers if each], default=str)  # fmt: skip # noqa: E501
    for file in PracticePicture.objects.filter(pair__exercise=key).values_list("file", flat=True):
        assert file not in said
        assert file.split("/")[1] not in said
    assert "one_person" not in said
    assert "truth" not in said
    for entry in Entry.objects.filter(action__startswith="casework:practice:"):
        assert not set(entry.details or {}) - {"judged_sha256", "content_sha256"}


def test_the_portrait_stays_hidden_until_the_analysis_is_closed(ada: Operator) -> None:
    pair = exercises.standing(exercises.begin("examining", ada), ada).examinable[0].pair
    key = examining.begin(pair, ada)
    for step in (
        lambda: examining.portrait(key, ada),
        lambda: examining.eyes(key, None, ada),
        lambda: examining.note_pair(key, 10, ALIKE, ada),
        lambda: examining.conclude(key, "0", "why", ada),
        lambda: sorting.portrait(pair, ada),
    ):
        with pytest.raises((ExaminationRefused, NotHere)):
            step()
    photograph = examining.view(key, ada).photographs[0]
    assert examining.eyes(key, photograph, ada) is not None


def test_each_pair_is_told_as_it_is_sealed_and_a_strong_wrong_one_plainly(ada: Operator) -> None:
    key = exercises.begin("examining", ada)
    first, second, third = exercises.standing(key, ada).examinable
    same = PracticeTruth.objects.get(pair=first.pair).one_person
    examine(first.pair, ada, "-2b" if same else "+2b")
    told = telling.told(key, ada)
    assert isinstance(told[0], Told)
    assert (told[0].verdict, told[0].strongly) == (Verdict.WRONG, True)
    assert told[0].noted_alike == ("Ears",)
    assert isinstance(told[1], Untold)
    examining.abandon(examining.begin(second.pair, ada), "called away", ada)
    assert telling.told(key, ada)[1] == Untold(2, False)
    examine(third.pair, ada, "0")
    assert exercises.standing(key, ada).finished
    mine = record.own_record(ada)
    assert (mine.conclusions.right.count, mine.conclusions.wrong.count, mine.conclusions.inconclusive.count) == (
        0,
        1,
        1,
    )
    assert mine.strongly_wrong.count == 1
    assert mine.given_up == 1
    assert [month.tally for month in mine.months] == [mine.conclusions]
    with pytest.raises(ExaminationRefused):
        examining.conclude(PracticeExamination.objects.get(pair=first.pair).pk, "0", "otherwise", ada)


def test_the_scale_ends_where_a_face_alone_ends(ada: Operator) -> None:
    pair = exercises.standing(exercises.begin("examining", ada), ada).examinable[0].pair
    key = examining.begin(pair, ada)
    examining.assess(key, True, "", ada)
    examining.note_subject(key, 10, True, "a long lobe", ada)
    examining.close_analysis(key, ada)
    examining.portrait(key, ada)
    examining.note_pair(key, 10, ALIKE, ada)
    for level in ("+3", "-4", "exclusion", "perhaps"):
        with pytest.raises(ExaminationRefused):
            examining.conclude(key, level, "why", ada)
    examining.note_pair(key, 10, DIFFERENT, ada)
    for level in ("exclusion", "+2b", "-2b"):
        examining.conclude(key, level, "why", ada)
    examining.seal(key, ada)


def test_what_was_left_is_not_told_and_does_not_count(ada: Operator) -> None:
    key = exercises.begin("sorting", ada)
    exercises.leave(key, ada)
    assert telling.told(key, ada) == [Untold(number, True) for number in range(1, 9)]
    assert record.own_record(ada).empty
    with pytest.raises(ExaminationRefused):
        sorting.block(key, ada)
    with pytest.raises(ExaminationRefused):
        exercises.leave(key, ada)


def test_nobody_opens_anything_of_anybody_else(ada: Operator) -> None:
    other = examiner("Bohdan", Agency.objects.create(name="Another agency"))
    key = with_mate("both", ada)
    pair = sorting.block(key, ada).items[0].key
    picture = sorting.pair(pair, ada).photographs[0]
    sort_all(key, ada)
    mine = examining.begin(exercises.standing(key, ada).examinable[0].pair, ada)
    for who in (other, examiner("Chiara")):
        for step in (
            lambda who=who: exercises.standing(key, who),
            lambda who=who: exercises.leave(key, who),
            lambda who=who: sorting.pair(pair, who),
            lambda who=who: sorting.photograph(pair, picture, who),
            lambda who=who: telling.told(key, who),
            lambda who=who: telling.picture(pair, picture, who),
            lambda who=who: examining.view(mine, who),
        ):
            with pytest.raises(NotHere):
                step()
        assert record.own_record(who).empty
    clerk = access.add_operator("Dara", ada.agency, "system:tests")
    access.grant_role(clerk, Role.BUREAU_CLERK, "system:tests")
    for step in (lambda: exercises.begin("sorting", clerk), lambda: record.own_record(clerk)):
        with pytest.raises(Refused):
            step()


def test_no_key_of_practice_opens_real_work_and_the_reverse(ada: Operator) -> None:
    key = exercises.begin("examining", ada)
    pair = exercises.standing(key, ada).examinable[0].pair
    mine = examining.begin(pair, ada)
    for step in (
        lambda: examination.begin(pair, ada),
        lambda: examination.view(mine, ada),
        lambda: triage.block(key, ada),
        lambda: triage.portrait(pair, ada),
    ):
        with pytest.raises(NotHere):
            step()


def test_no_table_of_practice_refers_to_real_work_and_none_of_real_work_to_it() -> None:
    room = {each for each in apps.get_app_config("casework").get_models() if each.__name__.startswith("Practice")}
    assert len(room) == 7
    for model in apps.get_models():
        for field in model._meta.get_fields():
            if not (field.is_relation and field.concrete and field.related_model):
                continue
            if model in room:
                assert field.related_model in room | {Agency}, (model, field)
            else:
                assert field.related_model not in room, (model, field)


def test_an_installation_without_the_pictures_says_so(ada: Operator, settings_folder: Path) -> None:
    assert not pool.there()
    with pytest.raises(ExaminationRefused, match="not in this installation"):
        exercises.begin("sorting", ada)


@pytest.fixture
def settings_folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    from django.conf import settings

    monkeypatch.setattr(settings, "PRACTICE_PICTURES", tmp_path / "none", raising=False)
    return tmp_path


def test_times_are_reported_under_numbers_without_names(ada: Operator) -> None:
    bohdan = examiner("Bohdan")
    for who, seconds in ((ada, 10), (bohdan, 30)):
        sort_all(exercises.begin("sorting", who), who)
        rows = PracticePair.objects.filter(exercise__actor=who.actor)
        rows.update(judged_at=F("shown_at") + timedelta(seconds=seconds))
    founder = factories.operator()
    found = timing.report(founder)
    assert sorted(times.sorting.median or 0 for _name, times in found.examiners) == [10, 30]
    assert found.all.sorting == timing.Taken(16, 20, 20)
    assert found.all.examining.median is None
    assert {name for name, _times in found.examiners} == {"E1", "E2"}
    assert timing.own_times(ada).sorting == timing.Taken(8, 10, 10)
    with pytest.raises(Refused):
        timing.report(ada)


def test_the_pool_has_every_mate_and_six_strangers_of_each_body() -> None:
    found = pool.pairs()
    assert len({each.code for each in found}) == 60
    for code in {each.code for each in found}:
        own = [each for each in found if each.code == code]
        assert len({each.person for each in own if not each.one_person}) == 6
        assert len({each.person for each in own if each.one_person}) <= 1
    assert sum(each.one_person for each in found) == 90
    assert all(pool.eyes(each.portrait) for each in found)


@given(seed=st.integers(0, 10_000), count=st.integers(1, 8))
def test_a_draw_repeats_nobody_and_its_coins_are_fair(seed: int, count: int) -> None:
    drawn = lots.draw(count, pool.pairs(), lots.Met(), random.Random(seed))
    assert len(drawn) == count
    assert len({each.pair.code for each in drawn}) == count
    assert len({each.pair.person for each in drawn}) == count
    assert not any(each.again for each in drawn)
    met = lots.Met.of((each.pair.code, each.pair.person, each.pair.one_person) for each in drawn)
    for each in lots.draw(8, pool.pairs(), met, random.Random(seed)):
        assert not each.again
        assert not {each.pair.code, each.pair.person} & met.settled
        assert (each.pair.code, each.pair.person) not in met.beside


def test_what_was_met_as_one_person_is_known_and_what_was_met_as_two_is_not() -> None:
    mate = next(each for each in pool.pairs() if each.one_person)
    strangers = [each for each in pool.pairs() if not each.one_person and each.code == mate.code]
    assert all(lots.Met.of([(mate.code, mate.person, True)]).knows(each) for each in strangers)
    first, other = strangers[0], next(each for each in strangers if each.person != strangers[0].person)
    met = lots.Met.of([(first.code, first.person, False)])
    assert met.knows(first)
    assert not met.knows(other)
    assert not met.knows(mate)
    everything = lots.Met.of((each.code, each.person, each.one_person) for each in pool.pairs())
    assert all(each.again for each in lots.draw(8, pool.pairs(), everything, random.Random(1)))


def test_how_many_are_of_one_person_is_left_to_chance() -> None:
    counts = [sum(each.pair.one_person for each in lots.draw(8, pool.pairs(), lots.Met(), random.Random(seed))) for seed in range(400)]  # fmt: skip # noqa: E501
    assert {2, 3, 4, 5, 6} <= set(counts)
    assert 3.7 < sum(counts) / len(counts) < 4.3


def test_a_share_has_its_interval() -> None:
    assert proficiency.share(0, 0) == proficiency.Share(0, 0, 0.0, 1.0)
