"""The k best persons for all photographs of a body: the threshold algorithm over photographs.

After Fagin, Lotem and Naor, "Optimal aggregation algorithms for middleware" (2003): go down each photograph's
list of rows to a threshold; whoever was met on none of them can have no better aggregate than that of the
thresholds themselves, since the aggregate is monotone. Everyone met is scored exactly over all their rows.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from antigone.gallery.hits import PersonHits
from antigone.gallery.probe import Probe, tail
from antigone.gallery.protocol import Aggregate
from antigone.gallery.view import View

PILOT = 4096
"""Rows on which the spread of the aggregate is looked at before thresholds are chosen."""


def nearest_persons(view: View, photos: NDArray[np.float32], k: int, aggregate: Aggregate) -> PersonHits:
    """Searches photographs float32 (p, d), p >= 1."""
    probes = [Probe(view, photo) for photo in photos]
    if view.direct or 2 * k >= view.count:
        thresholds = np.full(len(probes), -np.inf)
    else:
        thresholds = _first_thresholds(probes, k, aggregate)
    while True:
        persons, totals, rows, heights, photo = _score(view, probes, _met(view, probes, thresholds), aggregate)
        best = np.lexsort((persons, -totals))[:k]
        complete = bool(np.all(np.isneginf(thresholds)))
        unseen = -np.inf if complete else float(aggregate(thresholds[:, None])[0])
        if complete or (best.size == k and totals[best[-1]] >= unseen):
            break
        # Not proven yet: down to where the k-th person stands, or further while there are fewer than k.
        gap = unseen - float(totals[best[-1]]) if best.size == k else 2 * probes[0].deviation
        thresholds = thresholds - max(gap * 1.0001, 1e-4)
        if float(thresholds.max()) < -1.01 * max(probe.norm for probe in probes):
            thresholds = np.full(len(probes), -np.inf)
    return PersonHits(
        persons[best],
        totals[best],
        rows[best],
        heights[best],
        photo[best],
        complete or bool(totals[best[-1]] >= unseen),
        view.searched,
        view.searched_persons,
        view.generation,
    )


def _first_thresholds(probes: list[Probe], k: int, aggregate: Aggregate) -> NDArray[np.float64]:
    """Thresholds, alike in deviations, whose aggregate lies about where the k-th person is expected."""
    view = probes[0].view
    if len(probes) == 1:
        return np.array([probes[0].expected(3 * k)])
    sample = view.base.vectors[:: max(1, len(view.base) // PILOT)]
    totals = aggregate(np.stack([probe.exact for probe in probes]) @ sample.T.astype(np.float64))
    reach = tail(view, min(max(3 * k / max(view.count, 1), 1e-12), 0.4))
    goal = float(totals.mean() + reach * totals.std())
    means = np.array([probe.mean for probe in probes])
    deviations = np.array([probe.deviation for probe in probes])
    low, high = -20.0, 20.0
    for _ in range(40):
        middle = (low + high) / 2
        if float(aggregate((means + middle * deviations)[:, None])[0]) < goal:
            low = middle
        else:
            high = middle
    return means + low * deviations


def _met(view: View, probes: list[Probe], thresholds: NDArray[np.float64]) -> NDArray[np.int64]:
    """Everyone with a row that reaches a photograph's threshold, and all of the delta; ascending."""
    found = [view.delta.persons]
    for probe, least in zip(probes, thresholds, strict=True):
        positions = view.positions if np.isneginf(least) else probe.everything(float(least))
        if not np.isneginf(least):
            positions = positions[view.scores(probe.vector, positions) >= least - probe.slack]
        found.append(view.base.persons[positions])
        if np.isneginf(least):
            break
    return np.unique(np.concatenate(found))


def _score(
    view: View, probes: list[Probe], persons: NDArray[np.int64], aggregate: Aggregate
) -> tuple[NDArray[np.int64], NDArray[np.float64], NDArray[np.int64], NDArray[np.float64], NDArray[np.float64]]:
    """Exact aggregates of these persons over all their rows; per person also the best row, its cosine, and by photo."""
    positions = view.base.rows_of_persons(persons)
    positions = positions[view.allowed[positions]]
    exact = np.stack([probe.exact for probe in probes])
    ids = np.concatenate([view.base.ids[positions], view.delta.ids])
    owners = np.concatenate([view.base.persons[positions], view.delta.persons])
    scores = np.empty((len(probes), len(ids)))
    for at in range(0, len(positions), 65_536):
        block = positions[at : at + 65_536]
        scores[:, at : at + len(block)] = exact @ view.base.vectors[block].T.astype(np.float64)
    scores[:, len(positions) :] = exact @ view.delta.vectors.T.astype(np.float64)
    if not len(ids):
        none = np.zeros(0)
        return np.zeros(0, dtype=np.int64), none, np.zeros(0, dtype=np.int64), none, np.zeros((0, len(probes)))
    heights = scores.max(axis=0)
    order = np.lexsort((ids, -heights, owners))  # by person, the best row first
    starts = np.flatnonzero(np.r_[True, owners[order][1:] != owners[order][:-1]])
    best = np.maximum.reduceat(scores[:, order], starts, axis=1)
    first = order[starts]
    return owners[first], np.asarray(aggregate(best), dtype=np.float64), ids[first], heights[first], best.T
