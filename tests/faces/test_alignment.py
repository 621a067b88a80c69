"""Alignment brings five points to their places, at any scale and lean."""

from __future__ import annotations

import cv2
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from antigone.faces.alignment import SIDE, TEMPLATE, align, similarity, warp
from antigone.faces.geometry import likeness, misfit, turn_points


def moved(scale: float, angle: float, x: float, y: float) -> np.ndarray:
    radians = np.radians(angle)
    turn = np.array([[np.cos(radians), -np.sin(radians)], [np.sin(radians), np.cos(radians)]])
    return (scale * TEMPLATE @ turn.T + [x, y]).astype(np.float32)


@given(st.floats(0.2, 30), st.floats(-180, 180), st.floats(-500, 5000, width=32), st.floats(-500, 5000, width=32))
def test_points_that_moved_as_one_come_back_exactly(scale: float, angle: float, x: float, y: float) -> None:
    points = moved(scale, angle, x, y)
    matrix = similarity(points)
    back = points @ matrix[:, :2].T + matrix[:, 2]
    assert np.abs(back - TEMPLATE).max() < 0.02
    assert misfit(points) < 1e-3


def test_it_never_mirrors() -> None:
    mirrored = TEMPLATE * [-1, 1]
    matrix = similarity(mirrored.astype(np.float32))
    assert np.linalg.det(matrix[:, :2]) > 0
    assert misfit(mirrored.astype(np.float32)) > 0.3


def test_points_in_one_place_cannot_be_aligned() -> None:
    with pytest.raises(ValueError, match="one point"):
        similarity(np.full((5, 2), 3, np.float32))
    with pytest.raises(ValueError, match="one point"):
        similarity(np.full((5, 2), np.nan, np.float32))


@pytest.mark.parametrize("scale", [0.7, 1.0, 1.9, 2.5, 6.0, 17.3])
def test_the_crop_shows_the_same_whatever_the_size_of_the_face(scale: float) -> None:
    rng = np.random.default_rng(5)
    small = cv2.GaussianBlur(rng.integers(0, 255, (SIDE, SIDE, 3), np.uint8), (0, 0), 4)
    small = cv2.normalize(small, None, 0, 255, cv2.NORM_MINMAX)
    size = round(SIDE * scale)
    large = cv2.resize(small, (size, size), interpolation=cv2.INTER_CUBIC)
    points = (TEMPLATE + 0.5) * size / SIDE - 0.5
    crop = align(large, points.astype(np.float32))
    inner = np.s_[8:-8, 8:-8]
    assert np.abs(crop[inner].astype(int) - small[inner].astype(int)).mean() < 4


def test_fine_detail_of_a_large_face_does_not_alias() -> None:
    checks = (np.indices((1120, 1120)).sum(axis=0) % 2 * 255).astype(np.uint8)
    crop = align(np.repeat(checks[:, :, None], 3, axis=2), ((TEMPLATE + 0.5) * 10 - 0.5).astype(np.float32))
    assert crop[10:-10, 10:-10].std() < 8


def test_what_lies_outside_the_picture_is_masked() -> None:
    picture = np.full((200, 200, 3), 200, np.uint8)
    points = (TEMPLATE - np.float32([30, 0])).astype(np.float32)
    warped, inside = warp(picture, points, TEMPLATE, (SIDE, SIDE))
    assert inside[:, :28].max() == 0
    assert inside[20:-20, 34:].min() == 255
    assert (warped[inside == 0] < 200).all()


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
def test_turned_points_find_their_pixel_again(turn: int) -> None:
    square = np.arange(49).reshape(7, 7)
    turned = np.rot90(square, -turn // 90)
    for row in range(7):
        for column in range(7):
            [[x, y]] = turn_points(np.array([[column, row]], np.float32), turn, 7)
            assert turned[row, column] == square[int(y), int(x)]


def test_likeness_wants_eyes_above_the_mouth() -> None:
    assert likeness(TEMPLATE) == 1
    assert likeness(moved(2, 30, 0, 0)) == 1
    assert 0 < likeness(moved(2, 55, 0, 0)) < 1
    assert likeness(moved(2, 90, 0, 0)) == 0
    assert likeness(moved(2, 180, 0, 0)) == 0
    assert likeness((TEMPLATE * [-1, 1]).astype(np.float32)) == 0
    assert likeness(np.full((5, 2), np.nan, np.float32)) == 0


@settings(max_examples=50, deadline=None)
@given(st.lists(st.floats(-1e4, 1e4, width=32), min_size=10, max_size=10))
def test_likeness_is_a_share_for_any_points(values: list[float]) -> None:
    assert 0 <= likeness(np.array(values, np.float32).reshape(5, 2)) <= 1
