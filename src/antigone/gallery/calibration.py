"""Fitting the first threshold of a search to how probes like the ones at hand score in this gallery."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from antigone.gallery.base import tail_factor
from antigone.gallery.hits import Calibration
from antigone.gallery.nearest import nearest
from antigone.gallery.probe import Probe
from antigone.gallery.view import View


def calibrate(view: View, queries: NDArray[np.float32], k: int) -> Calibration:
    """Searches each query, fits the base's tail to where its k-th score lies, and measures the first pass."""
    exact = [nearest(view, query, k).scores for query in queries]
    if view.direct or any(len(scores) < k for scores in exact):
        return Calibration(1.0, view.count, len(queries))
    base = view.base
    heights = np.array([scores[-1] for scores in exact])
    base.tail[0] = tail_factor(queries, heights, k / view.count, base.centre, base.spread)
    shares, counts = [], []
    for query, scores in zip(queries, exact, strict=True):
        probe = Probe(view, query)
        first = probe.expected(k + k // 2)
        shares.append(float(np.mean(scores >= first)))
        counts.append(len(probe.everything(first)))
    return Calibration(float(np.mean(shares)), int(np.median(counts)), len(queries))
