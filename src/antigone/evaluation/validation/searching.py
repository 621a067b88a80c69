"""Searches of known people and of strangers: misses, false candidates, and the operating point at two sizes."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from antigone.evaluation.bench_identification import FPIR, SHARES, figures, measured_from, operating_points, search
from antigone.evaluation.bootstrap import resample_people
from antigone.evaluation.metrics import Floats
from antigone.evaluation.probes import Probes
from antigone.evaluation.ranks import Searches
from antigone.evaluation.validation.cohorts import Cohorts
from antigone.evaluation.validation.eyes import WAYS, Eyes
from antigone.evaluation.validation.gather import Gathered
from antigone.evaluation.validation.intervals import widened
from antigone.evaluation.validation.options import Options
from antigone.evaluation.validation.plan import Plan
from antigone.evidence import OperatingPoint
from antigone.faces import EmbeddingContract

Vectors = npt.NDArray[np.float32]

DRAWS = 20
"""Galleries of each size that are drawn to check the operating point."""

LEAST = 20
"""People of a cohort, below whom no share of it is stated."""


def searched(
    gathered: Gathered, plan: Plan, ladder: str, eyes: Eyes, options: Options, cohorts: Cohorts
) -> dict[str, Any]:
    """The figures of one ladder, by way of working, fit for JSON."""
    found: dict[str, Any] = {}
    for way in WAYS:
        gallery = gathered.portraits[way].of(plan.searches.enrolled)
        probes = gathered.probes[ladder][way].of([*plan.searches.mated, *plan.searches.strangers])
        owners = [photo.person for photo in plan.searches.enrolled]
        searches = search(gallery.vectors, gallery.acquired, owners, probes, plan.searches, {})
        points = operating_points(eyes.contract(way), gallery.vectors[gallery.acquired], probes)
        told = measured_from(searches, None if points is None else points[1])
        mates = len(plan.searches.mated)
        found[way] = {
            **bounded(figures(told, points is not None, options.seed, options.rounds), searches),
            "threshold": None if points is None else points[0].threshold,
            "threshold_source": None if points is None else points[0].source,
            "threshold_lowered": None if points is None else _lowered(*points),
            "enrolled": int(gallery.acquired.sum()),
            "mated_without_template": int((~probes.acquired[:mates]).sum()),
            "strangers_without_template": int((~probes.acquired[mates:]).sum()),
            "sizes": sizes(gallery, probes, plan, eyes.contract(way), options),
            "cohorts": by_cohort(told, plan, points is not None, options, cohorts),
        }
    return found


def _lowered(point: OperatingPoint, cuts: Floats) -> dict[str, float]:
    """How many probes of poorer quality have a lower threshold than the whole, and the lowest."""
    return {"probes": int((cuts < point.threshold).sum()), "lowest": float(cuts.min(initial=point.threshold))}


def bounded(shares: dict[str, Any], searches: Searches) -> dict[str, Any]:
    """`shares` with an interval for what never or always happened."""
    given = dict(shares)
    for name in SHARES:
        if given[name] is None:
            continue
        people = searches.stranger_top.size if name == "none_of_these_right" else searches.mate_rank.size
        given[f"{name}_interval"] = widened(given[name], given[f"{name}_interval"], people)
    return given


def sizes(
    gallery: Probes, probes: Probes, plan: Plan, contract: EmbeddingContract, options: Options
) -> list[dict[str, Any]]:
    """The operating point of a quarter of the gallery and of all of it, and what then passes; several draws of each."""
    rows = np.flatnonzero(gallery.acquired)
    mates = len(plan.searches.mated)
    column = {photo.person: place for place, photo in enumerate(plan.searches.enrolled)}
    mate = np.array([column[photo.person] for photo in plan.searches.mated])
    scores = probes.vectors @ gallery.vectors.T
    scores[~probes.acquired] = -np.inf
    random = np.random.default_rng(options.seed)
    found = []
    for size in (len(rows) // 4, len(rows)):
        passed, sought, thresholds = np.zeros((2, len(probes.acquired))), np.zeros(len(probes.acquired)), []
        for _ in range(DRAWS if size < len(rows) else 1):
            drawn = np.sort(random.permutation(rows)[:size])
            points = operating_points(contract, gallery.vectors[drawn], probes)
            if points is None:
                return []
            point, cuts = points
            thresholds.append(point.threshold)
            inside = np.concatenate([np.isin(mate, drawn), np.ones(len(scores) - mates, np.bool_)])
            sought += inside
            passed[0, mates:] += scores[mates:, drawn].max(axis=1) >= cuts[mates:]
            passed[1, :mates] += inside[:mates] & (scores[np.arange(mates), mate] >= cuts[:mates])
        found.append(
            {
                "enrolled": size,
                "draws": len(thresholds),
                "threshold": float(np.mean(thresholds)),
                "false_candidates": _share(passed[0, mates:], sought[mates:], options),
                "mates_passing": _share(passed[1, :mates], sought[:mates], options),
            }
        )
    return found


def _share(passed: Floats, sought: Floats, options: Options) -> dict[str, Any]:
    """The share of searches that passed, people weighing the same, and its interval."""
    some = sought > 0
    each = passed[some] / sought[some]

    def mean(drawn: Floats) -> Floats:
        return np.array([float(drawn @ each / drawn.sum())])

    (interval,) = resample_people(each.size, mean, rounds=options.rounds, seed=options.seed)
    share = float(each.mean())
    return {
        "people": int(each.size),
        "value": share,
        "interval": widened(share, [interval.low, interval.high], each.size),
    }


def by_cohort(searches: Searches, plan: Plan, passes: bool, options: Options, cohorts: Cohorts) -> list[dict[str, Any]]:
    """The shares of each cohort's people, who are sought in the whole gallery; None for fewer than LEAST."""
    found = []
    for attribute in cohorts.attributes:
        own = [
            np.array([cohorts.values.get(photo.person, {}).get(attribute, "") for photo in photos])
            for photos in (plan.searches.mated, plan.searches.strangers)
        ]
        for value in sorted(set(np.concatenate(own).tolist()) - {""}):
            mated, strangers = (column == value for column in own)
            some = Searches(
                searches.mated_person[mated],
                searches.mate_score[mated],
                searches.mate_rank[mated],
                searches.stranger_person[strangers],
                searches.stranger_top[strangers],
            )
            found.append(
                {"attribute": attribute, "value": value, "people": int(mated.sum()), "strangers": int(strangers.sum())}
                | _cohort(some, passes, options)
            )
    return found


def _cohort(some: Searches, passes: bool, options: Options) -> dict[str, Any]:
    shares: dict[str, Any] = dict.fromkeys(
        [key for name in ("rank1_miss", "rank50_miss", "none_of_these_right") for key in (name, f"{name}_interval")]
    )
    for name, column, missed in (
        ("rank1_miss", some.mate_rank, some.mate_rank > 1),
        ("rank50_miss", some.mate_rank, some.mate_rank > 50),
        (
            "none_of_these_right",
            some.stranger_top,
            some.stranger_top < 0 if passes else np.zeros(0, np.bool_),
        ),
    ):
        if column.size < LEAST or missed.size != column.size:
            continue
        share = _share(missed.astype(np.float64), np.ones(column.size), options)
        shares[name], shares[f"{name}_interval"] = share["value"], share["interval"]
    return shares


__all__ = ["DRAWS", "FPIR", "LEAST", "bounded", "by_cohort", "searched", "sizes"]
