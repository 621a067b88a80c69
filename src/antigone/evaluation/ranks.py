"""Error rates of one-to-many search: cumulative match, misses by rank, FNIR at a stated FPIR.

A mated search looks for someone who is enrolled, a non-mated one for a stranger. FPIR is the share of
non-mated searches with at least one candidate at or above the threshold; FNIR the share of mated searches
whose mate is below the threshold or outside the list (ISO/IEC 19795-1; NIST FRTE 1:N uses lists of fifty).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from antigone.evaluation.metrics import Floats, Ints, equal_weights, threshold_at

LIST_LENGTH = 50
"""Candidates on a list, as in NIST's investigation mode."""


@dataclass(frozen=True)
class Searches:
    """The outcome of many searches, one entry a search; people are numbers, weights are equal per person.

    A failure to acquire has `mate_score` minus infinity and a rank beyond any list.
    """

    mated_person: Ints
    mate_score: Floats
    mate_rank: Ints
    stranger_person: Ints
    stranger_top: Floats

    @property
    def mated_weights(self) -> Floats:
        return equal_weights(self.mated_person)

    @property
    def stranger_weights(self) -> Floats:
        return equal_weights(self.stranger_person)


def mate_ranks(scores: npt.NDArray[np.floating], mate: Ints) -> Ints:
    """The rank of each row's mate, from 1; `scores` has shape (searches, enrolled), `mate` the mate's column.

    Someone else with the same score goes before the mate: a tie is not a find.
    """
    own = scores[np.arange(scores.shape[0]), mate][:, None]
    return np.asarray((scores >= own).sum(axis=1), dtype=np.intp)


def cumulative_match(ranks: Ints, weights: Floats, upto: int = LIST_LENGTH) -> Floats:
    """The share of mated searches with the mate at rank 1, at most 2, ... at most `upto`; shape (upto,)."""
    found = np.bincount(np.minimum(ranks, upto + 1), weights=weights, minlength=upto + 2)[1 : upto + 1]
    return np.asarray(np.cumsum(found) / weights.sum(), dtype=np.float64)


def miss_rate(ranks: Ints, weights: Floats, rank: int) -> float:
    """The share of mated searches whose mate is not within the first `rank`: FNIR(N, R=rank, T=0)."""
    return float(weights[ranks > rank].sum() / weights.sum())


def false_negative_rate(
    mate_score: Floats, ranks: Ints, weights: Floats, threshold: float, within: int = LIST_LENGTH
) -> float:
    """FNIR(N, R=within, T=threshold): the mate is below the threshold or not on the list."""
    missed = (mate_score < threshold) | (ranks > within)
    return float(weights[missed].sum() / weights.sum())


def threshold_at_fpir(top: Floats, rate: float, weights: Floats) -> float:
    """The lowest threshold at which at most `rate` of the strangers' searches return a candidate."""
    # A stranger whose picture gave no template returns no candidate: no finite threshold lets it pass.
    finite = np.where(np.isneginf(top), np.finfo(np.float64).min, top)
    return threshold_at(finite, rate, weights)
