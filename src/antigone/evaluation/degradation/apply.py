"""A picture degraded by a ladder: the same picture under the same key, in every run and every process.

The ladders are stand-ins for faces of the dead, of whom no public set exists; see `ladders`.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np

from antigone.evaluation.degradation import camera, cloth, lids, light, shape, soil, tone, turning, wounds
from antigone.evaluation.degradation.frame import Scene, scene
from antigone.evaluation.degradation.ladders import LADDERS, LADDERS_VERSION, Ladder, OneOf, Step
from antigone.evaluation.errors import EvaluationError
from antigone.faces.face import Landmarks
from antigone.imaging.picture import Pixels

KINDS: Mapping[str, Callable[..., Scene]] = MappingProxyType(
    {
        "closed-lids": lids.closed_lids,
        "pallor": tone.pallor,
        "lividity": tone.lividity,
        "decay": tone.decay,
        "supine-sag": shape.supine_sag,
        "open-jaw": shape.open_jaw,
        "swelling": shape.swelling,
        "blood": soil.blood,
        "dirt": soil.dirt,
        "cloth": cloth.cloth,
        "wounds": wounds.wounds,
        "harsh-light": light.harsh_light,
        "poor-camera": camera.poor_camera,
        "turned": turning.turned,
    }
)
"""What each kind of step calls: (scene, generator, its strengths by name) to a scene."""


@dataclass(frozen=True, eq=False)
class Degraded:
    """A degraded picture, uint8 (h, w, 3) RGB, not always of the size it had.

    `landmarks`, float32 (5, 2), are the given ones moved along, also where they are now hidden. `applied`
    names the kinds of degradation that were drawn, in their order.
    """

    pixels: Pixels
    landmarks: Landmarks
    applied: tuple[str, ...]


def degrade(pixels: Pixels, landmarks: Landmarks, ladder_name: str, seed_key: str) -> Degraded:
    """The picture with the ladder's degradations, a stand-in for a face that death and the field changed.

    `pixels` is uint8 (h, w, 3) RGB and is not changed; `landmarks`, (5, 2) in pixels, those of its face found
    on the clean picture. Chance is drawn from SHA-256 of the version, the ladder and `seed_key` (the
    picture's name, say), so that neither order nor process matters. Raises EvaluationError for an unknown
    ladder and for what is no picture with a face.
    """
    chosen = _ladder(ladder_name)
    target = scene(pixels, landmarks)
    applied: list[str] = []
    for step, random in zip(chosen.steps, _generators(chosen, seed_key), strict=True):
        drawn = _drawn(step, random)
        if drawn is None:
            continue
        strengths = {name: low + (high - low) * random.random() for name, low, high in drawn.ranges}
        target = KINDS[drawn.kind](target, random, **strengths)
        applied.append(drawn.kind)
    changed = np.clip(np.round(target.pixels), 0, 255).astype(np.uint8)
    return Degraded(changed, target.landmarks.astype(np.float32), tuple(applied))


def _ladder(name: str) -> Ladder:
    if name not in LADDERS:
        raise EvaluationError(
            f"There is no ladder of that name. Nothing was changed; choose among {', '.join(LADDERS)}."
        )
    return LADDERS[name]


def _generators(ladder: Ladder, seed_key: str) -> list[np.random.Generator]:
    """One generator a step, so that what one step draws does not shift the next."""
    text = f"{LADDERS_VERSION}\0{ladder.name}\0{seed_key}"
    seed = np.random.SeedSequence(int.from_bytes(hashlib.sha256(text.encode()).digest(), "big"))
    return [np.random.Generator(np.random.PCG64(child)) for child in seed.spawn(len(ladder.steps))]


def _drawn(step: Step | OneOf, random: np.random.Generator) -> Step | None:
    chance = random.random()
    if isinstance(step, Step):
        return step if chance < step.chance else None
    for candidate in step.steps:
        if chance < candidate.chance:
            return candidate
        chance -= candidate.chance
    return step.steps[-1]


__all__ = ["KINDS", "Degraded", "degrade"]
