"""What can go wrong with a statement, each as a sentence for the person who made it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from antigone.description.statement import StatementBase


class DescriptionError(Exception):
    """Base of this room's errors; the text says what happened, what was kept safe and what to do."""

    @property
    def sentence(self) -> str:
        return str(self)


class BadStatement(DescriptionError):
    """What was given cannot be stated under this key; `parts` has a sentence for each part of a form at fault."""

    def __init__(self, sentence: str, parts: Mapping[str, str] | None = None) -> None:
        super().__init__(sentence)
        self.parts: dict[str, str] = dict(parts or {})


class Stale(DescriptionError):
    """Somebody else stated something under this key since the writer looked; `current` is what stands now."""

    def __init__(self, sentence: str, current: StatementBase | None) -> None:
        super().__init__(sentence)
        self.current = current
