"""What happens to post-mortem records that rooms above must follow; published inside the transaction."""

from __future__ import annotations

from dataclasses import dataclass

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


# Receivers get the keyword `event`, one of the classes above.
spoke = Signal()
erased = Signal()
