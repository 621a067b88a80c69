"""Daily work is asked for once a day, also after an absence, and never twice."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from threading import Thread

import pytest
from django.db import connections

from antigone.instance import Instance
from antigone.jobs import daily, registry, worker
from antigone.jobs.models import DailyRun, Job, State
from antigone.jobs.work import Work

MONDAY = date(2026, 3, 2)


@pytest.fixture
def seen() -> Iterator[list[dict[str, str | None]]]:
    """One daily kind alone, and the arguments that it was called with."""
    before, calls = dict(registry._kinds), []
    registry._kinds.clear()

    @daily.daily("tests:daily")
    def look(work: Work) -> None:
        calls.append(work.args)

    yield calls
    registry._kinds.clear()
    registry._kinds.update(before)


def test_once_a_day_and_caught_up_once(instance: Instance, seen: list[dict[str, str | None]]) -> None:
    assert len(daily.ask_due(MONDAY)) == 1
    assert daily.ask_due(MONDAY) == []
    worker.work(once=True, with_daily=False)
    after_a_week = MONDAY + timedelta(days=7)
    assert len(daily.ask_due(after_a_week)) == 1
    assert daily.ask_due(after_a_week) == []
    assert daily.ask_due(MONDAY) == [], "a clock that goes back asks for nothing"
    worker.work(once=True, with_daily=False)
    assert seen == [{"day": "2026-03-02", "since": None}, {"day": "2026-03-09", "since": "2026-03-02"}]


def test_what_still_runs_is_not_doubled(instance: Instance, seen: list[dict[str, str | None]]) -> None:
    (job,) = daily.ask_due(MONDAY)
    assert daily.ask_due(MONDAY + timedelta(days=1)) == []
    Job.objects.filter(pk=job.pk).update(state=State.FAILED)
    assert len(daily.ask_due(MONDAY + timedelta(days=1))) == 1


def test_two_workers_ask_once(instance: Instance, seen: list[dict[str, str | None]]) -> None:
    def ask() -> None:
        daily.ask_due(MONDAY)
        connections.close_all()

    threads = [Thread(target=ask) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert Job.objects.count() == DailyRun.objects.count() == 1
