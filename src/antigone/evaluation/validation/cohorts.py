"""People and what is known of them, from a CSV: person, then any columns, such as age, gender, origin."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from antigone.evaluation.errors import EvaluationError
from antigone.smallfiles import SmallFileError, read_small_text

LARGEST = 16 << 20
MOST_VALUES = 12
"""A column of text with more values is a name or a remark, and makes no cohorts."""

_AGE = re.compile(r"(?:^|[\W_])ages?(?:$|[\W_])", re.IGNORECASE)
UNKNOWN = frozenset({"", "na", "n/a", "nan", "none", "null", "unknown", "?", "-"})
"""Written for what is not known."""

AGES = ((18, "under 18"), (30, "18 to 29"), (45, "30 to 44"), (60, "45 to 59"), (200, "60 or more"))


@dataclass(frozen=True)
class Cohorts:
    """By person, the value of each attribute; and sentences on columns that make none."""

    values: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    remarks: tuple[str, ...] = ()

    @property
    def attributes(self) -> list[str]:
        return sorted({name for own in self.values.values() for name in own})


def read_cohorts(file: Path) -> Cohorts:
    """Read `file`: a header, the person in the first column as the photographs name them, attributes in the others.

    A column of numbers is cut: one named age (or so, as in face_age) into bands of years, others into thirds of the
    people. Raises EvaluationError when it is no such table, or names a person twice.
    """
    try:
        text = read_small_text(file, LARGEST)
    except SmallFileError as refused:
        raise EvaluationError(f"The file of cohorts: {refused.sentence} Nothing was measured.") from None
    try:
        rows = [row for row in csv.reader(io.StringIO(text.removeprefix("\ufeff")), strict=True) if any(row)]
    except csv.Error:
        rows = []
    if len(rows) < 2 or len(rows[0]) < 2 or any(len(row) != len(rows[0]) for row in rows):
        raise EvaluationError(
            "The file of cohorts is not a CSV with a header, the person in its first column and as many fields in "
            "every line. Nothing was measured."
        )
    header = [name.strip() for name in rows[0]]
    people = [row[0].strip() for row in rows[1:]]
    if len(set(people)) < len(people):
        raise EvaluationError("The file of cohorts names a person twice. Nothing was measured.")
    found: dict[str, dict[str, str]] = {person: {} for person in people}
    remarks = []
    for place, name in enumerate(header[1:], start=1):
        column = [_known(row[place]) for row in rows[1:]]
        values = _values(name, column)
        if values is None:
            remarks.append(f"The column “{name}” has more than {MOST_VALUES} values in words and makes no cohorts.")
            continue
        for person, value in zip(people, values, strict=True):
            if value:
                found[person][name] = value
    return Cohorts(found, tuple(remarks))


def _values(name: str, column: Sequence[str]) -> list[str] | None:
    numbers = _numbers(column)
    if numbers is not None and _AGE.search(name):
        return ["" if number is None else _years(number) for number in numbers]
    if len(set(column) - {""}) <= MOST_VALUES:
        return list(column)
    return None if numbers is None else _thirds(numbers)


def _known(cell: str) -> str:
    return "" if cell.strip().lower() in UNKNOWN else cell.strip()


def _numbers(column: Sequence[str]) -> list[float | None] | None:
    """The column as numbers; None where anything else is in it."""
    try:
        found = [float(value) if value else None for value in column]
    except ValueError:
        return None
    return found if any(number is not None for number in found) else None


def _years(age: float) -> str:
    return next((band for end, band in AGES if 0 <= age < end), "")


def _thirds(numbers: Sequence[float | None]) -> list[str]:
    known = sorted(number for number in numbers if number is not None)
    first, second = known[len(known) // 3], known[2 * len(known) // 3]
    names = (f"below {first:g}", f"{first:g} to below {second:g}", f"{second:g} or more")
    return ["" if each is None else names[int(each >= first) + int(each >= second)] for each in numbers]
