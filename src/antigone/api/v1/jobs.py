"""Work that takes a while: how far it is, and what came of it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from ninja import Router

from antigone.api.bearer import Call
from antigone.api.operation import operation
from antigone.api.strict import RecordId, Shown
from antigone.jobs import queries
from antigone.jobs.models import Job

router = Router()


class JobShown(Shown):
    id: int
    kind: str
    title: str
    state: str
    done: int
    total: int | None
    percent: int | None
    sentence: str
    result: dict[str, Any] | None
    created_at: datetime
    started_at: datetime | None
    finished_at: datetime | None


def shown(found: Job) -> JobShown:
    """A job as programs see it."""
    return JobShown(
        id=found.pk,
        kind=found.kind,
        title=str(found.title),
        state=found.state,
        done=found.done,
        total=found.total,
        percent=found.percent,
        sentence=found.sentence,
        result=found.result,
        created_at=found.created_at,
        started_at=found.started_at,
        finished_at=found.finished_at,
    )


@operation(router, "GET", "/jobs/{number}", needs=None, shows=JobShown)
def job(request: Call, number: RecordId) -> JobShown:
    """A job that this token asked for; another token's does not exist here."""
    return shown(queries.job(request.auth, number))
