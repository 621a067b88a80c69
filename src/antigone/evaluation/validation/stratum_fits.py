"""Likelihood ratios fitted for each stratum of quality by itself, over all ladders together, as a search takes them.

A mortuary knows how much of a face its photograph shows, and not by which ladder it should be called.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from antigone.evaluation.calibrate_strata import STRATA
from antigone.evaluation.calibrating import Fitted, by_strata
from antigone.evaluation.errors import EvaluationError
from antigone.evaluation.scored import ScoredPairs, joined
from antigone.evaluation.validation.data import Data
from antigone.evaluation.validation.eyes import IN_USE, Eyes
from antigone.evaluation.validation.gather import Gathered
from antigone.evaluation.validation.options import Options
from antigone.evaluation.validation.plan import Bodies, Plan
from antigone.evaluation.validation.quality_groups import stratum_name
from antigone.evaluation.validation.sides import side
from antigone.evaluation.validation.weighing import fitted_figures, identity


def stratum_fits(gathered: Gathered, plan: Plan, data: Data, eyes: Eyes, options: Options) -> dict[str, Any]:
    """The figures of each stratum that has people enough, fit for JSON, and a sentence for each that has not."""
    try:
        fitting, judging = (_pairs(gathered, bodies, options) for bodies in (plan.fitting, plan.judging))
        fits, refused = by_strata(
            fitting, judging, identity(data, eyes, options.ladders, options), list(STRATA), seed=options.seed
        )
    except EvaluationError as error:
        return {"fits": [], "refused": [str(error)]}
    return {"fits": [_figures(each, judging) for each in fits], "refused": refused}


def _pairs(gathered: Gathered, bodies: Bodies, options: Options) -> ScoredPairs:
    """The comparisons of one half after every ladder, each labelled with the stratum of its photograph."""
    return joined([_labelled(gathered, bodies, ladder, options) for ladder in options.ladders]).thinned(options.seed)


def _labelled(gathered: Gathered, bodies: Bodies, ladder: str, options: Options) -> ScoredPairs:
    portraits, probes = gathered.portraits[IN_USE], gathered.probes[ladder][IN_USE]
    found = side(bodies, portraits.of(bodies.enrolled), probes.of(bodies.sought), options.seed)
    labels = np.array([stratum_name(found.quality.get(name, {})) for name in found.pairs.names], dtype=np.str_)
    return replace(found.pairs, strata=labels[found.pairs.first])


def _figures(fitted: Fitted, judging: ScoredPairs) -> dict[str, Any]:
    stratum = fitted.calibration.stratum
    assert judging.strata is not None
    people = judging.select(judging.strata == stratum.name).mated_people
    return {
        "stratum": stratum.name,
        "figure": stratum.figure,
        "from": stratum.low,
        "below": stratum.high,
        **fitted_figures(fitted, people),
    }


def described(fits: Sequence[dict[str, Any]]) -> list[str]:
    """The heads of the strata's columns: name and ends."""
    return [
        f"{each['stratum']}: {each['from']:g} "
        + ("or more" if each["below"] is None else f"to below {each['below']:g}")
        for each in fits
    ]
