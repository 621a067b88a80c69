"""The reviewer's first page, and what the daily work erased and will erase."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from antigone.access import services as access
from antigone.access.permissions import Permission
from antigone.casework.judging.unread import veil_for
from antigone.jobs import queries as jobs
from antigone.jobs.models import Job
from antigone.ledger import reading
from antigone.missing import reviews
from antigone.missing.retention import ERASE_GRACE, REVIEW_GRACE
from antigone.remains import reading as remains
from antigone.remains import review, tasks
from antigone.web.guards import Visit, needs

LINES = 100
SHOWN = 100
PERIOD = timedelta(days=30)
DAILY = ("missing:reviews", "remains:open-source")


@dataclass(frozen=True)
class Run:
    """What the daily work came to on a day, in words."""

    job: Job
    words: str


@require_safe
@needs(Permission.RETENTION_REVIEW)
def overview(request: Visit) -> HttpResponse:
    """What there is to review, in short."""
    who, today = request.operator, timezone.now().date()
    allowed = access.permissions_held(who)
    context: dict[str, Any] = {
        "portraits": _counted(reviews.reviews_due(today, who.agency_id, limit=LINES)),
        "persons": _counted(reviews.persons_due(today, who.agency_id, limit=LINES)),
        "remains": _counted([each for each in tasks.due(today, who.agency_id, LINES) if each.what != "open-source"]),
        "samples": Permission.SAMPLE_REVIEW in allowed,
        "ledger": Permission.LEDGER_READ in allowed,
    }
    if context["samples"]:
        last = remains.draws(who, limit=1)
        context["last"] = last[0] if last else None
        context["marks"] = review.marks(last).get(last[0].pk) if last else None
    if context["ledger"]:
        refused = reading.refusals(timezone.now() - PERIOD, veil_for(who))
        context["refusals"] = sum(number for _action, number in refused)
        context["days"] = PERIOD.days
    return render(request, "web/review/overview.html", context)


def _counted(lines: list[Any]) -> str:
    """How many, as far as anybody needs to know."""
    return str(len(lines)) if len(lines) < LINES else _("%(number)d or more") % {"number": LINES}


@require_safe
@needs(Permission.RETENTION_REVIEW)
def ending(request: Visit) -> HttpResponse:
    """What will be erased unless somebody speaks, and what the daily work did."""
    who, today = request.operator, timezone.now().date()
    context = {
        "portraits": reviews.ending(today, who.agency_id, limit=SHOWN),
        "items": [each for each in tasks.due(today, who.agency_id, SHOWN) if each.what == "open-source"],
        "runs": [Run(each, _words(each)) for each in jobs.daily_runs(DAILY, limit=30)],
        "today": today,
        "grace": ERASE_GRACE.days,
        "unheld": REVIEW_GRACE.days,
        "shown": SHOWN,
    }
    return render(request, "web/review/ending.html", context)


def _words(job: Job) -> str:
    """What a run of the daily work did, in a sentence; numbers alone, of the whole instance."""
    said = job.result or {}
    if not job.ended or job.result is None:
        return job.sentence
    if job.kind == "remains:open-source":
        number = int(said.get("ended", 0))
        if not number:
            return _("Nothing was due.")
        words = ngettext(
            "%(number)d public item ended and was erased.", "%(number)d public items ended and were erased.", number
        )
        return words % {"number": number}
    told = [
        (said.get("withheld"), _("withdrawn by families and withheld: %(number)d")),
        (said.get("warned"), _("warned of for the first time: %(number)d")),
        (said.get("ended"), _("ended, since nobody reviewed them: %(number)d")),
        (said.get("erased"), _("erased: %(number)d")),
        (said.get("enquiries"), _("withdrawn enquiries erased: %(number)d")),
    ]
    words = "; ".join(sentence % {"number": number} for number, sentence in told if number)
    if not words:
        return _("Nothing was due.")
    if not said.get("verified", True):
        words += "; " + _("the galleries were still being rewritten")
    return f"{words[:1].upper()}{words[1:]}."
