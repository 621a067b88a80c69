"""Ranks and misses of a plain search, with an engine that knows a picture by its mean colour."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

from antigone.evaluation.degradation import difficulty as room
from antigone.evaluation.errors import EvaluationError
from antigone.faces import EmbeddingContract, Face, Reading
from antigone.imaging import load

from .faces import LANDMARKS, drawn_face

PEOPLE = 60


class ByColour:
    """A face wherever the picture is not black; its template is a direction for each shade."""

    threads = 1
    contract = EmbeddingContract("by-colour", "0" * 64, 8, "alignment-1", "preprocessing-1")

    def __init__(self, **_: object) -> None:
        self.axes = np.random.default_rng(0).normal(size=(256, 8))

    def detect(self, pixels: np.ndarray) -> list[Face]:
        return [Face((70.0, 70.0, 110.0, 110.0), LANDMARKS, 0.9, 0)] if pixels.max() > 40 else []

    def align(self, pixels: np.ndarray, face: Face) -> np.ndarray:
        return pixels

    def encode(self, crops: list[np.ndarray]) -> np.ndarray:
        found = np.stack([self.axes[int(crop[:8, :8].mean())] for crop in crops])
        return (found / np.linalg.norm(found, axis=1, keepdims=True)).astype(np.float32)

    def read_many(
        self, items: Iterable[tuple[Any, Path]], choose: Callable[[list[Face], int, int], int | None], *_: object
    ) -> Iterator[tuple[Any, Reading]]:
        for key, path in items:
            picture = load(path)[1]
            yield key, Reading(picture, [], 0, {}, None, self.encode([picture.pixels])[0])


@pytest.fixture
def images(tmp_path: Path) -> Path:
    """Everybody's wall has a shade of its own in both pictures, but that one person's second has another's."""
    for person in range(PEOPLE):
        folder = tmp_path / f"Person_{person:02d}"
        folder.mkdir()
        for number in (1, 2) if person < 10 else (1,):
            pixels = drawn_face()
            pixels[:20] = 255 - 2 * (person if number == 1 or person else 59)
            Image.fromarray(pixels).save(folder / f"{folder.name}_{number:04d}.png")
    return tmp_path


def test_the_clean_ladder_finds_who_is_there(images: Path) -> None:
    engine: Any = ByColour()
    gallery, probes = room.gallery_and_probes(engine, images, {}, 400, 1)
    assert gallery.shape == (PEOPLE, 8)
    assert [probe.own for probe in probes] == list(range(10))
    found = room.difficulty(engine, gallery, probes, "clean")
    assert found.missed[0] == pytest.approx(0.1)
    assert found.no_face == 0
    assert found.intervals[0].low <= 0.1 <= found.intervals[0].high


def test_a_face_not_found_is_a_miss_at_every_rank(images: Path) -> None:
    engine: Any = ByColour()
    gallery, probes = room.gallery_and_probes(engine, images, {}, 4, 1)
    assert len(probes) == 4
    engine.detect = lambda pixels: []
    found = room.difficulty(engine, gallery, probes, "closed-lids")
    assert found.missed == (1.0, 1.0)
    assert found.no_face == 1.0


def test_a_table_is_printed(images: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(room, "FaceEngine", ByColour)
    room.main(["--images", str(images), "--ladder", "clean", "--ladder", "cloth"])
    lines = capsys.readouterr().out.splitlines()
    assert "60 enrolled" in lines[0]
    assert lines[-2].startswith("| `clean` | 10.0 (")
    assert lines[-1].startswith("| `cloth` | ")


def test_one_picture_each_is_refused(images: Path) -> None:
    for second in images.glob("*/*_0002.png"):
        second.unlink()
    engine: Any = ByColour()
    with pytest.raises(EvaluationError, match="second picture"):
        room.gallery_and_probes(engine, images, {}, 4, 1)
    with pytest.raises(SystemExit, match="no such folder"):
        room.main(["--images", str(images / "none")])
