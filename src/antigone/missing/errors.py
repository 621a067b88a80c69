"""What can go wrong with ante-mortem records, as sentences."""

from __future__ import annotations


class MissingError(Exception):
    """Base of this room's errors; the text says what happened, what was kept safe and what to do."""

    @property
    def sentence(self) -> str:
        return str(self)


class ManifestError(MissingError):
    """The manifest cannot be used; nothing was enrolled."""


class SourceError(MissingError):
    """The source folder cannot be used; nothing was enrolled."""


class NoSuchRecord(MissingError):
    """No portrait or person goes by that name here."""


class NotHere(NoSuchRecord):
    """There is no such record, or it is another agency's: the two are told apart to nobody."""


class PersonRefused(MissingError):
    """Something about a person, a relative or a report cannot be done as asked; nothing was changed."""


class MergeRefused(PersonRefused):
    """These two records cannot be made one, or not taken apart, as they are; nothing was changed."""


class PortraitRefused(MissingError):
    """A picture cannot be taken as a portrait; `reason` is the short word for why, as in the lists of an enrolment."""

    def __init__(self, reason: str, sentence: str) -> None:
        super().__init__(sentence)
        self.reason = reason
