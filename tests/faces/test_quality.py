"""Each quality falls when what it names gets worse, and what is not computed is None."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import cv2
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from antigone.faces.alignment import TEMPLATE
from antigone.faces.byhand import from_landmarks
from antigone.faces.face import Face
from antigone.faces.quality import NOT_COMPUTED, quality

EYES = np.array([[127, 161], [193, 161], [160, 213], [137, 247], [183, 247]], np.float32)
"""Where the drawn face, 320 by 384, has its points, roughly."""


def face_of(pixels: np.ndarray) -> Face:
    return from_landmarks(pixels, EYES)


def score(pixels: np.ndarray, name: str) -> int:
    value = quality(pixels, face_of(pixels))[name]
    assert value is not None
    return value


def lit(pixels: np.ndarray, factor: float | np.ndarray) -> np.ndarray:
    return np.clip(pixels * factor, 0, 255).astype(np.uint8)


def test_names_and_range(drawn: Callable[..., np.ndarray]) -> None:
    scores = quality(drawn(), face_of(drawn()), [face_of(drawn())])
    assert len(scores) == 28
    for name, value in scores.items():
        assert (value is None) == (name in NOT_COMPUTED)
        assert value is None or 0 <= value <= 100
    assert quality(drawn(), face_of(drawn()))["SingleFacePresent"] is None


def test_light(drawn: Callable[..., np.ndarray]) -> None:
    good = drawn()
    dark, bright = lit(good, 0.12), lit(good, 4.0)
    assert score(dark, "UnderExposurePrevention") < score(good, "UnderExposurePrevention")
    assert score(bright, "OverExposurePrevention") < score(good, "OverExposurePrevention")
    assert score(dark, "LuminanceMean") < score(good, "LuminanceMean") > score(bright, "LuminanceMean")
    assert score(dark, "DynamicRange") < score(good, "DynamicRange")
    flat = np.full_like(good, 128)
    assert score(flat, "LuminanceVariance") == 0
    assert score(flat, "DynamicRange") == 0
    side = np.where(np.arange(320)[None, :, None] < 160, 0.4, 1.0)
    assert score(lit(good, side), "IlluminationUniformity") < 0.5 * score(flat, "IlluminationUniformity")


def test_colour(drawn: Callable[..., np.ndarray]) -> None:
    good = drawn()
    assert score(good, "NaturalColour") > 90
    assert score(good[..., ::-1].copy(), "NaturalColour") < 20
    grey = np.repeat(cv2.cvtColor(good, cv2.COLOR_RGB2GRAY)[..., None], 3, axis=2)
    assert score(grey, "NaturalColour") < score(good, "NaturalColour")


def test_size_and_room(drawn: Callable[..., np.ndarray]) -> None:
    good = drawn()
    half = cv2.resize(good, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA)
    less = quality(half, from_landmarks(half, EYES / 2))
    more = quality(good, face_of(good))
    assert less["InterEyeDistance"] < more["InterEyeDistance"]  # type: ignore[operator]
    assert more["LeftwardCropOfTheFaceImage"] == more["RightwardCropOfTheFaceImage"] == 100
    cut = good[:, 110:].copy()
    shifted = quality(cut, from_landmarks(cut, EYES - np.float32([110, 0])))
    assert shifted["LeftwardCropOfTheFaceImage"] < 10  # type: ignore[operator]
    assert shifted["RightwardCropOfTheFaceImage"] == 100


def test_two_faces(drawn: Callable[..., np.ndarray]) -> None:
    face = face_of(drawn())
    x, y, width, height = face.box
    small = replace(face, box=(x, y, width / 2, height / 2))
    assert quality(drawn(), face, [face])["SingleFacePresent"] == 100
    assert quality(drawn(), face, [face, small])["SingleFacePresent"] == 50
    assert quality(drawn(), face, [face, face])["SingleFacePresent"] == 0


@pytest.mark.parametrize("turn", [90, 180, 270])
def test_a_turned_picture_differs_in_roll_alone(drawn: Callable[..., np.ndarray], turn: int) -> None:
    from antigone.faces.geometry import turn_points

    square = np.full((384, 384, 3), 120, np.uint8)
    square[:, 32:352] = drawn()
    upright = from_landmarks(square, EYES + np.float32([32, 0]))
    # Turned the other way, so that a clockwise turn by `turn` brings it upright.
    lying = np.ascontiguousarray(np.rot90(square, turn // 90))
    face = from_landmarks(lying, turn_points(upright.landmarks, turn, 384))
    assert face.turn == turn
    before, after = quality(square, upright), quality(lying, face)
    assert after.pop("HeadPoseRoll") == 0
    before.pop("HeadPoseRoll")
    for name, value in before.items():
        assert value is None or abs(value - after[name]) <= 1, name  # type: ignore[operator]


@settings(max_examples=60, deadline=None)
@given(
    st.integers(30, 200),
    st.integers(30, 200),
    st.floats(0.1, 2),
    st.integers(0, 255),
    st.integers(-60, 60),
)
def test_any_picture_gives_scores_in_range(width: int, height: int, scale: float, tone: int, shift: int) -> None:
    pixels = np.full((height, width, 3), tone, np.uint8)
    landmarks = (TEMPLATE * scale + shift).astype(np.float32)
    scores = quality(pixels, Face((0, 0, 10, 10), landmarks, 1.0, 0))
    assert all(value is None or 0 <= value <= 100 for value in scores.values())
