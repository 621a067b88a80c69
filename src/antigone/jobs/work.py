"""What a handler sees of its job: the arguments, how far it came before, and how to say how far it is."""

from __future__ import annotations

import time
from typing import Any

from antigone.jobs import ending, services
from antigone.jobs.errors import Interrupted
from antigone.jobs.models import Job

SECONDS_BETWEEN = 0.5
"""Progress is written so often at most: a step of a job may take a millisecond."""


class Work:
    """One run of one job."""

    def __init__(self, job: Job) -> None:
        self._job = job
        self._written = 0.0
        self.job = job.pk
        self.kind = job.kind
        self.asked_by = job.asked_by
        self.agency = job.agency
        self.args: dict[str, Any] = job.args
        self.done = job.done
        self.kept: dict[str, Any] = job.result or {}
        """What an earlier run of this job kept to go on from."""

    def progress(
        self, done: int, total: int | None = None, sentence: str = "", *, keep: dict[str, Any] | None = None
    ) -> None:
        """Say how far the work is, and with `keep` from where to go on after a kill.

        Raises Stopped or Interrupted when the work is to end here; a handler lets both through. Call it outside a
        transaction.
        """
        self.done = done
        if keep is not None:
            self.kept = keep
        now = time.monotonic()
        if keep is not None or done == total or now - self._written >= SECONDS_BETWEEN or ending.asked.is_set():
            services.progress(self._job, done, total, sentence, keep)
            self._written = now
        if ending.asked.is_set():
            raise Interrupted
