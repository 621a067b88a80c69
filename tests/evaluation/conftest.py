"""A folder of photographs whose templates are known, and an engine that gives them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from antigone.evaluation import recognition
from antigone.faces import EmbeddingContract, Face, Reading
from antigone.imaging import ImageRefused, Picture
from antigone.imaging.errors import Reason

DIMENSION = 24


class KnownTemplates:
    """Stands where the face engine stands: a file `person noise` becomes that person's vector plus noise."""

    def __init__(self, store: object = None, recogniser: str = "sface-2021dec", threads: int = 1, **_: object) -> None:
        self.contract = EmbeddingContract(recogniser, "0" * 64, DIMENSION, "alignment-1", "preprocessing-1")
        self.options = SimpleNamespace(detector="yunet-2023mar")

    def read_many(
        self,
        items: Iterable[tuple[Any, Path]],
        choose: Callable[[list[Face], int, int], int | None],
        role: str = "portrait",
    ) -> Iterator[tuple[Any, Reading | ImageRefused]]:
        for key, path in items:
            text = path.read_text()
            if text == "broken":
                yield key, ImageRefused(Reason.TRUNCATED)
                continue
            faces = [] if text == "no face" else [_face(80, 80), _face(40, 40)]
            picture = Picture(np.zeros((100, 100, 3), np.uint8), "0" * 64, "JPEG")
            chosen = choose(faces, 100, 100)
            vector = None if chosen is None else known_vector(*map(int, text.split()))
            yield key, Reading(picture, faces, chosen, {}, None, vector)


def _face(x: float, y: float) -> Face:
    return Face((x, y, 10.0, 10.0), np.zeros((5, 2), np.float32), 0.9, 0)


def known_vector(person: int, picture: int) -> np.ndarray:
    """Cosine about 0.9 within a person, about 0 between people."""
    own = np.random.default_rng(person).normal(size=DIMENSION)
    noise = np.random.default_rng([person, picture, 1]).normal(size=DIMENSION)
    vector = own / np.linalg.norm(own) + 0.35 * noise / np.linalg.norm(noise)
    return (vector / np.linalg.norm(vector)).astype(np.float32)


@pytest.fixture(scope="session")
def world(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A folder of sixty people with two pictures and forty with one, and a file of pairs in two folds."""
    root = tmp_path_factory.mktemp("world")
    images = root / "faces-of-nobody"
    for person in range(100):
        folder = images / f"Person_{person:03d}"
        folder.mkdir(parents=True)
        for picture in range(1, 3 if person < 60 else 2):
            (folder / f"{folder.name}_{picture:04d}.jpg").write_text(f"{person} {picture}")
    (images / "Person_010" / "Person_010_0002.jpg").write_text("broken")
    (images / "Person_099" / "Person_099_0001.jpg").write_text("no face")
    lines = []
    for fold in range(2):
        people = range(20 * fold, 20 * fold + 20)
        lines += [f"Person_{p:03d}\t1\t2" for p in people[:10]] + ["Person_010 1 2"] * fold
        lines += [f"Person_{p:03d}\t1\tPerson_{p + 1:03d}\t1" for p in people[10:19]]
    pairs = root / "pairs.txt"
    pairs.write_text("\n".join(lines) + "\n")
    return images, pairs


@pytest.fixture
def known_templates(monkeypatch: pytest.MonkeyPatch) -> None:
    """Lets the report be made with the engine above."""
    monkeypatch.setattr(recognition, "FaceEngine", KnownTemplates)
