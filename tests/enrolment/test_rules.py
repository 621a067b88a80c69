"""Which face of a portrait is the person's, and when nobody can say."""

from __future__ import annotations

import numpy as np

from antigone.enrolment.rules import main_face
from antigone.faces import Face


def face(x: float, y: float, w: float, h: float) -> Face:
    return Face((x, y, w, h), np.zeros((5, 2), np.float32), 0.9, 0)


def test_no_face_and_one_face() -> None:
    assert main_face([], 100, 100) is None
    assert main_face([face(0, 0, 10, 10)], 100, 100) == 0


def test_two_side_by_side_are_left_to_a_person() -> None:
    assert main_face([face(40, 70, 90, 110), face(125, 70, 90, 110)], 250, 250) is None


def test_a_face_that_the_edge_cuts_is_a_bystander() -> None:
    assert main_face([face(-30, 70, 90, 110), face(80, 70, 90, 110)], 250, 250) == 1
    assert main_face([face(185, 60, 90, 110), face(80, 70, 90, 110)], 250, 250) == 1


def test_a_face_that_is_alone_may_be_cut() -> None:
    assert main_face([face(-30, 70, 90, 110)], 250, 250) == 0


def test_the_order_of_the_faces_does_not_matter() -> None:
    faces = [face(10, 10, 30, 30), face(80, 70, 90, 110), face(200, 200, 20, 20)]
    assert main_face(faces, 250, 250) == 1
    assert main_face(faces[::-1], 250, 250) == 1
