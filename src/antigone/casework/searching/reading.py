"""Steps 2 to 5 of the procedure: from a file to a template, without keeping anything yet."""

from __future__ import annotations

import time
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from antigone import imaging
from antigone.casework import rules
from antigone.casework.errors import PictureUnusable
from antigone.faces import Face, FaceEngine
from antigone.faces.strength import NAME as STRENGTH


@dataclass
class Clock:
    """Milliseconds spent in each part of the work."""

    decode: float = 0.0
    detect: float = 0.0
    encode: float = 0.0
    search: float = 0.0

    def as_json(self) -> dict[str, float]:
        return {name: round(value, 1) for name, value in vars(self).items()}


@dataclass(frozen=True)
class Given:
    """One photograph to compare: the name people know it by, its bytes, and an examiner's choices about it."""

    name: str
    original: bytes
    landmarks: NDArray[np.float32] | None = None
    face: int | None = None
    place: tuple[float, ...] | None = None
    """The box of the face that was chosen before (see `rules.choose_face`)."""
    kept: bool = False
    """One that the case has already: where no face can be read on it, it is left out and does not end the search."""


@dataclass(frozen=True)
class Reading:
    """What was read from one photograph: digest, every face found with its quality, the chosen one and its template."""

    name: str
    original: bytes
    sha256: str
    faces: list[dict[str, Any]]
    chosen: int
    by_hand: bool
    vector: NDArray[np.float32] = field(repr=False)
    new: bool = True


def describe(face: Face, quality: dict[str, int | None] | None) -> dict[str, Any]:
    """A face as answers and records show it: pixels of the picture, upright."""
    return {
        "box": [round(float(value), 1) for value in face.box],
        "landmarks": [[round(float(x), 1), round(float(y), 1)] for x, y in face.landmarks],
        "turn": face.turn,
        "score": round(float(face.score), 3),
        "quality": quality or {},
    }


def read_photograph(engine: FaceEngine, given: Given, limits: imaging.Limits, clock: Clock) -> Reading:
    """Steps 2 to 5 for one photograph; raises PictureUnusable, whose sentence names what to do."""
    # (2) Take in the photograph: bounded decoding, digest of the original bytes.
    started = time.perf_counter()
    try:
        picture = imaging.decode(given.original, limits)
    except imaging.ImageRefused as refused:
        raise PictureUnusable(given.name, refused.sentence) from None
    finally:
        clock.decode += (time.perf_counter() - started) * 1000

    # (3) Find faces, in all four quarter turns; five landmarks placed by hand replace detection.
    started = time.perf_counter()
    if given.landmarks is not None:
        try:
            faces = [engine.from_landmarks(picture.pixels, given.landmarks)]
        except ValueError as fault:
            raise PictureUnusable(given.name, f"Its landmarks cannot be used: {fault}", picture.sha256) from None
    else:
        faces = engine.detect(picture.pixels)
    clock.detect += (time.perf_counter() - started) * 1000
    chosen, fault_sentence = rules.choose_face(faces, picture.width, picture.height, given.face, given.place)

    # (4) Assess quality of every face, under the names of ISO/IEC 29794-5.
    started = time.perf_counter()
    described = [describe(face, engine.quality(picture.pixels, face)) for face in faces]
    if chosen is None:
        raise PictureUnusable(given.name, fault_sentence, picture.sha256, tuple(described))

    # (5) Encode under the embedding contract.
    (vector,), (seen,) = engine.measured([engine.crops(picture.pixels, faces[chosen], "probe")], "probe")
    described[chosen]["quality"][STRENGTH] = seen
    clock.encode += (time.perf_counter() - started) * 1000
    return Reading(given.name, given.original, picture.sha256, described, chosen, given.landmarks is not None, vector)


def read_all(
    engine: FaceEngine,
    photographs: Iterable[Given],
    limits: imaging.Limits,
    clock: Clock,
    left_out: list[PictureUnusable] | None = None,
) -> list[Reading]:
    """Read every photograph, each picture once; the first that cannot be used ends it (PictureUnusable).

    With `left_out`, those that the case has already and that show no face to compare (a garment, a hand, an ear) are
    put there instead, as long as one other can be read.
    """
    readings: dict[str, Reading] = {}
    for given in photographs:
        try:
            reading = read_photograph(engine, given, limits, clock)
        except PictureUnusable as unusable:
            if left_out is None or not given.kept:
                raise
            left_out.append(unusable)
            continue
        readings.setdefault(reading.sha256, reading)
    if not readings and left_out:
        raise left_out[0]
    return list(readings.values())
