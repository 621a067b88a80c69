"""Standing searches: run once for what changed, under a mandate, for a person who answers, and silent to examiners."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from antigone.access import services as access
from antigone.access.errors import Refused
from antigone.access.models import Mandate, Operator
from antigone.access.rules import Role
from antigone.casework import services
from antigone.casework.errors import CaseRefused, NotHere, PictureUnusable
from antigone.casework.models import Ending, RankedView, Search, StandingRun, StandingSearch
from antigone.casework.recalling import recall
from antigone.casework.searching import search, sides, standing, standing_runs, standing_seen
from antigone.casework.searching.reading import Clock, Reading
from antigone.casework.searching.sides import Change, Sides
from antigone.instance import Instance
from antigone.jobs import running
from antigone.jobs.models import Job, State
from antigone.ledger.models import Entry
from antigone.missing import services as missing
from antigone.missing.sources import PersonRecord
from antigone.remains import services as remains
from antigone.remains.services import Particulars
from tests import factories
from tests.casework.blind_world import World, examiner, jpeg, world


@pytest.fixture
def here(instance: Instance, monkeypatch: pytest.MonkeyPatch) -> World:
    made = world(monkeypatch, count=4, later=0)
    monkeypatch.setattr(sides, "contract_in_use", lambda: factories.contract())
    monkeypatch.setattr(standing_runs.search, "run", searched)
    return made


def searched(case: Any, given: Any, top: int, who: Operator, *, job: Any = None, beside: Any = None) -> Any:
    """The search with a template that the test gives in the place of what an engine reads."""
    readings = [
        Reading(
            each.name, each.original, hashlib.sha256(each.original).hexdigest(),
            [{"box": [0.0, 0.0, 1.0, 1.0], "landmarks": []}], 0, False, factories.unit(0),
        )
        for each in given
    ]  # fmt: skip
    answer = search.answer_for(case, readings, factories.contract(), top, Clock())
    return services.keep_answer(case, readings, answer, who, job=job, beside=beside)


def enrol_one(number: int) -> None:
    original = jpeg(500 + number)
    new = missing.NewPortrait(
        PersonRecord(ref=f"new-{number:03}", sex="male"), hashlib.sha256(original).hexdigest(), original,
        factories.unit(number), {"quality": {}},
    )  # fmt: skip
    giving = missing.Giving(basis="family-consent")
    missing.add_portraits(factories.holding(), factories.contract(), [new], giving, factories.operator().actor)


def work() -> None:
    """Do what waits, as a worker does."""
    for job in Job.objects.filter(kind=standing.KIND, state=State.WAITING):
        running.run(job.pk)
        job.refresh_from_db()
        assert job.state == State.DONE, job.sentence


def set_standing(here: World) -> StandingSearch:
    kept = standing.keep_standing(here.case.code, factories.operator())
    work()
    return kept


def test_nothing_changed_is_not_searched_again(here: World) -> None:
    kept = set_standing(here)
    assert standing_runs.look(kept.pk) is False
    assert Search.objects.filter(case=here.case).count() == 1
    assert not StandingRun.objects.exists()


def test_a_portrait_wakes_it_and_what_is_new_is_the_one_who_was_not_there(here: World) -> None:
    kept = set_standing(here)
    enrol_one(77)
    assert Job.objects.filter(kind=standing.KIND, state=State.WAITING).count() == 1
    enrol_one(78)
    assert Job.objects.filter(kind=standing.KIND, state=State.WAITING).count() == 1  # one look is enough for both
    work()
    (run,) = StandingRun.objects.filter(standing=kept)
    assert (run.changes, run.found_new) == ([Change.PORTRAITS.value], 2)
    new = standing_seen.what_is_new(run.pk, factories.operator())
    assert {each["person_ref"] for each in new.candidates} == {"new-077", "new-078"}
    assert new.former == here.search.at
    # Looked at again, nothing has changed.
    assert standing_runs.look(kept.pk) is False
    assert StandingRun.objects.count() == 1
    (entry,) = Entry.objects.filter(action="casework:standing:run")
    assert "found" not in str(entry.details)


def test_portraits_that_come_in_batches_are_not_searched_one_batch_after_the_other(here: World) -> None:
    kept = set_standing(here)
    enrol_one(77)
    assert standing_runs.look(kept.pk) is True
    enrol_one(78)
    assert standing_runs.look(kept.pk) is False
    StandingRun.objects.update(at=timezone.now() - standing_runs.REST)
    assert standing_runs.look(kept.pk) is True
    assert list(StandingRun.objects.order_by("pk").values_list("found_new", flat=True)) == [1, 1]


def test_a_photograph_and_a_recalled_search_wake_it(here: World) -> None:
    kept = set_standing(here)
    original = jpeg(321)
    remains.add_photograph(
        here.case.subject,
        remains.NewPhotograph(hashlib.sha256(original).hexdigest(), original),
        factories.operator().actor,
    )
    work()
    assert [run.changes for run in StandingRun.objects.order_by("pk")] == [["photographs"]]
    recall([here.case.subject_id], "decided anew", "system:tests")
    assert standing_runs.look(kept.pk) is True
    assert StandingRun.objects.order_by("-pk").values_list("changes", flat=True)[0] == ["recalled"]
    assert StandingRun.objects.order_by("-pk").values_list("found_new", flat=True)[0] == 0
    assert standing_runs.look(kept.pk) is False


def test_a_search_that_somebody_made_meanwhile_is_not_made_twice(here: World) -> None:
    kept = set_standing(here)
    enrol_one(77)
    searched(here.case, search.photographs_of(here.case), 50, factories.operator())
    assert standing_runs.look(kept.pk) is False


def test_killed_after_it_was_kept_it_is_not_searched_twice(here: World, monkeypatch: pytest.MonkeyPatch) -> None:
    kept = set_standing(here)
    enrol_one(77)
    is_now = sides.now(here.case)
    assert standing_runs.look(kept.pk) is True
    # As if the numbers of before had come back: the change set is known.
    StandingSearch.objects.filter(pk=kept.pk).update(sides={})
    Search.objects.filter(standing_run__isnull=False).update(generation=0)
    monkeypatch.setattr(sides, "now", lambda _case: is_now)
    assert standing_runs.look(kept.pk) is False
    assert StandingRun.objects.count() == 1


def test_killed_while_it_searched_nothing_is_kept_by_halves(here: World, monkeypatch: pytest.MonkeyPatch) -> None:
    kept = set_standing(here)
    enrol_one(77)
    with monkeypatch.context() as patch:
        patch.setattr(standing_runs, "_keep", lambda *_, **__: (_ for _ in ()).throw(KeyboardInterrupt))
        with pytest.raises(KeyboardInterrupt):
            standing_runs.look(kept.pk)
    assert Search.objects.filter(case=here.case).count() == 1
    assert standing_runs.look(kept.pk) is True
    assert Search.objects.filter(case=here.case).count() == 2


def test_a_photograph_that_shows_no_face_is_tried_once(here: World, monkeypatch: pytest.MonkeyPatch) -> None:
    kept = set_standing(here)
    enrol_one(77)
    tries = []

    def unreadable(*_: Any, **__: Any) -> None:
        tries.append(1)
        raise PictureUnusable("photograph", "No face was found in it.")

    monkeypatch.setattr(standing_runs.search, "run", unreadable)
    assert standing_runs.look(kept.pk) is True
    assert standing_runs.look(kept.pk) is False
    assert len(tries) == 1
    assert "No face" in StandingRun.objects.get().unusable


def test_one_that_fails_keeps_no_other_from_being_looked_at(here: World, monkeypatch: pytest.MonkeyPatch) -> None:
    kept = set_standing(here)
    enrol_one(77)
    other = services.open_case("LIMEN-A-002", "deceased", Particulars(), factories.operator())
    original = jpeg(333)
    remains.add_photograph(
        other.subject,
        remains.NewPhotograph(hashlib.sha256(original).hexdigest(), original),
        factories.operator().actor,
    )
    standing.keep_standing(other.code, factories.operator())

    def fails(case: Any, *rest: Any, **named: Any) -> Any:
        if case.pk == here.case.pk:
            raise RuntimeError("the picture's key is gone")
        return searched(case, *rest, **named)

    monkeypatch.setattr(standing_runs.search, "run", fails)
    (job,) = Job.objects.filter(kind=standing.KIND, state=State.WAITING)
    assert running.run(job.pk) == "failed"
    assert [run.standing.case_id for run in StandingRun.objects.all()] == [other.pk]
    assert StandingSearch.objects.get(pk=kept.pk).ended_at is None


def test_it_ends_with_a_sentence_when_what_it_rests_on_ends(here: World) -> None:
    who = factories.operator()
    kept = set_standing(here)
    services.close_case(here.case.code, who, "done")
    kept.refresh_from_db()
    assert (kept.ended_why, kept.ended_by) == (Ending.CLOSED, who.actor)
    services.reopen_case(here.case.code, who, "not done")
    kept = set_standing(here)
    for mandate in Mandate.objects.all():
        access.revoke_mandate(mandate, "system:tests", "over")
    enrol_one(77)
    work()
    kept.refresh_from_db()
    assert kept.ended_why == Ending.MANDATE
    assert not StandingRun.objects.exists()
    assert [each.name for each in standing_seen.stopped(who, 9)] == [here.case.code]
    assert "mandate" in standing_seen.stopped(who, 9)[0].note


def test_it_ends_when_the_person_leaves(here: World) -> None:
    officer = access.add_operator("Olena", factories.operator().agency, "system:tests")
    access.grant_role(officer, Role.TRACING_OFFICER, "system:tests")
    kept = standing.keep_standing(here.case.code, officer)
    access.close_operator(officer, "system:tests")
    enrol_one(77)
    work()
    kept.refresh_from_db()
    assert kept.ended_why == Ending.LEFT
    assert Search.objects.filter(case=here.case).count() == 1


def test_whoever_set_it_counts_as_having_seen_and_an_examiner_is_told_nothing(here: World) -> None:
    officer = access.add_operator("Olena", factories.operator().agency, "system:tests")
    access.grant_role(officer, Role.TRACING_OFFICER, "system:tests")
    standing.keep_standing(here.case.code, officer)
    enrol_one(77)
    work()
    assert RankedView.objects.filter(case=here.case, actor=officer.actor).exists()
    run = StandingRun.objects.get()
    blind = here.people[0]
    told = standing_seen.seen(here.case, blind)
    assert told.outcome_known is False
    assert [(each.found_new, each.search, each.read_at) for each in told.runs] == [(None, None, None)]
    assert standing_seen.ran_again(blind, 9) == []
    assert [(each.name, new) for each, new in standing_seen.ran_again(officer, 9)] == [(here.case.code, 1)]
    standing_seen.what_is_new(run.pk, officer)
    assert standing_seen.ran_again(officer, 9) == []
    assert standing_seen.seen(here.case, officer).runs[0].found_new == 1


def test_another_agency_has_no_such_thing(here: World) -> None:
    other = access.found_agency("Another", "system:tests")
    stranger = examiner("Dina", other)
    set_standing(here)
    enrol_one(77)
    work()
    for act in (
        lambda: standing.case_for(here.case.pk, stranger),
        lambda: standing_seen.what_is_new(StandingRun.objects.get().pk, stranger),
        lambda: standing_seen.run_numbered(StandingRun.objects.get().pk, stranger),
    ):
        with pytest.raises(NotHere):
            act()
    with pytest.raises((CaseRefused, Refused)):
        standing.end_standing(here.case.code, stranger)


def test_it_is_set_once_and_ended_by_hand(here: World) -> None:
    who = factories.operator()
    set_standing(here)
    with pytest.raises(CaseRefused, match="already"):
        standing.keep_standing(here.case.code, who)
    ended = standing.end_standing(here.case.code, who, "no more")
    assert (ended.ended_why, ended.reason) == (Ending.ASKED, "no more")
    with pytest.raises(CaseRefused, match="not kept standing"):
        standing.end_standing(here.case.code, who)
    enrol_one(77)
    assert not Job.objects.filter(kind=standing.KIND, state=State.WAITING).exists()


def test_a_lapsed_attestation_holds_it_up_and_does_not_end_it(here: World, monkeypatch: pytest.MonkeyPatch) -> None:
    kept = set_standing(here)
    enrol_one(77)
    with monkeypatch.context() as patch:
        patch.setattr(standing_runs.remains, "searchable_fault", lambda _subject: "The attestation has lapsed.")
        assert standing_runs.look(kept.pk) is False
    kept.refresh_from_db()
    assert (kept.ended_at, kept.held_up) == (None, "The attestation has lapsed.")
    assert standing_runs.look(kept.pk) is True
    kept.refresh_from_db()
    assert kept.held_up == ""


SOME = Sides("c", 3, (1, 2), ("a", "b"), 7)


@given(st.sets(st.integers(1, 5)), st.sets(st.sampled_from("abcd")), st.booleans(), st.booleans())
def test_what_only_goes_away_is_no_change(holdings: set[int], pictures: set[str], more: bool, recalled: bool) -> None:
    is_now = replace(
        SOME, holdings=tuple(sorted(holdings)), photographs=tuple(sorted(pictures)), recalled=recalled, generation=9
    )
    found = sides.changes(SOME, is_now, more=more)
    assert (Change.PORTRAITS in found) is more
    assert (Change.HOLDINGS in found) is bool(holdings - {1, 2})
    assert (Change.PHOTOGRAPHS in found) is bool(pictures - {"a", "b"})
    assert (Change.RECALLED in found) is recalled
    assert sides.changes(None, is_now, more=more) == (Change.FIRST,)
    assert sides.read(is_now.as_json()) == is_now


def test_nothing_new_is_said_for_a_while_only(here: World) -> None:
    kept = set_standing(here)
    recall([here.case.subject_id], "decided anew", "system:tests")
    assert standing_runs.look(kept.pk) is True
    who = factories.operator()
    access.revoke_role(who, Role.MORTUARY_EXAMINER, "system:tests")
    assert [new for _, new in standing_seen.ran_again(who, 9)] == [0]
    StandingRun.objects.update(at=StandingRun.objects.get().at - timedelta(days=3))
    assert standing_seen.ran_again(who, 9) == []
