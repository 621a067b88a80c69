"""Intervals of shares that never or always happened, and the figures of ratios as a report keeps them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from antigone.evaluation.llr_metrics import LlrFigures
from antigone.evaluation.validation.criteria import RATIOS

RULE_OF_THREE = 3.0


def widened(share: float, interval: Sequence[float], people: int) -> list[float]:
    """The interval of a share, by the rule of three where it is 0 or 1 among `people`.

    People drawn again say nothing of what was never seen; three in their number bounds it with 95 % confidence (Hanley
    and Lippman-Hand 1983).
    """
    low, high = interval
    if share <= 0.0:
        high = max(high, min(1.0, RULE_OF_THREE / people))
    if share >= 1.0:
        low = min(low, max(0.0, 1.0 - RULE_OF_THREE / people))
    return [float(low), float(high)]


def ratio_figures(found: LlrFigures, people: int) -> dict[str, Any]:
    """The figures of ratios of so many `people` sought, each with its interval, fit for JSON."""
    given: dict[str, Any] = {"people": people, "mated": found.mated, "non_mated": found.non_mated}
    for name in RATIOS:
        each = getattr(found, name)
        given[name] = each.value
        interval = [each.low, each.high]
        given[f"{name}_interval"] = widened(each.value, interval, people) if "misleading" in name else interval
    return given
