"""Which face is compared, and when the answer is none of these."""

from __future__ import annotations

import numpy as np

from antigone.casework.procedure import STEPS
from antigone.casework.rules import choose_face, nothing_passes
from antigone.evidence import OperatingPoint
from antigone.faces import Face

POINT = OperatingPoint(0.4, 0.01, "set by the test")


def face(x: float, y: float, side: float) -> Face:
    return Face((x, y, side, side), np.zeros((5, 2), np.float32), 0.9, 0)


def test_no_face_says_what_to_do() -> None:
    index, sentence = choose_face([], 100, 100, None)
    assert index is None
    assert "--landmarks" in sentence


def test_one_face_is_the_subjects() -> None:
    assert choose_face([face(10, 10, 20)], 100, 100, None) == (0, "")


def test_a_small_bystander_is_passed_over() -> None:
    assert choose_face([face(0, 0, 12), face(30, 30, 40)], 100, 100, None) == (1, "")


def test_two_faces_alike_are_left_to_the_examiner() -> None:
    two = [face(10, 40, 20), face(70, 40, 20)]
    index, sentence = choose_face(two, 100, 100, None)
    assert index is None
    assert "--face" in sentence
    assert choose_face(two, 100, 100, 2) == (1, "")
    assert choose_face(two, 100, 100, 3)[0] is None


def test_a_score_at_the_operating_point_passes() -> None:
    assert not nothing_passes([0.1, 0.4], POINT)
    assert nothing_passes([0.39, -0.9], POINT)
    assert nothing_passes([], POINT)
    assert nothing_passes([1.0], None)


def test_the_steps_are_twelve_in_order() -> None:
    assert [step.number for step in STEPS] == list(range(1, 13))


def test_a_choice_made_before_is_held_by_its_place_and_not_by_its_number() -> None:
    """Another detector found the two faces in the other order, and one of them a little elsewhere."""
    before = face(300, 40, 90)
    now = [face(306, 44, 84), face(20, 40, 100)]
    assert choose_face(now, 500, 200, None, before.box) == (0, "")
    assert choose_face(now[::-1], 500, 200, None, before.box) == (1, "")
    index, sentence = choose_face(now[1:], 500, 200, None, before.box)
    assert index is None
    assert "choose again" in sentence
