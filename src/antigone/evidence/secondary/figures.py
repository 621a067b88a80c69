"""Frequencies that an agency gives as data, each with its source; without them a comparison has no ratio."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar

from antigone.evidence.secondary.dates import DateSpan, read_date

T = TypeVar("T")


class FiguresRefused(ValueError):
    """Given figures cannot be read; the text is a sentence that says which and why."""


@dataclass(frozen=True)
class Share:
    """A proportion strictly between 0 and 1, and where it comes from. Raises FiguresRefused otherwise."""

    value: float
    source: str

    def __post_init__(self) -> None:
        if not (math.isfinite(self.value) and 0 < self.value < 1):
            raise FiguresRefused("A share lies between 0 and 1, and is neither: nothing is impossible or certain.")
        _named(self.source)


@dataclass(frozen=True)
class Normal:
    """Mean and standard deviation in cm of a normal distribution, and the source. Raises FiguresRefused otherwise."""

    mean: float
    sd: float
    source: str

    def __post_init__(self) -> None:
        if not (math.isfinite(self.mean) and math.isfinite(self.sd) and self.sd > 0):
            raise FiguresRefused("A distribution needs a mean and a standard deviation above 0.")
        _named(self.source)


@dataclass(frozen=True)
class SexError:
    """How often a method of determining sex errs, for either true sex."""

    female: Share
    male: Share


@dataclass(frozen=True)
class Ages:
    """Completed years of age of the missing of this population, one value a person: the reference sample."""

    values: tuple[int, ...]
    source: str

    def __post_init__(self) -> None:
        if not self.values or not all(0 <= value <= 130 for value in self.values):
            raise FiguresRefused("The ages of the missing are one or more numbers of years from 0 to 130.")
        _named(self.source)

    def share_within(self, low: int, high: int) -> float:
        """Estimated share of the missing within the interval: (k + 1) / (n + 2), Laplace's rule of succession.

        It is never 0 or 1, so that a small sample cannot make an age look impossible elsewhere.
        """
        return (sum(low <= value <= high for value in self.values) + 1) / (len(self.values) + 2)


@dataclass(frozen=True)
class LastSeen:
    """When the missing of this population were last seen, one span a person: the reference sample."""

    values: tuple[DateSpan, ...]
    source: str

    def __post_init__(self) -> None:
        if not self.values:
            raise FiguresRefused("The dates on which the missing were last seen are one or more.")
        _named(self.source)

    def share_possible(self, died: DateSpan) -> float:
        """Estimated share of the missing who can have died in `died`: (k + 1) / (n + 2), as for ages."""
        return (sum(value.first <= died.last for value in self.values) + 1) / (len(self.values) + 2)


@dataclass(frozen=True)
class MarkFigure:
    """Share of the missing who bear a mark of this kind, and how often such a mark is found on those who bear it.

    Raises FiguresRefused when it would be found less often on its bearers than on anyone.
    """

    share: Share
    found: Share | None = None

    def __post_init__(self) -> None:
        if self.found is not None and self.found.value < self.share.value:
            raise FiguresRefused("A mark is found on its bearers at least as often as it occurs in the population.")


@dataclass(frozen=True)
class Figures:
    """All that is given. `statures` by sex ("female", "male", or "anyone"); `reports` by who told the stature.

    A report's mean is what it adds to the measured stature (reported less measured); that of `lengthening` what the
    length of a body adds to living stature. `marks` by kind, or by "kind:region", which goes first.
    """

    female: Share | None = None
    sex_errors: Mapping[str, SexError] = field(default_factory=dict)
    ages: Ages | None = None
    statures: Mapping[str, Normal] = field(default_factory=dict)
    reports: Mapping[str, Normal] = field(default_factory=dict)
    lengthening: Normal | None = None
    marks: Mapping[str, MarkFigure] = field(default_factory=dict)
    last_seen: LastSeen | None = None


def _named(source: str) -> None:
    if not source.strip():
        raise FiguresRefused("A figure without a source is not used: say where it comes from.")


def read_figures(data: Mapping[str, Any]) -> Figures:
    """Figures from JSON (docs/secondary-evidence.md shows one). Raises FiguresRefused with a sentence."""
    if not isinstance(data, Mapping):
        raise FiguresRefused("The figures are given by name, as a JSON object.")
    unknown = {str(name) for name in data} - set(Figures.__dataclass_fields__)
    if unknown:
        raise FiguresRefused(f"The figures have a part that is not known: {', '.join(sorted(unknown))}.")
    return Figures(
        female=_optional(data, "female", _share),
        sex_errors=_by_name(data, "sex_errors", _sex_error),
        ages=_optional(data, "ages", _ages),
        statures=_by_name(data, "statures", _normal),
        reports=_by_name(data, "reports", _normal),
        lengthening=_optional(data, "lengthening", _normal),
        marks=_by_name(data, "marks", _mark),
        last_seen=_optional(data, "last_seen", _last_seen),
    )


def _optional(data: Mapping[str, Any], key: str, read: Callable[[Any], T]) -> T | None:
    return None if data.get(key) is None else _read(key, data[key], read)


def _by_name(data: Mapping[str, Any], key: str, read: Callable[[Any], T]) -> dict[str, T]:
    entries = data.get(key) or {}
    if not isinstance(entries, Mapping):
        raise FiguresRefused(f"The figures “{key}” are given by name.")
    return {str(name): _read(f"{key}, {name}", entry, read) for name, entry in entries.items()}


def _read(where: str, entry: Any, read: Callable[[Any], T]) -> T:
    try:
        return read(entry)
    except FiguresRefused as refused:
        raise FiguresRefused(f"The figures “{where}” cannot be used. {refused}") from None
    except (AttributeError, KeyError, TypeError, ValueError, OverflowError):
        raise FiguresRefused(f"The figures “{where}” lack a part or hold something that is not a number.") from None


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError
    return value


def _list(values: Any) -> list[Any]:
    if not isinstance(values, list | tuple):
        raise TypeError
    return list(values)


def _share(entry: Any) -> Share:
    return Share(float(entry["share"]), _text(entry["source"]))


def _normal(entry: Any) -> Normal:
    return Normal(float(entry["mean"]), float(entry["sd"]), _text(entry["source"]))


def _sex_error(entry: Any) -> SexError:
    return SexError(_share(entry["female"]), _share(entry["male"]))


def _ages(entry: Any) -> Ages:
    return Ages(tuple(int(value) for value in _list(entry["values"])), _text(entry["source"]))


def _mark(entry: Any) -> MarkFigure:
    return MarkFigure(_share(entry), None if entry.get("found") is None else _share(entry["found"]))


def _last_seen(entry: Any) -> LastSeen:
    spans = tuple(read_date(str(value)) for value in _list(entry["values"]))
    known = tuple(span for span in spans if span is not None)
    if len(known) < len(spans):
        raise FiguresRefused("One of the dates cannot be read.")
    return LastSeen(known, _text(entry["source"]))
