"""The observed false positive identification rate of strangers' searches, at a threshold set beforehand."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from antigone.evaluation.bootstrap import Interval, resample_people
from antigone.evaluation.metrics import Floats, Ints, equal_weights

Vectors = npt.NDArray[np.float32]
Search = Callable[[np.random.Generator], tuple[Floats, Ints]]
"""One draw of gallery and strangers: the top score and the person of each search."""


@dataclass(frozen=True)
class Observed:
    """Share of strangers' searches with a candidate at or above `threshold`, people weighted equally."""

    fpir: float
    interval: Interval
    threshold: float
    searches: int
    strangers: int


def observed_fpir(
    search: Search,
    threshold: float,
    draws: int,
    seed: int,
    rounds: int = 1000,
) -> Observed:
    """The observed FPIR over `draws` of `search`, which gives the top score and the person of each search."""
    random = np.random.default_rng(seed)
    tops, persons = (np.concatenate(column) for column in zip(*(search(random) for _ in range(draws)), strict=True))
    names, person = np.unique(persons, return_inverse=True)
    weights, passed = equal_weights(person), tops >= threshold

    def share(drawn: Floats) -> Floats:
        weight = weights * drawn[person]
        return np.array([weight[passed].sum() / weight.sum()])

    (interval,) = resample_people(names.size, share, rounds=rounds, seed=seed)
    if not passed.any():
        # Drawing again what never passed says nothing; the rule of three over the people bounds it from above.
        interval = Interval(0.0, min(1.0, 3.0 / names.size), interval.level)
    return Observed(float(weights[passed].sum()), interval, threshold, int(tops.size), int(names.size))


def strangers_search(vectors: Vectors, people: Ints, gallery: int, *, portraits: int = 1, photos: int = 1) -> Search:
    """Searches of strangers against `gallery` people with `portraits` each, as the product ranks them.

    A draw takes the gallery from people with that many pictures; everybody else with `photos` pictures is a
    stranger, searched once by that many. A person's score is the mean over the photographs of the maximum
    over the person's portraits.
    """
    places = [np.flatnonzero(people == person) for person in range(int(people.max()) + 1)]
    counts = np.array([place.size for place in places])

    def search(random: np.random.Generator) -> tuple[Floats, Ints]:
        enrolled = random.permutation(np.flatnonzero(counts >= portraits))[:gallery]
        strangers = np.setdiff1d(np.flatnonzero(counts >= photos), enrolled)
        rows = np.concatenate([random.permutation(places[person])[:portraits] for person in enrolled])
        probes = np.concatenate([random.permutation(places[person])[:photos] for person in strangers])
        scores = (vectors[probes] @ vectors[rows].T).astype(np.float64)
        scores = scores.reshape(strangers.size, photos, enrolled.size, portraits).max(axis=3).mean(axis=1)
        return scores.max(axis=1), strangers

    return search


def foreign_search(
    gallery_vectors: Vectors, gallery_people: Ints, gallery: int, vectors: Vectors, people: Ints
) -> Search:
    """Searches of every picture of another set, one by one, against `gallery` people of the first."""
    places = [np.flatnonzero(gallery_people == person) for person in range(int(gallery_people.max()) + 1)]

    def search(random: np.random.Generator) -> tuple[Floats, Ints]:
        enrolled = random.permutation(len(places))[:gallery]
        rows = np.array([random.choice(places[person]) for person in enrolled])
        return (vectors @ gallery_vectors[rows].T).astype(np.float64).max(axis=1), people

    return search


def leave_own_out(vectors: Vectors, people: Ints) -> Search:
    """Searches of every picture of a set against one picture of each other person of the same set."""
    places = [np.flatnonzero(people == person) for person in range(int(people.max()) + 1)]

    def search(random: np.random.Generator) -> tuple[Floats, Ints]:
        rows = np.array([random.choice(place) for place in places])
        scores = (vectors @ vectors[rows].T).astype(np.float64)
        scores[np.arange(people.size), people] = -np.inf
        return scores.max(axis=1), people

    return search
