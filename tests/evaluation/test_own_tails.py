"""With the gallery's own tail beside the shipped one, strangers pass less often, never more."""

from __future__ import annotations

import numpy as np

from antigone.evaluation.own_tails import compare


def test_people_photographed_alike_pass_less_often_with_their_own_tail() -> None:
    rng = np.random.default_rng(3)
    shared = rng.normal(size=128)
    faces = rng.normal(size=(120, 128)) + 0.9 * shared
    sets = [faces + 0.3 * rng.normal(size=faces.shape) for _ in range(2)]
    enrolled, searched = ((x / np.linalg.norm(x, axis=1, keepdims=True)).astype(np.float32) for x in sets)
    found = compare(enrolled, searched, "sface-2021dec", draws=10)
    assert found["own"]["fpir"] < found["shipped"]["fpir"]
    assert found["own"]["fnir"] >= found["shipped"]["fnir"]
