"""One's own record in practice: how one sorted and concluded beside the truth, over time; nobody else's.

Only pairs whose truth was told count, and none of which an earlier exercise gave the answer.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone

from antigone.access.models import Operator
from antigone.casework.judging.proficiency import Share, Tally, share, tally
from antigone.casework.judging.scale import Direction
from antigone.casework.models import Judgement, PracticeExamination, PracticePair, Stage
from antigone.casework.practice import own
from antigone.casework.practice.telling import TOLD, Verdict, strong, verdict_of


@dataclass(frozen=True)
class Sorted:
    """What was kept, set aside, or could not be told, of so many pairs of one kind."""

    kept: Share
    set_aside: Share
    cannot_tell: Share


@dataclass(frozen=True)
class Month:
    """The conclusions of one month."""

    first: date
    tally: Tally


@dataclass(frozen=True)
class Record:
    """One's own record. Neither `again` (the answer was known before) nor `given_up` examinations count."""

    mates: Sorted
    strangers: Sorted
    conclusions: Tally
    of_one_person: Tally
    of_two: Tally
    strongly_wrong: Share
    months: tuple[Month, ...]
    again: int
    given_up: int

    @property
    def empty(self) -> bool:
        """Whether nothing counts yet."""
        return not (self.conclusions.right.of or self.mates.kept.of or self.strangers.kept.of)


def own_record(who: Operator) -> Record:
    """The record of whoever asks; raises Refused. There is no function that reads somebody else's."""
    own.allowed(who)
    told = PracticePair.objects.filter(TOLD, exercise__actor=who.actor)
    rows = list(
        told.filter(again=False).values_list(
            "truth__one_person", "judgement", "examination__stage", "examination__level", "examination__ended_at"
        )
    )
    concluded = [
        (bool(one_person), level, _month(ended))
        for one_person, _judgement, stage, level, ended in rows
        if stage == Stage.SEALED and level and ended
    ]
    wrong = sum(strong(level) and verdict_of(one, "", level) is Verdict.WRONG for one, level, _when in concluded)
    return Record(
        mates=_sorted(judgement for one, judgement, *_rest in rows if one and judgement),
        strangers=_sorted(judgement for one, judgement, *_rest in rows if not one and judgement),
        conclusions=_tally(concluded),
        of_one_person=_tally(each for each in concluded if each[0]),
        of_two=_tally(each for each in concluded if not each[0]),
        strongly_wrong=share(wrong, len(concluded)),
        months=tuple(
            Month(month, _tally(each for each in concluded if each[2] == month))
            for month in sorted({each[2] for each in concluded}, reverse=True)
        ),
        again=told.filter(again=True).count(),
        given_up=PracticeExamination.objects.filter(pair__exercise__actor=who.actor, stage=Stage.ABANDONED).count(),
    )


def _tally(concluded: Iterable[tuple[bool, str, date]]) -> Tally:
    return tally((Direction.SAME if one else Direction.DIFFERENT, level) for one, level, _when in concluded)


def _sorted(judgements: Iterable[str]) -> Sorted:
    found = list(judgements)
    return Sorted(
        *(share(found.count(each), len(found)) for each in (Judgement.KEEP, Judgement.SET_ASIDE, Judgement.CANNOT_TELL))
    )


def _month(when: datetime) -> date:
    return timezone.localtime(when).date().replace(day=1)
