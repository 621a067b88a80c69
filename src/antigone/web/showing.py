"""What components are given: a datum with its provenance, a moment of a story, a step, a place in the path."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Literal

from django.utils.functional import Promise

Words = str | Promise


@dataclass(frozen=True)
class Datum:
    """One line of a record: what is said, and who says so, how, when, on which ground.

    `state` "not-asked" means that nobody stated anything: no provenance. `history` is the address of a fragment
    (`web/components/history.html`) that htmx loads when it is opened.
    """

    label: Words
    value: Any = ""
    state: Literal["known", "unknown", "absent", "not-asked"] = "known"
    source: Words = ""
    how: Words = ""
    said_on: Words = ""
    basis: Words = ""
    citation: str = ""
    recorded_by: str = ""
    recorded_at: datetime | None = None
    history: str = ""
    sensitive: bool = False


@dataclass(frozen=True)
class Told:
    """One statement in the history of a datum, the newest first; `take_back` is where one that stands is withdrawn.

    One that ended was `withdrawn`, for a reason that not everybody is told, or another took its place.
    """

    value: Any
    state: Literal["known", "unknown", "absent"] = "known"
    source: Words = ""
    how: Words = ""
    said_on: Words = ""
    recorded_by: str = ""
    recorded_at: datetime | None = None
    ended_at: datetime | None = None
    ended_by: str = ""
    withdrawn: bool = False
    end_reason: str = ""
    take_back: str = ""


@dataclass(frozen=True)
class Moment:
    """One thing that happened in a story, or is `awaited`; `at` None where it is awaited without a date."""

    title: Words
    at: datetime | date | None = None
    who: str = ""
    text: Words = ""
    url: str = ""
    awaited: bool = False


@dataclass(frozen=True)
class Step:
    """A stage in a procedure, for the stepper."""

    label: Words
    state: Literal["done", "now", "later"] = "later"
    note: Words = ""
