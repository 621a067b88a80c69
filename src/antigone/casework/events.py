"""What a board decided that rooms above must follow; published inside the transaction."""

from __future__ import annotations

from dataclasses import dataclass

from django.dispatch import Signal


@dataclass(frozen=True)
class IdentificationMade:
    """A board identified somebody: its number, the decision (`Decision.pk`), and whom it joins.

    `living` says that the subject is a living person. `report_closed` is false where the missing person is another
    agency's, whose report is theirs to close.
    """

    serial: str
    decision: int
    agency: int
    case: int
    subject: int
    person: int
    person_agency: int
    living: bool
    report_closed: bool
    actor: str


@dataclass(frozen=True)
class IdentificationRevoked:
    """A board took an identification back: every notice that rested on it is to be recalled.

    `revocation` is the number of the revocation. `person` is None where they were erased since.
    """

    serial: str
    revocation: str
    decision: int
    agency: int
    case: int
    subject: int
    person: int | None
    actor: str


# Receivers get the keyword `event`, one of the classes above.
identified = Signal()
revoked = Signal()
