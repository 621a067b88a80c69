"""Photographs to templates, once a run, with every failure to acquire kept by name and reason."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from antigone.evaluation.metrics import Ints
from antigone.evaluation.protocols import Photograph
from antigone.faces import EmbeddingContract, Face, FaceEngine
from antigone.faces.pipeline import Role
from antigone.imaging import ImageRefused

Progress = Callable[[int, int], None]
"""Called with how many photographs are done and how many there are."""

NO_FACE = "no-face"


@dataclass(frozen=True)
class Templates:
    """Templates of a set of photographs, in their order.

    `vectors` has shape (photographs, dimension), unit rows, zero where none was acquired; `acquired`, shape
    (photographs,), says where; `failures` names the others with the reason (a short code). `several` counts
    the photographs on which more than one face was found.
    """

    photographs: tuple[Photograph, ...]
    vectors: npt.NDArray[np.float32]
    acquired: npt.NDArray[np.bool_]
    failures: tuple[tuple[str, str], ...]
    several: int
    photographs_digest: str
    """SHA-256 over the name and the SHA-256 of every photograph, in order."""
    contract: EmbeddingContract

    @property
    def reasons(self) -> dict[str, int]:
        """How many photographs failed for each reason."""
        return dict(sorted(Counter(reason for _, reason in self.failures).items()))

    def merged(self, aliases: Mapping[str, str]) -> Templates:
        """The same templates with people filed under two names taken as one; keys of photographs stay."""
        renamed = (replace(photo, person=aliases.get(photo.person, photo.person)) for photo in self.photographs)
        return replace(self, photographs=tuple(renamed))

    @property
    def people(self) -> Ints:
        """Shape (photographs,): the person of each, numbered from 0 in the order of their names."""
        names = [photo.person for photo in self.photographs]
        return np.asarray(np.unique(names, return_inverse=True)[1], dtype=np.intp)


def central_face(faces: Sequence[Face], width: int, height: int) -> int | None:
    """The face centred nearest to the middle of the picture, the one that LFW's pictures are named for."""
    if not faces:
        return None

    def distance(face: Face) -> float:
        x, y, w, h = face.box
        return float((x + w / 2 - width / 2) ** 2 + (y + h / 2 - height / 2) ** 2)

    return min(range(len(faces)), key=lambda index: distance(faces[index]))


def encode(
    engine: FaceEngine, photos: Sequence[Photograph], progress: Progress | None = None, role: Role = "portrait"
) -> Templates:
    """The templates of `photos`, each of its central face; one that cannot be used is among the failures."""
    vectors = np.zeros((len(photos), engine.contract.dimension), dtype=np.float32)
    acquired = np.zeros(len(photos), dtype=np.bool_)
    failures: list[tuple[str, str]] = []
    several = 0
    digest = hashlib.sha256()
    items = ((index, photo.path) for index, photo in enumerate(photos))
    for done, (index, reading) in enumerate(engine.read_many(items, central_face, role), start=1):
        read = "" if isinstance(reading, ImageRefused) else reading.picture.sha256
        digest.update(f"{photos[index].key}\0{read}\n".encode())
        if isinstance(reading, ImageRefused):
            failures.append((photos[index].key, str(reading.reason)))
        elif reading.vector is None:
            failures.append((photos[index].key, NO_FACE))
        else:
            vectors[index] = reading.vector
            acquired[index] = True
            several += len(reading.faces) > 1
        if progress is not None:
            progress(done, len(photos))
    return Templates(tuple(photos), vectors, acquired, tuple(failures), several, digest.hexdigest(), engine.contract)
