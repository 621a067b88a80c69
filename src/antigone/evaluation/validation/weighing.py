"""Likelihood ratios of one ladder: fitted on one half of the people, judged on the other, whole and in groups."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from antigone.evaluation.calibrating import Fitted, Identity, fit
from antigone.evaluation.degradation import LADDERS_VERSION
from antigone.evaluation.errors import EvaluationError
from antigone.evaluation.llr_curves import Ece, Tippett, ece, pav, tippett
from antigone.evaluation.llr_groups import Group, by_cohort, by_stratum
from antigone.evaluation.llr_metrics import LlrFigures
from antigone.evaluation.metrics import Floats
from antigone.evaluation.pav import Blocks
from antigone.evaluation.person_pairs import Sides
from antigone.evaluation.posteriors import Reliability, reliability, search_all
from antigone.evaluation.probes import CLEAN, Probes
from antigone.evaluation.scored import ScoredPairs
from antigone.evaluation.validation.cohorts import Cohorts
from antigone.evaluation.validation.criteria import RATIOS
from antigone.evaluation.validation.data import Data
from antigone.evaluation.validation.eyes import IN_USE, Eyes
from antigone.evaluation.validation.gather import Gathered
from antigone.evaluation.validation.options import Options
from antigone.evaluation.validation.plan import Bodies, Plan
from antigone.evaluation.validation.searching import widened
from antigone.evidence import Calibration, SourceKind, Span, Stratum
from antigone.evidence.ratio import Logistic

QUALITY = ("InterEyeDistance", "IlluminationUniformity", "HeadPoseRoll")
"""Figures of the photograph's face by which ratios are judged apart, in thirds of the calibration half."""


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


@dataclass(frozen=True)
class _Side:
    """One half: its comparisons, and the templates and people of each body that is sought."""

    pairs: ScoredPairs
    sides: Sides
    vectors: np.ndarray[Any, np.dtype[np.float32]]
    quality: dict[str, dict[str, int | None]]
    """By person, of the photograph that is sought."""


def weighed(
    gathered: Gathered, plan: Plan, ladder: str, data: Data, eyes: Eyes, options: Options, cohorts: Cohorts
) -> Weighed:
    """Ratios of the method in use on photographs as `ladder` leaves them."""
    portraits, probes = gathered.portraits[IN_USE], gathered.probes[ladder][IN_USE]
    try:
        fitting, judging = (
            _side(bodies, portraits.of(bodies.enrolled), probes.of(bodies.sought), options.seed)
            for bodies in (plan.fitting, plan.judging)
        )
        fitted = fit(
            fitting.pairs,
            judging.pairs,
            _identity(data, eyes, ladder, options),
            seed=options.seed,
            rounds=options.rounds,
        )
    except EvaluationError as refused:
        return Weighed({"refused": str(refused)}, None)
    calibration = fitted.calibration
    judged = judging.pairs.thinned(options.seed)
    ratios = calibration.log10_ratios(judged.scores)
    groups = [
        group for name in QUALITY for group in _by_quality(name, judged, ratios, fitting, judging, options)
    ] + by_cohort(judged, ratios, cohorts.values, rounds=options.rounds, seed=options.seed)
    found = _reliability(judging, calibration, options)
    return Weighed(
        {
            **_fitted(fitted, judging.pairs),
            "groups": [_group(each) for each in groups],
            "reliability": None if found is None else _said(found),
        },
        Curves(tippett(judged, ratios), pav(judged, ratios), ece(judged, ratios), found),
    )


