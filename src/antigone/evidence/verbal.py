"""What may be said in words of a likelihood ratio: of the findings, never of identity, and no more than data support.

The scale is that of the ENFSI Guideline for Evaluative Reporting in Forensic Science (2015). Examiners' words have been
found to overstate the evidence of faces by orders of magnitude (Aggadi, Moreton and Busey 2026), so words are locked:
only a calibration on an agency's own closed cases gives a level, and a face alone never more than FACE_ALONE.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

from antigone.evidence.calibration import Calibration, SourceKind
from antigone.evidence.ratio import ALTERNATIVE, PROPOSITION, LikelihoodRatio


@dataclass(frozen=True)
class Level:
    """A step of the scale: it holds from `least` (log10 LR, in size) up to below `below`."""

    code: str
    words: str
    least: float
    below: float


LEVELS = (
    Level("0", "no support either way", 0.0, math.log10(2)),
    Level("1a", "weak support", math.log10(2), 1.0),
    Level("1b", "moderate support", 1.0, 2.0),
    Level("2a", "moderately strong support", 2.0, 3.0),
    Level("2b", "strong support", 3.0, 4.0),
    Level("3", "very strong support", 4.0, 6.0),
    Level("4", "extremely strong support", 6.0, math.inf),
)

TABLE = (
    "Scale (ENFSI 2015), by likelihood ratio: 1 to 2 no support; 2 to 10 weak; 10 to 100 moderate; 100 to 1,000 "
    "moderately strong; 1,000 to 10,000 strong; 10,000 to 1,000,000 very strong; above that extremely strong."
)

FACE_ALONE = LEVELS[4]
"""The highest level that a face alone may reach, in either direction, until validation has shown otherwise."""

_FACES = {SourceKind.LIVING: "faces of the living", SourceKind.STAND_IN: "stand-ins: faces of the living, altered"}


@dataclass(frozen=True)
class Statement:
    """A sentence about the findings. `level` ("+2a", "0", "-1b") and `words` are None where `why_no_level` says why.

    `capped` says why the level is lower than the ratio alone would have it, or is None.
    """

    text: str
    level: str | None
    words: str | None
    why_no_level: str | None
    capped: str | None

    def as_json(self) -> dict[str, Any]:
        return {**vars(self)}


def level_of(size: float) -> Level:
    """The step of the scale that a ratio of this `size` (log10, not negative) reaches."""
    return next(level for level in reversed(LEVELS) if size >= level.least)


def statement(ratio: LikelihoodRatio, calibration: Calibration) -> Statement:
    """What may be said of `ratio`, which `calibration` gave. Raises ValueError when it has other bounds."""
    if (ratio.low, ratio.high) != (calibration.low, calibration.high):
        raise ValueError("This likelihood ratio was not given by this calibration.")
    if calibration.source is not SourceKind.OWN_CASES:
        faces = _FACES[calibration.source]
        why = (
            f"No verbal level: the calibration was made on {faces}. Nothing in it says how the dead score, so it ranks "
            "and sorts leads and no more. Only a calibration on an agency's own cases, closed by DNA, prints or dental "
            "comparison, gives a level."
        )
        return Statement(
            f"{_findings(ratio, math.inf)} This holds for {faces}, not for the dead.", None, None, why, None
        )
    size = min(abs(ratio.log10), ratio.high if ratio.log10 > 0 else -ratio.low)
    reached = level_of(size)
    level, capped = reached, None
    if reached.least > FACE_ALONE.least:
        level = FACE_ALONE
        capped = (
            f"The ratio alone would reach the words {reached.words!r}; a face alone is never given more than "
            f"{FACE_ALONE.words!r}."
        )
    sign = "" if level is LEVELS[0] else "+" if ratio.log10 > 0 else "-"
    favoured = PROPOSITION if ratio.log10 > 0 else ALTERNATIVE
    support = (
        "The findings give no support either way."
        if level is LEVELS[0]
        else f"The findings give {level.words} for the proposition that {favoured}, over the proposition that "
        f"{ALTERNATIVE if ratio.log10 > 0 else PROPOSITION}."
    )
    return Statement(
        f"{_findings(ratio, FACE_ALONE.below)} {support}", f"{sign}{level.code}", level.words, None, capped
    )


def _findings(ratio: LikelihoodRatio, most: float) -> str:
    """How much more probable the findings are under which proposition; a size beyond `most` is said as "at least"."""
    size = abs(ratio.log10)
    if size < LEVELS[0].below:
        return f"The score is about as probable if {PROPOSITION} as if {ALTERNATIVE}."
    more, less = (PROPOSITION, ALTERNATIVE) if ratio.log10 > 0 else (ALTERNATIVE, PROPOSITION)
    about = "at least " if size > most or ratio.at_bound is not None else "about "
    stopped = "" if ratio.at_bound is None else " (the most that the data support)"
    return f"The score is {about}{_times(min(size, most))} times{stopped} more probable if {more} than if {less}."


def _times(size: float) -> str:
    """A ratio as a reader takes it: rounded down to two figures, since more would pretend to be known."""
    ratio = 10.0**size
    step = 10.0 ** max(math.floor(size + 1e-12) - 1, 0)
    return (
        f"{math.floor(ratio / step + 1e-9) * step:,.0f}" if ratio >= 10 else f"{math.floor(10 * ratio + 1e-9) / 10:g}"
    )
