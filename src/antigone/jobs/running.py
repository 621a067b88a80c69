"""One run of one job: taken by exactly one worker, kept alive, and ended with a sentence."""

from __future__ import annotations

import contextlib
import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import Error, close_old_connections, connections
from django.utils import translation
from django.utils.translation import gettext as _

from antigone.jobs import registry, rules, services
from antigone.jobs.errors import Interrupted, Stopped
from antigone.jobs.models import Job
from antigone.jobs.work import Work

logger = logging.getLogger("antigone.jobs")


def run(pk: int) -> str:
    """Run a job if it waits still; returns the word for what came of it."""
    job = services.start(pk)
    if job is None:
        return "not waiting"
    with translation.override(job.language), _beating(job):
        try:
            result = registry.get(job.kind).handler(Work(job))
        except Stopped:
            return "stopped"
        except (Interrupted, KeyboardInterrupt, SystemExit):
            services.put_back(job)
            return "interrupted"
        except Exception as failure:
            logger.exception("job %s (%s) failed", job.pk, job.kind)
            close_old_connections()
            services.fail(job, sentence_of(failure))
            return "failed"
        return "done" if services.finish(job, result) else "stopped"


def sentence_of(failure: Exception) -> str:
    """The sentence that a room gave its failure; for one that nobody foresaw, what kind it was and no more."""
    ours = any(each.__module__.partition(".")[0] == "antigone" for each in type(failure).__mro__)
    if ours and str(failure):
        return str(getattr(failure, "sentence", None) or failure)
    return _(
        "Something failed that should not (%(kind)s). What was committed before is kept; nothing was saved by halves. "
        "Ask for it again, and tell the administrator when it fails again."
    ) % {"kind": type(failure).__name__}


@contextmanager
def _beating(job: Job) -> Iterator[None]:
    """Say at every beat that this worker lives, from a thread of its own, while the block runs."""
    over = threading.Event()

    def beats() -> None:
        try:
            while not over.wait(rules.BEAT.total_seconds()):
                with contextlib.suppress(Error):  # a busy database: the next beat will do
                    if not services.beat(job):
                        return
        finally:
            connections.close_all()

    thread = threading.Thread(target=beats, name=f"heartbeat of job {job.pk}", daemon=True)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()
