"""The story of a case, and what awaits a person at their desk."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from antigone.casework import awaiting, services, tasks
from antigone.casework.errors import NotHere
from antigone.casework.models import Search
from antigone.casework.story import Kind, story
from antigone.casework.waiting import Wait
from antigone.instance import Instance
from antigone.jobs import services as jobs
from antigone.jobs import worker
from antigone.jobs.models import Job, State
from antigone.ledger.services import record, recorded, refuse
from antigone.remains import associating
from antigone.remains import services as remains
from antigone.remains.models import Photograph, Subject, SubjectKind
from antigone.remains.services import NewPhotograph, Particulars
from tests import factories
from tests.casework.test_queries import opened, photographed, searched, stranger, tracer


def test_a_story_is_told_in_its_order(instance: Instance) -> None:
    who = factories.operator()
    case = opened("LIMEN-A-001", given=Particulars())
    other = opened("LIMEN-A-002", SubjectKind.BODY_PART)
    services.complete_case(case.code, Particulars(place="quay"), who)
    kept = remains.add_photograph(case.subject, NewPhotograph("a" * 64, b"picture"), who.actor)
    Photograph.objects.filter(pk=kept.pk).update(shot="4.1")
    services.note_unusable(case, who, None, "It is no picture.")
    search = searched(case)
    search.photographs.add(kept)
    Search.objects.filter(pk=search.pk).update(answer={"searched": 12, "searched_persons": 7})
    whole = associating.associate([Subject.objects.get(pk=other.subject_id)], None, "by itself", who)
    associating.associate([Subject.objects.get(pk=case.subject_id)], whole, "they fit", who)
    refuse(
        "casework:search:refuse", actor=who.actor, object=f"case:{case.pk}", code=case.code, why="The case is closed."
    )
    services.close_case(case.code, who, "a pause")
    services.reopen_case(case.code, who, "go on")
    told = story(case, tracer())
    assert [event.kind for event in told.events] == [
        Kind.OPENED, Kind.COMPLETED, Kind.PHOTOGRAPHED, Kind.UNUSABLE, Kind.SEARCHED, Kind.ASSOCIATED, Kind.RECALLED,
        Kind.REFUSED, Kind.CLOSED, Kind.REOPENED,
    ]  # fmt: skip
    by_kind = {event.kind: event for event in told.events}
    assert {event.by for event in told.events} == {"tester"}
    assert by_kind[Kind.PHOTOGRAPHED].photograph == kept.pk
    assert "shot 4.1" in by_kind[Kind.PHOTOGRAPHED].sentence
    assert by_kind[Kind.SEARCHED].search == search.pk
    assert by_kind[Kind.SEARCHED].sentence == (
        "Searched with 1 photograph among 12 portraits of 7 persons: leads to examine"
    )
    assert by_kind[Kind.ASSOCIATED].sentence == "Associated with LIMEN-A-002 as one person"
    assert (by_kind[Kind.ASSOCIATED].why, by_kind[Kind.CLOSED].why) == ("they fit", "a pause")
    assert by_kind[Kind.REFUSED].why == "The case is closed."
    assert told.waits == (Wait.SEARCH_AGAIN, Wait.PARTICULARS)
    assert not told.cut
    (veiled,) = [event for event in story(case, who).events if event.kind == Kind.SEARCHED]
    assert veiled.sentence == "Searched with 1 photograph among 12 portraits of 7 persons", "nothing to an examiner"


def test_an_erased_photograph_stays_in_the_story(instance: Instance) -> None:
    who = factories.operator()
    case = opened("LIMEN-A-001")
    kept = remains.add_photograph(case.subject, NewPhotograph("a" * 64, b"picture"), who.actor)
    with recorded():
        record("casework:search:run", actor=who.actor, object=f"case:{case.pk}", photographs=[str(kept.pk)])
    tasks.erase_photograph(case.code, "a" * 12, who, "taken by mistake")
    events = [event for event in story(case, who).events if event.kind == Kind.ERASED]
    assert [(event.by, event.why) for event in events] == [("tester", "taken by mistake")]


def test_a_story_costs_the_same_however_long(instance: Instance) -> None:
    who = factories.operator()
    case = opened("LIMEN-A-001")

    def cost() -> int:
        with CaptureQueriesContext(connection) as taken:
            story(case, who)
        return len(taken)

    photographed(case)
    searched(case)
    few = cost()
    for number in range(1, 20):
        photographed(case, f"{number:064}")
        searched(case)
        services.close_case(case.code, who, "a")
        services.reopen_case(case.code, who, "b")
    assert cost() == few
    assert few <= 16


def test_another_agency_has_no_story(instance: Instance) -> None:
    case = opened("LIMEN-A-001")
    with pytest.raises(NotHere):
        story(case, stranger())


def names(found: Sequence[awaiting.Awaited]) -> list[str]:
    return [each.name for each in found]


def test_a_desk_has_what_its_person_can_do_something_about(instance: Instance) -> None:
    who = factories.operator()
    bare, pictured, undone, closed = [opened(f"LIMEN-A-{number}") for number in range(1, 5)]
    for case in (pictured, undone, closed):
        photographed(case, f"{case.pk:064}")
    searched(undone)
    Search.objects.update(recalled_at=timezone.now(), recalled_why="decided anew")
    services.close_case(closed.code, who, "done")
    given = Particulars(attested_by="Dr. M.", attested_at=timezone.now())
    ward = opened("WARD-A-1", SubjectKind.UNABLE, given)
    photographed(ward, "f" * 64)
    searched(ward)
    job = jobs.ask("jobs:sweep", who.actor, who.agency_id)
    Job.objects.filter(pk=job.pk).update(state=State.FAILED, finished_at=timezone.now(), sentence="It failed.")
    (recalled,) = awaiting.recalled(who, 9)
    assert (recalled.pk, recalled.name, recalled.note) == (undone.pk, undone.code, "decided anew")
    assert names(awaiting.unsearched(who, 9)) == [pictured.code]
    assert names(awaiting.without_photograph(who, 9)) == [bare.code]
    (failed,) = awaiting.failed(who, 9)
    assert (failed.name, failed.note) == ("Remove jobs that ended long ago", "It failed.")
    Job.objects.update(finished_at=timezone.now() - awaiting.FAILED_WITHIN - timedelta(hours=1))
    assert awaiting.failed(who, 9) == []
    other = stranger()
    for ask in (awaiting.recalled, awaiting.unsearched, awaiting.without_photograph, awaiting.failed):
        assert ask(other, 9) == []
        assert ask(who, 0) == []


def test_a_search_is_asked_for_and_one_that_was_kept_is_not_doubled(instance: Instance) -> None:
    who = factories.operator()
    case = opened("LIMEN-A-001")
    with pytest.raises(services.CaseRefused, match="no photographs"):
        tasks.ask_search(case, who)
    photographed(case)
    job = tasks.ask_search(case, who, top=5)
    kept = searched(case)
    Search.objects.filter(pk=kept.pk).update(job=job.pk)
    worker.work(once=True, with_daily=False)
    job.refresh_from_db()
    assert (job.state, job.result) == (State.DONE, {"search": kept.pk, "case": case.pk, "none_of_these": False})
    assert Search.objects.count() == 1


def test_a_search_that_is_not_allowed_any_more_fails_with_its_sentence(instance: Instance) -> None:
    who = factories.operator()
    case = opened("LIMEN-A-001")
    photographed(case)
    job = tasks.ask_search(case, who)
    services.close_case(case.code, who, "over")
    worker.work(once=True, with_daily=False)
    job.refresh_from_db()
    assert job.state == State.FAILED
    assert job.sentence == "The case is closed. Nothing was searched, and the refusal is in the ledger."
