"""How many open cases stand at which step, how old they are, and which have waited longest: nothing is forgotten."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from django.db.models import Case as Choose
from django.db.models import CharField, Count, Exists, F, Min, OuterRef, Q, QuerySet, Value, When, Window
from django.db.models.functions import RowNumber
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from antigone.access.models import Operator
from antigone.casework.deciding.queries import ready_cases
from antigone.casework.errors import NotHere
from antigone.casework.knowing import knows_all
from antigone.casework.models import Case, Lineup, Proposal, ProposalState, Search
from antigone.casework.narrowing import latest_search, photographed
from antigone.casework.queries import open_to
from antigone.remains.cursors import cursor, position

AGES = (timedelta(days=7), timedelta(days=30), timedelta(days=180))
OLDEST = 5


class Stage(StrEnum):
    """Where an open case waits, in the order of the procedure.

    BEFORE_THE_BOARD and READY are of step 10. ANSWERED stands for all that follows a search, for whoever may not know
    what searches came to.
    """

    PHOTOGRAPHS = "photographs"
    SEARCH = "search"
    SEARCH_AGAIN = "search-again"
    NONE_OF_THESE = "none-of-these"
    TRIAGE = "triage"
    EXAMINATION = "examination"
    READY = "ready"
    BEFORE_THE_BOARD = "before-the-board"
    ANSWERED = "answered"

    @property
    def label(self) -> Promise:
        return _LABELS[self]

    @property
    def step(self) -> int:
        """The step of the procedure that is next."""
        return _STEPS[self]


_LABELS: dict[Stage, Promise] = {
    Stage.PHOTOGRAPHS: _("without a photograph"),
    Stage.SEARCH: _("to be searched for the first time"),
    Stage.SEARCH_AGAIN: _("to be searched again"),
    Stage.NONE_OF_THESE: _("none of these: waiting for new portraits"),
    Stage.TRIAGE: _("to be triaged"),
    Stage.EXAMINATION: _("to be examined"),
    Stage.READY: _("ready for the board"),
    Stage.BEFORE_THE_BOARD: _("before the board"),
    Stage.ANSWERED: _("searched: the next step is under way"),
}
_STEPS: dict[Stage, int] = {
    Stage.PHOTOGRAPHS: 2,
    Stage.SEARCH: 6,
    Stage.SEARCH_AGAIN: 6,
    Stage.NONE_OF_THESE: 8,
    Stage.TRIAGE: 9,
    Stage.EXAMINATION: 9,
    Stage.READY: 10,
    Stage.BEFORE_THE_BOARD: 10,
    Stage.ANSWERED: 9,
}


@dataclass(frozen=True)
class Waiting:
    """One of the oldest cases of a stage."""

    case: int
    code: str
    opened_at: datetime


@dataclass(frozen=True)
class StageLine:
    """One stage: how many cases, by age (up to a week, a month, half a year, older), and the oldest of them."""

    stage: Stage
    number: int
    ages: tuple[int, int, int, int]
    oldest_at: datetime | None
    oldest: tuple[Waiting, ...]


@dataclass(frozen=True)
class Overview:
    """The open cases of one's agency by stage, also the stages without a case; `closed` counts the others."""

    lines: tuple[StageLine, ...]
    open: int
    closed: int


def overview(who: Operator) -> Overview:
    """How the cases of one's agency stand; raises Refused. A fixed number of queries, however many cases there are.

    For whoever may not know what searches came to, what follows a search is one stage.
    """
    mine = open_to(who).filter(agency=who.agency_id)
    staged = _staged(mine.filter(closed_at=None), all_known=knows_all(who))
    now = timezone.now()
    bounds = [now - age for age in AGES]
    counted = {
        row["stage"]: row
        for row in staged.order_by()
        .values("stage")
        .annotate(
            number=Count("pk"),
            week=Count("pk", filter=Q(opened_at__gte=bounds[0])),
            month=Count("pk", filter=Q(opened_at__lt=bounds[0], opened_at__gte=bounds[1])),
            half=Count("pk", filter=Q(opened_at__lt=bounds[1], opened_at__gte=bounds[2])),
            older=Count("pk", filter=Q(opened_at__lt=bounds[2])),
            oldest=Min("opened_at"),
        )
    }
    first: dict[str, list[Waiting]] = {}
    places = Window(RowNumber(), partition_by=[F("stage")], order_by=[F("opened_at").asc(), F("pk").asc()])
    rows: QuerySet[Any] = staged.annotate(place=places).filter(place__lte=OLDEST).order_by("opened_at", "pk")
    for pk, code, opened_at, stage in rows.values_list("pk", "code", "opened_at", "stage"):
        first.setdefault(stage, []).append(Waiting(pk, code, opened_at))
    lines = tuple(_line(stage, counted.get(stage.value), tuple(first.get(stage.value, ()))) for stage in Stage)
    return Overview(lines, sum(line.number for line in lines), mine.filter(closed_at__isnull=False).count())


