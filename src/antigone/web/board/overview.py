"""How the open cases stand: by stage and age, where they wait, the oldest first; each number leads to its list."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_safe

from antigone.access.permissions import Permission
from antigone.casework.deciding import overview as standing
from antigone.casework.deciding.overview import Stage, StageLine, Waiting
from antigone.casework.knowing import knows_all
from antigone.casework.procedure import STEPS
from antigone.web.guards import Visit, needs
from antigone.web.paging import Pager

LINES = 50

AGES: tuple[tuple[str, Promise], ...] = (
    ("week", gettext_lazy("up to a week")),
    ("month", gettext_lazy("up to a month")),
    ("half-year", gettext_lazy("up to half a year")),
    ("older", gettext_lazy("older")),
)


@dataclass(frozen=True)
class Row:
    """A stage with its counts, each under the name of its age."""

    line: StageLine
    counts: tuple[tuple[str, Promise, int], ...]
    step: str

    @property
    def oldest(self) -> list[tuple[Waiting, str]]:
        return [(each, days(each)) for each in self.line.oldest]


def days(waiting: Waiting) -> str:
    number = (timezone.now() - waiting.opened_at).days
    return ngettext("%(number)d day", "%(number)d days", number) % {"number": number}


@require_safe
@needs(Permission.CASE_READ)
def overview(request: Visit) -> HttpResponse:
    """Whoever may not know what searches came to sees one stage for all that follows a search."""
    found = standing.overview(request.operator)
    known = knows_all(request.operator)
    titles = {step.number: step.title for step in STEPS}
    rows = [
        Row(
            line,
            tuple((key, label, number) for (key, label), number in zip(AGES, line.ages, strict=True)),
            titles[line.stage.step],
        )
        for line in found.lines
        if line.number or line.stage in _own(known=known)
    ]
    context = {"rows": rows, "found": found, "ages": AGES, "known": known}
    return render(request, "web/board/overview.html", context)


def _own(*, known: bool) -> frozenset[Stage]:
    """The stages that this person's overview has, with a case in them or without."""
    before = frozenset({Stage.PHOTOGRAPHS, Stage.SEARCH, Stage.SEARCH_AGAIN})
    return frozenset(Stage) - {Stage.ANSWERED} if known else before | {Stage.ANSWERED}


@require_safe
@needs(Permission.CASE_READ)
def waiting(request: Visit, stage: str) -> HttpResponse:
    """The cases that a number of the overview counts, the oldest first."""
    who = request.operator
    if stage not in {each.value for each in _own(known=knows_all(who))}:
        raise Http404
    at = Stage(stage)
    keys = [key for key, _label in AGES]
    age = keys.index(request.GET["age"]) if request.GET.get("age") in keys else None
    rows, after = standing.waiting(who, at, age, request.GET.get("after") or None, LINES)
    context = {
        "stage": at,
        "age": AGES[age][1] if age is not None else "",
        "ages": AGES,
        "rows": [(each, days(each)) for each in rows],
        "pager": Pager(next=after),
    }
    return render(request, "web/board/waiting.html", context)
