"""The k best rows for one probe: guess a threshold, take every row that may reach it, and prove the guess."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from antigone.gallery.hits import Hits
from antigone.gallery.probe import Probe
from antigone.gallery.scanner import Part
from antigone.gallery.view import View


@dataclass(slots=True)
class _Part:
    """Candidates of one part: no row outside them scores `covered` or more."""

    covered: float
    positions: NDArray[np.int64]
    scores: NDArray[np.float32]


def nearest(view: View, vector: NDArray[np.float32], k: int) -> Hits:
    """Searches one probe float32 (d,); the numbered steps are those of docs/decisions/0003-gallery-scan.md."""
    probe = Probe(view, vector)
    fresh = np.asarray(view.delta.vectors @ probe.vector)
    if view.direct or k >= view.count:
        positions = view.positions
        parts = [_Part(-np.inf, positions, view.scores(probe.vector, positions))]
    else:
        parts = _scan(probe, fresh, k)
    return _exactly(probe, parts, k)


def _scan(probe: Probe, fresh: NDArray[np.float32], k: int) -> list[_Part]:
    stretches = probe.view.base.parts
    # (1) A first threshold, from the mean and spread of this probe's scores.
    least = probe.expected(k + k // 2)
    parts: list[_Part] = []
    seen = 0
    for stretch in stretches:
        # (2) Every row of this part that may reach the threshold, and its float32 score.
        parts.append(_part(probe, stretch, least))
        # (3) A better threshold for the next part: safely below what the k-th best will be.
        seen += stretch.rows
        least = _sharper(probe, parts, fresh, k, seen / len(probe.view.base), least)
    while True:
        # (4) The k-th best of all candidates, less the rounding of float32. A part that was cut above it
        #     may hide a better row: it is scanned again, down to there.
        scores = np.concatenate([fresh, *(part.scores for part in parts)])
        if scores.size >= k:
            least = _largest(scores, k) - 2 * probe.slack
        else:
            least = min(part.covered for part in parts) - 2 * probe.deviation
        again = [at for at, part in enumerate(parts) if part.covered > least]
        if not again:
            return parts
        for at in again:
            parts[at] = _part(probe, stretches[at], least)


def _part(probe: Probe, stretch: Part, least: float) -> _Part:
    positions = probe.candidates(stretch, least)
    covered = -np.inf if probe.tables.sum_for(least) <= 0 else least
    return _Part(covered, positions, probe.view.scores(probe.vector, positions))


def _sharper(probe: Probe, parts: list[_Part], fresh: NDArray[np.float32], k: int, share: float, least: float) -> float:
    scores = np.concatenate([fresh, *(part.scores for part in parts)])
    floor = _largest(scores, k) - 2 * probe.slack if scores.size >= k else -np.inf
    expected = k * share
    rank = int(np.ceil(expected + 2 * np.sqrt(expected))) + 1  # above a Poisson count 49 times in 50
    if scores.size < rank:
        return max(floor, least - probe.deviation / 4)
    return max(floor, _largest(scores, rank))


def _largest(scores: NDArray[np.float32], rank: int) -> float:
    return float(np.partition(scores, scores.size - rank)[scores.size - rank])


def _exactly(probe: Probe, parts: list[_Part], k: int) -> Hits:
    # (5) Whatever float32 cannot tell from the k-th best is scored in float64, with all of the delta.
    view = probe.view
    positions = np.concatenate([part.positions for part in parts])
    scores = np.concatenate([part.scores for part in parts])
    if scores.size > k:
        positions = positions[scores >= _largest(scores, k) - 2 * probe.slack]
    ids = np.concatenate([view.base.ids[positions], view.delta.ids])
    persons = np.concatenate([view.base.persons[positions], view.delta.persons])
    exact = np.concatenate(
        [
            view.base.vectors[positions].astype(np.float64) @ probe.exact,
            view.delta.vectors.astype(np.float64) @ probe.exact,
        ]
    )
    best = np.lexsort((ids, -exact))[:k]
    # (6) The proof: nothing outside the candidates reaches `covered`, and the last of the list does.
    covered = max(part.covered for part in parts)
    proven = covered == -np.inf or (best.size == k and bool(exact[best[-1]] >= covered))
    return Hits(ids[best], persons[best], exact[best], proven, view.searched, view.generation)
