"""A set of pictures as bodies and missing persons: some pictures of each person to search with, others to be found by.

The comparison is person to person, as a search makes it: for each photograph of the body the best cosine over a
person's portraits, and the mean of these over the photographs, weighted by how much of a face each shows where that
is known (`evidence.weights`, `gallery.aggregates`).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from antigone.evaluation.errors import EvaluationError
from antigone.evaluation.metrics import Floats, Ints
from antigone.evaluation.scored import ScoredPairs, joined
from antigone.evidence.weights import photo_weights

Vectors = npt.NDArray[np.float32]

_BLOCK = 256


@dataclass(frozen=True)
class Sides:
    """Which pictures are portraits and which photographs of bodies; rows of pictures, one row a person.

    `portraits` has shape (enrolled, portraits) and `enrolled` the person of each row; `photos` has shape
    (bodies, photos) and `bodies` the person of each row. Every body's person is enrolled, with other pictures.
    """

    portraits: Ints
    enrolled: Ints
    photos: Ints
    bodies: Ints


def draw_sides(people: Ints, photos: int, portraits: int, seed: int) -> Sides:
    """Draw the two sides among pictures of `people`, shape (n,): the person of each picture.

    Who has pictures enough for portraits is enrolled, who has more is searched for as well. Raises EvaluationError
    when nobody can be searched for.
    """
    if photos < 1 or portraits < 1:
        raise EvaluationError("A comparison needs at least one photograph and one portrait.")
    shuffled = np.random.default_rng(seed).permutation(people.size)
    shuffled = shuffled[np.argsort(people[shuffled], kind="stable")]
    names, starts, counts = np.unique(people[shuffled], return_index=True, return_counts=True)
    enrolled, bodies = counts >= portraits, counts >= portraits + photos
    if not bodies.any() or enrolled.sum() < 2:
        raise EvaluationError(
            f"Nobody here has {portraits + photos} pictures, and somebody else {portraits}: too few for {photos} to "
            f"search with and {portraits} to be found by."
        )
    return Sides(
        shuffled[starts[enrolled][:, None] + np.arange(portraits)],
        names[enrolled],
        shuffled[(starts[bodies] + portraits)[:, None] + np.arange(photos)],
        names[bodies],
    )


def weights_of(strengths: Floats, photos: Ints) -> Floats:
    """The weights of each body's photographs, shape (bodies, photos), from the strength of every picture.

    `strengths` has shape (pictures,), not finite where it is not known; `photos` holds rows of pictures.
    """
    drawn = strengths[photos]
    return np.array([photo_weights([float(value) if np.isfinite(value) else None for value in row]) for row in drawn])


def score_blocks(vectors: Vectors, sides: Sides, weights: Floats | None = None) -> Iterator[tuple[Ints, Floats]]:
    """Rows of `sides.bodies`, and their scores with everybody enrolled, shape (rows, enrolled).

    `weights`, shape (bodies, photos), sum to 1 over each body's photographs; without them all weigh the same.
    """
    enrolled, portraits = sides.portraits.shape
    gallery = vectors[sides.portraits.ravel()].T
    for start in range(0, len(sides.bodies), _BLOCK):
        rows = np.arange(start, min(start + _BLOCK, len(sides.bodies)))
        total = np.zeros((rows.size, enrolled))
        for place, photo in enumerate(sides.photos[rows].T):
            cosines = vectors[photo] @ gallery
            share = 1.0 / sides.photos.shape[1] if weights is None else weights[rows, place][:, None]
            total += share * cosines.reshape(rows.size, enrolled, portraits).max(axis=2)
        yield rows, total


def person_pairs(
    vectors: Vectors,
    people: Ints,
    names: tuple[str, ...],
    *,
    photos: int = 1,
    portraits: int = 1,
    draws: int = 1,
    seed: int = 20,
) -> ScoredPairs:
    """Every body against everybody enrolled, thinned; over several `draws` of the pictures.

    `vectors` has shape (n, dim), unit rows; `people`, shape (n,), numbers the person of each in `names`. Raises
    EvaluationError when nobody has pictures enough.
    """
    parts = []
    for draw in range(draws):
        sides = draw_sides(people, photos, portraits, seed + draw)
        blocks = []
        # Each block is thinned by itself and then the whole: a block's highest include the set's highest in it.
        for rows, scores in score_blocks(vectors, sides):
            first = np.repeat(sides.bodies[rows], sides.enrolled.size)
            second = np.tile(sides.enrolled, rows.size)
            block = ScoredPairs(scores.ravel(), first == second, first, second, names)
            blocks.append(block.thinned(seed + draw))
        parts.append(joined(blocks).thinned(seed + draw))
    pairs = joined(parts)
    return pairs if draws == 1 else pairs.thinned(seed)
