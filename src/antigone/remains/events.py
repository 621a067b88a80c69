"""What happens to post-mortem records that rooms above must follow; published inside the transaction."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.dispatch import Signal


@dataclass(frozen=True)
class SubjectSpoke:
    """A living subject can state their identity: every case about them ends now."""

    subject: int
    actor: str


@dataclass(frozen=True)
class PhotographErased:
    """Photographs of a subject that are gone, by the SHA-256 of their original bytes."""

    subject: int
    sha256s: tuple[str, ...]
    actor: str


@dataclass(frozen=True)
class AssociationChanged:
    """Which units are thought to be of one person was decided anew: what rested on it is to be looked at again.

    `subjects` are the units of the individuals that it touches, as they were and as they are; `individuals` those
    individuals; `decision` is the AssociationEvent.
    """

    decision: int
    subjects: tuple[int, ...]
    individuals: tuple[int, ...]
    actor: str


@dataclass(frozen=True)
class SampleTaken:
    """A sample of a subject was taken, for which primary identifier."""

    subject: int
    sample: int
    identifier: str
    actor: str


@dataclass(frozen=True)
class PhotographAdded:
    """A photograph of a subject was taken in that was not on record before."""

    subject: int
    photograph: UUID
    actor: str


# Receivers get the keyword `event`, one of the classes above.
spoke = Signal()
erased = Signal()
associated = Signal()
sampled = Signal()
added = Signal()
