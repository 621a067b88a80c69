"""A learnt space damps what varies within people, and leaves the mean of the people's means at zero."""

from __future__ import annotations

import io

import numpy as np
import pytest

from antigone.evaluation.errors import EvaluationError
from antigone.evaluation.spaces import fit
from antigone.faces.space import Space


def crowd(people: int = 200, each: int = 3, seed: int = 1) -> tuple[np.ndarray, np.ndarray]:
    """Unit vectors of people who vary along the first axis and differ along all others, around a common mean."""
    random = np.random.default_rng(seed)
    own = np.repeat(random.normal(size=(people, 12)), each, axis=0)
    own[:, 0] = 0
    common = np.full(12, 1.5)
    noise = random.normal(size=(people * each, 12)) * 0.1
    noise[:, 0] *= 20
    vectors = own + common + noise
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    return vectors.astype(np.float32), np.repeat(np.arange(people), each)


def best_is_mate(vectors: np.ndarray, people: np.ndarray) -> float:
    scores = vectors @ vectors.T
    np.fill_diagonal(scores, -np.inf)
    return float((people[scores.argmax(axis=1)] == people).mean())


def test_people_are_told_apart_better_than_before() -> None:
    space = fit(*crowd(), power=0.5, shrinkage=0.05)
    vectors, people = crowd(seed=2)
    assert best_is_mate(space.project(vectors), people) > best_is_mate(vectors, people)


def test_the_axis_that_varies_within_people_weighs_least() -> None:
    space = fit(*crowd())
    stretch = np.linalg.norm(space.axes, axis=0)
    assert int(stretch.argmin()) == 0


def test_no_power_leaves_directions_as_they_are() -> None:
    space = fit(*crowd(), power=0.0)
    assert np.allclose(space.axes, np.eye(12), atol=1e-5)


def test_a_space_is_kept_as_it_was_learnt() -> None:
    space = fit(*crowd())
    with np.load(io.BytesIO(space.to_bytes())) as kept:
        again = Space(kept["mean"], kept["axes"])
    assert again.digest == space.digest


def test_too_few_people_teach_nothing() -> None:
    vectors, people = crowd(people=40)
    with pytest.raises(EvaluationError, match="50 people"):
        fit(vectors, people)
