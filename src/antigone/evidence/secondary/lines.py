"""One line of secondary evidence: what either record says, the finding, its ratio where there is one, and why."""

from __future__ import annotations

import math
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any

NOT_STATED = "not stated"


class Finding(StrEnum):
    """What a comparison of two statements found; an unknown value is never a disagreement."""

    CONTRADICTS = "contradicts"
    AGREES = "agrees"
    CANNOT_TELL = "cannot tell"


@dataclass(frozen=True)
class Line:
    """One comparison of the post-mortem with the ante-mortem record.

    `log10_lr` is the logarithm of how much more probable the finding is if the subject is this person than if the
    subject is another of the missing; None where no published or given frequency allows it. `basis` is a sentence:
    the ratio's source, or why there is none. `weighs` is False where the line bears on nothing: what cannot be told,
    and what people change. `group` names the lines that are not independent of one another (see `comparison`).

    Raises ValueError for a line without a basis, or one whose ratio is not finite or stands where nothing was found.
    """

    name: str
    post_mortem: str
    ante_mortem: str
    finding: Finding
    log10_lr: float | None
    basis: str
    weighs: bool
    group: str = ""

    def __post_init__(self) -> None:
        if not self.basis.strip():
            raise ValueError("A line of secondary evidence needs its basis.")
        if self.finding is Finding.CANNOT_TELL and self.weighs:
            raise ValueError("What cannot be told weighs nothing.")
        if self.log10_lr is not None and not (self.weighs and math.isfinite(self.log10_lr)):
            raise ValueError("A ratio is finite and stands only on a line that weighs.")

    def as_json(self) -> dict[str, Any]:
        """The line as plain values; the ratio is rounded to three decimals of its logarithm."""
        plain = asdict(self)
        plain.pop("group")
        plain["finding"] = str(self.finding)
        plain["log10_lr"] = None if self.log10_lr is None else round(self.log10_lr, 3)
        return plain


def cannot_tell(name: str, post_mortem: str, ante_mortem: str, why: str) -> Line:
    """A line that weighs nothing, with the reason."""
    return Line(name, post_mortem or NOT_STATED, ante_mortem or NOT_STATED, Finding.CANNOT_TELL, None, why, False, name)


def silent(name: str, post_mortem: str, ante_mortem: str) -> Line:
    """A line of which a side, or both, says nothing. The other side's text stands as it is."""
    if post_mortem or ante_mortem:
        side = "ante-mortem" if post_mortem else "post-mortem"
        why = f"The {side} record does not say; what is unknown is no disagreement."
    else:
        why = "Neither record says."
    return cannot_tell(name, post_mortem, ante_mortem, why)


def in_words(log10_lr: float) -> str:
    """A ratio as a sentence about the finding given each proposition, never about who the subject is."""
    ratio = 10 ** abs(log10_lr)
    if ratio < 1.05:
        return "The finding is about as probable if the subject is this person as if it is another of the missing."
    size = f"{ratio:.1f}" if ratio < 10 else f"{float(f'{ratio:.2g}'):,.0f}"
    direction = "more" if log10_lr > 0 else "less"
    return (
        f"The finding is about {size} times {direction} probable if the subject is this person than if it is "
        "another of the missing."
    )
