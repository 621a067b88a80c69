"""Likelihood ratios by the calibrations that come with the software, judged on these people."""

from __future__ import annotations

from typing import Any

import numpy as np

from antigone.evaluation.llr_metrics import LEAST_PEOPLE, figures
from antigone.evaluation.validation.intervals import ratio_figures
from antigone.evaluation.validation.options import Options
from antigone.evaluation.validation.sides import Side
from antigone.evidence import Calibration
from antigone.evidence.shipped import shipped
from antigone.evidence.spans import ALL


def shipped_ratios(judging: Side, contract: str, pipeline: str, digest: str, options: Options) -> dict[str, Any] | None:
    """The figures of the calibrations that are chosen by each photograph's quality; None where none is shipped.

    `digest` is of the photographs measured on: equal to that of a calibration's own data, its figures flatter.
    """
    fitting = [
        each
        for each in shipped()
        if (each.contract, each.pipeline) == (contract, pipeline) and each.photos.holds(1) and each.portraits.holds(1)
    ]
    if not fitting:
        return None
    pairs = judging.pairs.thinned(options.seed)
    chosen = np.array([_chosen(fitting, judging.quality.get(name, {})) for name in pairs.names])
    found = []
    ratios = np.full(pairs.scores.size, np.nan)
    for number, calibration in enumerate(fitting):
        kept = chosen[pairs.first] == number
        ratios[kept] = calibration.log10_ratios(pairs.scores[kept])
        some = pairs.select(kept)
        entry: dict[str, Any] = {
            "digest": calibration.digest,
            "data": calibration.data_name,
            "same_data": calibration.data_digest == digest,
            "stratum": calibration.stratum.name,
            "low": calibration.low,
            "high": calibration.high,
            "people": some.mated_people,
        }
        if some.mated_people >= LEAST_PEOPLE and some.non_mated:
            measured = figures(some, ratios[kept], rounds=options.rounds, seed=options.seed)
            entry |= ratio_figures(measured, some.mated_people)
        found.append(entry)
    weighed = np.isfinite(ratios)
    whole = pairs.select(weighed)
    bodies = np.unique(pairs.first[pairs.same])
    overall = {}
    if whole.mated_people >= LEAST_PEOPLE and whole.non_mated:
        measured = figures(whole, ratios[weighed], rounds=options.rounds, seed=options.seed)
        overall = ratio_figures(measured, whole.mated_people)
    return {"calibrations": found, "overall": overall, "withheld": int((chosen[bodies] < 0).sum())}


def _chosen(calibrations: list[Calibration], quality: dict[str, int | None]) -> int:
    """The place of the calibration for a photograph of this quality, a stratum before all; -1 where none holds."""
    holding = [place for place, each in enumerate(calibrations) if each.stratum.holds(quality)]
    return min(holding, key=lambda place: calibrations[place].stratum.name == ALL, default=-1)
