"""Careful looks: evened light for the detector alone, fused landmarks, and which way is up."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from antigone.faces import Face, FaceEngine, ModelStore
from antigone.faces.looking import evened, fused, righted, sought
from antigone.imaging import load


@pytest.fixture(scope="session")
def careful(models: Path) -> FaceEngine:
    return FaceEngine(ModelStore(models), threads=1, turns="always", careful=True)


@pytest.fixture(scope="session")
def pictures(portraits: list[Path]) -> list[np.ndarray]:
    return [load(path)[1].pixels for path in portraits[:6]]


def distance(one: Face, other: Face) -> float:
    """The mean distance of the landmarks, in distances between the eyes."""
    return float(np.linalg.norm(one.landmarks - other.landmarks, axis=1).mean() / one.eye_distance)


def test_evened_light_keeps_shape_and_leaves_the_picture_alone() -> None:
    pixels = np.random.default_rng(1).integers(0, 60, (90, 70, 3)).astype(np.uint8)
    before = pixels.copy()
    seen = evened(pixels)
    assert (pixels == before).all()
    assert seen.shape == pixels.shape
    assert seen.std() > pixels.std()


def test_careful_looks_find_the_face_where_the_plain_look_does(
    careful: FaceEngine, engine: FaceEngine, pictures: list[np.ndarray]
) -> None:
    for pixels in pictures:
        assert distance(engine.detect(pixels)[0], careful.detect(pixels)[0]) < 0.2


def test_a_picture_turned_upside_down_has_its_face_turned_with_it(
    careful: FaceEngine, pictures: list[np.ndarray]
) -> None:
    for pixels in pictures:
        height, width = pixels.shape[:2]
        upright = careful.detect(pixels)[0]
        turned = careful.detect(np.ascontiguousarray(pixels[::-1, ::-1]))[0]
        back = np.array([width - 1, height - 1], np.float32) - turned.landmarks
        assert distance(upright, replace(turned, landmarks=back)) < 0.15


def test_fused_landmarks_lie_among_those_that_the_looks_gave(careful: FaceEngine, pictures: list[np.ndarray]) -> None:
    assert careful._evened is not None
    face = careful.detect(pictures[0])[0]
    assert distance(face, fused(careful._evened, pictures[0], face)) < 0.1


def test_a_face_that_hangs_is_righted_where_the_recogniser_says_so(
    careful: FaceEngine, pictures: list[np.ndarray]
) -> None:
    assert careful._evened is not None
    pixels = pictures[0]
    face = careful.detect(pixels)[0]
    middle = face.landmarks.mean(axis=0)
    hanging = Face(face.box, np.asarray(2 * middle - face.landmarks, np.float32), 0.8, (face.turn + 180) % 360)
    asked: list[float] = []

    def strength(seen: Face) -> float:
        asked.append(careful._strength(pixels, seen))
        return asked[-1]

    found = righted(careful._evened, pixels, hanging, strength)
    assert distance(face, found) < 0.2
    assert max(asked) == asked[0]


def test_a_sure_face_is_left_as_it_is(careful: FaceEngine, pictures: list[np.ndarray]) -> None:
    assert careful._evened is not None
    face = replace(careful.detect(pictures[0])[0], score=0.99)

    def strength(seen: Face) -> float:
        raise AssertionError("nobody needs to be asked")

    assert righted(careful._evened, pictures[0], face, strength) is face


def test_no_face_is_found_where_there_is_none(careful: FaceEngine) -> None:
    assert careful.detect(np.full((200, 200, 3), 90, np.uint8)) == []


def test_a_face_with_wrong_points_is_sought_again_from_all_around(
    careful: FaceEngine, pictures: list[np.ndarray]
) -> None:
    assert careful._evened is not None
    pixels = pictures[1]
    face = careful.detect(pixels)[0]
    middle = face.landmarks.mean(axis=0)
    across = np.array([[0, -1], [1, 0]], np.float32)
    wrong = replace(face, landmarks=np.asarray((face.landmarks - middle) @ across.T + middle, np.float32), score=0.7)
    found = sought(
        careful._evened, pixels, wrong, careful._strength(pixels, wrong), lambda seen: careful._strength(pixels, seen)
    )
    assert distance(face, found) < 0.2


def test_points_that_the_recogniser_likes_best_stay(careful: FaceEngine, pictures: list[np.ndarray]) -> None:
    assert careful._evened is not None
    face = careful.detect(pictures[1])[0]
    assert sought(careful._evened, pictures[1], face, 10.0, lambda seen: 0.0) is face
