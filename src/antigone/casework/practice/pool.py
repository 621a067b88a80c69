"""The pairs that can be drawn for practice, and their pictures: of people who never lived.

Which body is who stands in the file beside this module; nothing of it leaves this room before the seal.
"""

from __future__ import annotations

import csv
import hashlib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _

from antigone.casework.errors import ExaminationRefused
from antigone.casework.judging.framing import Eyes
from antigone.enrolment.limits import picture_limits
from antigone.imaging.decoding import decode
from antigone.imaging.derivatives import derive

HERE = Path(__file__).resolve().parent
LONGEST = 1600


@dataclass(frozen=True)
class Known:
    """A body beside a portrait, and what is known of the two.

    `differs` are the components in which two people were made most unlike. Of one person: how many years the portrait
    is older than the death, and what else changed (hair, beard, covered, dirt).
    """

    code: str
    portrait: str
    one_person: bool
    differs: tuple[int, ...]
    years: int | None
    changed: tuple[str, ...]

    @property
    def person(self) -> str:
        """Whose portrait it is."""
        return self.portrait.split("/")[1]

    @property
    def photographs(self) -> tuple[str, ...]:
        """The photographs of the body."""
        return tuple(f"photographs/{self.code}/{number}.jpg" for number in (1, 2))


def there() -> bool:
    """Whether this installation has the pictures."""
    return bool(pairs())


def pairs() -> tuple[Known, ...]:
    """Every pair whose pictures are there; none in an installation that came without them."""
    return _pairs(Path(settings.PRACTICE_PICTURES))


def known(photograph: str, portrait: str) -> Known | None:
    """What is known of two pictures, or None where the pool has them no longer."""
    return next((each for each in pairs() if each.portrait == portrait and photograph in each.photographs), None)


def picture(file: str) -> bytes:
    """A picture as a JPEG made from its pixels; raises ExaminationRefused where it is gone."""
    return _made(Path(settings.PRACTICE_PICTURES), file)


def digest(file: str) -> str:
    """The SHA-256 of a picture's file, for what is signed."""
    return hashlib.sha256(_read(Path(settings.PRACTICE_PICTURES), file)).hexdigest()


def eyes(file: str) -> Eyes | None:
    """Where the eyes are in a picture."""
    return _eyes().get(file)


@cache
def _pairs(folder: Path) -> tuple[Known, ...]:
    if not folder.is_dir():
        return ()
    found = []
    for row in _rows("pairs.csv"):
        one = Known(
            code=row["code"],
            portrait=row["portrait"],
            one_person=row["one_person"] == "yes",
            differs=tuple(int(number) for number in row["differs"].split()),
            years=int(row["years"]) if row["years"] else None,
            changed=tuple(row["changed"].split()),
        )
        if all((folder / file).is_file() for file in (*one.photographs, one.portrait)):
            found.append(one)
    return tuple(found)


@cache
def _eyes() -> dict[str, Eyes]:
    return {
        row["file"]: Eyes(
            (float(row["right_x"]), float(row["right_y"])),
            (float(row["left_x"]), float(row["left_y"])),
        )
        for row in _rows("eyes.csv")
    }


def _rows(name: str) -> list[dict[str, str]]:
    with (HERE / name).open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def _made(folder: Path, file: str) -> bytes:
    original = _read(folder, file)
    return derive(
        decode(original, picture_limits()).pixels, source=hashlib.sha256(original).hexdigest(), longest=LONGEST
    )[0]


def _read(folder: Path, file: str) -> bytes:
    try:
        return (folder / file).read_bytes()
    except OSError:
        raise ExaminationRefused(
            _(
                "The pictures for practice are not in this installation any more. What you did is kept; leave the "
                "exercise, and ask whoever installed this."
            )
        ) from None
