"""What happens to post-mortem records that rooms above must follow; published inside the transaction."""

from __future__ import annotations

from dataclasses import dataclass

from django.dispatch import Signal


@dataclass(frozen=True)
class SubjectSpoke:
    """A living subject can state their identity: every case about them ends now."""

    subject: int


# Receivers get the keyword `event`, the class above.
spoke = Signal()
