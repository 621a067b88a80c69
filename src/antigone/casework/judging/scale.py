"""What an examiner may conclude of two pictures: the printed scale, its words, its cap, and when two of them conflict.

The bands are those of the ENFSI Guideline for Evaluative Reporting (2015), as `evidence.verbal` has them. Words are
about the findings given two propositions, never about who somebody is.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from antigone.evidence import Calibration, SourceKind
from antigone.evidence.verbal import FACE_ALONE, LEVELS, level_of

NOT_SUITABLE = "not-suitable"
EXCLUSION = "exclusion"

CODES: tuple[str, ...] = (
    *(f"-{level.code}" for level in reversed(LEVELS[1:])),
    "0",
    *(f"+{level.code}" for level in LEVELS[1:]),
)
"""Levels from the strongest support for two persons to the strongest for one."""

CONCLUSIONS: tuple[str, ...] = (*CODES, NOT_SUITABLE, EXCLUSION)

_MIDDLE = CODES.index("0")

WITHOUT_VALIDATION = LEVELS[1]
"""All that may be said with no calibration on own cases: a direction, in the weakest words there are."""

MOST_APART = 2

_STRENGTH: dict[str, Promise] = {
    "1a": gettext_lazy("weak support"),
    "1b": gettext_lazy("moderate support"),
    "2a": gettext_lazy("moderately strong support"),
    "2b": gettext_lazy("strong support"),
    "3": gettext_lazy("very strong support"),
    "4": gettext_lazy("extremely strong support"),
}


class Direction(StrEnum):
    """Which way a conclusion points."""

    SAME = "same"
    NEITHER = "neither"
    DIFFERENT = "different"


def steps(code: str) -> int:
    """How many steps a conclusion lies from "no support", negative towards two persons.

    Not suitable counts as none; an exclusion lies beyond the scale. Raises ValueError for what is no conclusion.
    """
    if code == NOT_SUITABLE:
        return 0
    if code == EXCLUSION:
        return -_MIDDLE - 1
    return CODES.index(code) - _MIDDLE


def direction(code: str) -> Direction:
    """Which way a conclusion points; raises ValueError for what is none."""
    at = steps(code)
    return Direction.SAME if at > 0 else Direction.DIFFERENT if at < 0 else Direction.NEITHER


def words(code: str) -> str:
    """The sentence of a conclusion, as it is printed; raises ValueError for what is none."""
    at = steps(code)
    if code == NOT_SUITABLE:
        return _("The pictures are not suitable for comparison; nothing is concluded from them.")
    if code == EXCLUSION:
        return _(
            "At least one difference of structure is seen that nothing explains; on the face alone this portrait is "
            "set aside. It can be taken up again, and searches go on."
        )
    if at == 0:
        return _("The findings give no support either way.")
    strength = str(_STRENGTH[code[1:]])
    if at > 0:
        return _(
            "The findings give %(support)s for the proposition that the two pictures show one person, over the "
            "proposition that they show two."
        ) % {"support": strength}
    return _(
        "The findings give %(support)s for the proposition that the two pictures show two persons, over the "
        "proposition that they show one."
    ) % {"support": strength}


@dataclass(frozen=True)
class Cap:
    """The furthest levels that may be concluded, both ways, and the sentence that says why."""

    lowest: str
    highest: str
    why: str

    def allows(self, code: str) -> bool:
        """Whether this may be concluded. Not suitable and exclusion are no levels; the cap does not touch them."""
        if code in (NOT_SUITABLE, EXCLUSION):
            return True
        return steps(self.lowest) <= steps(code) <= steps(self.highest)


def cap(calibrations: Iterable[Calibration]) -> Cap:
    """What a face alone may say under these calibrations in force.

    Only calibrations on the agency's own closed cases count; of several the one that supports least holds. Where there
    is none, a direction may be said in the weakest words.
    """
    own = [each for each in calibrations if each.source is SourceKind.OWN_CASES]
    if not own:
        code = WITHOUT_VALIDATION.code
        return Cap(
            f"-{code}",
            f"+{code}",
            _(
                "No calibration on this agency's own closed cases is in force, so nothing shows how far faces of the "
                "dead can be relied on here. A direction may be concluded in the weakest words, and exclusion or “not "
                "suitable” with reasons; nothing stronger."
            ),
        )
    return Cap(
        _code("-", min(-each.low for each in own)),
        _code("+", min(each.high for each in own)),
        _(
            "No level beyond what the calibration on this agency's own closed cases supports, and for a face alone "
            "never beyond “%(most)s”."
        )
        % {"most": _STRENGTH[FACE_ALONE.code]},
    )


def _code(sign: str, size: float) -> str:
    reached = min(level_of(max(size, 0.0)), FACE_ALONE, key=lambda level: level.least)
    return "0" if reached is LEVELS[0] else f"{sign}{reached.code}"


def conflict(one: str, other: str) -> bool:
    """Whether two blind conclusions call a third examiner.

    They do when they point opposite ways, lie more than two steps apart, or one excludes where the other does not
    find for two persons. An exclusion and any support for two persons go the same way and set aside alike.
    """
    if EXCLUSION in (one, other):
        return direction(one) is not direction(other)
    return steps(one) * steps(other) < 0 or abs(steps(one) - steps(other)) > MOST_APART


class Outcome(StrEnum):
    """What sealed examinations of one comparison came to together; a name is in none of it."""

    SUPPORT_SAME = "support-same"
    SUPPORT_DIFFERENT = "support-different"
    SET_ASIDE = "set-aside"
    INCONCLUSIVE = "inconclusive"
    UNRESOLVED = "unresolved"
    NOT_KEPT = "not-kept"
    ENDED = "ended"

    @property
    def label(self) -> Promise:
        return _OUTCOMES[self]


_OUTCOMES: dict[Outcome, Promise] = {
    Outcome.SUPPORT_SAME: gettext_lazy("support for one person"),
    Outcome.SUPPORT_DIFFERENT: gettext_lazy("support for two persons"),
    Outcome.SET_ASIDE: gettext_lazy("set aside by both: excluded on the face alone, reversibly"),
    Outcome.INCONCLUSIVE: gettext_lazy("inconclusive"),
    Outcome.UNRESOLVED: gettext_lazy("three examiners, and no two of them agree"),
    Outcome.NOT_KEPT: gettext_lazy("kept by nobody at triage"),
    Outcome.ENDED: gettext_lazy("ended: what it rested on is gone"),
}


@dataclass(frozen=True)
class Together:
    """The outcome of two or three conclusions, and the weakest level of those that agree."""

    outcome: Outcome
    level: str


def together(codes: Sequence[str]) -> Together | None:
    """What blind conclusions come to; None while a second is wanting, or a third where two conflict.

    Those that agree never add up: the weakest of them is the level. Order does not count.
    """
    if len(codes) < 2 or (len(codes) == 2 and conflict(*codes)):
        return None
    if len(codes) == 2:
        return _agreed(codes)
    for way in Direction:
        agreeing = [code for code in codes if direction(code) is way]
        if len(agreeing) >= 2:
            return _agreed(agreeing)
    return Together(Outcome.UNRESOLVED, "")


def _agreed(codes: Sequence[str]) -> Together:
    weakest = min(codes, key=lambda code: (abs(steps(code)), code))
    if all(code == EXCLUSION for code in codes):
        return Together(Outcome.SET_ASIDE, EXCLUSION)
    if all(code == NOT_SUITABLE for code in codes):
        return Together(Outcome.INCONCLUSIVE, NOT_SUITABLE)
    if direction(weakest) is Direction.SAME:
        return Together(Outcome.SUPPORT_SAME, weakest)
    if direction(weakest) is Direction.DIFFERENT:
        return Together(Outcome.SUPPORT_DIFFERENT, weakest)
    return Together(Outcome.INCONCLUSIVE, weakest)
