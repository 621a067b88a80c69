"""Bodies and missing persons out of a set of pictures: other pictures on each side, scored as a search scores."""

from __future__ import annotations

import numpy as np
import pytest

from antigone.evaluation.errors import EvaluationError
from antigone.evaluation.person_pairs import draw_sides, person_pairs, score_blocks, weights_of

PEOPLE = np.repeat(np.arange(40), np.tile([1, 2, 3, 5], 10))
NAMES = tuple(f"person {number}" for number in range(40))


def vectors(seed: int = 1) -> np.ndarray:
    random = np.random.default_rng(seed)
    rows = random.normal(size=(40, 16))[PEOPLE] + 0.5 * random.normal(size=(PEOPLE.size, 16))
    return (rows / np.linalg.norm(rows, axis=1, keepdims=True)).astype(np.float32)


@pytest.mark.parametrize(("photos", "portraits"), [(1, 1), (2, 1), (1, 2), (2, 3)])
def test_no_picture_stands_on_both_sides(photos: int, portraits: int) -> None:
    sides = draw_sides(PEOPLE, photos, portraits, seed=3)
    assert sides.photos.shape[1] == photos
    assert sides.portraits.shape[1] == portraits
    assert not set(sides.photos.ravel()) & set(sides.portraits.ravel())
    assert (PEOPLE[sides.photos] == sides.bodies[:, None]).all()
    assert (PEOPLE[sides.portraits] == sides.enrolled[:, None]).all()
    assert set(sides.bodies) <= set(sides.enrolled)


def test_a_draw_repeats_by_its_seed() -> None:
    one, two, other = (draw_sides(PEOPLE, 1, 1, seed) for seed in (3, 3, 4))
    assert (one.photos == two.photos).all()
    assert not (one.photos == other.photos).all()


def test_a_score_is_the_mean_over_photographs_of_the_best_portrait() -> None:
    rows = vectors()
    sides = draw_sides(PEOPLE, 2, 3, seed=1)
    ((_, scores),) = list(score_blocks(rows, sides))
    for body in range(len(sides.bodies)):
        for person in range(len(sides.enrolled)):
            cosines = rows[sides.photos[body]] @ rows[sides.portraits[person]].T
            assert scores[body, person] == pytest.approx(cosines.max(axis=1).mean(), abs=1e-6)


def test_everybody_is_compared_with_everybody_in_each_draw() -> None:
    pairs = person_pairs(vectors(), PEOPLE, NAMES, draws=3)
    assert (pairs.mated, pairs.non_mated) == (90, 90 * 39)
    assert pairs.scores[pairs.same].mean() > pairs.scores[~pairs.same].mean() + 0.3


def test_too_few_pictures_are_refused() -> None:
    for photos, portraits in ((9, 9), (0, 1), (1, 0)):
        with pytest.raises(EvaluationError):
            draw_sides(PEOPLE, photos, portraits, seed=1)


def test_photographs_weigh_by_their_strength() -> None:
    rows = vectors()
    sides = draw_sides(PEOPLE, 2, 1, seed=1)
    strengths = np.random.default_rng(2).uniform(0, 100, PEOPLE.size)
    weights = weights_of(strengths, sides.photos)
    assert np.allclose(weights.sum(axis=1), 1)
    ((_, scores),) = list(score_blocks(rows, sides, weights))
    gallery = rows[sides.portraits[:, 0]].astype(np.float64)
    for body in range(len(sides.bodies)):
        each = rows[sides.photos[body]].astype(np.float64) @ gallery.T
        assert np.allclose(scores[body], weights[body] @ each, atol=1e-6)
        assert (np.argmax(weights[body]) == np.argmax(strengths[sides.photos[body]])).all()


def test_photographs_of_unknown_strength_weigh_alike() -> None:
    sides = draw_sides(PEOPLE, 2, 1, seed=1)
    assert np.allclose(weights_of(np.full(PEOPLE.size, -np.inf), sides.photos), 0.5)
