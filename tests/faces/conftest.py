"""Faces to test with: drawn ones, made here, so that no test needs the photograph of a person."""

from __future__ import annotations

import fcntl
from collections.abc import Callable
from pathlib import Path

import cv2
import numpy as np
import numpy.typing as npt
import pytest

from antigone.faces import FaceEngine, ModelError, ModelStore, models

Pixels = npt.NDArray[np.uint8]


def draw(seed: int = 0, width: int = 320, height: int = 384, light: float = 1.0, noise: float = 3.0) -> Pixels:
    """A face of ellipses and lines, plain enough to be nobody, that the detector takes for one (score 0.9).

    `seed` changes skin, hair and the proportions of eyes, nose, mouth and outline; `light` dims or brightens.
    """
    rng = np.random.default_rng(seed)
    skin = np.array([205, 165, 140]) + rng.integers(-40, 30, 3)
    hair = tuple(int(tone) for tone in rng.integers(20, 110, 3))
    wide, eyes, mouth, nose = rng.uniform(0.85, 1.1), *rng.uniform(0.8, 1.2, 3)

    def tone(factor: float) -> tuple[int, ...]:
        return tuple(int(value * factor) for value in skin)

    image = np.full((height, width, 3), (120, 130, 140), np.uint8)
    cx, cy = width // 2, int(height * 0.48)
    fw, fh = int(width * 0.25 * wide), int(height * 0.30)
    cv2.ellipse(image, (cx, int(height * 1.05)), (int(width * 0.42), int(height * 0.3)), 0, 0, 360, (60, 60, 80), -1)
    cv2.rectangle(image, (cx - fw // 2, cy + fh // 2), (cx + fw // 2, cy + int(fh * 1.4)), tone(0.8), -1)
    cv2.ellipse(image, (cx, cy - fh // 4), (int(fw * 1.15), fh), 0, 0, 360, hair, -1)
    cv2.ellipse(image, (cx, cy), (fw, fh), 0, 0, 360, tone(1), -1)
    for side in (-1, 1):
        ex, ey = cx + side * int(fw * 0.42 * (0.9 + 0.1 * eyes)), cy - int(fh * 0.12)
        cv2.ellipse(image, (ex, ey), (int(fw * 0.2 * eyes), int(fh * 0.08)), 0, 0, 360, (240, 240, 240), -1)
        cv2.circle(image, (ex, ey), int(fh * 0.07), (60, 40, 30), -1)
        cv2.ellipse(image, (ex, ey - int(fh * 0.17)), (int(fw * 0.25), int(fh * 0.05)), 0, 180, 360, hair, 4)
        cv2.ellipse(image, (ex, ey), (int(fw * 0.22 * eyes), int(fh * 0.09)), 0, 180, 360, (90, 60, 50), 2)
    tip = cy + int(fh * 0.25 * nose)
    cv2.line(image, (cx - 4, cy - 10), (cx - 10, tip), tone(0.85), 3)
    cv2.ellipse(image, (cx, tip), (int(fw * 0.16 * nose), int(fh * 0.06)), 0, 0, 180, tone(0.6), 3)
    line = cy + int(fh * 0.55)
    cv2.ellipse(image, (cx, line), (int(fw * 0.35 * mouth), int(fh * 0.08)), 0, 0, 360, (160, 80, 80), -1)
    cv2.line(image, (cx - int(fw * 0.35), line), (cx + int(fw * 0.35), line), (100, 40, 40), 2)
    soft = cv2.GaussianBlur(image, (0, 0), width / 128)
    shade = np.linspace(1.08, 0.85, width)[None, :, None] * light
    grain = np.random.default_rng(seed + 1000).normal(0, noise, soft.shape)
    return np.asarray(np.clip(soft * shade + grain, 0, 255).astype(np.uint8))


@pytest.fixture(scope="session")
def drawn() -> Callable[..., Pixels]:
    return draw


@pytest.fixture(scope="session")
def store() -> ModelStore:
    """The user's model folder with the two default models, installed once through the registry."""
    place = ModelStore.default()
    try:
        place.folder.mkdir(parents=True, exist_ok=True)
        with open(place.folder / ".tests.lock", "w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)  # one worker fetches, the others find it done
            models.install(store=place)
    except (ModelError, OSError) as error:
        pytest.skip(f"THE MODELS ARE ABSENT AND CANNOT BE FETCHED: {error}")
    return place


@pytest.fixture(scope="session")
def engine(store: ModelStore) -> FaceEngine:
    return FaceEngine(store, threads=1)


@pytest.fixture(scope="session")
def pair(store: ModelStore) -> FaceEngine:
    """An engine of two threads."""
    return FaceEngine(store, threads=2)


@pytest.fixture(scope="session")
def thorough(store: ModelStore) -> FaceEngine:
    return FaceEngine(store, threads=1, turns="always")


@pytest.fixture(scope="session")
def portraits() -> list[Path]:
    """The first portrait of each person of the synthetic cohort, who never lived."""
    from antigone import faces

    folder = Path(faces.__file__).parents[1] / "demo" / "cohort" / "portraits"
    found = sorted(folder.glob("*/1.jpg"))
    if len(found) < 5:
        pytest.skip("THE SYNTHETIC COHORT IS NOT IN THE PACKAGE")
    return found
