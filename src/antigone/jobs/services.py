"""Asking for work, saying how far it is, ending it; what people asked for and what failed is in the ledger."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from antigone.jobs import alive, registry
from antigone.jobs.errors import NoSuchJob, Stopped
from antigone.jobs.models import OPEN, Job, State
from antigone.ledger.services import record, recorded


def ask(
    kind: str,
    asked_by: str,
    agency: int | None = None,
    args: Mapping[str, Any] | None = None,
    *,
    priority: int = 0,
) -> Job:
    """Ask for work; it waits until a worker takes it up. Raises UnknownKind.

    The row, its place in the queue and the ledger's entry are one transaction: also that of the caller, so that work
    for a change that is taken back is never done. `args` is JSON without personal data: the numbers of records, not
    what they say. `priority` runs from -100 to 100; what is higher is taken up first.
    """
    registry.get(kind)
    with recorded():
        job = Job.objects.create(
            kind=kind,
            asked_by=asked_by,
            agency=agency,
            args=dict(args or {}),
            priority=priority,
            language=get_language() or "en",
            created_at=timezone.now(),
        )
        enqueue(job)
        if not asked_by.startswith("system:"):
            record("jobs:job:ask", actor=asked_by, object=f"job:{job.pk}", kind=kind, agency=agency)
    return job


def enqueue(job: Job) -> None:
    """Give a waiting job a place in the queue; the caller's transaction decides."""
    from antigone.jobs.tasks import run_job

    job.task = run_job.using(priority=job.priority).enqueue(job.pk).id
    Job.objects.filter(pk=job.pk).update(task=job.task)


def start(pk: int) -> Job | None:
    """Take a waiting job: of several workers exactly one gets it, the others None."""
    now = timezone.now()
    with recorded(sequence=False):
        job = Job.objects.select_for_update().filter(pk=pk, state=State.WAITING).first()
        if job is None:
            return None
        job.state, job.worker, job.attempts, job.heartbeat_at = State.RUNNING, alive.current(), job.attempts + 1, now
        job.started_at = job.started_at or now
        job.save(update_fields=["state", "worker", "attempts", "heartbeat_at", "started_at"])
    return job


def _ours(job: Job) -> Any:
    return Job.objects.filter(pk=job.pk, state=State.RUNNING, worker=job.worker, attempts=job.attempts)


def beat(job: Job) -> bool:
    """Say that the job's worker lives; False when the job is not this worker's any more."""
    return bool(_ours(job).update(heartbeat_at=timezone.now()))


def progress(job: Job, done: int, total: int | None, sentence: str, kept: dict[str, Any] | None = None) -> None:
    """Say how far a job is; raises Stopped when it is not this worker's any more."""
    changes: dict[str, Any] = {"done": done, "total": total, "sentence": sentence, "heartbeat_at": timezone.now()}
    if kept is not None:
        changes["result"] = kept
    if not _ours(job).update(**changes):
        raise Stopped


def finish(job: Job, result: dict[str, Any] | None) -> bool:
    """End a job well; False when somebody stopped it before, which then holds."""
    changes: dict[str, Any] = {"state": State.DONE, "finished_at": timezone.now()}
    if result is not None:
        changes["result"] = result
    return bool(_ours(job).update(**changes))


def fail(job: Job, sentence: str) -> bool:
    """End a job badly, with the sentence for whoever asked; False when somebody stopped it before."""
    with recorded():
        ended = bool(_ours(job).update(state=State.FAILED, sentence=sentence, finished_at=timezone.now()))
        if ended:
            record("jobs:job:fail", actor=job.asked_by, object=f"job:{job.pk}", kind=job.kind)
    return ended


def put_back(job: Job) -> bool:
    """Let go of a job that this worker cannot end; it waits for the next one, and the attempt does not count."""
    with recorded(sequence=False):
        ours = bool(_ours(job).update(state=State.WAITING, worker="", attempts=job.attempts - 1))
        if ours:
            enqueue(job)
    return ours


def take_up(job: Job) -> bool:
    """Put a job whose worker died in the queue again; False when another did so first."""
    with recorded(sequence=False):
        waits = bool(_ours(job).update(state=State.WAITING, worker=""))
        if waits:
            enqueue(job)
    return waits


def give_up(job: Job) -> bool:
    """End a job that lost its worker too often."""
    return fail(
        job,
        _(
            "The worker died %(times)d times while it did this, so it is not tried again. What was committed stays. "
            "Run: antigone doctor, and ask for it anew."
        )
        % {"times": job.attempts},
    )


def stop(pk: int, actor: str) -> Job:
    """Stop a job that waits or runs: a running one ends at its next step, and what it committed stays.

    Raises NoSuchJob when there is none, or when it has ended.
    """
    with recorded():
        job = Job.objects.select_for_update().filter(pk=pk, state__in=OPEN).first()
        if job is None:
            raise NoSuchJob(_("There is no job %(number)d that waits or runs. Nothing was changed.") % {"number": pk})
        job.state, job.finished_at = State.STOPPED, timezone.now()
        job.save(update_fields=["state", "finished_at"])
        record("jobs:job:stop", actor=actor, object=f"job:{job.pk}", kind=job.kind)
    return job
