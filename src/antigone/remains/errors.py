"""What can go wrong with post-mortem records, as sentences."""

from __future__ import annotations

from collections.abc import Mapping


class RemainsError(Exception):
    """Something about post-mortem records cannot be done as asked; nothing was saved."""

    @property
    def sentence(self) -> str:
        return str(self)


class SubjectRefused(RemainsError):
    """This subject may not be recorded, or not be searched any longer; nothing was saved."""


class BadCode(RemainsError):
    """The code does not have the form of a code, or was given out before; nothing was saved."""


class NotHere(RemainsError):
    """There is no such record for this person: it does not exist, or it is another agency's, which is the same."""


class RecordRefused(RemainsError):
    """A rule of the field forbids it; nothing was saved."""


class BadRecord(RemainsError):
    """What was given cannot be kept as it is; `parts` has a sentence for each field at fault."""

    def __init__(self, sentence: str, parts: Mapping[str, str] | None = None) -> None:
        super().__init__(sentence)
        self.parts: dict[str, str] = dict(parts or {})
