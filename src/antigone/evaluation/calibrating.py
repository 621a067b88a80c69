"""Fit a calibration on some people with `lir`, choose its method there, and judge it on others.

The method is chosen by cross-validation among the people that it is fitted on; the held-out people have no say in it,
so that the Cllr stated of them is that of people never seen.
"""

from __future__ import annotations

import hashlib
import math
from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

from antigone.evaluation import lir_fits
from antigone.evaluation.errors import EvaluationError
from antigone.evaluation.llr_metrics import LlrFigures, cllr, figures
from antigone.evaluation.metrics import Floats
from antigone.evaluation.scored import Flags, ScoredPairs
from antigone.evaluation.surroundings import software, today
from antigone.evidence.calibration import Calibration, HeldOut, Method, SourceKind
from antigone.evidence.errors import CalibrationRefused
from antigone.evidence.ratio import Knots, Logistic
from antigone.evidence.spans import Span, Stratum

LEAST_PEOPLE = 20
"""People with a mated comparison, on each side: fewer tell nothing of how mates score."""
LEAST_NON_MATED = 400

FOLDS = 5
ROUNDS = 500

_FITS: dict[Method, Callable[[Floats, Flags], Logistic | Knots]] = {
    Method.LOGISTIC: lir_fits.logistic,
    Method.KDE: lir_fits.kde,
}


@dataclass(frozen=True)
class Identity:
    """What a calibration says of itself besides what is fitted; see `evidence.Calibration` for each."""

    data_name: str
    data_digest: str
    source: SourceKind
    contract: str
    model: str
    pipeline: str
    stratum: Stratum
    photos: Span
    portraits: Span
    ages: Span
    gap_years: float


@dataclass(frozen=True)
class Fitted:
    """A calibration, how both methods did among the people it was fitted on, and its figures on held-out people."""

    calibration: Calibration
    compared: dict[str, float]
    """Cllr of each method by cross-validation; empty where the method was given."""
    held_out: LlrFigures


def fit(
    pairs: ScoredPairs,
    held_out: ScoredPairs,
    identity: Identity,
    *,
    method: Method | None = None,
    seed: int = 20,
    rounds: int = ROUNDS,
) -> Fitted:
    """The calibration of `pairs`, judged on `held_out`; `method` None takes the one of lower Cllr.

    Raises EvaluationError with a sentence: without lir, when the two share a person, with too few people, or when
    the calibration would be worth less than no evidence on the held-out people.
    """
    lir_fits.lir()
    _require(pairs, "fit a calibration on")
    _require(held_out, "judge a calibration by")
    shared = _names(pairs) & _names(held_out)
    if shared:
        raise EvaluationError(
            f"{len(shared)} people are among those the calibration is fitted on and among those that judge it. "
            "Divide the people first; nothing was written."
        )
    even = pairs.unweighted(seed)
    compared: dict[Method, float] = {}
    if method is None:
        compared = {each: cross_validated(even, each) for each in Method}
        # Where they are equal, two numbers are better than a table.
        method = min(Method, key=lambda each: (compared[each], each is Method.KDE))
    mapping = _FITS[method](even.scores, even.same)
    low, high = lir_fits.elub(mapping.log10(pairs.scores), pairs.same, pairs.weights)
    if identity.source is SourceKind.OWN_CASES:
        # These bear words. The strangers of one body share its photographs, and a larger gallery brings more of them
        # without one case more: what may be said is bounded by bodies, not by comparisons.
        most = math.floor(100 * math.log10(pairs.mated_people + 1)) / 100
        low, high = max(low, -most), min(high, most)
    judged = held_out.thinned(seed)
    found = figures(judged, _bounded(mapping, low, high, judged.scores), rounds=rounds, seed=seed)
    try:
        calibration = _calibration(identity, pairs, held_out, mapping, (low, high), found)
    except CalibrationRefused as refused:
        raise EvaluationError(f"{refused} Nothing was written.") from refused
    return Fitted(calibration, {each.value: value for each, value in compared.items()}, found)


