"""Dates known in part: a year, a month, a day, or a span of them."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date

_PART = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?", re.ASCII)


@dataclass(frozen=True)
class DateSpan:
    """The days, both included, within which a date lies. Raises ValueError when they are the wrong way round."""

    first: date
    last: date

    def __post_init__(self) -> None:
        if self.first > self.last:
            raise ValueError("A span of dates ends before it begins.")

    def __str__(self) -> str:
        return self.first.isoformat() if self.first == self.last else f"{self.first} to {self.last}"


def read_date(text: str) -> DateSpan | None:
    """A span from "1987", "1987-03", "1987-03-14", or two of these with a slash between ("1985/1987", ISO 8601).

    None for an empty text, the word unknown, and whatever else cannot be read as a date: that is an unknown date.
    """
    begin, slash, end = text.strip().partition("/")
    earlier, later = _part(begin), _part(end if slash else begin)
    if earlier is None or later is None or earlier.first > later.last:
        return None
    return DateSpan(earlier.first, later.last)


def _part(text: str) -> DateSpan | None:
    match = _PART.fullmatch(text.strip())
    if match is None:
        return None
    year, month, day = int(match[1]), int(match[2] or 0), int(match[3] or 0)
    try:
        if day:
            return DateSpan(date(year, month, day), date(year, month, day))
        first, last = (month, month) if match[2] else (1, 12)
        return DateSpan(date(year, first, 1), date(year, last, calendar.monthrange(year, last)[1]))
    except ValueError:
        return None


def whole_years(birth: date, day: date) -> int:
    """Completed years of age on `day`; negative before birth."""
    return day.year - birth.year - ((day.month, day.day) < (birth.month, birth.day))


def age_range(birth: DateSpan, when: DateSpan) -> tuple[int, int]:
    """The least and greatest completed years that somebody born in `birth` can have in `when`."""
    return whole_years(birth.last, when.first), whole_years(birth.first, when.last)
