"""Searches as the product ranks them, of strangers and of mates, and how many pass a set threshold."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from antigone.evaluation.bootstrap import Interval, resample_people
from antigone.evaluation.metrics import Floats, Ints, equal_weights

Vectors = npt.NDArray[np.float32]
Search = Callable[[np.random.Generator], tuple[Floats, Ints]]
"""One draw of gallery and probes: for each search the score that is to pass, and whose search it is."""


@dataclass(frozen=True)
class Passing:
    """The share of searches at or above a threshold, the people who are sought weighted equally.

    Of strangers' searches it is the FPIR; of mates' scores it is 1 - FNIR, but for the length of the list.
    """

    share: float
    interval: Interval
    searches: int
    people: int


def passing_share(search: Search, threshold: float, draws: int, seed: int, rounds: int = 1000) -> Passing:
    """What passes `threshold` over so many draws of `search`."""
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
    return Passing(float(weights[passed].sum()), interval, int(tops.size), int(names.size))


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


def mates_search(vectors: Vectors, people: Ints, *, portraits: int = 1, photos: int = 1) -> Search:
    """The mates' own scores: each person with enough pictures is enrolled with some and sought by others."""
    places = [np.flatnonzero(people == person) for person in range(int(people.max()) + 1)]
    sought = [person for person, place in enumerate(places) if place.size >= portraits + photos]

    def search(random: np.random.Generator) -> tuple[Floats, Ints]:
        own = []
        for person in sought:
            rows = random.permutation(places[person])[: portraits + photos]
            scores = (vectors[rows[portraits:]] @ vectors[rows[:portraits]].T).astype(np.float64)
            own.append(scores.max(axis=1).mean())
        return np.array(own), np.array(sought)

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
