"""What happens to enquiries that rooms above must follow; published inside the transaction."""

from __future__ import annotations

from dataclasses import dataclass

from django.dispatch import Signal


@dataclass(frozen=True)
class EnquiryWithdrawn:
    """An enquiry whose enquirer withdrew it: what they gave is not to be searched from now on."""

    enquiry: int
    actor: str


# Receivers get the keyword `event`.
withdrawn = Signal()
