"""Criteria of acceptance that the laboratory gives, and whether a figure meets them; none is given here."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

from antigone.evaluation.degradation import LADDERS
from antigone.evaluation.errors import EvaluationError

SHARES = {
    "rank1_miss": "miss at rank 1",
    "rank50_miss": "miss at rank 50",
    "fnir_at_fpir_1pct": "FNIR at FPIR 1 %",
    "none_of_these_right": "“none of these” right, strangers",
    "mates_passing": "mates above the operating point",
}
"""Figures of searches, in the order of the report; shares from 0 to 1."""

RATIOS = {
    "cllr": "Cllr",
    "cllr_min": "Cllr_min",
    "cllr_cal": "Cllr_cal",
    "misleading_mated": "misleading, one person",
    "misleading_non_mated": "misleading, two people",
    "strongly_misleading_mated": "strongly misleading, one person",
    "strongly_misleading_non_mated": "strongly misleading, two people",
}
"""Figures of likelihood ratios, in the order of the report."""

Verdict = Literal["met", "met by the value, not by its whole interval", "not met", "cannot be judged"]

_FORM = re.compile(r"\s*([a-z0-9-]+)\s+([a-z0-9_]+)\s*(<=|>=)\s*([0-9.]+)\s*", re.ASCII)


@dataclass(frozen=True)
class Criterion:
    """A figure of the method in use, on one ladder, that shall be at most or at least `value`."""

    ladder: str
    figure: str
    at_most: bool
    value: float

    def __str__(self) -> str:
        return f"{'at most' if self.at_most else 'at least'} {self.value:g}"

    def judge(self, value: float | None, interval: Sequence[float] | None) -> Verdict:
        """Whether the value meets it, and the worse end of its interval too."""
        if value is None or interval is None:
            return "cannot be judged"
        low, high = interval
        worst = high if self.at_most else low
        meets = [each <= self.value if self.at_most else each >= self.value for each in (value, worst)]
        if all(meets):
            return "met"
        return "met by the value, not by its whole interval" if meets[0] else "not met"


def read_criterion(text: str) -> Criterion:
    """A criterion from "LADDER FIGURE <= VALUE", such as "two-days rank50_miss <= 0.2".

    Raises EvaluationError with the form and the names that are known.
    """
    match = _FORM.fullmatch(text)
    known = (*SHARES, *RATIOS)
    if match is None or match[1] not in LADDERS or match[2] not in known:
        raise EvaluationError(
            "A criterion is written as LADDER FIGURE <= VALUE, or >=; for example: two-days rank50_miss <= 0.2. "
            f"Figures are: {', '.join(known)}. Nothing was measured."
        )
    try:
        value = float(match[4])
    except ValueError:
        raise EvaluationError("The value of a criterion is a number such as 0.2. Nothing was measured.") from None
    return Criterion(match[1], match[2], match[3] == "<=", value)


def judged(criteria: Sequence[Criterion], ladder: str, figure: str, found: dict[str, Any]) -> list[tuple[str, str]]:
    """Each criterion for this figure, in words, and its verdict; `found` holds the figure and its interval."""
    return [
        (str(each), each.judge(found.get(figure), found.get(f"{figure}_interval")))
        for each in criteria
        if (each.ladder, each.figure) == (ladder, figure)
    ]
