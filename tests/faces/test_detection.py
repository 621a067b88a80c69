"""Faces are found whichever way they lie, at any size, several at once, and not where there are none."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import cv2
import numpy as np
import pytest

from antigone.faces import Face, FaceEngine
from antigone.faces.detection import Finder, merge, overlap
from antigone.imaging import load

TURNS = (0, 90, 180, 270)


def lying(pixels: np.ndarray, turn: int) -> np.ndarray:
    """The picture turned so that a clockwise turn by `turn` brings it upright again."""
    return np.ascontiguousarray(np.rot90(pixels, turn // 90))


def leaning(pixels: np.ndarray, angle: float) -> np.ndarray:
    """The picture turned clockwise by any angle, in a larger grey one."""
    height, width = pixels.shape[:2]
    side = int(np.hypot(height, width)) + 2
    matrix = cv2.getRotationMatrix2D((width / 2, height / 2), -angle, 1.0)
    matrix[:, 2] += [(side - width) / 2, (side - height) / 2]
    return cv2.warpAffine(pixels, matrix, (side, side), borderValue=(125, 125, 125))


@pytest.mark.parametrize("turn", TURNS)
@pytest.mark.parametrize("seed", [0, 1])
def test_a_face_is_found_in_each_quarter_turn(
    engine: FaceEngine, thorough: FaceEngine, drawn: Callable[..., np.ndarray], seed: int, turn: int
) -> None:
    pixels = lying(drawn(seed), turn)
    for reader in (engine, thorough):
        [face] = reader.detect(pixels)
        assert face.turn == turn
        assert face.score > 0.85
        height, width = pixels.shape[:2]
        x, y, w, h = face.box
        assert 0 < x + w / 2 < width
        assert 0 < y + h / 2 < height
        assert abs(face.roll) == pytest.approx({0: 0, 90: 90, 180: 180, 270: 90}[turn], abs=8)


def test_landmarks_are_where_the_drawing_has_them(engine: FaceEngine, drawn: Callable[..., np.ndarray]) -> None:
    [face] = engine.detect(drawn(0))
    eyes = face.landmarks[:2].mean(axis=0)
    assert eyes == pytest.approx([160, 170], abs=12)
    assert face.landmarks[0, 0] < face.landmarks[1, 0]
    assert face.landmarks[3:, 1].mean() == pytest.approx(247, abs=12)


@pytest.mark.parametrize("angle", [-50, -30, 20, 40, 70, 135])
def test_a_leaning_face_keeps_its_likeness(engine: FaceEngine, drawn: Callable[..., np.ndarray], angle: int) -> None:
    upright = drawn(0)
    [face] = engine.detect(upright)
    pixels = leaning(upright, angle)
    [turned] = engine.detect(pixels)
    assert (turned.roll - angle + 180) % 360 - 180 == pytest.approx(0, abs=9)
    first, second = engine.encode([engine.align(upright, face), engine.align(pixels, turned)])
    assert float(first @ second) > 0.8


def test_all_faces_are_returned_the_largest_first(engine: FaceEngine, drawn: Callable[..., np.ndarray]) -> None:
    small = cv2.resize(drawn(1), (160, 192), interpolation=cv2.INTER_AREA)
    group = np.full((400, 620, 3), 125, np.uint8)
    group[:384, :320] = drawn(0)
    group[150:342, 400:560] = small
    first, second = engine.detect(group)
    assert first.box[0] < 320 < second.box[0]
    assert first.box[2] > second.box[2]


def test_a_face_lying_beside_an_upright_one_is_found_when_turns_are_always_looked_at(
    thorough: FaceEngine, drawn: Callable[..., np.ndarray]
) -> None:
    group = np.full((400, 720, 3), 125, np.uint8)
    group[:384, :320] = drawn(0)
    group[40:360, 330:714] = lying(drawn(1), 90)
    assert sorted(face.turn for face in thorough.detect(group)) == [0, 90]


def test_a_face_that_fills_the_picture(engine: FaceEngine, drawn: Callable[..., np.ndarray]) -> None:
    tight = drawn(0)[92:300, 84:236].copy()
    [face] = engine.detect(tight)
    assert face.turn == 0
    [large] = engine.detect(cv2.resize(tight, None, fx=8, fy=8, interpolation=cv2.INTER_CUBIC))
    assert large.box[2] == pytest.approx(8 * face.box[2], rel=0.15)


def test_a_small_face_in_a_large_picture(engine: FaceEngine, drawn: Callable[..., np.ndarray]) -> None:
    large = np.full((2400, 3200, 3), 125, np.uint8)
    large[1500:1692, 2200:2360] = cv2.resize(drawn(0), (160, 192), interpolation=cv2.INTER_AREA)
    [face] = engine.detect(large)
    assert 2200 < face.box[0] < 2360
    assert face.eye_distance == pytest.approx(32, abs=6)


def test_where_there_is_no_face_none_is_found(engine: FaceEngine, thorough: FaceEngine) -> None:
    rng = np.random.default_rng(0)
    noise = rng.integers(0, 255, (300, 400, 3), np.uint8)
    blobs = cv2.resize(rng.integers(0, 255, (12, 16, 3), np.uint8), (640, 480), interpolation=cv2.INTER_CUBIC)
    for pixels in (noise, np.zeros((200, 200, 3), np.uint8), np.full((30, 900, 3), 255, np.uint8)):
        assert engine.detect(pixels) == []
    assert thorough.detect(blobs) == []


def test_pixels_are_not_altered(engine: FaceEngine, drawn: Callable[..., np.ndarray]) -> None:
    pixels = drawn(0)
    before = pixels.copy()
    pixels.setflags(write=False)
    [face] = engine.detect(pixels)
    engine.align(pixels, face)
    engine.quality(pixels, face)
    assert (pixels == before).all()


def test_one_answer_a_face() -> None:
    points = np.zeros((5, 2), np.float32)
    strong = Face((0, 0, 10, 10), points, 0.9, 0)
    weak = Face((1, 1, 10, 10), points, 0.7, 90)
    other = Face((30, 0, 10, 10), points, 0.6, 0)
    around = Face((-20, -20, 60, 60), points, 0.8, 270)
    assert merge([weak, other, strong]) == [strong, other]
    assert merge([around, strong]) == [strong]
    assert overlap(strong, strong) == 1
    assert overlap(strong, other) == 0


def test_turns_are_named() -> None:
    with pytest.raises(ValueError, match="as-needed"):
        Finder(None, "sometimes")  # type: ignore[arg-type]


@pytest.mark.parametrize("turn", TURNS)
def test_people_who_never_lived_are_found_lying_too(engine: FaceEngine, portraits: list[Path], turn: int) -> None:
    for path in portraits[:6]:
        faces = engine.detect(lying(load(path)[1].pixels, turn))
        assert [face.turn for face in faces[:1]] == [turn], path.parent.name
