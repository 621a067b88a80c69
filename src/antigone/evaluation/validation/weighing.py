"""Likelihood ratios of one ladder: fitted on one half of the people, judged on the other, whole and in groups."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from antigone.evaluation.calibrating import Fitted, Identity, fit
from antigone.evaluation.degradation import LADDERS_VERSION
from antigone.evaluation.errors import EvaluationError
from antigone.evaluation.llr_curves import Ece, Tippett, ece, pav, tippett
from antigone.evaluation.llr_groups import Group, by_cohort
from antigone.evaluation.metrics import Floats
from antigone.evaluation.pav import Blocks
from antigone.evaluation.posteriors import Reliability, reliability, search_all
from antigone.evaluation.probes import CLEAN
from antigone.evaluation.scored import ScoredPairs
from antigone.evaluation.validation.cohorts import Cohorts
from antigone.evaluation.validation.data import Data
from antigone.evaluation.validation.eyes import IN_USE, Eyes
from antigone.evaluation.validation.gather import Gathered
from antigone.evaluation.validation.intervals import ratio_figures
from antigone.evaluation.validation.options import Options
from antigone.evaluation.validation.plan import Plan
from antigone.evaluation.validation.quality_groups import by_quality
from antigone.evaluation.validation.shipped_ratios import shipped_ratios
from antigone.evaluation.validation.sides import Side, side
from antigone.evidence import Calibration, SourceKind, Span, Stratum
from antigone.evidence.ratio import Logistic


@dataclass(frozen=True)
class Curves:
    """What is drawn of one ladder's ratios."""

    tippett: Tippett
    pav: Blocks
    ece: Ece
    reliability: Reliability | None


@dataclass(frozen=True)
class Weighed:
    """The figures of one ladder, fit for JSON, and its curves; without ratios, the sentence that says why."""

    figures: dict[str, Any]
    curves: Curves | None


def weighed(
    gathered: Gathered, plan: Plan, ladder: str, data: Data, eyes: Eyes, options: Options, cohorts: Cohorts
) -> Weighed:
    """Ratios of the method in use on photographs as `ladder` leaves them."""
    portraits, probes = gathered.portraits[IN_USE], gathered.probes[ladder][IN_USE]
    contract, pipeline = eyes.contract(IN_USE).digest, eyes.pipeline(IN_USE)
    ready: dict[str, Any] = {"shipped": None}
    try:
        fitting, judging = (
            side(bodies, portraits.of(bodies.enrolled), probes.of(bodies.sought), options.seed)
            for bodies in (plan.fitting, plan.judging)
        )
        ready["shipped"] = shipped_ratios(judging, contract, pipeline, data.digest, options)
        of = identity(data, eyes, (ladder,), options)
        fitted = fit(fitting.pairs, judging.pairs, of, seed=options.seed, rounds=options.rounds)
    except EvaluationError as refused:
        return Weighed(ready | {"refused": str(refused)}, None)
    calibration = fitted.calibration
    judged = judging.pairs.thinned(options.seed)
    ratios = calibration.log10_ratios(judged.scores)
    groups = by_quality(judged, ratios, fitting, judging, options)
    groups += _by_cohort(judged, ratios, cohorts, options)
    found = _reliability(judging, calibration, options)
    return Weighed(
        {
            **ready,
            **fitted_figures(fitted, judging.pairs.mated_people),
            "groups": [_group(each) for each in groups],
            "reliability": None if found is None else _said(found),
        },
        Curves(tippett(judged, ratios), pav(judged, ratios), ece(judged, ratios), found),
    )


def _by_cohort(judged: ScoredPairs, ratios: Floats, cohorts: Cohorts, options: Options) -> list[Group]:
    """The figures by cohort, each with how many of its people are sought."""
    sought = [cohorts.values.get(judged.names[person], {}) for person in np.unique(judged.first[judged.same])]
    return [
        replace(each, people=sum(own.get(each.attribute) == each.value for own in sought))
        for each in by_cohort(judged, ratios, cohorts.values, rounds=options.rounds, seed=options.seed)
    ]


def identity(data: Data, eyes: Eyes, ladders: Sequence[str], options: Options) -> Identity:
    """What a calibration on photographs as `ladders` leave them says of itself."""
    living = set(ladders) == {CLEAN}
    contract = eyes.contract(IN_USE)
    name = options.data_name
    return Identity(
        data_name=name if living else f"{name}, as stand-ins: {', '.join(ladders)}, version {LADDERS_VERSION}",
        data_digest=data.digest,
        source=SourceKind.LIVING if living else SourceKind.STAND_IN,
        contract=contract.digest,
        model=contract.model_id,
        pipeline=eyes.pipeline(IN_USE),
        stratum=Stratum(),
        photos=Span(1.0, 1.0),
        portraits=Span(1.0, 1.0),
        ages=Span(),
        gap_years=0.0,
    )


def _reliability(judging: Side, calibration: Calibration, options: Options) -> Reliability | None:
    searches = search_all(judging.vectors, judging.sides, calibration)
    if options.missing < searches.enrolled:
        return None
    return reliability(searches, options.missing, rounds=options.rounds, seed=options.seed)


def fitted_figures(fitted: Fitted, people: int) -> dict[str, Any]:
    """A fit and its figures on `people` who had no part in it, fit for JSON."""
    calibration = fitted.calibration
    mapping = calibration.mapping
    return {
        "method": calibration.method.value,
        "compared": fitted.compared,
        "intercept": mapping.intercept if isinstance(mapping, Logistic) else None,
        "slope": mapping.slope if isinstance(mapping, Logistic) else None,
        "low": calibration.low,
        "high": calibration.high,
        "fitted_people": calibration.people,
        "fitted_mated": calibration.mated,
        "fitted_non_mated": calibration.non_mated,
        **ratio_figures(fitted.held_out, people),
    }


def _group(group: Group) -> dict[str, Any]:
    head = {"attribute": group.attribute, "value": group.value}
    if group.figures is None:
        return head | {"people": group.people, "why_none": group.why_none}
    return head | ratio_figures(group.figures, group.figures.mated)


def _said(found: Reliability) -> dict[str, Any]:
    return {
        "missing": found.missing,
        "enrolled": found.enrolled,
        "classes": [vars(each) | {"agrees": each.agrees} for each in found.classes],
        "overall": vars(found.overall) | {"agrees": found.overall.agrees},
    }
