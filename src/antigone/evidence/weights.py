"""How much each photograph of a body weighs in the score of a lead: the more, the more of a face was seen on it."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

OFFSET, POWER = 5.0, 2.0
"""Weights go as (strength + OFFSET)^POWER: no photograph weighs nothing, however little it shows.

Of powers 0, 1 and 2 the last missed fewest on stand-ins of unequal quality (docs/measurements/robustness.md).
"""


def photo_weights(strengths: Sequence[float | None]) -> npt.NDArray[np.float64]:
    """Weights, shape (photos,), above 0 and of sum 1, from each photograph's template strength, 0 to 100.

    Equal where a strength is not known. They depend on the photographs alone and not on who is compared, so that the
    weighted mean of a person's scores stays a monotone aggregate. Raises ValueError without a photograph.
    """
    if not strengths:
        raise ValueError("There is no photograph to weigh.")
    known = [value for value in strengths if value is not None]
    if len(known) < len(strengths):
        return np.full(len(strengths), 1.0 / len(strengths))
    raw = (np.clip(np.array(known, np.float64), 0.0, 100.0) + OFFSET) ** POWER
    return np.asarray(raw / raw.sum(), dtype=np.float64)
