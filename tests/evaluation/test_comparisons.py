"""Every picture against every other: nothing lost, nothing counted twice, people equal."""

from __future__ import annotations

import numpy as np
import pytest

from antigone.evaluation.comparisons import compare_all


def unit(random: np.random.Generator, count: int, dim: int = 16) -> np.ndarray:
    vectors = random.normal(size=(count, dim))
    return (vectors / np.linalg.norm(vectors, axis=1, keepdims=True)).astype(np.float32)


@pytest.fixture(scope="module")
def set_of_pictures() -> tuple[np.ndarray, np.ndarray]:
    random = np.random.default_rng(0)
    return unit(random, 1300), np.sort(random.integers(0, 600, 1300))


def gaps_closed(people: np.ndarray) -> np.ndarray:
    return np.unique(people, return_inverse=True)[1]


def test_counts_and_mated_scores_are_those_of_a_plain_loop(
    set_of_pictures: tuple[np.ndarray, np.ndarray],
) -> None:
    vectors, people = set_of_pictures[0], gaps_closed(set_of_pictures[1])
    found = compare_all(vectors, people)
    scores = vectors @ vectors.T
    i, j = np.triu_indices(people.size, 1)
    same = people[i] == people[j]
    assert found.non_mated_count == int((~same).sum())
    assert np.sort(found.mated) == pytest.approx(np.sort(scores[i, j][same]), abs=1e-6)
    other = scores[i, j][~same]
    # Blocked and plain products differ in the last bit: count away from the floor.
    level = found.floor + 1e-5
    assert (found.tail >= level).sum() == (other >= level).sum()
    assert 0.01 < found.tail.size / other.size < 0.04


def test_pairs_of_people_weigh_the_same(set_of_pictures: tuple[np.ndarray, np.ndarray]) -> None:
    vectors, people = set_of_pictures[0][:200], gaps_closed(set_of_pictures[1][:200])
    found = compare_all(vectors, people)
    weights, total = found.tail_weights()
    # A set this small is kept whole, so the weights of the tail are all there are.
    assert found.tail.size == found.non_mated_count
    assert weights.sum() == pytest.approx(total)
    assert total == pytest.approx(found.pictures.size * (found.pictures.size - 1) / 2)
    drawn = np.random.default_rng(1).integers(0, 3, found.pictures.size).astype(np.float64)
    weights, total = found.tail_weights(drawn)
    assert weights.sum() == pytest.approx(total)


def test_one_person_is_refused() -> None:
    with pytest.raises(ValueError, match="two people"):
        compare_all(np.eye(2, dtype=np.float32), [0, 0])
