"""From a picture to templates: detection, alignment, quality and encoding behind one object."""

from __future__ import annotations

import os
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

import numpy as np
import numpy.typing as npt

from antigone.faces.alignment import align
from antigone.faces.byhand import from_landmarks
from antigone.faces.contract import EmbeddingContract
from antigone.faces.detection import Finder, Turns
from antigone.faces.errors import ModelError
from antigone.faces.face import Face, Landmarks, Vectors
from antigone.faces.looking import SURE, EvenedLight, fused, righted, sought
from antigone.faces.pipeline import Pipeline, Role
from antigone.faces.pipelines import resolve
from antigone.faces.quality import quality
from antigone.faces.reading import Reading, read_many
from antigone.faces.recogniser import Crops, Recogniser
from antigone.faces.registry import DETECTOR, RECOGNISER, Task
from antigone.faces.store import ModelStore
from antigone.faces.strength import strength
from antigone.faces.yunet import YuNet
from antigone.imaging import ImageRefused, Limits, Picture
from antigone.imaging.picture import Pixels

Key = TypeVar("Key", bound=Hashable)

LITTLE = 45
"""Strength, 0 to 100, below which a probe's face is sought again from all around."""

FUSED = 3
"""Faces of one picture, the most prominent first, whose landmarks are fused from further looks."""


@dataclass(frozen=True, slots=True)
class EngineOptions:
    """What an engine was made with, for reports."""

    detector: str
    recogniser: str
    threads: int
    turns: str


