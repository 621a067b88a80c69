"""What every ladder owes: the same picture in every run, at any size, with landmarks that go along."""

from __future__ import annotations

import os
import subprocess
import sys

import cv2
import numpy as np
import pytest

from antigone.evaluation.degradation import LADDERS, OneOf, degrade
from antigone.evaluation.degradation.apply import KINDS
from antigone.evaluation.degradation.frame import scene
from antigone.evaluation.degradation.turning import turn
from antigone.evaluation.errors import EvaluationError

from .faces import LANDMARKS, drawn_face

SINGLE = [name for name, ladder in LADDERS.items() if len(ladder.steps) == 1]


def test_the_ladders_that_the_benchmarks_name_are_there() -> None:
    assert {"clean", "fresh", "two-days", "five-days", *KINDS} == set(LADDERS)
    for ladder in LADDERS.values():
        assert ladder.sentence.endswith(".")
        for step in ladder.steps:
            chances = [one.chance for one in step.steps] if isinstance(step, OneOf) else [step.chance]
            assert 0 < sum(chances) <= 1 + 1e-9
    assert [step.kind for step in LADDERS["fresh"].steps if not isinstance(step, OneOf)] == [
        "closed-lids",
        "pallor",
        "turned",
    ]


@pytest.mark.parametrize("name", LADDERS)
def test_a_ladder_gives_the_same_picture_again_and_another_under_another_key(name: str) -> None:
    pixels = drawn_face()
    before = pixels.copy()
    first, again = degrade(pixels, LANDMARKS, name, "a"), degrade(pixels, LANDMARKS, name, "a")
    other = degrade(pixels, LANDMARKS, name, "b")
    assert np.array_equal(pixels, before)
    assert first.pixels.dtype == np.uint8
    assert first.pixels.shape[2] == 3
    assert np.array_equal(first.pixels, again.pixels)
    assert np.array_equal(first.landmarks, again.landmarks)
    assert first.landmarks.shape == (5, 2)
    assert first.landmarks.dtype == np.float32
    assert first.applied == again.applied
    if name == "clean":
        assert np.array_equal(first.pixels, pixels)
        assert np.array_equal(first.landmarks, LANDMARKS)
        assert first.applied == ()
    else:
        assert first.pixels.shape != other.pixels.shape or not np.array_equal(first.pixels, other.pixels)
        assert set(first.applied) <= set(KINDS)
        assert first.applied


def test_another_process_gives_the_same_picture() -> None:
    code = (
        "import hashlib; from antigone.evaluation.degradation import degrade;"
        "from tests.evaluation.degradation.faces import LANDMARKS, drawn_face;"
        "print(hashlib.sha256(degrade(drawn_face(), LANDMARKS, 'two-days', 'k').pixels.tobytes()).hexdigest())"
    )
    found = {
        subprocess.run(
            [sys.executable, "-c", code],
            check=True,
            capture_output=True,
            text=True,
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": os.pathsep.join([os.getcwd(), *sys.path])},
        ).stdout
        for seed in ("1", "2")
    }
    assert len(found) == 1


@pytest.mark.parametrize("name", [name for name in SINGLE if name not in ("poor-camera", "closed-lids")])
def test_a_degradation_is_the_same_at_twice_the_size(name: str) -> None:
    pixels = drawn_face()
    large = cv2.resize(pixels, None, fx=2, fy=2, interpolation=cv2.INTER_LINEAR)
    small = degrade(pixels, LANDMARKS, name, "s")
    big = degrade(large, LANDMARKS * 2 + 0.5, name, "s")
    assert np.abs((big.landmarks - 0.5) / 2 - small.landmarks).max() < 1.0
    shrunk = cv2.resize(big.pixels, small.pixels.shape[1::-1], interpolation=cv2.INTER_AREA)
    assert np.abs(shrunk.astype(float) - small.pixels).mean() < 4.0


@pytest.mark.parametrize("name", [name for name in SINGLE if name not in ("poor-camera", "turned", "closed-lids")])
def test_a_degradation_leans_with_the_face(name: str) -> None:
    pixels = drawn_face()
    straight = degrade(pixels, LANDMARKS, name, "l")
    upside_down = np.ascontiguousarray(pixels[::-1, ::-1])
    corner = np.float32([pixels.shape[1] - 1, pixels.shape[0] - 1])
    found = degrade(upside_down, corner - LANDMARKS, name, "l")
    assert np.abs(corner - found.landmarks - straight.landmarks).max() < 0.1
    assert np.abs(found.pixels[::-1, ::-1].astype(float) - straight.pixels).mean() < 1.5


@pytest.mark.parametrize("name", ["supine-sag", "open-jaw", "swelling"])
def test_landmarks_go_where_the_skin_goes(name: str) -> None:
    dots = np.zeros((250, 250, 3), np.uint8)
    for x, y in LANDMARKS:
        cv2.circle(dots, (round(float(x)), round(float(y))), 2, (255, 255, 255), -1)
    for key in "abc":
        found = degrade(dots, LANDMARKS, name, key)
        for x, y in found.landmarks[:3] if name == "open-jaw" else found.landmarks:
            near = found.pixels[round(float(y)) - 2 : round(float(y)) + 3, round(float(x)) - 2 : round(float(x)) + 3]
            assert near.max() > 120


@pytest.mark.parametrize("degrees", [90, 180, 270, 33.3, -118.0])
def test_turning_cuts_nothing(degrees: float) -> None:
    pixels = np.full((120, 200, 3), 90, np.uint8)
    corners = [(0, 0), (199, 0), (0, 119), (199, 119)]
    pixels[:3] = pixels[-3:] = pixels[:, :3] = pixels[:, -3:] = 90
    landmarks = np.float32([(80, 50), (110, 50), (95, 65), (84, 82), (106, 82)])
    turned = turn(scene(pixels, landmarks), degrees, np.random.default_rng(0))
    height, width = turned.pixels.shape[:2]
    angle = np.radians(degrees)
    rotation = np.asarray([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
    spread = (np.asarray(corners) - (99.5, 59.5)) @ rotation.T + ((width - 1) / 2, (height - 1) / 2)
    assert spread.min() > -1.0
    assert (spread.max(axis=0) < (width, height)).all()
    eyes = turned.landmarks[1] - turned.landmarks[0]
    assert np.allclose(eyes, rotation @ (30, 0))
    if degrees == 90:
        assert (width, height) == (120, 200)


def test_wrong_input_is_a_sentence() -> None:
    pixels = drawn_face()
    with pytest.raises(EvaluationError, match="no ladder of that name"):
        degrade(pixels, LANDMARKS, "ten-days", "a")
    with pytest.raises(EvaluationError, match="uint8"):
        degrade(pixels.astype(np.float32), LANDMARKS, "fresh", "a")  # type: ignore[arg-type]
    with pytest.raises(EvaluationError, match="five landmarks"):
        degrade(pixels, LANDMARKS[:4], "fresh", "a")
    with pytest.raises(EvaluationError, match="five landmarks"):
        degrade(pixels, LANDMARKS * np.nan, "clean", "a")
    with pytest.raises(EvaluationError, match="too small"):
        degrade(pixels, LANDMARKS / 40, "fresh", "a")


@pytest.mark.parametrize("name", ["two-days", "five-days"])
def test_a_face_at_the_edge_or_beyond_does_not_break_a_ladder(name: str) -> None:
    pixels = drawn_face()
    for shift in ((-110, 0), (120, 100), (0, -120), (-300, 40)):
        found = degrade(pixels, LANDMARKS + np.float32(shift), name, "e")
        assert np.isfinite(found.landmarks).all()
        assert found.pixels.size
