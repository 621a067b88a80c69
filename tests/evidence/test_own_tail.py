"""A gallery's own tail: read off where comparisons bear it, deaf to a few persons who are there twice."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from antigone.evidence import OwnTail, threshold
from antigone.evidence.own_tail import measure


def gallery(persons: int, alike: float, seed: int = 1) -> tuple[NDArray[np.float32], NDArray[np.int64]]:
    """Two portraits a person, all sharing a direction to the extent of `alike`."""
    rng = np.random.default_rng(seed)
    shared = rng.normal(size=64)
    faces = rng.normal(size=(persons, 64)) + alike * shared
    vectors = np.repeat(faces, 2, axis=0) + 0.3 * rng.normal(size=(2 * persons, 64))
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    return vectors.astype(np.float32), np.repeat(np.arange(persons, dtype=np.int64), 2)


def own(persons: int, alike: float) -> OwnTail:
    found = measure(*gallery(persons, alike))
    assert found is not None
    return found


def test_strangers_of_the_gallery_pass_at_about_the_rate_that_was_asked_for() -> None:
    vectors, persons = gallery(600, 1.0)
    held = persons >= 300
    tail = measure(vectors[~held], persons[~held])
    assert tail is not None
    point = threshold("sface-2021dec", 300, own=tail)
    assert point is not None
    probes = vectors[held][::2]
    passing = ((probes @ vectors[~held].T).max(axis=1) >= point.threshold).mean()
    assert passing <= 0.04  # 1 % is asked for; of 300 strangers, twelve would be far outside its scatter


def test_people_photographed_alike_get_a_higher_threshold() -> None:
    assert own(200, 1.0).tail.score_at(1e-4) > own(200, 0.2).tail.score_at(1e-4)


def test_the_higher_of_the_two_thresholds_holds() -> None:
    shipped = threshold("sface-2021dec", 200)
    assert shipped is not None
    for alike in (0.0, 1.5):
        both = threshold("sface-2021dec", 200, own=own(200, alike))
        assert both is not None
        assert both.threshold >= shipped.threshold
    assert "this very gallery" in both.source


def test_a_few_persons_under_two_references_do_not_set_the_threshold() -> None:
    vectors, persons = gallery(200, 0.5)
    clean = measure(vectors, persons)
    doubled = persons.copy()
    doubled[1:7:2] += 10_000  # three persons, each under two references
    with_doubles = measure(vectors, doubled)
    assert clean is not None
    assert with_doubles is not None
    assert abs(clean.tail.score_at(1e-5) - with_doubles.tail.score_at(1e-5)) < 0.05


@pytest.mark.parametrize("persons", [0, 1, 29])
def test_too_few_persons_have_no_tail(persons: int) -> None:
    assert measure(*gallery(persons, 0.5)) is None


def test_vectors_that_are_all_alike_have_no_tail() -> None:
    vectors = np.tile(np.eye(1, 64, dtype=np.float32), (100, 1))
    assert measure(vectors, np.arange(100)) is None


def test_more_portraits_than_are_compared_are_drawn_from() -> None:
    vectors, persons = gallery(2_000, 0.5)
    found = measure(vectors, persons)
    assert found is not None
    assert found.persons == 1_500
    assert found == measure(vectors, persons)


def test_it_comes_back_from_its_json() -> None:
    found = own(100, 0.5)
    assert OwnTail.from_json(found.as_json()) == found
