"""Work is asked for, taken once, said how far it is, and ended with a sentence."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from threading import Thread

import pytest
from django.db import connections, transaction
from django.utils import timezone, translation
from django_tasks_db.models import DBTaskResult

from antigone.instance import Instance
from antigone.jobs import alive, ending, housekeeping, queries, registry, rules, running, services, worker
from antigone.jobs.errors import JobError, NoSuchJob, UnknownKind
from antigone.jobs.models import Job, State
from antigone.jobs.work import Work
from antigone.ledger.models import Entry
from antigone.upkeep.logs import Places


@dataclass
class Someone:
    actor: str = "operator:1"
    agency_id: int = 1


class SoFar(JobError):
    """A failure with a sentence of its own."""


@pytest.fixture
def kinds() -> Iterator[None]:
    """What the tests register is gone after each."""
    before = dict(registry._kinds)
    yield
    registry._kinds.clear()
    registry._kinds.update(before)
    ending.asked.clear()


def drain() -> int:
    return worker.work(once=True, with_daily=False)


def test_a_job_is_done_and_says_how_far(instance: Instance, kinds: None) -> None:
    @registry.handles("tests:count", title="Count")
    def count(work: Work) -> dict[str, int]:
        for number in range(1, work.args["to"] + 1):
            work.progress(number, work.args["to"], f"counted {number}")
        return {"counted": work.done}

    job = services.ask("tests:count", "operator:1", 1, {"to": 3})
    assert (job.state, job.title, job.percent) == (State.WAITING, "Count", None)
    assert drain() == 1
    job.refresh_from_db()
    assert (job.state, job.done, job.total, job.percent, job.sentence) == (State.DONE, 3, 3, 100, "counted 3")
    assert job.result == {"counted": 3}
    assert job.finished_at is not None
    assert job.attempts == 1
    assert [entry.action for entry in Entry.objects.filter(object=f"job:{job.pk}")] == ["jobs:job:ask"]


def test_a_kind_that_nobody_handles_is_refused(instance: Instance) -> None:
    with pytest.raises(UnknownKind, match="Nothing was done"):
        services.ask("tests:nobody", "operator:1")
    assert not Job.objects.exists()


def test_names_and_second_handlers_are_checked(kinds: None) -> None:
    with pytest.raises(ValueError, match="no kind of work"):
        registry.handles("Count")(lambda work: None)
    registry.handles("tests:one")(drain)  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="handled already"):
        registry.handles("tests:one")(test_names_and_second_handlers_are_checked)


def test_what_is_taken_back_is_never_done(instance: Instance, kinds: None) -> None:
    registry.handles("tests:none")(lambda work: None)
    with transaction.atomic():
        services.ask("tests:none", "operator:1")
        transaction.set_rollback(True)
    assert not Job.objects.exists()
    assert not DBTaskResult.objects.exists()


def test_a_failure_reaches_whoever_asked_as_its_sentence(
    instance: Instance, kinds: None, caplog: pytest.LogCaptureFixture
) -> None:
    @registry.handles("tests:sentence")
    def with_sentence(work: Work) -> None:
        raise SoFar("The list has no line. Nothing was saved.")

    @registry.handles("tests:unforeseen")
    def unforeseen(work: Work) -> None:
        raise KeyError("Oksana Petrenko")

    one, two = services.ask("tests:sentence", "operator:1"), services.ask("tests:unforeseen", "operator:1")
    drain()
    one.refresh_from_db()
    two.refresh_from_db()
    assert (one.state, one.sentence) == (State.FAILED, "The list has no line. Nothing was saved.")
    assert two.state == State.FAILED
    assert "KeyError" in two.sentence
    assert "Petrenko" not in two.sentence + str(list(DBTaskResult.objects.values_list("traceback")))
    told = "\n".join(Places("%(message)s").format(line) for line in caplog.records)
    assert "KeyError at running.py" in told
    assert "Petrenko" not in told
    assert [job.pk for job in queries.mine(Someone(), states=[State.FAILED])] == [two.pk, one.pk]
    assert Entry.objects.filter(action="jobs:job:fail").count() == 2


def test_a_job_starts_once_whoever_takes_it(instance: Instance, kinds: None) -> None:
    registry.handles("tests:once")(lambda work: None)
    job = services.ask("tests:once", "operator:1")
    got: list[bool] = []

    def take() -> None:
        got.append(services.start(job.pk) is not None)
        connections.close_all()

    threads = [Thread(target=take) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(got) == [False, False, False, True]


def test_a_stopped_job_ends_at_its_next_step(instance: Instance, kinds: None) -> None:
    steps: list[int] = []

    @registry.handles("tests:stopped")
    def stopped(work: Work) -> None:
        for number in range(5):
            steps.append(number)
            if number == 1:
                services.stop(work.job, "operator:1")
            try:
                work.progress(number, 5, keep={"at": number})
            except Exception:
                pytest.fail("a stop went through `except Exception`")

    job = services.ask("tests:stopped", "operator:1")
    drain()
    job.refresh_from_db()
    assert (steps, job.state, job.result) == ([0, 1], State.STOPPED, {"at": 0})
    with pytest.raises(NoSuchJob, match="Nothing was changed"):
        services.stop(job.pk, "operator:1")


def test_a_waiting_job_that_is_stopped_is_not_started(instance: Instance, kinds: None) -> None:
    registry.handles("tests:never")(lambda work: pytest.fail("it ran"))
    job = services.ask("tests:never", "operator:1")
    services.stop(job.pk, "operator:2")
    drain()
    job.refresh_from_db()
    assert (job.state, job.attempts) == (State.STOPPED, 0)


def test_a_worker_that_is_asked_to_end_puts_its_job_back(instance: Instance, kinds: None) -> None:
    seen: list[dict[str, int]] = []

    @registry.handles("tests:interrupted")
    def interrupted(work: Work) -> dict[str, int]:
        seen.append(dict(work.kept))
        if not work.kept:
            ending.asked.set()
            work.progress(1, 2, keep={"at": 1})
        return {"at": 2}

    job = services.ask("tests:interrupted", "operator:1")
    drain()
    job.refresh_from_db()
    assert (job.state, job.attempts, job.result) == (State.WAITING, 0, {"at": 1})
    ending.asked.clear()
    drain()
    job.refresh_from_db()
    assert (job.state, job.result, seen) == (State.DONE, {"at": 2}, [{}, {"at": 1}])


def test_the_words_are_in_the_language_of_whoever_asked(instance: Instance, kinds: None) -> None:
    @registry.handles("tests:language")
    def language(work: Work) -> dict[str, str | None]:
        return {"language": translation.get_language()}

    with translation.override("uk"):
        job = services.ask("tests:language", "operator:1")
    drain()
    job.refresh_from_db()
    assert job.result == {"language": "uk"}


def _running(worker_name: str, attempts: int = 1) -> Job:
    job = services.ask("tests:lost", "operator:1")
    long_ago = timezone.now() - rules.SILENT - timedelta(seconds=1)
    Job.objects.filter(pk=job.pk).update(
        state=State.RUNNING, worker=worker_name, attempts=attempts, heartbeat_at=long_ago, started_at=long_ago
    )
    DBTaskResult.objects.filter(pk=job.task).update(status="RUNNING", worker_ids=[worker_name], started_at=long_ago)
    return job


def test_a_job_with_an_old_heartbeat_is_taken_up_again_and_the_old_worker_cannot_write(
    instance: Instance, kinds: None
) -> None:
    registry.handles("tests:lost")(lambda work: {"by": alive.current()})
    old = _running("elsewhere")
    old.refresh_from_db()
    drain()
    job = Job.objects.get(pk=old.pk)
    assert (job.state, job.attempts) == (State.DONE, 2)
    assert not services.beat(old)
    assert not services.finish(old, {"by": "the old worker"})
    assert not services.fail(old, "the old worker failed")
    job.refresh_from_db()
    assert job.result != {"by": "the old worker"}


def test_a_job_of_a_living_worker_is_left_alone(instance: Instance, kinds: None) -> None:
    registry.handles("tests:lost")(lambda work: None)
    with alive.working(instance) as name:
        job = _running(name)
        assert housekeeping.take_up_lost() == 0
    job.refresh_from_db()
    assert job.state == State.RUNNING


def test_a_job_that_kills_its_workers_fails(instance: Instance, kinds: None) -> None:
    registry.handles("tests:lost")(lambda work: pytest.fail("it ran"))
    job = _running("elsewhere", attempts=rules.MOST_ATTEMPTS)
    drain()
    job.refresh_from_db()
    assert job.state == State.FAILED
    assert "not tried again" in job.sentence


def test_a_job_whose_worker_died_before_it_began_is_queued_anew(instance: Instance, kinds: None) -> None:
    registry.handles("tests:lost")(lambda work: None)
    job = _running("elsewhere")
    Job.objects.filter(pk=job.pk).update(state=State.WAITING, worker="", attempts=0)
    drain()
    job.refresh_from_db()
    assert (job.state, job.attempts) == (State.DONE, 1)


def test_somebody_elses_job_is_none(instance: Instance, kinds: None) -> None:
    registry.handles("tests:mine")(lambda work: None)
    asked = [services.ask("tests:mine", "operator:1", 1) for _ in range(3)]
    services.ask("tests:mine", "operator:2", 2)
    me = Someone()
    assert queries.job(me, asked[0].pk) == asked[0]
    assert [job.pk for job in queries.mine(me, limit=2)] == [asked[2].pk, asked[1].pk]
    assert [job.pk for job in queries.mine(me, after=asked[1].pk)] == [asked[0].pk]
    assert queries.mine(me, states=[State.DONE]) == []
    assert len(queries.of_agency(1)) == 3
    with pytest.raises(NoSuchJob):
        queries.job(Someone("operator:2", 2), asked[0].pk)


def test_what_ended_long_ago_is_swept_with_an_entry(instance: Instance, kinds: None) -> None:
    registry.handles("tests:old")(lambda work: None)
    old, new = services.ask("tests:old", "operator:1"), services.ask("tests:old", "operator:1")
    drain()
    past = timezone.now() - timedelta(days=rules.KEPT_DAYS + 1)
    Job.objects.filter(pk=old.pk).update(finished_at=past)
    DBTaskResult.objects.update(finished_at=past)
    services.ask("jobs:sweep", "operator:1")
    drain()
    assert set(Job.objects.filter(kind="tests:old")) == {new}
    assert Entry.objects.filter(action="jobs:job:sweep").count() == 1
    assert not DBTaskResult.objects.filter(finished_at=past).exists()


def test_a_job_runs_once_however_often_it_is_called(instance: Instance, kinds: None) -> None:
    ran: list[int] = []
    registry.handles("tests:twice")(lambda work: ran.append(work.job))
    job = services.ask("tests:twice", "operator:1")
    assert [running.run(job.pk), running.run(job.pk)] == ["done", "not waiting"]
    drain()
    assert ran == [job.pk]
