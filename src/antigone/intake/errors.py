"""What can go wrong with an enquiry, as sentences."""

from __future__ import annotations


class IntakeError(Exception):
    """Base of this room's errors; the text says what happened, what was kept safe and what to do."""

    @property
    def sentence(self) -> str:
        return str(self)


class BadEnquiry(IntakeError):
    """What was filed cannot be taken as it is; nothing was kept. `parts` has a sentence for each part at fault."""

    def __init__(self, sentence: str, parts: dict[str, str] | None = None) -> None:
        super().__init__(sentence)
        self.parts: dict[str, str] = parts or {}


class NoSuchEnquiry(IntakeError):
    """No enquiry goes by that number or reference here, or the words given with it are not its own."""
