"""Every room's daily work is registered, and a whole day of it runs and can run again."""

from __future__ import annotations

from datetime import date

from antigone.instance import Instance
from antigone.jobs import daily, registry, worker
from antigone.jobs.models import Job, State
from antigone.ledger.services import verify
from antigone.upkeep import tasks  # noqa: F401  (registers the daily work of the instance)

EXPECTED = {
    "access:sweep",
    "jobs:sweep",
    "missing:reviews",
    "remains:open-source",
    "upkeep:checkpoint",
    "upkeep:sessions",
    "web:sweep-drafts",
}


def test_every_rooms_daily_work_is_known_and_has_a_title() -> None:
    assert set(registry.daily_kinds()) >= EXPECTED
    assert all(registry.title_of(kind) != kind for kind in EXPECTED)


def test_two_days_of_it_are_done(instance: Instance) -> None:
    for day in (date(2026, 11, 24), date(2026, 11, 25)):
        assert {job.kind for job in daily.ask_due(day)} == set(registry.daily_kinds())
        worker.work(once=True, with_daily=False)
    assert {job.kind: job.sentence for job in Job.objects.exclude(state=State.DONE)} == {}
    assert verify().ok
