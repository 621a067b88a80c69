"""Figures as a reader reads them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import isfinite
from typing import Any

from antigone.evaluation.probes import CLEAN
from antigone.evaluation.validation.eyes import IN_USE, PLAIN

WAY_WORDS = {PLAIN: "Plain", IN_USE: "In use"}
NOT_STATED = "not stated"
FIXED = "\u00a0"
"""A blank at which no line ends: an interval stays in one piece."""


def percent(value: float, places: int = 2) -> str:
    return f"{100 * value:.{places}f}{FIXED}%"


def between(low: str, high: str) -> str:
    """The two ends of an interval, in brackets."""
    return f"({low}{FIXED}to{FIXED}{high})"


def share(found: Mapping[str, Any], name: str) -> str:
    """A share and its interval, in per cent, or that it is not stated."""
    if found.get(name) is None:
        return NOT_STATED
    low, high = found[f"{name}_interval"]
    return interval(found[name], (low, high))


def cost(found: Mapping[str, Any], name: str) -> str:
    """A Cllr and its interval, in bits."""
    if found.get(name) is None:
        return NOT_STATED
    low, high = found[f"{name}_interval"]
    return f"{found[name]:.4f} {between(f'{low:.4f}', f'{high:.4f}')}"


def interval(value: float, ends: Sequence[float]) -> str:
    return f"{percent(value)} {between(f'{100 * ends[0]:.2f}', f'{100 * ends[1]:.2f}')}"


def ratio(log10: float) -> str:
    """log10 of a ratio with its sign; a step with one kind alone is without end."""
    if not isfinite(log10):
        return "+∞" if log10 > 0 else "-∞"
    return f"{log10:+.2f}"


def count(number: int, one: str, many: str = "") -> str:
    """ "1 person", "2 people"."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def reasons(failed: Mapping[str, int]) -> str:
    return ", ".join(f"{number} {reason}" for reason, number in failed.items()) or "none"


def stand_in(ladder: str) -> str:
    """The ladder's name, with what it is."""
    return ladder if ladder == CLEAN else f"{ladder} (stand-in)"
