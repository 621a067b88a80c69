"""The form of a code that stands on body, bag, photographs and forms: PLACE-TEAM-COUNT, read and compared; pure."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

# What can be painted on a board and said over a radio: letters and digits, and hyphens inside a place.
PLACE = re.compile(r"[^\W_]+(?:-[^\W_]+)*")
TEAM = re.compile(r"[^\W_]{1,12}")
COUNT = re.compile(r"[0-9]{3,9}", re.ASCII)
PLACE_LENGTH = 60


@dataclass(frozen=True)
class Parts:
    """A code of the form PLACE-TEAM-COUNT, taken apart."""

    place: str
    team: str
    count: int

    def __str__(self) -> str:
        return f"{self.place}-{self.team}-{self.count:03d}"

    @property
    def series(self) -> str:
        """The place and team as compared: counts run within it."""
        return fold(f"{self.place}-{self.team}")


def fold(code: str) -> str:
    """A code as compared with others: case, and how its letters are composed, make no difference."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", code).casefold())


def parse(code: str) -> Parts | None:
    """The parts of a code of the form PLACE-TEAM-COUNT; None for a code of another form."""
    pieces = code.rsplit("-", 2)
    if len(pieces) != 3:
        return None
    place, team, count = pieces
    if not (PLACE.fullmatch(place) and TEAM.fullmatch(team) and COUNT.fullmatch(count)):
        return None
    return Parts(place, team, int(count))
