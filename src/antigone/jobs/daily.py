"""Daily work: each kind is asked for once a day, also after days on which nothing ran, and never twice."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING

from django.db import IntegrityError
from django.utils import timezone

from antigone.jobs import registry, services
from antigone.jobs.models import OPEN, DailyRun, Job
from antigone.jobs.registry import Handler, handles
from antigone.ledger.services import recorded

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

ACTOR = "system:daily"
PRIORITY = -50
"""Whoever waits at a page goes first."""


def daily(kind: str, *, title: str | _StrPromise = "") -> Callable[[Handler], Handler]:
    """Register work that is done once a day; otherwise as `handles`.

    Its arguments are `day`, the day it is for, and `since`, the day it last was asked for (None the first time): after
    an absence it runs once, and looks back so far.
    """
    return handles(kind, title=title, daily=True)


def ask_due(today: date | None = None) -> list[Job]:
    """Ask for the daily work that was not asked for yet today; what still runs from an earlier day is not doubled."""
    today = today or timezone.now().date()
    asked = set(DailyRun.objects.filter(day__gte=today).values_list("kind", flat=True))
    due = [kind for kind in registry.daily_kinds() if kind not in asked]
    if not due:
        return []
    unfinished = set(Job.objects.filter(kind__in=due, asked_by=ACTOR, state__in=OPEN).values_list("kind", flat=True))
    return [job for kind in due if kind not in unfinished and (job := _ask(kind, today)) is not None]


def _ask(kind: str, today: date) -> Job | None:
    last = DailyRun.objects.filter(kind=kind).order_by("-day").first()
    since = last.day.isoformat() if last else None
    try:
        with recorded(sequence=False):
            run = DailyRun.objects.create(kind=kind, day=today)
            run.job = services.ask(kind, ACTOR, None, {"day": today.isoformat(), "since": since}, priority=PRIORITY)
            run.save(update_fields=["job"])
    except IntegrityError:  # another worker was first
        return None
    return run.job
