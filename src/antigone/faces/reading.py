"""Read many pictures: decoding and detection side by side, encoding in batches, results in order."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Hashable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import numpy as np
import numpy.typing as npt

from antigone.faces.face import Face
from antigone.faces.pipeline import Role
from antigone.faces.strength import NAME as STRENGTH
from antigone.imaging import ImageRefused, Picture, claimed_pixels, decode, load

if TYPE_CHECKING:
    from antigone.faces.engine import FaceEngine
    from antigone.faces.recogniser import Crops

Key = TypeVar("Key", bound=Hashable)
Choose = Callable[[list[Face], int, int], int | None]
CHUNK = 8
IN_FLIGHT = 160_000_000
"""Pixels of pictures that are being read or wait to be taken: 480 MB, or one picture if that is larger."""


@dataclass(eq=False, slots=True)
class Reading:
    """What was read from one picture.

    `chosen` is the index into `faces`, or None; then `quality` is empty and `crops` and `vector` are None.
    """

    picture: Picture
    faces: list[Face]
    chosen: int | None
    quality: dict[str, int | None]
    crops: Crops | None
    vector: npt.NDArray[np.float32] | None

    @property
    def face(self) -> Face | None:
        return None if self.chosen is None else self.faces[self.chosen]


def most_prominent(faces: list[Face], width: int, height: int) -> int | None:
    """The first face, which is the most prominent, or None."""
    return 0 if faces else None


def read_many(
    engine: FaceEngine,
    items: Iterable[tuple[Key, bytes | Path]],
    choose: Choose | None = None,
    role: Role = "portrait",
) -> Iterator[tuple[Key, Reading | ImageRefused]]:
    """Yield (key, Reading or ImageRefused) in the order of `items`, which may be endless.

    `choose` gets the faces (best first) and the picture's width and height and gives the index of the face to
    encode, or None; by default the most prominent. It is called from worker threads. Pictures are read a little
    ahead, at most some dozens and IN_FLIGHT pixels of them, whatever the number of items.
    """
    chunks = _chunks(items)
    upcoming = next(chunks, None)
    pending: deque[tuple[int, Future[list[tuple[Key, Reading | ImageRefused]]]]] = deque()
    with ThreadPoolExecutor(max_workers=engine.threads, thread_name_prefix="antigone-faces") as pool:
        try:
            while upcoming is not None or pending:
                busy = sum(pixels for pixels, _ in pending)
                if upcoming is not None and (
                    not pending or (len(pending) < 2 * engine.threads and busy + upcoming[0] <= IN_FLIGHT)
                ):
                    pixels, chunk = upcoming
                    pending.append((pixels, pool.submit(_read_chunk, engine, chunk, choose or most_prominent, role)))
                    upcoming = next(chunks, None)
                else:
                    yield from pending.popleft()[1].result()
        finally:
            for _, future in pending:
                future.cancel()


def _chunks(items: Iterable[tuple[Key, bytes | Path]]) -> Iterator[tuple[int, list[tuple[Key, bytes | Path]]]]:
    """Items by the chunk, each with the pixels that its headers claim; a large picture ends a chunk early."""
    chunk: list[tuple[Key, bytes | Path]] = []
    pixels = 0
    for item in items:
        chunk.append(item)
        pixels += claimed_pixels(item[1])
        if len(chunk) == CHUNK or pixels >= IN_FLIGHT // 8:
            yield pixels, chunk
            chunk, pixels = [], 0
    if chunk:
        yield pixels, chunk


def _read_chunk(
    engine: FaceEngine, chunk: list[tuple[Key, bytes | Path]], choose: Choose, role: Role
) -> list[tuple[Key, Reading | ImageRefused]]:
    results = [(key, _read(engine, item, choose, role)) for key, item in chunk]
    waiting = [result for _, result in results if isinstance(result, Reading) and result.crops is not None]
    if waiting:
        crops = [reading.crops for reading in waiting if reading.crops is not None]
        vectors, strengths = engine.measured(crops, role)
        for reading, vector, seen in zip(waiting, vectors, strengths, strict=True):
            reading.vector = vector
            reading.quality[STRENGTH] = seen
    return results


def _read(engine: FaceEngine, item: bytes | Path, choose: Choose, role: Role) -> Reading | ImageRefused:
    try:
        picture = decode(item, engine.limits) if isinstance(item, bytes) else load(item, engine.limits)[1]
    except ImageRefused as refused:
        return refused
    pixels = picture.pixels
    faces = engine.detect(pixels)
    chosen = choose(faces, picture.width, picture.height)
    if chosen is None:
        return Reading(picture, faces, None, {}, None, None)
    face = faces[chosen]
    return Reading(picture, faces, chosen, engine.quality(pixels, face, faces), engine.crops(pixels, face, role), None)
