"""What happens to ante-mortem records that rooms above must follow; published inside the transaction."""

from __future__ import annotations

from dataclasses import dataclass

from django.dispatch import Signal


@dataclass(frozen=True)
class PortraitErased:
    """Portraits that are gone, by their ids."""

    portraits: tuple[str, ...]
    actor: str


@dataclass(frozen=True)
class PersonErased:
    """A person who is gone: their number and the reference that answers may still name."""

    person: int
    ref: str
    actor: str


# Receivers get the keyword `event`, one of the classes above.
erased = Signal()


@dataclass(frozen=True)
class PersonsMerged:
    """Two records that are one now: `absorbed` redirects to `kept`, and the gallery counts both as `kept`."""

    kept: int
    absorbed: int
    actor: str


@dataclass(frozen=True)
class PersonsTakenApart:
    """Two records that were one and are two again."""

    kept: int
    absorbed: int
    actor: str


# Receivers get the keyword `event`, PersonsMerged or PersonsTakenApart.
merged = Signal()
