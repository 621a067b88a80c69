"""One's own record: practice and the strangers of real work, apart; nobody opens anybody else's."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from antigone.access import services as access
from antigone.access.permissions import Permission
from antigone.casework.judging import proficiency
from antigone.casework.judging.proficiency import Share, Tally
from antigone.casework.practice import record as own
from antigone.casework.practice import timing
from antigone.casework.practice.record import Sorted
from antigone.casework.practice.timing import Taken
from antigone.web.guards import Visit, needs


@dataclass(frozen=True)
class Bar:
    """A share in words, and as numbers for a drawing 100 wide."""

    label: str | Promise
    count: int
    of: int
    share: str
    interval: str
    at: str
    low: str
    width: str


@dataclass(frozen=True)
class Time:
    """How long one candidate took."""

    label: str | Promise
    number: int
    median: str
    mean: str


@require_safe
@needs(Permission.PRACTICE_DO)
def record(request: Visit) -> HttpResponse:
    who = request.operator
    mine, times = own.own_record(who), timing.own_times(who)
    real = months = None
    if access.allows(who, Permission.EXAMINATION_DO):
        real, months = proficiency.record_of(who), proficiency.months_of(who)
    context = {
        "mine": mine,
        "conclusions": tally(mine.conclusions),
        "of_one": tally(mine.of_one_person),
        "of_two": tally(mine.of_two),
        "strongly": bar(_("wrong, and strongly worded"), mine.strongly_wrong),
        "mates": sorting(mine.mates),
        "strangers": sorting(mine.strangers),
        "months": [(each.first, tally(each.tally)) for each in mine.months],
        "times": [taken(_("sorting"), times.sorting), taken(_("examining"), times.examining)],
        "real": tally(real) if real is not None and real.right.of else None,
        "real_months": [(first, tally(each)) for first, each in months or ()],
        "examines": real is not None,
    }
    return render(request, "web/practice/record.html", context)


def tally(given: Tally) -> list[Bar]:
    """Right, wrong, inconclusive."""
    return [
        bar(gettext_lazy("right"), given.right),
        bar(gettext_lazy("wrong"), given.wrong),
        bar(gettext_lazy("inconclusive"), given.inconclusive),
    ]


def sorting(given: Sorted) -> list[Bar]:
    """Kept, set aside, cannot tell."""
    return [
        bar(gettext_lazy("kept"), given.kept),
        bar(gettext_lazy("set aside"), given.set_aside),
        bar(gettext_lazy("cannot tell"), given.cannot_tell),
    ]


def bar(label: str | Promise, given: Share) -> Bar:
    share = given.count / given.of if given.of else 0.0
    return Bar(
        label=label,
        count=given.count,
        of=given.of,
        share=_percent(share),
        interval=_("%(low)s to %(high)s") % {"low": _percent(given.low), "high": _percent(given.high)},
        at=f"{100 * share:.1f}",
        low=f"{100 * given.low:.1f}",
        width=f"{100 * (given.high - given.low):.1f}",
    )


def taken(label: str | Promise, given: Taken) -> Time:
    return Time(label, given.number, said(given.median), said(given.mean))


def said(seconds: float | None) -> str:
    """A time as people say it: seconds below two minutes, then minutes."""
    if seconds is None:
        return ""
    if seconds < 120:
        return _("%(seconds).0f s") % {"seconds": seconds}
    return _("%(minutes)d min %(seconds)02d s") % {"minutes": seconds // 60, "seconds": int(seconds % 60)}


def _percent(share: float) -> str:
    return f"{100 * share:.0f} %"
