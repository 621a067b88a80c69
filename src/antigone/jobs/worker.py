"""A worker: takes one job after another from the queue, takes up what dead workers left, asks for the daily work."""

from __future__ import annotations

import logging
import time

from django.conf import settings
from django.db import OperationalError, close_old_connections
from django_tasks import DEFAULT_TASK_BACKEND_ALIAS
from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult

from antigone.jobs import alive, daily, ending, housekeeping

POLL = 1.0
HOUSEKEEPING = 15.0
"""Seconds between two looks for work, and between two looks for jobs that lost their worker."""


def work(*, once: bool = False, with_daily: bool = True) -> int:
    """Work until `ending.asked` is set, or with `once` until nothing waits any more; returns how many ran."""
    logging.getLogger("django_tasks_db").setLevel(logging.WARNING)
    logging.getLogger("django_tasks").setLevel(logging.WARNING)
    ran, looked = 0, -HOUSEKEEPING
    with alive.working(settings.ANTIGONE) as name:
        while not ending.asked.is_set():
            close_old_connections()
            try:
                if time.monotonic() - looked >= HOUSEKEEPING:
                    looked = time.monotonic()
                    housekeeping.take_up_lost()
                    if with_daily:
                        daily.ask_due()
                if DBTaskResult.objects.ready().exists():
                    ran += _one(name)
                    continue
            except OperationalError as busy:
                # A database that is busy, or away for a moment, is asked again; there is nothing to lose here.
                logging.getLogger("antigone.jobs").warning("the database did not answer (%s)", type(busy).__name__)
            else:
                if once:
                    break
            ending.asked.wait(POLL)
    return ran


def _one(name: str) -> int:
    """Run the next task of the queue, if it is there still."""
    taker = Worker(
        queue_names=["*"],
        interval=0,
        batch=True,
        backend_name=DEFAULT_TASK_BACKEND_ALIAS,
        startup_delay=False,
        max_tasks=1,
        worker_id=name,
        excluded_queue_names=[],
    )
    taker.run()
    return int(taker._run_tasks)