def cross_validated(pairs: ScoredPairs, method: Method, folds: int = FOLDS) -> float:
    """Cllr of `method` within `pairs`: people in `folds` parts, each part's ratios from a fit on the other parts.

    A comparison of people in two parts is in neither. Bounds are those of the fit. A method that cannot be fitted
    on a part has a Cllr of infinity.
    """
    part = np.array([int(hashlib.sha256(f"fold {name}".encode()).hexdigest(), 16) % folds for name in pairs.names])
    ratios, same, weights = [], [], []
    for fold in range(folds):
        inside, outside = part == fold, part != fold
        test = pairs.select(inside[pairs.first] & inside[pairs.second])
        train = pairs.select(outside[pairs.first] & outside[pairs.second])
        if not test.scores.size:
            continue
        try:
            mapping = _FITS[method](train.scores, train.same)
            low, high = lir_fits.elub(mapping.log10(train.scores), train.same)
        except EvaluationError:
            return float("inf")
        ratios.append(_bounded(mapping, low, high, test.scores))
        same.append(test.same)
        weights.append(test.weight)
    if not ratios or not np.concatenate(same).any() or np.concatenate(same).all():
        return float("inf")
    return cllr(np.concatenate(ratios), np.concatenate(same), np.concatenate(weights))


def by_strata(
    pairs: ScoredPairs, held_out: ScoredPairs, identity: Identity, strata: list[Stratum], *, seed: int = 20
) -> tuple[list[Fitted], list[str]]:
    """A calibration for each stratum that has people enough, and a sentence for each that has not.

    Both sets are labelled (`ScoredPairs.strata`) with the names of the strata.
    """
    fitted, refused = [], []
    for stratum in strata:
        try:
            inner, outer = _labelled(pairs, stratum), _labelled(held_out, stratum)
            fitted.append(fit(inner, outer, replace(identity, stratum=stratum), seed=seed))
        except EvaluationError as error:
            refused.append(f"Stratum {stratum.name}: {error}")
    return fitted, refused


def _labelled(pairs: ScoredPairs, stratum: Stratum) -> ScoredPairs:
    if pairs.strata is None:
        raise EvaluationError("the comparisons are not labelled with strata of quality.")
    return pairs.select(pairs.strata == stratum.name)


def _bounded(mapping: Logistic | Knots, low: float, high: float, scores: Floats) -> Floats:
    return np.asarray(np.clip(mapping.log10(scores), low, high), dtype=np.float64)


def _names(pairs: ScoredPairs) -> set[str]:
    return {pairs.names[person] for person in np.unique(np.concatenate([pairs.first, pairs.second]))}


def _require(pairs: ScoredPairs, purpose: str) -> None:
    if pairs.mated_people < LEAST_PEOPLE or pairs.non_mated < LEAST_NON_MATED:
        raise EvaluationError(
            f"There are too few people to {purpose}: {pairs.mated_people} with pictures on both sides and "
            f"{pairs.non_mated:,} comparisons of two people, where {LEAST_PEOPLE} and {LEAST_NON_MATED} are needed. "
            "Nothing was written; give more people."
        )


def _calibration(
    identity: Identity,
    pairs: ScoredPairs,
    held_out: ScoredPairs,
    mapping: Logistic | Knots,
    bounds: tuple[float, float],
    found: LlrFigures,
) -> Calibration:
    return Calibration(
        **vars(identity),
        people=pairs.people,
        mated=pairs.mated,
        non_mated=pairs.non_mated,
        mapping=mapping,
        low=bounds[0],
        high=bounds[1],
        held_out=HeldOut(
            cllr=found.cllr.value,
            cllr_min=found.cllr_min.value,
            low=found.cllr.low,
            high=found.cllr.high,
            people=held_out.people,
            mated=held_out.mated,
            non_mated=held_out.non_mated,
        ),
        date=today(),
        software=tuple(sorted((software() | lir_fits.software()).items())),
    )