class FaceEngine:
    """One detector and one pipeline of recognisers, loaded once for a process; safe to use from several threads.

    `recogniser` is the id of a pipeline (see `pipelines`), or of a model, which then works plainly. Raises
    ModelError, and its kinds, when a model is missing, altered, unknown or not accepted: there is no other
    model to fall back on. `evaluation` lets models in that are for evaluation only.
    `careful` looks for faces in evened light and fuses the landmarks of several looks, which a probe is worth.
    """

    def __init__(
        self,
        store: ModelStore | None = None,
        recogniser: str | Pipeline = RECOGNISER,
        threads: int | None = None,
        turns: Turns = "as-needed",
        detector: str = DETECTOR,
        limits: Limits | None = None,
        evaluation: bool = False,
        careful: bool = False,
    ) -> None:
        store = store or ModelStore.default()
        self.threads = threads or usable_cores()
        self.limits = limits or Limits()
        pipeline = recogniser if isinstance(recogniser, Pipeline) else resolve(recogniser)
        needed = [(detector, Task.DETECTOR), *((part.model, Task.RECOGNISER) for part in pipeline.components)]
        for model_id, task in needed:
            card = store.card(model_id)
            if card.task is not task:
                raise ModelError(f"{model_id} is no {task}. Nothing was loaded; choose another model.")
            if card.evaluation_only and not evaluation:
                raise ModelError(
                    f"{model_id} is for evaluation only ({card.licence}). Nothing was loaded; choose another model."
                )
            store.require_acceptance(card)
        if not detector.startswith("yunet"):
            raise ModelError(f"{detector} cannot be run here. Nothing was loaded; use {DETECTOR}.")
        name = pipeline.components[0].model if pipeline.plain else pipeline.id
        self.options = EngineOptions(detector, name, self.threads, turns)
        self._net = YuNet(store.read(detector), self.threads)
        self._finder = Finder(self._net, turns)
        self._evened = EvenedLight(self._net) if careful else None
        self._careful = Finder(self._evened, turns) if self._evened else None
        self._recogniser = Recogniser(pipeline, store, self.threads)

    @property
    def contract(self) -> EmbeddingContract:
        """What templates of this engine may be compared with."""
        return self._recogniser.contract

    @property
    def pipeline(self) -> str:
        """The pipeline's name, "plain" for a recogniser alone."""
        return self._recogniser.pipeline.id

    @property
    def models(self) -> tuple[str, ...]:
        """The ids of the recognisers, in the pipeline's order."""
        return tuple(part.model for part in self._recogniser.pipeline.components)

    def detect(self, pixels: Pixels) -> list[Face]:
        """Every face in (h, w, 3) RGB pixels, the most prominent first."""
        if self._careful is None or self._evened is None:
            return self._finder.find(pixels)
        faces = self._careful.find(pixels)
        if not faces:
            return self._finder.find(pixels)
        # Bystanders past the first few are not worth more looks each.
        near = [
            righted(self._evened, pixels, face, lambda seen: self._strength(pixels, seen)) for face in faces[:FUSED]
        ]
        settled = [fused(self._evened, pixels, face) for face in near]
        return [self._weighed(pixels, settled[0]), *settled[1:], *faces[FUSED:]]

    def _weighed(self, pixels: Pixels, face: Face) -> Face:
        """The most prominent face, sought again from all around where the recogniser sees too little of it.

        Only one that the detector is not sure of is asked about: asking costs a template.
        """
        if self._evened is None or face.score >= SURE:
            return face
        seen = self._strength(pixels, face)
        scaled = strength(self._recogniser.pipeline.components[0].model, seen)
        if scaled is None or scaled >= LITTLE:
            return face
        return sought(self._evened, pixels, face, seen, lambda other: self._strength(pixels, other))

    def _strength(self, pixels: Pixels, face: Face) -> float:
        """How much of a face the first recogniser sees in the plain crop; only compared with itself."""
        return float(self._recogniser.encoders[0].measured(align(pixels, face.landmarks)[None])[1][0])

    def from_landmarks(self, pixels: Pixels, landmarks: Landmarks) -> Face:
        """The face that an examiner marked by five points; raises ValueError when they cannot be a face."""
        return from_landmarks(pixels, landmarks)

    def align(self, pixels: Pixels, face: Face) -> Pixels:
        """The face's aligned crop, uint8 (112, 112, 3)."""
        return align(pixels, face.landmarks)

    def quality(self, pixels: Pixels, face: Face, faces: Sequence[Face] = ()) -> dict[str, int | None]:
        """0 to 100 under the names of ISO/IEC 29794-5, None for what is not computed."""
        return quality(pixels, face, faces)

    def crops(self, pixels: Pixels, face: Face, role: Role = "portrait") -> Crops:
        """The face through every view of the pipeline in this role, uint8 (views, 112, 112, 3)."""
        return self._recogniser.crops(pixels, face.landmarks, role)

    def templates(self, faces: Sequence[Crops], role: Role = "portrait") -> Vectors:
        """float32 (n, dimension) of unit length from the crops of n faces."""
        return self._recogniser.templates(faces, role)

    def measured(self, faces: Sequence[Crops], role: Role = "portrait") -> tuple[Vectors, list[int | None]]:
        """The templates of n faces, and how much of each face was seen (see `strength`), 0 to 100 or None."""
        return self._recogniser.measured(faces, role)

    def encode(self, crops: npt.NDArray[np.uint8] | Sequence[Pixels]) -> Vectors:
        """float32 (n, d) of unit length from n plain crops by the first recogniser alone, which no space changes."""
        encoder = self._recogniser.encoders[0]
        if not len(crops):
            return np.empty((0, encoder.card.dimension), np.float32)
        return encoder.encode(crops if isinstance(crops, np.ndarray) else np.stack(crops))

    def read_many(
        self,
        items: Iterable[tuple[Key, bytes | Path]],
        choose: Callable[[list[Face], int, int], int | None] | None = None,
        role: Role = "portrait",
    ) -> Iterator[tuple[Key, Reading | ImageRefused]]:
        """Read many pictures on all threads; see `antigone.faces.reading.read_many`."""
        return read_many(self, items, choose, role)


def usable_cores() -> int:
    """Cores that this process may run on."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


__all__ = ["EngineOptions", "FaceEngine", "Picture", "usable_cores"]
