"""A village of people who never lived, and eyes that see a number where others see a face."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from antigone.evaluation.probes import Probes
from antigone.evaluation.protocols import Photograph
from antigone.evaluation.validation.eyes import NO_FACE, WAYS
from antigone.faces import EmbeddingContract
from antigone.faces.alignment import ALIGNMENT
from antigone.faces.registry import CARDS, RECOGNISER

CARD = next(card for card in CARDS if card.id == RECOGNISER)
NOISE = {"portrait": 0.2, "clean": 0.3, "fresh": 0.8, "two-days": 1.3}
LEARNT = 0.7
"""What the method in use makes of noise."""


class SeeingEyes:
    """Stands where the engines stand: a file `person picture` becomes that person's vector, with noise."""

    def __init__(self, pipeline: str | None = None, threads: int = 1) -> None:
        self.calls = 0
        self.stop_after: int | None = None

    def contract(self, way: str) -> EmbeddingContract:
        return EmbeddingContract(RECOGNISER, CARD.sha256, CARD.dimension, ALIGNMENT, CARD.scaling.value)

    def pipeline(self, way: str) -> str:
        return "plain" if way == WAYS[0] else "learnt-1"

    def depends(self) -> dict[str, object]:
        return {"eyes": "of a test"}

    def described(self) -> dict[str, Any]:
        models = [{"id": CARD.id, "task": "recogniser", "sha256": CARD.sha256, "licence": CARD.licence}]
        part = {
            "model": CARD.id,
            "weight": 1.0,
            "portrait": ["plain"],
            "probe": ["plain"],
            "space": "learnt-1",
            "space_sha256": "5" * 64,
        }
        ways = {
            way: {
                "pipeline": self.pipeline(way),
                "contract": self.contract(way).digest,
                "dimension": CARD.dimension,
                "components": [part],
            }
            for way in WAYS
        }
        return {"models": models, **ways}

    def portraits(self, way: str, photos: Sequence[Photograph]) -> tuple[Probes, list[str]]:
        self._count()
        return self._seen(way, photos, "portrait"), [
            NO_FACE if photo.path.read_text() == "no face" else "" for photo in photos
        ]

    def probes(self, ways: Sequence[str], photos: Sequence[Photograph], ladder: str) -> list[Probes]:
        self._count()
        return [self._seen(way, photos, ladder) for way in ways]

    def _count(self) -> None:
        if self.stop_after is not None and self.calls >= self.stop_after:
            raise KeyboardInterrupt
        self.calls += 1

    def _seen(self, way: str, photos: Sequence[Photograph], role: str) -> Probes:
        noise = NOISE[role] * (1.0 if way == WAYS[0] else LEARNT)
        texts = [photo.path.read_text() for photo in photos]
        acquired = np.array([text != "no face" for text in texts])
        vectors = np.zeros((len(photos), CARD.dimension), np.float32)
        quality: list[dict[str, int | None] | None] = [None] * len(photos)
        for row, text in enumerate(texts):
            if acquired[row]:
                person, picture = map(int, text.split())
                vectors[row] = known_vector(person, picture, noise)
                quality[row] = {
                    "InterEyeDistance": 30 + person % 40,
                    "IlluminationUniformity": 100,
                    "Sharpness": None,
                    "TemplateStrength": 90 if person % 2 else 60,
                }
        return Probes(vectors, acquired, tuple(quality))


def known_vector(person: int, picture: int, noise: float) -> np.ndarray:
    """The vector of a person, and noise of its own for each picture, of length `noise`; unit length in all."""
    own = np.random.default_rng([person, 7]).normal(size=CARD.dimension)
    other = np.random.default_rng([person, picture, int(100 * noise)]).normal(size=CARD.dimension)
    vector = own / np.linalg.norm(own) + noise * other / np.linalg.norm(other)
    return (vector / np.linalg.norm(vector)).astype(np.float32)


@pytest.fixture(scope="session")
def village(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of 130 people with two pictures and 50 with one; one of the pictures shows no face."""
    images = tmp_path_factory.mktemp("nowhere") / "people-of-nowhere"
    for person in range(180):
        folder = images / f"Person_{person:03d}"
        folder.mkdir(parents=True)
        for picture in range(1, 3 if person < 130 else 2):
            (folder / f"{folder.name}_{picture:04d}.jpg").write_text(f"{person} {picture}")
    (images / "Person_011" / "Person_011_0002.jpg").write_text("no face")
    return images


@pytest.fixture(scope="session")
def people_of(village: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What is known of the village's people: ages, and a village half."""
    file = tmp_path_factory.mktemp("known") / "people.csv"
    lines = ["person,age,side"]
    lines += [f"Person_{person:03d},{20 + person % 50},{'east' if person % 2 else 'west'}" for person in range(180)]
    file.write_text("\n".join(lines) + "\n")
    return file
