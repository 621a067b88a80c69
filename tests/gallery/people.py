"""Invented templates for the gallery's tests, and the answers that a float64 comparison of all rows gives."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from antigone.gallery import FOREVER, Rows, Where, mean_of_best

TODAY = 20_000
ANYONE = Where(None, TODAY)


def unit(vectors: np.ndarray) -> np.ndarray:
    return (vectors / np.linalg.norm(vectors, axis=1, keepdims=True)).astype(np.float32)


def crowd(n: int, dimension: int, seed: int = 1, per_person: int = 2) -> Rows:
    """n rows of n / per_person persons in a few weak clusters, with holdings 0 to 4 and some past or unsearchable."""
    rng = np.random.default_rng(seed)
    persons = np.arange(n) // per_person
    centres = rng.standard_normal((6, dimension))
    who = rng.standard_normal((persons[-1] + 1, dimension)) + 0.4 * centres[rng.integers(0, 6, persons[-1] + 1)]
    vectors = unit(who[persons] + 0.7 * rng.standard_normal((n, dimension)))
    order = rng.permutation(n)
    return Rows(
        ids=order * 3 + 11,
        persons=persons + 1000,
        holdings=rng.integers(0, 5, n),
        until=np.where(rng.random(n) < 0.1, TODAY - 1, FOREVER),
        searchable=rng.random(n) > 0.05,
        vectors=vectors,
    )


def probes_of(rows: Rows, m: int, seed: int = 2, noise: float = 0.05) -> np.ndarray:
    """Probes near m of the rows: further pictures of the same persons."""
    rng = np.random.default_rng(seed)
    chosen = rng.choice(len(rows), m, replace=False)
    return unit(rows.vectors[chosen] + noise * rng.standard_normal((m, rows.dimension)))


def brute_rows(rows: Rows, probe: np.ndarray, where: Where) -> tuple[np.ndarray, np.ndarray]:
    """(ids, float64 scores) of every row that may be seen, best first, ties by id."""
    seen = rows.take(where.mask(rows.ids, rows.holdings, rows.until, rows.searchable))
    scores = seen.vectors.astype(np.float64) @ probe.astype(np.float64)
    order = np.lexsort((seen.ids, -scores))
    return seen.ids[order], scores[order]


def brute_persons(
    rows: Rows, photos: np.ndarray, where: Where, aggregate: Callable = mean_of_best
) -> tuple[np.ndarray, np.ndarray]:
    """(persons, aggregate) of everyone with a row that may be seen, best first, ties by person."""
    seen = rows.take(where.mask(rows.ids, rows.holdings, rows.until, rows.searchable))
    scores = photos.astype(np.float64) @ seen.vectors.astype(np.float64).T
    persons, member = np.unique(seen.persons, return_inverse=True)
    best = np.full((len(photos), persons.size), -np.inf)
    for photo, row in zip(best, scores, strict=True):
        np.maximum.at(photo, member, row)
    total = aggregate(best)
    order = np.lexsort((persons, -total))
    return persons[order], total[order]


def same_rows(hits, rows: Rows, probe: np.ndarray, k: int, where: Where) -> None:
    """Asserts that hits are the first k of the float64 order, up to its rounding."""
    ids, scores = brute_rows(rows, probe, where)
    k = min(k, len(ids))
    assert hits.proven
    assert hits.searched == len(ids)
    assert len(hits.ids) == len(set(hits.ids.tolist())) == k
    assert np.all(np.diff(hits.scores) <= 0)
    assert np.allclose(hits.scores, scores[:k], atol=1e-12)
    assert set(hits.ids.tolist()) <= set(ids[scores >= scores[k - 1] - 1e-12].tolist()) if k else True