def _side(bodies: Bodies, gallery: Probes, sought: Probes, seed: int) -> _Side:
    """Every body that gave a template against everybody of its half whose portrait did."""
    enrolled = [photo.person for photo, has in zip(bodies.enrolled, gallery.acquired, strict=True) if has]
    names = tuple(sorted(enrolled))
    number = {name: at for at, name in enumerate(names)}
    rows = [at for at, photo in enumerate(bodies.sought) if sought.acquired[at] and photo.person in number]
    rows.sort(key=lambda at: bodies.sought[at].person)
    order = np.argsort(np.array([number[name] for name in enrolled], dtype=np.intp))
    portraits = gallery.vectors[gallery.acquired][order]
    if not rows or len(names) < 2:
        raise EvaluationError("Nobody of one half gave templates on both sides: no ratio can be fitted or judged.")
    people = np.array([number[bodies.sought[at].person] for at in rows], dtype=np.intp)
    everybody = np.arange(len(names), dtype=np.intp)
    scores = (sought.vectors[rows] @ portraits.T).astype(np.float64)
    first, second = np.repeat(people, everybody.size), np.tile(everybody, people.size)
    pairs = ScoredPairs(scores.ravel(), first == second, first, second, names)
    photos = (len(names) + np.arange(len(rows), dtype=np.intp))[:, None]
    return _Side(
        pairs.thinned(seed),
        Sides(everybody[:, None], everybody, photos, people),
        np.concatenate([portraits, sought.vectors[rows]]),
        {bodies.sought[at].person: sought.quality[at] or {} for at in rows},
    )


def _identity(data: Data, eyes: Eyes, ladder: str, options: Options) -> Identity:
    living = ladder == CLEAN
    contract = eyes.contract(IN_USE)
    name = options.data_name
    return Identity(
        data_name=name if living else f"{name}, as stand-ins: ladder {ladder}, version {LADDERS_VERSION}",
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


def _by_quality(
    name: str, judged: ScoredPairs, ratios: Floats, fitting: _Side, judging: _Side, options: Options
) -> list[Group]:
    """The figures in thirds of one figure of quality, where the calibration half has such thirds."""
    known = sorted(value for own in fitting.quality.values() if (value := own.get(name)) is not None)
    if not known:
        return []
    cuts = sorted({known[len(known) // 3], known[2 * len(known) // 3]} - {known[0]})
    if not cuts:
        return []
    labels = np.array([_third(judging.quality.get(person, {}).get(name), cuts) for person in judged.names])
    strata = labels[judged.first]
    kept = strata != ""
    labelled = ScoredPairs(
        judged.scores[kept],
        judged.same[kept],
        judged.first[kept],
        judged.second[kept],
        judged.names,
        judged.weight[kept],
        strata[kept],
    )
    found = by_stratum(labelled, ratios[kept], rounds=options.rounds, seed=options.seed)
    return [Group(name, each.value[2:], each.people, each.figures, each.why_none) for each in found]


def _third(value: int | None, cuts: Sequence[int]) -> str:
    """The label of a value, with a digit before it that keeps the order."""
    if value is None:
        return ""
    at = sum(value >= cut for cut in cuts)
    if at == 0:
        return f"0 below {cuts[0]}"
    return f"{at} {cuts[at - 1]} or more" if at == len(cuts) else f"{at} {cuts[at - 1]} to below {cuts[at]}"


def _reliability(judging: _Side, calibration: Calibration, options: Options) -> Reliability | None:
    searches = search_all(judging.vectors, judging.sides, calibration)
    if options.missing < searches.enrolled:
        return None
    return reliability(searches, options.missing, rounds=options.rounds, seed=options.seed)


def _fitted(fitted: Fitted, judging: ScoredPairs) -> dict[str, Any]:
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
        **_figures(fitted.held_out, judging.mated_people),
    }


def _figures(found: LlrFigures, people: int) -> dict[str, Any]:
    given: dict[str, Any] = {"people": people, "mated": found.mated, "non_mated": found.non_mated}
    for name in RATIOS:
        each = getattr(found, name)
        given[name] = each.value
        interval = [each.low, each.high]
        given[f"{name}_interval"] = widened(each.value, interval, people) if "misleading" in name else interval
    return given


def _group(group: Group) -> dict[str, Any]:
    head = {"attribute": group.attribute, "value": group.value}
    if group.figures is None:
        return head | {"people": group.people, "why_none": group.why_none}
    return head | _figures(group.figures, group.figures.mated)


def _said(found: Reliability) -> dict[str, Any]:
    return {
        "missing": found.missing,
        "enrolled": found.enrolled,
        "classes": [vars(each) | {"agrees": each.agrees} for each in found.classes],
        "overall": vars(found.overall) | {"agrees": found.overall.agrees},
    }
