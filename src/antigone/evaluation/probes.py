"""Photographs to probe templates, as they are or degraded by a ladder, and what a probe costs."""

from __future__ import annotations

import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from antigone.evaluation.degradation import degrade
from antigone.evaluation.protocols import Photograph
from antigone.evaluation.templates import Progress, central_face
from antigone.faces import FaceEngine
from antigone.faces.strength import NAME as STRENGTH
from antigone.imaging import ImageRefused, load
from antigone.imaging.picture import Pixels

CLEAN = "clean"


@dataclass(frozen=True)
class Probes:
    """Probe templates of photographs, in their order, by one engine.

    `vectors` has shape (photographs, dimension), unit rows, zero where `acquired`, shape (photographs,), is false;
    `quality` holds the figures of the face that was chosen, by name, None where there is none.
    """

    vectors: npt.NDArray[np.float32]
    acquired: npt.NDArray[np.bool_]
    quality: tuple[dict[str, int | None] | None, ...]


def degraded(finder: FaceEngine, photo: Photograph, ladder: str, variant: str = "") -> Pixels | None:
    """The photograph's pixels after the ladder, a stand-in; None when no picture, or no face to begin with.

    The face that is degraded is the central one that `finder` finds on the photograph as it is. `variant` is added
    to the key that chance is drawn from: another variant is another draw.
    """
    try:
        pixels = load(photo.path, finder.limits)[1].pixels
    except ImageRefused:
        return None
    if ladder == CLEAN:
        return pixels
    faces = finder.detect(pixels)
    chosen = central_face(faces, pixels.shape[1], pixels.shape[0])
    if chosen is None:
        return None
    return degrade(pixels, faces[chosen].landmarks, ladder, photo.key + variant).pixels


def template(engine: FaceEngine, pixels: Pixels) -> npt.NDArray[np.float32] | None:
    """The probe template of a picture's central face, float32 (dimension,), or None without a face."""
    faces = engine.detect(pixels)
    chosen = central_face(faces, pixels.shape[1], pixels.shape[0])
    if chosen is None:
        return None
    vector: npt.NDArray[np.float32] = engine.templates([engine.crops(pixels, faces[chosen], "probe")], "probe")[0]
    return vector


def read_probes(
    finder: FaceEngine,
    engines: Sequence[FaceEngine],
    photos: Sequence[Photograph],
    ladder: str,
    progress: Progress | None = None,
    variant: str = "",
) -> list[Probes]:
    """The probes of `photos` after `ladder` by each engine, every picture degraded once and seen by all of them."""
    vectors = [np.zeros((len(photos), engine.contract.dimension), np.float32) for engine in engines]
    acquired = [np.zeros(len(photos), np.bool_) for _ in engines]
    quality: list[list[dict[str, int | None] | None]] = [[None] * len(photos) for _ in engines]

    def read(place: int) -> None:
        pixels = degraded(finder, photos[place], ladder, variant)
        if pixels is None:
            return
        for number, engine in enumerate(engines):
            faces = engine.detect(pixels)
            chosen = central_face(faces, pixels.shape[1], pixels.shape[0])
            if chosen is None:
                continue
            face = faces[chosen]
            (vector,), (seen,) = engine.measured([engine.crops(pixels, face, "probe")], "probe")
            vectors[number][place] = vector
            acquired[number][place] = True
            quality[number][place] = {**engine.quality(pixels, face, faces), STRENGTH: seen}

    with ThreadPoolExecutor(max_workers=finder.threads) as pool:
        for done, _ in enumerate(pool.map(read, range(len(photos))), start=1):
            if progress is not None:
                progress(done, len(photos))
    return [
        Probes(column, found, tuple(figures)) for column, found, figures in zip(vectors, acquired, quality, strict=True)
    ]


def strengths_of(probes: Probes) -> npt.NDArray[np.float64]:
    """The template strength of each probe, shape (photographs,); minus infinity where there is none."""
    given = [None if figures is None else figures.get(STRENGTH) for figures in probes.quality]
    return np.array([-np.inf if value is None else float(value) for value in given])


def cpu_per_probe(
    finder: FaceEngine, engines: Sequence[FaceEngine], photos: Sequence[Photograph], ladder: str
) -> list[float | None]:
    """Mean milliseconds of CPU that each engine spends on one probe, from pixels to template; None without a probe.

    The engines take turns on every picture, in this thread; the first of several only warms them up.
    """
    spent: list[list[float]] = [[] for _ in engines]
    for photo in photos:
        pixels = degraded(finder, photo, ladder)
        if pixels is None:
            continue
        for number, engine in enumerate(engines):
            started = time.process_time()
            template(engine, pixels)
            spent[number].append(1000 * (time.process_time() - started))
    return [float(np.mean(each[1:] or each)) if each else None for each in spent]
