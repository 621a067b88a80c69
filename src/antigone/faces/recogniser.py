"""A pipeline at work: from a face to its crops, and from crops to templates."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from antigone.faces.contract import EmbeddingContract
from antigone.faces.face import Landmarks, Vectors
from antigone.faces.pipeline import Component, Pipeline, Role
from antigone.faces.recognition import Encoder
from antigone.faces.space import shipped
from antigone.faces.store import ModelStore
from antigone.faces.strength import strength
from antigone.faces.views import view_crop
from antigone.imaging.picture import Pixels

Crops = npt.NDArray[np.uint8]
"""uint8 (views, 112, 112, 3): one face through every view of a role."""


class Recogniser:
    """The encoders of a pipeline, each loaded once; usable from several threads."""

    def __init__(self, pipeline: Pipeline, store: ModelStore, threads: int) -> None:
        self.pipeline = pipeline
        self.contract: EmbeddingContract = pipeline.contract(store.card, shipped)
        self.encoders = [
            Encoder(store.card(component.model), store.read(component.model), threads)
            for component in pipeline.components
        ]

    def crops(self, pixels: Pixels, landmarks: Landmarks, role: Role) -> Crops:
        """The face's crops for this role, uint8 (views, 112, 112, 3)."""
        return np.stack([view_crop(pixels, landmarks, view) for view in self.pipeline.views(role)])

    def templates(self, faces: Sequence[Crops], role: Role) -> Vectors:
        """float32 (n, dimension) of unit length from n faces' crops, all of this role."""
        return self.measured(faces, role)[0]

    def measured(self, faces: Sequence[Crops], role: Role) -> tuple[Vectors, list[int | None]]:
        """The templates of n faces, and their strengths, 0 to 100, None where the recogniser has no scale for it."""
        if not len(faces):
            return np.empty((0, self.contract.dimension), np.float32), []
        stacked = np.stack(faces)
        places = {view: place for place, view in enumerate(self.pipeline.views(role))}
        if stacked.shape[1] != len(places):
            raise ValueError(f"A face has {len(places)} crops as a {role}.")
        parts, lengths = [], []
        for component, encoder in zip(self.pipeline.components, self.encoders, strict=True):
            chosen = stacked[:, [places[view] for view in component.views(role)]]
            raw, norms = encoder.measured(chosen.reshape(-1, *chosen.shape[2:]))
            parts.append(_part(component, _unit(raw).reshape(*chosen.shape[:2], -1)))
            lengths.append(norms.reshape(chosen.shape[:2]).mean(axis=1))
        first = self.pipeline.components[0].model
        strengths = [strength(first, float(length)) for length in lengths[0]]
        return (parts[0] if len(parts) == 1 else np.hstack(parts)), strengths


def _part(component: Component, seen: npt.NDArray[np.float32]) -> Vectors:
    """A component's part of the templates from what it saw: float32 (faces, views, d), unit rows."""
    mean = seen.mean(axis=1) if seen.shape[1] > 1 else seen[:, 0]
    if component.space:
        unit = shipped(component.space).project(_unit(mean))
    else:
        unit = _unit(mean) if seen.shape[1] > 1 else mean
    return unit if component.weight == 1 else np.asarray(np.sqrt(np.float32(component.weight)) * unit, np.float32)


def _unit(vectors: Vectors) -> Vectors:
    norms = np.linalg.norm(vectors, axis=1, keepdims=True)
    return np.asarray(vectors / np.maximum(norms, np.float32(1e-12)), np.float32)
