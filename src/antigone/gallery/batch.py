"""Many probes at once: one matrix product over all rows, and per probe the few scores above its threshold."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from antigone.gallery.hits import Hits
from antigone.gallery.nearest import nearest
from antigone.gallery.probe import Probe
from antigone.gallery.view import View

FROM = 12
"""From so many probes on a product over float32 beats as many scans of codes."""

PROBES, ROWS = 1024, 2048
"""One tile of scores: small enough to stay in the cache between the product and the comparison."""


def nearest_of_many(view: View, probes: NDArray[np.float32], k: int) -> list[Hits]:
    """Searches probes float32 (m, d); the same answers as one by one."""
    answers: list[Hits] = []
    for at in range(0, len(probes), PROBES):
        answers.extend(_chunk(view, np.ascontiguousarray(probes[at : at + PROBES], dtype=np.float32), k))
    return answers


def _chunk(view: View, vectors: NDArray[np.float32], k: int) -> list[Hits]:
    probes = [Probe(view, vector) for vector in vectors]
    covered = np.array([probe.expected(2 * k) for probe in probes])
    slack = np.array([probe.slack for probe in probes])
    which, positions, scores = _above(view, vectors, (covered - slack).astype(np.float32))
    order = np.argsort(which, kind="stable")
    ends = np.searchsorted(which[order], np.arange(len(probes) + 1))
    fresh = vectors @ view.delta.vectors.T
    answers = []
    for at, probe in enumerate(probes):
        mine = order[ends[at] : ends[at + 1]]
        hits = _exactly(probe, positions[mine], scores[mine], fresh[at], k, covered[at])
        answers.append(hits if hits.proven else nearest(view, probe.vector, k))
    return answers


def _above(
    view: View, vectors: NDArray[np.float32], least: NDArray[np.float32]
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.float32]]:
    """(probe, position, score) of every allowed row that reaches its probe's threshold."""
    whole = view.count == len(view.base)
    which, where, heights = [], [], []
    tile = np.empty(len(vectors) * ROWS, dtype=np.float32)
    for at in range(0, view.count, ROWS):
        rows = slice(at, at + ROWS)
        block = view.base.vectors[rows if whole else view.positions[rows]]
        scores = tile[: len(vectors) * len(block)].reshape(len(vectors), len(block))
        np.matmul(vectors, block.T, out=scores)
        flat = np.flatnonzero(scores >= least[:, None])
        if flat.size:
            probe, row = np.divmod(flat, len(block))
            which.append(probe)
            where.append(row + at if whole else view.positions[at + row])
            heights.append(scores.ravel()[flat])
    none = np.zeros(0, dtype=np.int64)
    return (
        np.concatenate([none, *which]),
        np.concatenate([none, *where]),
        np.concatenate([np.zeros(0, dtype=np.float32), *heights]),
    )


def _exactly(
    probe: Probe,
    positions: NDArray[np.int64],
    scores: NDArray[np.float32],
    fresh: NDArray[np.float32],
    k: int,
    covered: float,
) -> Hits:
    view = probe.view
    both = np.concatenate([scores, fresh])
    if both.size > k:
        bar = np.partition(both, both.size - k)[both.size - k] - 2 * probe.slack
        positions, added = positions[scores >= bar], np.flatnonzero(fresh >= bar)
    else:
        added = np.arange(len(fresh))
    exact = np.concatenate(
        [
            view.base.vectors[positions].astype(np.float64) @ probe.exact,
            view.delta.vectors[added].astype(np.float64) @ probe.exact,
        ]
    )
    ids = np.concatenate([view.base.ids[positions], view.delta.ids[added]])
    persons = np.concatenate([view.base.persons[positions], view.delta.persons[added]])
    best = np.lexsort((ids, -exact))[:k]
    proven = best.size == k and bool(exact[best[-1]] >= covered)
    return Hits(ids[best], persons[best], exact[best], proven, view.searched, view.generation)