def waiting(
    who: Operator, stage: Stage, age: int | None = None, after: str | None = None, limit: int = 50
) -> tuple[list[Waiting], str | None]:
    """The cases that a number of the overview counts, the oldest first, and the cursor of the next ones.

    `age` is the place of an age in `StageLine.ages`, None for all. Raises Refused or NotHere.
    """
    mine = open_to(who).filter(agency=who.agency_id, closed_at=None)
    found = _staged(mine, all_known=knows_all(who)).filter(stage=stage.value)
    bounds = [timezone.now() - each for each in AGES]
    if age is not None:
        older, younger = (None, *bounds)[age], (*bounds, None)[age]
        found = found.filter(opened_at__lt=older) if older else found
        found = found.filter(opened_at__gte=younger) if younger else found
    if after:
        opened, pk = position(after, NotHere)
        found = found.filter(Q(opened_at__gt=opened) | Q(opened_at=opened, pk__gt=pk))
    rows = list(found.order_by("opened_at", "pk").values_list("pk", "code", "opened_at")[: limit + 1])
    shown = [Waiting(*row) for row in rows[:limit]]
    return shown, cursor(shown[-1].opened_at, shown[-1].case) if len(rows) > limit else None


def _line(stage: Stage, row: dict[str, object] | None, oldest: tuple[Waiting, ...]) -> StageLine:
    if row is None:
        return StageLine(stage, 0, (0, 0, 0, 0), None, ())
    ages = (row["week"], row["month"], row["half"], row["older"])
    return StageLine(stage, row["number"], ages, row["oldest"], oldest)  # type: ignore[arg-type]


def _staged(found: QuerySet[Case], *, all_known: bool) -> QuerySet[Any]:
    lineups = Lineup.objects.filter(search__case=OuterRef("pk"), search__recalled_at=None)
    searched = Exists(Search.objects.filter(case=OuterRef("pk")))
    put = Exists(Proposal.objects.filter(case=OuterRef("pk"), state=ProposalState.OPEN))
    ready = Exists(ready_cases(Case.objects.filter(pk=OuterRef("pk"))))

    def said(stage: Stage) -> Value:
        return Value(stage.value if all_known else Stage.ANSWERED.value)

    # Whoever may not know what searches came to does not learn from here that there is evidence, or a proposal.
    board = [When(put, then=said(Stage.BEFORE_THE_BOARD)), When(ready, then=said(Stage.READY))] if all_known else []
    return found.annotate(
        stage=Choose(
            *board,
            When(~searched & ~photographed(), then=Value(Stage.PHOTOGRAPHS.value)),
            When(~searched, then=Value(Stage.SEARCH.value)),
            When(latest_search(recalled_at__isnull=False), then=Value(Stage.SEARCH_AGAIN.value)),
            When(Exists(lineups.filter(settled_at=None, ready_at__isnull=False)), then=said(Stage.EXAMINATION)),
            When(Exists(lineups.filter(settled_at=None)), then=said(Stage.TRIAGE)),
            # Also where all was sorted and nobody kept anything, or the board has decided on all there was.
            When(Exists(lineups) | latest_search(none_of_these=True), then=said(Stage.NONE_OF_THESE)),
            default=said(Stage.TRIAGE),
            output_field=CharField(),
        )
    )
