"""Figures of one-to-one comparison: the pairs of a file, and every picture against every other."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from antigone.evaluation.bootstrap import ROUNDS, resample_people
from antigone.evaluation.comparisons import Comparisons, compare_all
from antigone.evaluation.errors import EvaluationError
from antigone.evaluation.metrics import (
    DetCurve,
    Floats,
    accepted_share,
    det_curve,
    equal_error_rate,
    fold_accuracy,
    supported,
    threshold_at,
)
from antigone.evaluation.protocols import Pair
from antigone.evaluation.templates import Templates

FALSE_MATCH_RATES = (1e-2, 1e-3, 1e-4, 1e-5)


@dataclass(frozen=True)
class Verification:
    """Figures fit for JSON, and the curve that they are read from."""

    figures: dict[str, Any]
    curve: DetCurve


def estimate(value: float, low: float, high: float) -> dict[str, float]:
    """A figure with the interval that drawing people again gave."""
    return {"value": value, "low": low, "high": high}


def verify_pairs(templates: Templates, pairs: list[Pair], seed: int, rounds: int = ROUNDS) -> Verification:
    """Accuracy over folds, equal error rate and TAR at FAR of the pairs of a file.

    Pairs of which a picture gave no template are left out of the rates and counted. Raises EvaluationError
    when what is left has not both kinds of pairs.
    """
    place = {photo.key: index for index, photo in enumerate(templates.photographs)}
    ends = np.array([[place[pair.first], place[pair.second]] for pair in pairs], dtype=np.intp)
    used = templates.acquired[ends].all(axis=1)
    same_all = np.array([pair.same for pair in pairs])
    ends, same = ends[used], same_all[used]
    fold = np.array([pair.fold for pair in pairs])[used]
    if not same.any() or same.all():
        raise EvaluationError("Too few of the pairs' pictures gave a template: no rate can be stated.")
    left, right = (templates.vectors[ends[:, side]].astype(np.float64) for side in (0, 1))
    scores = np.einsum("ij,ij->i", left, right)
    persons, sides = np.unique(templates.people[ends], return_inverse=True)
    sides = sides.reshape(ends.shape)
    curve = det_curve(scores[same], scores[~same])
    rates = [rate for rate in FALSE_MATCH_RATES if supported(rate, int((~same).sum()))]

    def numbers(drawn: Floats) -> Floats:
        weights = np.where(same, drawn[sides[:, 0]], drawn[sides[:, 0]] * drawn[sides[:, 1]])
        if not weights[same].any() or not weights[~same].any():
            return np.full(1 + len(rates), np.nan)
        redrawn = det_curve(scores[same], scores[~same], weights[same], weights[~same])
        return np.array([equal_error_rate(redrawn), *_accepts(scores, same, weights, rates)])

    intervals = resample_people(persons.size, numbers, rounds=rounds, seed=seed)
    values = numbers(np.ones(persons.size))
    figures: dict[str, Any] = {
        "pairs": {"same": int(same_all.sum()), "different": int((~same_all).sum())},
        "pairs_without_template": {
            "same": int(same_all[~used].sum()),
            "different": int((~same_all[~used]).sum()),
        },
        "people": int(persons.size),
        "folds": int(np.unique(fold).size),
        "equal_error_rate": estimate(values[0], intervals[0].low, intervals[0].high),
        "true_accept_rate": [
            {
                "false_accept_rate": rate,
                **estimate(values[1 + k], intervals[1 + k].low, intervals[1 + k].high),
            }
            for k, rate in enumerate(rates)
        ],
        "not_stated": [rate for rate in FALSE_MATCH_RATES if rate not in rates],
    }
    if np.unique(fold).size > 1:
        accuracy = fold_accuracy(scores, same, fold)
        figures["accuracy"] = {
            "value": accuracy.balanced,
            "standard_error": accuracy.standard_error,
            "plain": accuracy.plain,
            "thresholds": [round(threshold, 4) for threshold in accuracy.thresholds],
        }
    return Verification(figures, curve)


def _accepts(scores: Floats, same: npt.NDArray[np.bool_], weights: Floats, rates: list[float]) -> list[float]:
    return [
        accepted_share(scores[same], threshold_at(scores[~same], rate, weights[~same]), weights[same]) for rate in rates
    ]


def verify_all(templates: Templates, seed: int, rounds: int = ROUNDS) -> Verification:
    """TAR at FAR over every comparison of the pictures, people and pairs of people weighted equally."""
    kept = templates.acquired
    _, people = np.unique(templates.people[kept], return_inverse=True)
    if np.unique(people).size < 2:
        raise EvaluationError("Fewer than two people gave a template: nothing can be compared.")
    comparisons = compare_all(templates.vectors[kept], people)
    if comparisons.mated.size == 0:
        raise EvaluationError("No person has two pictures that gave a template: nothing mated can be compared.")
    # Pictures of one person repeat one impostor, so what supports a rate is pairs of people, not comparisons.
    pairs_of_people = comparisons.pictures.size * (comparisons.pictures.size - 1) // 2
    rates = [rate for rate in FALSE_MATCH_RATES if supported(rate, pairs_of_people)]
    order = np.argsort(-comparisons.tail, kind="stable")
    tail = comparisons.tail[order]

    def numbers(drawn: Floats) -> Floats:
        weights, total = comparisons.tail_weights(drawn)
        mated = comparisons.mated_weights(drawn)
        if total <= 0 or mated.sum() <= 0:
            return np.full(2 * len(rates), np.nan)
        share = np.cumsum(weights[order]) / total
        cuts = [_cut(tail, share, rate) for rate in rates]
        return np.array([*(accepted_share(comparisons.mated, cut, mated) for cut in cuts), *cuts])

    values = numbers(np.ones(comparisons.pictures.size))
    intervals = resample_people(comparisons.pictures.size, numbers, rounds=rounds, seed=seed)
    figures = {
        "people": int(comparisons.pictures.size),
        "people_with_two_pictures": int(np.unique(comparisons.mated_person).size),
        "mated_comparisons": int(comparisons.mated.size),
        "non_mated_comparisons": comparisons.non_mated_count,
        "true_accept_rate": [
            {
                "false_accept_rate": rate,
                **estimate(values[k], intervals[k].low, intervals[k].high),
                "threshold": values[len(rates) + k],
            }
            for k, rate in enumerate(rates)
        ],
        "not_stated": [rate for rate in FALSE_MATCH_RATES if rate not in rates],
    }
    return Verification(figures, _tail_curve(comparisons))


def _cut(tail: Floats, share: Floats, rate: float) -> float:
    """The lowest threshold that accepts at most `rate`; `tail` falls, `share` is the weight down to each."""
    first_too_many = int(np.searchsorted(share, rate + 1e-12, side="right"))
    return float(np.nextafter(tail[first_too_many], np.inf)) if first_too_many < tail.size else float(tail[-1])


def _tail_curve(comparisons: Comparisons) -> DetCurve:
    """The part of the DET curve that the kept tail covers, at most 2,000 points."""
    weights, total = comparisons.tail_weights()
    order = np.argsort(comparisons.tail, kind="stable")
    ascending = comparisons.tail[order]
    # Evenly spaced on the logarithmic axis: every one of the highest scores, few of the many lower ones.
    places = np.unique(np.geomspace(1, order.size, min(2000, order.size)).astype(np.intp))
    thresholds = np.unique(ascending[order.size - places])
    above = np.cumsum(weights[order][::-1])[::-1]
    false_match = above[np.searchsorted(ascending, thresholds, side="left")] / total
    mated = comparisons.mated_weights()
    false_non_match = np.array([1.0 - accepted_share(comparisons.mated, t, mated) for t in thresholds])
    return DetCurve(thresholds, false_match, false_non_match)
