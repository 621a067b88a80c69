"""Photographs to templates, piece by piece, each piece kept so that a validation that was stopped goes on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, partial

import numpy as np
import numpy.typing as npt

from antigone.evaluation.metrics import Ints
from antigone.evaluation.probes import Probes
from antigone.evaluation.protocols import Photograph
from antigone.evaluation.validation.data import Data
from antigone.evaluation.validation.eyes import IN_USE, WAYS, Eyes, Say
from antigone.evaluation.validation.plan import Plan
from antigone.evaluation.validation.work import Piece, Work

PIECE = 64
"""Photographs of a piece: some seconds of work, so that little is lost; a multiple of the engine's batch."""

ABSENT = -1
"""Stands for a figure of quality that was not computed."""


@dataclass(frozen=True)
class Seen:
    """Templates by photograph, of one way of working; `why` gives the reason, or nothing, where there is none."""

    photographs: tuple[Photograph, ...]
    probes: Probes
    why: tuple[str, ...]

    @cached_property
    def place(self) -> dict[str, int]:
        return {photo.key: at for at, photo in enumerate(self.photographs)}

    def rows(self, photos: Sequence[Photograph]) -> Ints:
        """Where these photographs are."""
        return np.array([self.place[photo.key] for photo in photos], dtype=np.intp)

    def of(self, photos: Sequence[Photograph]) -> Probes:
        """The templates of these photographs, in their order."""
        rows = self.rows(photos)
        quality = tuple(self.probes.quality[row] for row in rows)
        return Probes(self.probes.vectors[rows], self.probes.acquired[rows], quality)

    def failures(self, photos: Sequence[Photograph]) -> dict[str, int]:
        """How many of these photographs gave no template, by reason."""
        rows = [row for row in self.rows(photos) if not self.probes.acquired[row]]
        return dict(sorted(Counter(self.why[row] or "no face found" for row in rows).items()))


@dataclass(frozen=True)
class Gathered:
    """Portraits by way, and probes by ladder and way."""

    portraits: Mapping[str, Seen]
    probes: Mapping[str, Mapping[str, Seen]]


def gather(eyes: Eyes, data: Data, plan: Plan, ladders: Sequence[str], work: Work, say: Say) -> Gathered:
    """Every template that `plan` needs, from the pieces kept in `work` or made anew."""
    enrolled = {
        way: portraits(eyes, data, way, plan.portraits() if way == IN_USE else plan.searches.enrolled, work, say)
        for way in WAYS
    }
    both, more = plan.probes()
    probes: dict[str, dict[str, Seen]] = {}
    for ladder in ladders:
        first = _probes(eyes, data, WAYS, both, ladder, work, say)
        second = _probes(eyes, data, (IN_USE,), more, ladder, work, say)
        probes[ladder] = first | {IN_USE: _joined(first[IN_USE], second[IN_USE])}
    return Gathered(enrolled, probes)


def portraits(eyes: Eyes, data: Data, way: str, photos: Sequence[Photograph], work: Work, say: Say) -> Seen:
    def make(part: Sequence[Photograph]) -> Piece:
        found, why = eyes.portraits(way, part)
        return {"vectors-0": found.vectors, "acquired-0": found.acquired, "why": np.array(why, dtype=np.str_)}

    pieces = _pieces(eyes, data, (way,), photos, "portrait", work, say, make)
    why = [str(each) for piece in pieces for each in piece["why"]]
    return Seen(tuple(photos), _stack(eyes, way, 0, pieces, len(photos)), tuple(why))


def _probes(
    eyes: Eyes, data: Data, ways: Sequence[str], photos: Sequence[Photograph], ladder: str, work: Work, say: Say
) -> dict[str, Seen]:
    def make(part: Sequence[Photograph]) -> Piece:
        piece: dict[str, npt.NDArray[np.generic]] = {}
        for number, found in enumerate(eyes.probes(ways, part, ladder)):
            names = sorted({name for each in found.quality if each for name in each})
            piece[f"vectors-{number}"] = found.vectors
            piece[f"acquired-{number}"] = found.acquired
            piece[f"names-{number}"] = np.array(names, dtype=np.str_)
            piece[f"quality-{number}"] = np.array(
                [[_whole((each or {}).get(name)) for name in names] for each in found.quality], dtype=np.int16
            ).reshape(len(part), len(names))
        return piece

    pieces = _pieces(eyes, data, ways, photos, ladder, work, say, make)
    return {
        way: Seen(tuple(photos), _stack(eyes, way, number, pieces, len(photos)), ("",) * len(photos))
        for number, way in enumerate(ways)
    }


def _pieces(
    eyes: Eyes,
    data: Data,
    ways: Sequence[str],
    photos: Sequence[Photograph],
    role: str,
    work: Work,
    say: Say,
    make: Callable[[Sequence[Photograph]], Piece],
) -> list[Piece]:
    what = f"{'portraits' if role == 'portrait' else f'probes, {role}'}, {' and '.join(ways).replace('_', ' ')}"
    pieces = []
    for start in range(0, len(photos), PIECE):
        part = photos[start : start + PIECE]
        depends = {
            "role": role,
            "ways": [[eyes.contract(way).digest, eyes.pipeline(way), way] for way in ways],
            "photographs": [[photo.key, data.sha256[photo.key]] for photo in part],
            **eyes.depends(),
        }
        before = work.reused
        pieces.append(work.kept(depends, partial(make, part)))
        done = start + len(part)
        say(f"{what}: {done} of {len(photos)}{' (kept from before)' if work.reused > before else ''}")
    return pieces


def _stack(eyes: Eyes, way: str, number: int, pieces: Sequence[Piece], count: int) -> Probes:
    if not pieces:
        return Probes(np.zeros((0, eyes.contract(way).dimension), np.float32), np.zeros(0, np.bool_), ())
    quality: list[dict[str, int | None] | None] = []
    acquired = np.concatenate([piece[f"acquired-{number}"] for piece in pieces])
    for piece in pieces:
        if f"quality-{number}" not in piece:
            quality += [None] * len(piece[f"acquired-{number}"])
            continue
        names = [str(name) for name in piece[f"names-{number}"]]
        quality += [
            {name: None if value == ABSENT else int(value) for name, value in zip(names, row, strict=True)}
            for row in piece[f"quality-{number}"]
        ]
    given = tuple(each if found else None for each, found in zip(quality, acquired, strict=True))
    return Probes(np.concatenate([piece[f"vectors-{number}"] for piece in pieces]), acquired, given)


def _joined(first: Seen, second: Seen) -> Seen:
    probes = Probes(
        np.concatenate([first.probes.vectors, second.probes.vectors]),
        np.concatenate([first.probes.acquired, second.probes.acquired]),
        first.probes.quality + second.probes.quality,
    )
    return Seen(first.photographs + second.photographs, probes, first.why + second.why)


def _whole(value: int | None) -> int:
    return ABSENT if value is None else int(value)
