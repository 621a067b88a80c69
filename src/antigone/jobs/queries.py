"""What people ask about work that takes a while."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from antigone.jobs import daily
from antigone.jobs.errors import NoSuchJob
from antigone.jobs.models import OPEN, Job, State

PAGE = 50


class Asker(Protocol):
    """Whoever asks: an operator of the room of access, which stands above this one."""

    agency_id: int

    @property
    def actor(self) -> str: ...


def job(who: Asker, pk: int) -> Job:
    """A job that this person asked for; raises NoSuchJob, also for one that somebody else did."""
    found = Job.objects.filter(pk=pk, asked_by=who.actor).first()
    if found is None:
        raise NoSuchJob(_("There is no job %(number)d here.") % {"number": pk})
    return found


def job_of_agency(agency: int, pk: int) -> Job:
    """A job of an agency, or of the instance itself, for whoever runs the machine; raises NoSuchJob."""
    found = Job.objects.filter(Q(agency=agency) | Q(agency=None), pk=pk).first()
    if found is None:
        raise NoSuchJob(_("There is no job %(number)d here.") % {"number": pk})
    return found


def mine(
    who: Asker, *, states: Sequence[str] = (), kinds: Sequence[str] = (), after: int | None = None, limit: int = PAGE
) -> list[Job]:
    """The jobs that this person asked for, newest first; `after` is the number of the last one of the page before."""
    return _page(Job.objects.filter(asked_by=who.actor), states, kinds, after, limit)


def of_agency(agency: int, *, states: Sequence[str] = OPEN, after: int | None = None, limit: int = PAGE) -> list[Job]:
    """The jobs of an agency and those of the instance itself, newest first, for whoever runs the machine."""
    return _page(Job.objects.filter(Q(agency=agency) | Q(agency=None)), states, (), after, limit)


def daily_runs(kinds: Sequence[str], *, limit: int = PAGE) -> list[Job]:
    """The daily work of these kinds that ended, newest first, with what came of it."""
    found = Job.objects.filter(asked_by=daily.ACTOR, kind__in=list(kinds), state__in=(State.DONE, State.FAILED))
    return list(found.order_by("-pk")[: max(1, min(limit, PAGE))])


def _page(
    found: QuerySet[Job], states: Sequence[str], kinds: Sequence[str], after: int | None, limit: int
) -> list[Job]:
    if states:
        found = found.filter(state__in=list(states))
    if kinds:
        found = found.filter(kind__in=list(kinds))
    if after is not None:
        found = found.filter(pk__lt=after)
    return list(found.order_by("-pk")[: max(1, min(limit, PAGE))])
