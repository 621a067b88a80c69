"""What a search answers: rows or persons, best first, and how much stands behind the ranking."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class Hits:
    """The rows most alike to one probe, best first.

    ids int64 (k,), persons int64 (k,), scores float64 (k,) descending: cosines, larger is more alike;
    equal scores by ascending id. proven: no row outside the list can beat its last. searched: how many
    rows the filter let through. generation: the state of the gallery that answered.
    """

    ids: NDArray[np.int64]
    persons: NDArray[np.int64]
    scores: NDArray[np.float64]
    proven: bool
    searched: int
    generation: int


@dataclass(frozen=True, slots=True)
class PersonHits:
    """The persons most alike to the photographs of one body, best first.

    persons int64 (k,), scores float64 (k,) descending: the aggregate over photographs and portraits;
    equal scores by ascending person. best_ids int64 (k,): the row of each person that is most alike to
    any one photograph, and best_scores float64 (k,) its cosine. by_photo float64 (k, p): what each
    photograph alone scores, its best over the person's rows, of which the aggregate is made. proven: no
    person outside the list can beat its last. searched: rows, searched_persons: persons that the filter
    let through.
    """

    persons: NDArray[np.int64]
    scores: NDArray[np.float64]
    best_ids: NDArray[np.int64]
    best_scores: NDArray[np.float64]
    by_photo: NDArray[np.float64]
    proven: bool
    searched: int
    searched_persons: int
    generation: int


@dataclass(frozen=True, slots=True)
class Absence:
    """Evidence that rows are gone from a gallery.

    absent: true when nothing was found. found_ids int64 (m,): ids still listed. left_vectors: how many
    places that held one of them are not zeroed yet. looked: what was examined, one line each.
    """

    absent: bool
    found_ids: NDArray[np.int64]
    left_vectors: int
    looked: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Calibration:
    """How well the quantised phase orders this gallery, measured on given probes.

    recall: mean share of the true first k among the first `candidates` of the quantised order, no proof
    applied; candidates: the first count that later searches use; queries: how many probes were measured.
    Answers stay proven whatever the count: a poor one costs time, not people.
    """

    recall: float
    candidates: int
    queries: int
