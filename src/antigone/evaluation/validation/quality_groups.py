"""Ratios judged apart by the quality of the photograph: in the product's strata, and in thirds of other figures."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial

import numpy as np

from antigone.evaluation.calibrate_strata import STRATA
from antigone.evaluation.llr_groups import Group, by_stratum
from antigone.evaluation.metrics import Floats
from antigone.evaluation.scored import Flags, ScoredPairs
from antigone.evaluation.validation.options import Options
from antigone.evaluation.validation.sides import Side
from antigone.faces.strength import NAME as STRENGTH

THIRDS = ("InterEyeDistance", "IlluminationUniformity")
"""Names of ISO/IEC 29794-5; cut at the thirds of the calibration half."""


def by_quality(judged: ScoredPairs, ratios: Floats, fitting: Side, judging: Side, options: Options) -> list[Group]:
    """The figures by the product's strata, and by thirds of each of THIRDS that varies in the calibration half."""
    found = _grouped(STRENGTH, _stratum, judged, ratios, judging, options)
    for name in THIRDS:
        known = sorted(value for own in fitting.quality.values() if (value := own.get(name)) is not None)
        cuts = sorted({known[len(known) // 3], known[2 * len(known) // 3]} - {known[0]}) if known else []
        if cuts:
            found += _grouped(name, partial(_third, cuts), judged, ratios, judging, options)
    return found


def _grouped(
    name: str,
    label: Callable[[int], str],
    judged: ScoredPairs,
    ratios: Floats,
    judging: Side,
    options: Options,
) -> list[Group]:
    """Groups by the label of the figure `name` of the photograph; one without the figure is in none."""
    values = [judging.quality.get(person, {}).get(name) for person in judged.names]
    labels = np.array(["" if value is None else label(value) for value in values], dtype=np.str_)[judged.first]
    kept = labels != ""
    labelled = replace(judged.select(kept), strata=labels[kept])
    found = by_stratum(labelled, ratios[kept], rounds=options.rounds, seed=options.seed)
    return [
        replace(each, attribute=name, value=each.value[2:], people=_sought(labelled, labels[kept] == each.value))
        for each in found
    ]


def _sought(pairs: ScoredPairs, member: Flags) -> int:
    """How many people of a group are sought: those who are compared with it are of any quality."""
    return pairs.select(member).mated_people


def stratum_name(quality: Mapping[str, int | None]) -> str:
    """The name of the product's stratum of a photograph; empty where it is in none."""
    return next((each.name for each in STRATA if each.holds(quality)), "")


def _stratum(value: int) -> str:
    """The product's stratum of a value, with a digit before it that keeps the order."""
    for place, stratum in enumerate(STRATA):
        if stratum.holds({STRENGTH: value}):
            upper = f" to below {stratum.high:g}" if stratum.high is not None else " or more"
            return f"{place} {stratum.low:g}{upper} ({stratum.name})"
    return f"9 below {min(stratum.low or 0 for stratum in STRATA):g} (no ratio in the product)"


def _third(cuts: Sequence[int], value: int) -> str:
    at = sum(value >= cut for cut in cuts)
    if at == 0:
        return f"0 below {cuts[0]}"
    return f"{at} {cuts[at - 1]} or more" if at == len(cuts) else f"{at} {cuts[at - 1]} to below {cuts[at]}"
