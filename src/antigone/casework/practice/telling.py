"""What the truth was, told of a pair once it is sealed and never before, and what the two pictures differ in."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from antigone.access.models import Operator
from antigone.casework.judging import scale
from antigone.casework.judging.components import BY_NUMBER, Finding
from antigone.casework.judging.scale import Direction
from antigone.casework.models import Judgement, PracticeKind, PracticePair, Stage
from antigone.casework.practice import own, pool
from antigone.casework.practice.pool import Known

TOLD = (
    Q(exercise__kind=PracticeKind.SORTING, exercise__sorted_at__isnull=False)
    | Q(examination__stage=Stage.SEALED)
    | Q(
        exercise__kind=PracticeKind.BOTH,
        exercise__sorted_at__isnull=False,
        exercise__finished_at__isnull=False,
        judgement__in=(Judgement.SET_ASIDE, Judgement.CANNOT_TELL),
    )
)
"""The pairs of which the truth is told: sealed, and nothing left to do with them. What was given up is not told."""

STRONG = scale.steps("+2a")
"""From here on a conclusion in the wrong direction is spoken of in a sentence of its own."""


class Verdict(StrEnum):
    """How what one said went with the truth; an inconclusive answer is neither right nor wrong."""

    RIGHT = "right"
    WRONG = "wrong"
    INCONCLUSIVE = "inconclusive"


_CHANGED: dict[str, Promise] = {
    "hair": gettext_lazy("the hair was worn otherwise"),
    "beard": gettext_lazy("the beard was worn otherwise"),
    "covered": gettext_lazy("a sheet covers part of the face in one photograph"),
    "dirt": gettext_lazy("there is soil on the skin"),
}


@dataclass(frozen=True)
class Told:
    """A pair with its truth: what one said, how that went, and what is known of the two pictures."""

    pair: UUID
    number: int
    photographs: tuple[UUID, ...]
    portrait: UUID
    one_person: bool
    judgement: str
    level: str
    said: str
    verdict: Verdict
    strongly: bool
    again: bool
    known: tuple[str, ...]
    noted_alike: tuple[str, ...]
    noted_different: tuple[str, ...]


@dataclass(frozen=True)
class Untold:
    """A pair whose truth is not told: not sealed yet, or given up."""

    number: int
    ended: bool


def told(exercise: UUID, who: Operator) -> list[Told | Untold]:
    """The pairs of one's own exercise in their order, with the truth of those that are sealed."""
    found = own.exercise(exercise, who)
    rows = PracticePair.objects.filter(exercise=found).order_by("place")
    sealed = {
        each.pk: each
        for each in rows.filter(TOLD)
        .select_related("truth", "examination")
        .prefetch_related("pictures", "examination__notes")
    }
    return [
        _told(sealed[key]) if key in sealed else Untold(place + 1, found.finished_at is not None)
        for key, place in rows.values_list("pk", "place")
    ]


def picture(pair: UUID, key: UUID, who: Operator) -> bytes:
    """A picture of a pair that was told, as a JPEG; raises NotHere."""
    found = own.pair(pair, who)
    one = found.pictures.filter(pk=key).first()
    if one is None or not PracticePair.objects.filter(TOLD, pk=found.pk).exists():
        raise own.not_here()
    return pool.picture(one.file)


def verdict_of(one_person: bool, judgement: str, level: str) -> Verdict:
    """How an answer went with the truth: the conclusion where there is one, and else the sorting."""
    if level:
        way = scale.direction(level)
    else:
        way = {Judgement.KEEP.value: Direction.SAME, Judgement.SET_ASIDE.value: Direction.DIFFERENT}.get(
            judgement, Direction.NEITHER
        )
    if way is Direction.NEITHER:
        return Verdict.INCONCLUSIVE
    return Verdict.RIGHT if (way is Direction.SAME) == one_person else Verdict.WRONG


def strong(level: str) -> bool:
    """Whether a conclusion speaks strongly, either way."""
    return bool(level) and abs(scale.steps(level)) >= STRONG


def _told(pair: PracticePair) -> Told:
    examination = getattr(pair, "examination", None)
    signed = examination if examination is not None and examination.stage == Stage.SEALED else None
    level = signed.level if signed else ""
    notes = sorted(signed.notes.all(), key=lambda note: note.component) if signed else []
    pictures = sorted(pair.pictures.all(), key=lambda each: each.place)
    photographs = [each for each in pictures if each.side == "a"]
    portrait = next(each for each in pictures if each.side == "b")
    verdict = verdict_of(pair.truth.one_person, pair.judgement, level)
    return Told(
        pair=pair.pk,
        number=pair.place + 1,
        photographs=tuple(each.pk for each in photographs),
        portrait=portrait.pk,
        one_person=pair.truth.one_person,
        judgement=pair.judgement,
        level=level,
        said=scale.words(level) if level else str(Judgement(pair.judgement).label),
        verdict=verdict,
        strongly=verdict is Verdict.WRONG and strong(level),
        again=pair.again,
        known=_known(pool.known(photographs[0].file, portrait.file)),
        noted_alike=_labels(note.component for note in notes if note.finding == Finding.ALIKE),
        noted_different=_labels(note.component for note in notes if note.finding == Finding.DIFFERENT),
    )


def _known(known: Known | None) -> tuple[str, ...]:
    """What the makers of the two pictures know of how they differ, in sentences."""
    if known is None:
        return ()
    if not known.one_person:
        if not known.differs:
            return ()
        return (
            _("As they were made, the two differ most in: %(components)s.")
            % {"components": ", ".join(_labels(known.differs)).lower()},
        )
    found = [str(_CHANGED[what]) for what in known.changed if what in _CHANGED]
    if known.years:
        found.insert(
            0,
            ngettext(
                "the portrait was taken %(years)s year earlier",
                "the portrait was taken %(years)s years earlier",
                known.years,
            )
            % {"years": known.years},
        )
    found.append(_("death, pose and light changed the rest"))
    return (_("One person, and between the pictures: %(changes)s.") % {"changes": "; ".join(found)},)


def _labels(components: Iterable[int]) -> tuple[str, ...]:
    return tuple(str(BY_NUMBER[number].label) for number in components)
