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
from antigone.faces.quality import quality
from antigone.faces.reading import Reading, read_many
from antigone.faces.recognition import Encoder
from antigone.faces.registry import DETECTOR, RECOGNISER, Task
from antigone.faces.store import ModelStore
from antigone.faces.yunet import YuNet
from antigone.imaging import ImageRefused, Limits, Picture
from antigone.imaging.picture import Pixels

Key = TypeVar("Key", bound=Hashable)


@dataclass(frozen=True, slots=True)
class EngineOptions:
    """What an engine was made with, for reports."""

    detector: str
    recogniser: str
    threads: int
    turns: str


class FaceEngine:
    """One detector and one recogniser, loaded once for a process; safe to use from several threads.

    Raises ModelError, and its kinds, when a model is missing, altered, unknown or not accepted: there is no
    other model to fall back on. `evaluation` lets models in that are for evaluation only.
    """

    def __init__(
        self,
        store: ModelStore | None = None,
        recogniser: str = RECOGNISER,
        threads: int | None = None,
        turns: Turns = "as-needed",
        detector: str = DETECTOR,
        limits: Limits | None = None,
        evaluation: bool = False,
    ) -> None:
        store = store or ModelStore.default()
        self.threads = threads or usable_cores()
        self.limits = limits or Limits()
        for model_id, task in ((detector, Task.DETECTOR), (recogniser, Task.RECOGNISER)):
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
        self.options = EngineOptions(detector, recogniser, self.threads, turns)
        self._finder = Finder(YuNet(store.read(detector), self.threads), turns)
        self._encoder = Encoder(store.card(recogniser), store.read(recogniser), self.threads)

    @property
    def contract(self) -> EmbeddingContract:
        """What templates of this engine may be compared with."""
        return self._encoder.contract

    def detect(self, pixels: Pixels) -> list[Face]:
        """Every face in (h, w, 3) RGB pixels, the most prominent first."""
        return self._finder.find(pixels)

    def from_landmarks(self, pixels: Pixels, landmarks: Landmarks) -> Face:
        """The face that an examiner marked by five points; raises ValueError when they cannot be a face."""
        return from_landmarks(pixels, landmarks)

    def align(self, pixels: Pixels, face: Face) -> Pixels:
        """The face's aligned crop, uint8 (112, 112, 3)."""
        return align(pixels, face.landmarks)

    def quality(self, pixels: Pixels, face: Face, faces: Sequence[Face] = ()) -> dict[str, int | None]:
        """0 to 100 under the names of ISO/IEC 29794-5, None for what is not computed."""
        return quality(pixels, face, faces)

    def encode(self, crops: npt.NDArray[np.uint8] | Sequence[Pixels]) -> Vectors:
        """float32 (n, dimension) of unit length from n aligned crops."""
        stacked = crops if isinstance(crops, np.ndarray) else np.stack(crops) if len(crops) else None
        if stacked is None or not len(stacked):
            return np.empty((0, self.contract.dimension), np.float32)
        return self._encoder.encode(stacked)

    def read_many(
        self,
        items: Iterable[tuple[Key, bytes | Path]],
        choose: Callable[[list[Face], int, int], int | None] | None = None,
    ) -> Iterator[tuple[Key, Reading | ImageRefused]]:
        """Read many pictures on all threads; see `antigone.faces.reading.read_many`."""
        return read_many(self, items, choose)


def usable_cores() -> int:
    """Cores that this process may run on."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


__all__ = ["EngineOptions", "FaceEngine", "Picture", "usable_cores"]
