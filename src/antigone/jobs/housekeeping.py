"""Jobs that lost their worker are taken up again; those that ended long ago are removed."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext_lazy
from django_tasks import TaskResultStatus

from antigone.jobs import alive, rules, services
from antigone.jobs.models import ENDED, DailyRun, Job, State
from antigone.jobs.registry import handles
from antigone.jobs.work import Work
from antigone.ledger.services import record, recorded


def take_up_lost() -> int:
    """Put every job whose worker died in the queue again; returns how many. One that died too often fails."""
    dead, living = alive.dead(settings.ANTIGONE), alive.living(settings.ANTIGONE)
    now, taken = timezone.now(), 0
    for job in Job.objects.filter(state=State.RUNNING).order_by("pk"):
        known = True if job.worker in dead else False if job.worker in living else None
        if not rules.left_behind(job.heartbeat_at, now, known):
            continue
        if rules.tried_enough(job.attempts):
            services.give_up(job)
        else:
            taken += services.take_up(job)
    taken += _lost_before_start(dead)
    alive.bury(settings.ANTIGONE, dead)
    return taken


def _lost_before_start(dead: set[str]) -> int:
    """Jobs that wait while their place in the queue is gone: the worker that had taken it died before it began.

    A second place in the queue does no harm: a job starts once.
    """
    from django_tasks_db.models import DBTaskResult

    waiting = list(Job.objects.filter(state=State.WAITING, task__isnull=False).order_by("pk"))
    places = DBTaskResult.objects.in_bulk([job.task for job in waiting])
    longest = timezone.now() - rules.SILENT
    taken = 0
    for job in waiting:
        place = places.get(job.task)
        if place is not None and place.status == TaskResultStatus.READY:
            continue
        worker = place.worker_ids[-1] if place is not None and place.worker_ids else ""
        if place is None or worker in dead or (place.started_at or longest) < longest:
            with recorded(sequence=False):
                if Job.objects.select_for_update().filter(pk=job.pk, state=State.WAITING, task=job.task).exists():
                    services.enqueue(job)
                    taken += 1
    return taken


@handles("jobs:sweep", title=gettext_lazy("Remove jobs that ended long ago"), daily=True)
def sweep(work: Work) -> dict[str, Any]:
    """Remove jobs that ended, with their places in the queue, when nobody looks them up any more."""
    from django_tasks_db.models import DBTaskResult

    before = timezone.now() - timedelta(days=rules.KEPT_DAYS)
    with recorded():
        count, _ = Job.objects.filter(state__in=ENDED, finished_at__lt=before).delete()
        DailyRun.objects.filter(day__lt=before.date()).delete()
        if count:
            record("jobs:job:sweep", actor=work.asked_by, object="instance:self", count=count)
    ended = DBTaskResult.objects.finished().filter(finished_at__lt=timezone.now() - timedelta(days=1))
    ended.delete()
    return {"removed": count}
