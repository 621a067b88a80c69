"""A report as blocks, without a form: `html` and `pdf` give it one, from the same words and figures.

In every text, what stands between backticks is a name, a digest or a command and is set in fixed width.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

NARROW = 75
"""Letters in a line, up to which a table of figures is no wider than it has to be."""


@dataclass(frozen=True)
class Text:
    """A paragraph; a caution is set apart, so that nobody reads on without it."""

    words: str
    kind: Literal["plain", "caution"] = "plain"


@dataclass(frozen=True)
class Items:
    """A list, numbered where the order matters."""

    items: tuple[str, ...]
    numbered: bool = False


@dataclass(frozen=True)
class Table:
    """A table: the first cell of each row names it; `figures` sets the other cells to the right.

    A row of one cell is a heading for the rows below it.
    """

    caption: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    figures: bool = True

    def __post_init__(self) -> None:
        if not self.rows or any(len(row) not in (1, len(self.head)) for row in self.rows):
            raise ValueError(f"The table “{self.caption}” has no rows, or one of another length than its head.")

    @property
    def widths(self) -> list[int]:
        """Letters of the longest cell of each column, without its head."""
        whole = [row for row in self.rows if len(row) == len(self.head)]
        return [max((len(row[at]) for row in whole), default=1) for at in range(len(self.head))]

    @property
    def narrow(self) -> bool:
        """Whether its figures would be lost in the width of a page."""
        longest = [max(pair) for pair in zip(self.widths, map(len, self.head), strict=True)]
        return self.figures and sum(longest) <= NARROW

    def empty(self, place: int) -> bool:
        """Whether a column has nothing below its head, and is to be filled in by hand."""
        return all(not row[place] for row in self.rows if len(row) == len(self.head))


@dataclass(frozen=True)
class Plot:
    """A drawing (SVG), what it shows in words for who cannot see it, and its caption."""

    svg: bytes
    alt: str
    caption: str


@dataclass(frozen=True)
class Fields:
    """Lines to be filled in by hand."""

    labels: tuple[str, ...]


@dataclass(frozen=True)
class Heading:
    """A heading within a chapter."""

    words: str


@dataclass(frozen=True)
class RunLines:
    """What two runs of the same measurement do not share: the day and the machine. Set as a table of its own."""

    caption: str
    lines: tuple[tuple[str, str], ...]


Block = Text | Items | Table | Plot | Fields | Heading | RunLines


@dataclass(frozen=True)
class Chapter:
    """A chapter; `numbered` as the steps of a validation are, or standing before and after them."""

    title: str
    blocks: tuple[Block, ...]
    numbered: bool = True


@dataclass(frozen=True)
class Document:
    """A report; `date` (ISO 8601) is the day of the run."""

    title: str
    subtitle: str
    date: str
    chapters: tuple[Chapter, ...]

    def numbers(self) -> list[int | None]:
        """The number of each chapter, or None."""
        found, last = [], 0
        for chapter in self.chapters:
            last += chapter.numbered
            found.append(last if chapter.numbered else None)
        return found


def spans(words: str) -> Iterator[tuple[bool, str]]:
    """The parts of a text, each with whether it is set in fixed width."""
    for place, part in enumerate(words.split("`")):
        if part:
            yield place % 2 == 1, part
