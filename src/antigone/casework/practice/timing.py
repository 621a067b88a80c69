"""How long a candidate takes in practice: from the pictures shown to the judgement, from the beginning to the seal."""

from __future__ import annotations

import random
import statistics
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from antigone.access import services as access
from antigone.access.models import Operator
from antigone.access.permissions import Permission
from antigone.casework.models import PracticeExamination, PracticePair, Stage
from antigone.casework.practice import own
from antigone.ledger.services import record, recorded


@dataclass(frozen=True)
class Taken:
    """So many candidates, and the seconds that one took: None where there is none."""

    number: int
    mean: float | None
    median: float | None


@dataclass(frozen=True)
class Times:
    """Sorting and examining, apart."""

    sorting: Taken
    examining: Taken


@dataclass(frozen=True)
class Report:
    """The times of everybody who practised in an agency, each under a number drawn anew for every report."""

    examiners: tuple[tuple[str, Times], ...]
    all: Times


def own_times(who: Operator) -> Times:
    """The times of whoever asks; raises Refused."""
    own.allowed(who)
    sorting = _sorting(who.agency_id).filter(exercise__actor=who.actor)
    examining = _examining(who.agency_id).filter(pair__exercise__actor=who.actor)
    return Times(_taken(_spans(sorting)), _taken(_spans(examining)))


def report(who: Operator) -> Report:
    """How long candidates take in one's agency; no name, no operator, and nothing of right or wrong is in it.

    Raises Refused. Pseudonyms hold for one report alone, so that two of them cannot be laid beside each other.
    """
    access.require(who, Permission.PRACTICE_REPORT, object=f"agency:{who.agency_id}")
    found: dict[str, tuple[list[float], list[float]]] = defaultdict(lambda: ([], []))
    for actor, begun, ended in _spans_of(_sorting(who.agency_id), "exercise__actor"):
        found[actor][0].append((ended - begun).total_seconds())
    for actor, begun, ended in _spans_of(_examining(who.agency_id), "pair__exercise__actor"):
        found[actor][1].append((ended - begun).total_seconds())
    each = list(found.values())
    random.SystemRandom().shuffle(each)
    with recorded():
        record("casework:practice:report", actor=who.actor, object=f"agency:{who.agency_id}")
    return Report(
        examiners=tuple(
            (f"E{number}", Times(_taken(sorting), _taken(examining)))
            for number, (sorting, examining) in enumerate(each, 1)
        ),
        all=Times(
            _taken(value for sorting, _examining in each for value in sorting),
            _taken(value for _sorting, examining in each for value in examining),
        ),
    )


def _sorting(agency: int) -> QuerySet[PracticePair]:
    """Pairs of sealed blocks: only what was finished is timed."""
    return PracticePair.objects.filter(
        exercise__agency=agency, exercise__sorted_at__isnull=False, shown_at__isnull=False, judged_at__isnull=False
    )


def _examining(agency: int) -> QuerySet[PracticeExamination]:
    return PracticeExamination.objects.filter(pair__exercise__agency=agency, stage=Stage.SEALED, ended_at__isnull=False)


def _spans_of(
    rows: QuerySet[PracticePair] | QuerySet[PracticeExamination], actor: str
) -> list[tuple[str, datetime, datetime]]:
    names = ("shown_at", "judged_at") if rows.model is PracticePair else ("begun_at", "ended_at")
    return list(rows.order_by(*names).values_list(actor, *names))


def _spans(rows: QuerySet[PracticePair] | QuerySet[PracticeExamination]) -> list[float]:
    names = ("shown_at", "judged_at") if rows.model is PracticePair else ("begun_at", "ended_at")
    return [(ended - begun).total_seconds() for begun, ended in rows.values_list(*names)]


def _taken(seconds: Iterable[float]) -> Taken:
    found = list(seconds)
    if not found:
        return Taken(0, None, None)
    return Taken(len(found), statistics.fmean(found), statistics.median(found))
