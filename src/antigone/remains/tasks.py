"""Jobs of the post-mortem records: what is due for review, with a warning before, and the end of public items."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext_lazy

from antigone.jobs.daily import daily
from antigone.jobs.work import Work
from antigone.ledger.services import sequence
from antigone.remains import open_source, queries
from antigone.remains.models import OpenSourceItem, Photograph, Subject
from antigone.vault import tasks as vault_tasks

WARNING_OF_AN_END = timedelta(days=5)
SYSTEM = "system:retention"


@dataclass(frozen=True)
class Due:
    """One record to be reviewed or to end: what it is, of which subject and agency, on which day."""

    what: str
    key: int | UUID
    subject: int
    code: str
    agency: int
    on: date
    overdue: bool


def due(today: date, agency: int | None = None, limit: int = 500) -> list[Due]:
    """What is to be reviewed, or ends, soon or since some day, the longest overdue first; three queries."""
    return _in_order([*reviews(today, agency, limit), *ends(today, agency, limit)], limit)


def ends(today: date, agency: int | None = None, limit: int = 500) -> list[Due]:
    """Public items, which end by themselves; that they will is told five days before. One query."""
    of_mine = Q() if agency is None else Q(subject__agency=agency)
    items = (
        OpenSourceItem.objects.filter(of_mine, erased_at=None, ends_on__lte=today + WARNING_OF_AN_END)
        .select_related("subject")
        .order_by("ends_on", "pk")
    )[:limit]
    return [_due("open-source", each.pk, each.subject, each.ends_on, today) for each in items]


def reviews(today: date, agency: int | None = None, limit: int = 500) -> list[Due]:
    """What is to be reviewed alone, told thirty days before, of the living seven; two queries."""
    mine = Q() if agency is None else Q(agency=agency)
    of_mine = Q() if agency is None else Q(subject__agency=agency)
    subjects = Subject.objects.filter(mine, queries.due_soon(today), spoke_at=None).order_by("review_on", "pk")[:limit]
    photographs = (
        Photograph.objects.filter(of_mine, queries.due_soon(today, "subject__"))
        .select_related("subject")
        .order_by("review_on", "pk")
    )[:limit]
    found = [_due("subject", each.pk, each, each.review_on, today) for each in subjects]
    found += [_due("photograph", each.pk, each.subject, each.review_on, today) for each in photographs]
    return _in_order(found, limit)


def expire_open_source(today: date) -> int:
    """Erase the public items whose thirty days are over, and destroy their keys; returns how many there were.

    Each item is a transaction of its own: stopped anywhere, the next call goes on.
    """
    over = OpenSourceItem.objects.filter(erased_at=None, ends_on__lt=today).order_by("ends_on", "pk")
    ended = 0
    for item in list(over):
        open_source.erase(item, SYSTEM, "its thirty days are over")
        ended += 1
    if ended:
        vault_tasks.complete_shreds()
        sequence()
    return ended


@daily("remains:open-source", title=gettext_lazy("End public items whose thirty days are over"))
def end_open_source(work: Work) -> dict[str, int]:
    """The same as daily work; a second run finds none."""
    return {"ended": expire_open_source(date.fromisoformat(work.args["day"]))}


def _in_order(found: list[Due], limit: int) -> list[Due]:
    return sorted(found, key=lambda each: (each.on, each.what, str(each.key)))[:limit]


def _due(what: str, key: int | UUID, subject: Subject, on: date | None, today: date) -> Due:
    assert on is not None
    return Due(what, key, subject.pk, subject.code, subject.agency_id, on, overdue=on < today)
