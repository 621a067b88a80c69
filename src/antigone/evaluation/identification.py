"""Figures of one-to-many search: one portrait a person enrolled, the rest sought, strangers held out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from antigone.evaluation.bootstrap import ROUNDS, resample_people
from antigone.evaluation.errors import EvaluationError
from antigone.evaluation.metrics import Floats, Ints, supported
from antigone.evaluation.protocols import Draw, draw_identification
from antigone.evaluation.ranks import (
    LIST_LENGTH,
    Searches,
    cumulative_match,
    false_negative_rate,
    mate_ranks,
    miss_rate,
    threshold_at_fpir,
)
from antigone.evaluation.templates import Templates
from antigone.evaluation.verification import estimate

FALSE_POSITIVE_RATES = (0.01, 0.003)
RANKS = (1, 10, LIST_LENGTH)
NEVER = np.iinfo(np.intp).max
"""Rank of a mate that no search can find, for want of a template of one of the two pictures."""


@dataclass(frozen=True)
class Identification:
    """Figures fit for JSON, the cumulative match by rank, and the searches that they are read from."""

    figures: dict[str, Any]
    cumulative: Floats
    searches: Searches


def search_all(templates: Templates, draw: Draw) -> Searches:
    """Every probe of `draw` against its gallery.

    A mated probe without template, or whose enrolled picture gave none, is a miss at every rank and
    threshold; a stranger without template returns no candidate. Such failures are also counted apart, see
    `identify`.
    """
    people, vectors, acquired = templates.people, templates.vectors, templates.acquired
    gallery = draw.enrolled[acquired[draw.enrolled]]
    if gallery.size == 0:
        raise EvaluationError("No enrolled picture gave a template: nothing can be searched.")
    column = np.full(int(people.max()) + 1, -1, dtype=np.intp)
    column[people[gallery]] = np.arange(gallery.size)

    mate = column[people[draw.mated]]
    found = acquired[draw.mated] & (mate >= 0)
    score = np.full(draw.mated.size, -np.inf)
    rank = np.full(draw.mated.size, NEVER, dtype=np.intp)
    scores = vectors[draw.mated[found]] @ vectors[gallery].T
    score[found] = scores[np.arange(scores.shape[0]), mate[found]]
    rank[found] = mate_ranks(scores, mate[found])

    top = np.full(draw.strangers.size, -np.inf)
    seen = acquired[draw.strangers]
    if seen.any():
        top[seen] = (vectors[draw.strangers[seen]] @ vectors[gallery].T).max(axis=1)
    return Searches(people[draw.mated], score, rank, people[draw.strangers], top)


def identify(
    templates: Templates, stranger_share: float, draws: int, seed: int, rounds: int = ROUNDS
) -> Identification:
    """Misses by rank and FNIR at FPIR over several draws of gallery, probes and strangers.

    Every draw has a gallery of the same size, so the searches of all are pooled: one threshold, from all
    strangers; people weighted equally, whatever their number of pictures and of draws. Raises EvaluationError
    when the photographs do not allow the protocol.
    """
    made = [draw_identification(templates.people, stranger_share, seed + number) for number in range(draws)]
    parts = [search_all(templates, draw) for draw in made]
    pooled = Searches(*(np.concatenate(columns) for columns in zip(*map(_columns, parts), strict=True)))
    people = np.unique(np.concatenate([pooled.mated_person, pooled.stranger_person]))
    mated = np.searchsorted(people, pooled.mated_person)
    strangers = np.searchsorted(people, pooled.stranger_person)
    held_out = int(np.unique(pooled.stranger_person).size)
    rates = [rate for rate in FALSE_POSITIVE_RATES if supported(rate, held_out)]
    same_each, other_each = pooled.mated_weights, pooled.stranger_weights

    def numbers(drawn: Floats) -> Floats:
        weights, other = same_each * drawn[mated], other_each * drawn[strangers]
        if weights.sum() <= 0 or other.sum() <= 0:
            return np.full(len(RANKS) + 2 * len(rates), np.nan)
        cuts = [threshold_at_fpir(pooled.stranger_top, rate, other) for rate in rates]
        misses = [false_negative_rate(pooled.mate_score, pooled.mate_rank, weights, cut) for cut in cuts]
        return np.array([*(miss_rate(pooled.mate_rank, weights, rank) for rank in RANKS), *misses, *cuts])

    values = numbers(np.ones(people.size))
    intervals = resample_people(people.size, numbers, rounds=rounds, seed=seed)
    figures = {
        "draws": draws,
        "stranger_share": stranger_share,
        "enrolled": int(made[0].enrolled.size),
        "strangers_a_draw": int(np.unique(templates.people[made[0].strangers]).size),
        "mated_people": int(np.unique(pooled.mated_person).size),
        "mated_searches": int(pooled.mated_person.size),
        "stranger_people": held_out,
        "stranger_searches": int(pooled.stranger_person.size),
        "mated_searches_without_template": int((pooled.mate_rank == NEVER).sum()),
        "stranger_searches_without_template": int(np.isneginf(pooled.stranger_top).sum()),
        "miss_rate": [
            {"rank": rank, **estimate(values[k], intervals[k].low, intervals[k].high)} for k, rank in enumerate(RANKS)
        ],
        "false_negative_rate": [
            {
                "false_positive_rate": rate,
                **estimate(values[at], intervals[at].low, intervals[at].high),
                "threshold": values[at + len(rates)],
            }
            for at, rate in enumerate(rates, start=len(RANKS))
        ],
        "not_stated": [rate for rate in FALSE_POSITIVE_RATES if rate not in rates],
    }
    return Identification(figures, cumulative_match(pooled.mate_rank, same_each), pooled)


def _columns(searches: Searches) -> tuple[Ints | Floats, ...]:
    return (
        searches.mated_person,
        searches.mate_score,
        searches.mate_rank,
        searches.stranger_person,
        searches.stranger_top,
    )
