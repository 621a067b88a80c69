"""When a job counts as left behind, and when it has been tried often enough: pure decisions."""

from __future__ import annotations

from datetime import datetime, timedelta

BEAT = timedelta(seconds=10)
"""How often a worker says that it lives."""

SILENT = timedelta(minutes=5)
"""Without a word for so long, a worker of another machine counts as dead; a busy database may hold up a live one."""

MOST_ATTEMPTS = 5
"""A job whose worker died so often is the likely cause, and would take down every worker after it."""

KEPT_DAYS = 90
"""For so long a finished job can be looked up by whoever asked for it."""


def left_behind(heartbeat: datetime | None, now: datetime, worker_dead: bool | None) -> bool:
    """Whether a running job has lost its worker: known dead (True), known alive (False), or not known (None)."""
    if worker_dead is not None:
        return worker_dead
    return heartbeat is None or now - heartbeat > SILENT


def tried_enough(attempts: int) -> bool:
    return attempts >= MOST_ATTEMPTS
