"""Intervals that a calibration holds for: of counts, of years, of a figure of quality."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

from antigone.evidence.errors import CalibrationRefused

ALL = "all"


@dataclass(frozen=True)
class Span:
    """From `low` up to and including `high`; None leaves that side open."""

    low: float | None = None
    high: float | None = None

    def __post_init__(self) -> None:
        for end in (self.low, self.high):
            if end is not None and not math.isfinite(end):
                raise CalibrationRefused("An interval of this calibration ends at a value that is not a finite number.")
        if self.low is not None and self.high is not None and self.low > self.high:
            raise CalibrationRefused("An interval of this calibration begins above its end.")

    def holds(self, value: float) -> bool:
        """Whether `value` lies inside."""
        return (self.low is None or value >= self.low) and (self.high is None or value <= self.high)

    def holds_all(self, other: Span) -> bool:
        """Whether all of `other` lies inside."""
        below = self.low is None or (other.low is not None and other.low >= self.low)
        above = self.high is None or (other.high is not None and other.high <= self.high)
        return below and above

    def __str__(self) -> str:
        if self.low is None and self.high is None:
            return "any"
        if self.low is None:
            return f"up to {self.high:g}"
        if self.high is None:
            return f"{self.low:g} or more"
        return f"{self.low:g}" if self.low == self.high else f"{self.low:g} to {self.high:g}"


@dataclass(frozen=True)
class Stratum:
    """The photographs that a calibration holds for: those whose figure of quality lies from `low` up to below `high`.

    `name` is for people; `figure` is a name of the quality report (ISO/IEC 29794-5). The stratum "all" has no figure
    and holds every photograph.
    """

    name: str = ALL
    figure: str | None = None
    low: float | None = None
    high: float | None = None

    def __post_init__(self) -> None:
        if not self.name:
            raise CalibrationRefused("A quality stratum needs a name.")
        if (self.name == ALL) != (self.figure is None):
            raise CalibrationRefused('Only the quality stratum "all" is without a figure, and it has none.')
        if self.figure is None and (self.low is not None or self.high is not None):
            raise CalibrationRefused('The quality stratum "all" has no ends.')
        Span(self.low, self.high)

    def holds(self, quality: Mapping[str, float | None]) -> bool:
        """Whether a photograph of this `quality` belongs here; one whose figure is unknown belongs to "all" alone."""
        if self.figure is None:
            return True
        value = quality.get(self.figure)
        if value is None:
            return False
        return (self.low is None or value >= self.low) and (self.high is None or value < self.high)
