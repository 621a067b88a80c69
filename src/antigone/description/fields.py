"""What a field of the vocabulary is: its key, its kind, where it stands, and what may be said under it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

    Label = str | _StrPromise
else:
    Label = str

Choices = tuple[tuple[str, Label], ...]


class Side(StrEnum):
    """The two sides of a case: what was told of a person who is missed, what was found on a body."""

    ANTE_MORTEM = "ante-mortem"
    POST_MORTEM = "post-mortem"


BOTH = (Side.ANTE_MORTEM, Side.POST_MORTEM)
TOLD = (Side.ANTE_MORTEM,)
FOUND = (Side.POST_MORTEM,)


class Kind(StrEnum):
    """What a value looks like."""

    TEXT = "text"
    WORDS = "words"
    CHOICE = "choice"
    CHOICES = "choices"
    NUMBER = "number"
    RANGE = "range"
    DATE = "date"
    YES_NO = "yes-no"
    GROUP = "group"
    CHART = "chart"


@dataclass(frozen=True, kw_only=True)
class Part:
    """One value: of a field, or of a field's group of values.

    `low` and `high` bound a number, both included, with at most `places` decimals; `length` is in characters;
    `ahead` lets a date lie in the future. A value that is `required` must stand in its group; one that is `bare` is
    said without its label.
    """

    key: str
    label: Label
    kind: Kind
    choices: Choices = ()
    unit: Label = ""
    low: float | None = None
    high: float | None = None
    places: int = 0
    length: int = 200
    ahead: bool = False
    required: bool = False
    bare: bool = False
    help: Label = ""

    @property
    def plain(self) -> bool:
        """Whether its label is left out where a group is said in words: what is chosen from a list says itself."""
        return self.bare or self.kind is Kind.CHOICE

    @property
    def values(self) -> tuple[str, ...]:
        """The values of its closed list."""
        return tuple(value for value, _label in self.choices)

    def said(self, value: str) -> Label:
        """The label of a value of its closed list; the value itself where the list no longer has it."""
        return next((label for known, label in self.choices if known == value), value)


@dataclass(frozen=True, kw_only=True)
class Field(Part):
    """What may be stated of a record, on which sides.

    `many`: any number of items, each with an id of its own. `mutable`: what people change by hand or days do, which
    weighs nothing. `sensitive`: health, religion and the like, shown only to who needs it. `absence`: somebody can
    look for it and find that it is not there. `one_of`: parts of which at least one is said. `interpol_ref`: the place
    in INTERPOL's forms, where it is known.
    """

    block: str = ""
    sides: tuple[Side, ...] = BOTH
    many: bool = False
    parts: tuple[Part, ...] = ()
    one_of: tuple[str, ...] = ()
    mutable: bool = False
    sensitive: bool = False
    absence: bool = False
    interpol_ref: str | None = None

    def part(self, key: str) -> Part:
        """The part of this key; raises KeyError where there is none."""
        for part in self.parts:
            if part.key == key:
                return part
        raise KeyError(key)


@dataclass(frozen=True)
class Block:
    """Fields that are asked together, in the order in which they are asked."""

    key: str
    title: Label
    fields: tuple[Field, ...]
    help: Label = ""

    def of(self, side: Side) -> Block:
        """The same block with the fields of one side."""
        return Block(self.key, self.title, tuple(field for field in self.fields if side in field.sides), self.help)


def block(key: str, title: Label, *fields: Field, help: Label = "") -> Block:  # noqa: A002 (a form's word for it)
    """A block of these fields, each of which knows where it stands."""
    return Block(key, title, tuple(replace(field, block=key) for field in fields), help)
