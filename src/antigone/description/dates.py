"""Dates known in part: a year, a month or a day, about one of these, or a span; a text that is checked, and its bounds.

The text is a small part of ISO 8601-2: `2014`, `2014-05`, `2014-05-03`; `2014~` is about 2014; `2014/2016` lies
within both years, `2014/..` is 2014 or later, `../2014` is 2014 or earlier. What people write with dots, the day
first (`03.05.2014`), is taken and stored in this form. Dates with slashes between day and month are refused: which
of the two comes first differs between countries.
"""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from antigone.description.errors import BadStatement

LENGTH = 32
EARLIEST = 1800

_ISO = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?", re.ASCII)
_DOTTED = re.compile(r"(?:(?:(\d{1,2})\.)?(\d{1,2})\.)?(\d{4})", re.ASCII)
_OPEN = ".."


@dataclass(frozen=True)
class PartialDate:
    """A date as far as it is known: its text, and the first and last day it can be (None where it is open).

    An `approximate` date may lie outside its bounds by an amount that nobody stated, so nothing may be excluded by
    them.
    """

    text: str
    first: date | None
    last: date | None
    approximate: bool = False

    def __str__(self) -> str:
        return self.text


def read(text: str) -> PartialDate:
    """The date of a text; raises BadStatement with a sentence that says how to write one."""
    plain = "".join(text.split())
    if not plain or len(plain) > LENGTH:
        raise BadStatement(_how_to())
    begin, slash, end = plain.partition("/")
    if not slash:
        only, approximate = _part(begin)
        return PartialDate(only.text, only.first, only.last, approximate)
    if begin == end == _OPEN:
        raise BadStatement(_("A span of dates needs at least one end. If nothing is known, say that it is unknown."))
    earlier, about_earlier = (_NOTHING, False) if begin == _OPEN else _part(begin)
    later, about_later = (_NOTHING, False) if end == _OPEN else _part(end)
    if earlier.first and later.last and earlier.first > later.last:
        raise BadStatement(_("The span ends before it begins. Write the earlier date first."))
    return PartialDate(
        f"{earlier.text}/{later.text}", earlier.first, later.last, approximate=about_earlier or about_later
    )


def bounds(text: str) -> tuple[date | None, date | None]:
    """The first and last day of a checked text; (None, None) for one that is empty or approximate."""
    if not text:
        return None, None
    known = read(text)
    return (None, None) if known.approximate else (known.first, known.last)


def ahead(known: PartialDate, today: date) -> bool:
    """Whether all of it lies after `today`: nothing that is stated of the past can."""
    return known.first is not None and known.first > today


@dataclass(frozen=True)
class _Part:
    text: str
    first: date | None
    last: date | None


_NOTHING = _Part(_OPEN, None, None)


def _part(text: str) -> tuple[_Part, bool]:
    approximate = text.startswith("~") or text.endswith("~")
    bare = text.removeprefix("~") if text.startswith("~") else text.removesuffix("~")
    if match := _ISO.fullmatch(bare):
        year, month, day = match[1], match[2], match[3]
    elif match := _DOTTED.fullmatch(bare):
        year, month, day = match[3], match[2], match[1]
    else:
        raise BadStatement(_how_to())
    known = _days(int(year), int(month) if month else None, int(day) if day else None)
    return (_Part(f"{known.text}~", known.first, known.last) if approximate else known), approximate


def _days(year: int, month: int | None, day: int | None) -> _Part:
    if year < EARLIEST:
        raise BadStatement(_("The year %(year)s is too long ago to be meant. Check it.") % {"year": f"{year:04d}"})
    if month is None:
        return _Part(f"{year:04d}", date(year, 1, 1), date(year, 12, 31))
    if not 1 <= month <= 12:
        raise BadStatement(_("There is no month %(month)d. Write year, month, day: 2014-05-03.") % {"month": month})
    length = calendar.monthrange(year, month)[1]
    if day is None:
        return _Part(f"{year:04d}-{month:02d}", date(year, month, 1), date(year, month, length))
    if not 1 <= day <= length:
        raise BadStatement(_("That month has no day %(day)d. Check the date.") % {"day": day})
    return _Part(f"{year:04d}-{month:02d}-{day:02d}", date(year, month, day), date(year, month, day))


def _how_to() -> str:
    return _(
        "This is not read as a date. Write what is known: 2014, 2014-05 or 2014-05-03, about 2014 as 2014~, "
        "a span as 2014/2016."
    )
