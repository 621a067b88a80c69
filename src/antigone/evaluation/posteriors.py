"""Whether posteriors can be believed: the top lead of many searches, what was said of it and what was true.

At a stated number of missing, each with the same prior, some have a portrait that is searched and some have none. Every
body is searched for twice: with its person enrolled, weighing the share of the missing who have a portrait, and with
that person taken out, weighing the rest. Among top leads of posterior 0.9, nine of ten must be right.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from antigone.evaluation.bootstrap import LEVEL, ROUNDS, Interval, resample_people
from antigone.evaluation.metrics import Floats, Ints
from antigone.evaluation.person_pairs import Sides, Vectors, score_blocks
from antigone.evidence.calibration import Calibration

EDGES = (0.0, 0.02, 0.1, 0.3, 0.5, 0.7, 0.9, 0.98, 1.0)
LEAST = 20
"""A class of posteriors with fewer searches is joined with the next."""


@dataclass(frozen=True)
class Searches:
    """Searches of bodies, each of a person who is enrolled; every array has shape (n,). Ratios are log10.

    `mate` is the ratio of the body's own person, `other` that of the best-scored other person, `others` the sum of
    the ratios (not of their logarithms) of all others. `mate_first` says whether the own person has the highest
    score: ratios at the upper bound are equal, and the score then says who stands first.
    """

    mate: Floats
    other: Floats
    others: Floats
    mate_first: Floats
    person: Ints
    enrolled: int


@dataclass(frozen=True)
class Class:
    """Top leads of similar posterior: the mean of what was said, the share that was true, and its interval.

    The interval (95 %, people drawn again) is that of the share less what was said of the same draw, set about what
    was said: the two change together with who is drawn.
    """

    searches: int
    said: float
    true: float
    low: float
    high: float

    @property
    def agrees(self) -> bool:
        """Whether what was said lies within the sampling error of what was true."""
        return self.low <= self.said <= self.high


@dataclass(frozen=True)
class Reliability:
    """Posteriors of top leads at a prior of 1 in `missing`, in classes, and over all of them."""

    missing: int
    enrolled: int
    classes: tuple[Class, ...]
    overall: Class


def search_all(vectors: Vectors, sides: Sides, calibration: Calibration) -> Searches:
    """Search for every body among everybody enrolled (see `person_pairs.draw_sides`)."""
    mate, other, others, first = [], [], [], []
    for rows, scores in score_blocks(vectors, sides):
        own = np.searchsorted(sides.enrolled, sides.bodies[rows])
        at = np.arange(rows.size)
        ratios = calibration.log10_ratios(scores)
        own_score, own_ratio = scores[at, own], ratios[at, own]
        sums = (10.0**ratios).sum(axis=1) - 10.0**own_ratio
        scores[at, own] = -np.inf
        best = scores.argmax(axis=1)
        mate.append(own_ratio)
        other.append(ratios[at, best])
        others.append(sums)
        first.append((own_score >= scores[at, best]).astype(np.float64))
    return Searches(
        np.concatenate(mate),
        np.concatenate(other),
        np.maximum(np.concatenate(others), 0.0),
        np.concatenate(first),
        sides.bodies,
        sides.enrolled.size,
    )


def reliability(
    searches: Searches, missing: int, *, known: bool = True, rounds: int = ROUNDS, seed: int = 20
) -> Reliability:
    """Posteriors of the top lead against the truth, at `missing` people missing of whom those enrolled have a portrait.

    With `known` false the ratios of people below the top lead are taken as 1 each, as a report does that does not
    know them. Raises ValueError when fewer are missing than enrolled.
    """
    enrolled = searches.enrolled
    if missing < enrolled:
        raise ValueError("There cannot be fewer missing than have a portrait.")
    top = np.where(searches.mate_first > 0, searches.mate, searches.other)
    if known:
        present = 10.0**searches.mate + searches.others + (missing - enrolled)
        absent = searches.others + (missing - enrolled + 1)
    else:
        present = 10.0**top + (missing - 1)
        absent = 10.0**searches.other + (missing - 1)
    said = np.concatenate([10.0**top / present, 10.0**searches.other / absent])
    true = np.concatenate([searches.mate_first, np.zeros(top.size)])
    weight = np.repeat([enrolled / missing, 1.0 - enrolled / missing], top.size)
    person = np.tile(searches.person, 2)
    where = _classes(said)
    names, who = np.unique(person, return_inverse=True)
    groups = [np.ones(said.size, dtype=np.bool_), *(where == label for label in np.unique(where))]
    groups = [group for group in groups if weight[group].sum() > 0]

    def shares(drawn: Floats) -> Floats:
        load = weight * drawn[who]
        with np.errstate(invalid="ignore", divide="ignore"):
            means = [load[group] @ np.stack([true[group], said[group]]).T / load[group].sum() for group in groups]
        return np.array([[mean[0], mean[0] - mean[1]] for mean in means]).ravel()

    values = shares(np.ones(names.size))
    intervals = resample_people(names.size, shares, rounds=rounds, seed=seed)
    found = [
        _class(said[group], weight[group], float(value), interval, np.unique(who[group]).size)
        for group, value, interval in zip(groups, values[::2], intervals[1::2], strict=True)
    ]
    return Reliability(missing, enrolled, tuple(found[1:]), found[0])


def _class(said: Floats, weight: Floats, true: float, gap: Interval, people: int) -> Class:
    mean = float(np.average(said, weights=weight))
    low, high = max(mean + gap.low, 0.0), min(mean + gap.high, 1.0)
    # Where all were right, or none, drawing again finds no spread: the exact interval of so many people does.
    unseen = 1.0 - ((1.0 - LEVEL) / 2.0) ** (1.0 / people)
    if true >= 1.0 - 1e-12:
        low = min(low, 1.0 - unseen)
    if true <= 1e-12:
        high = max(high, unseen)
    return Class(said.size, mean, true, low, high)


def _classes(said: Floats) -> Ints:
    """The class of each posterior: EDGES, of which one is dropped wherever a class would be too small."""
    edges = list(EDGES[1:-1])
    while edges:
        where = np.searchsorted(edges, said, side="right")
        sizes = np.bincount(where, minlength=len(edges) + 1)
        small = int(sizes.argmin())
        if sizes[small] >= LEAST:
            break
        edges.pop(min(small, len(edges) - 1))
    return np.asarray(np.searchsorted(edges, said, side="right"), dtype=np.intp)
