"""The figures of likelihood ratios by stratum of quality and by cohort of people; too small a group has none."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from antigone.evaluation.bootstrap import ROUNDS
from antigone.evaluation.llr_metrics import LEAST_PEOPLE, LlrFigures, figures
from antigone.evaluation.metrics import Floats
from antigone.evaluation.scored import Flags, ScoredPairs

Cohorts = Mapping[str, Mapping[str, str]]
"""By a person's name, the person's value of each attribute, such as {"age": "18 to 39", "gender": "female"}."""


@dataclass(frozen=True)
class Group:
    """One stratum or cohort: its figures, or None and the sentence that says why there are none."""

    attribute: str
    value: str
    people: int
    figures: LlrFigures | None
    why_none: str | None = None


def by_stratum(pairs: ScoredPairs, ratios: Floats, *, rounds: int = ROUNDS, seed: int = 20) -> list[Group]:
    """The figures of each label in `pairs.strata`, in the order of the labels."""
    if pairs.strata is None:
        return []
    labels = np.unique(pairs.strata).tolist()
    return [_group("quality", label, pairs, ratios, pairs.strata == label, rounds, seed) for label in labels]


def by_cohort(
    pairs: ScoredPairs, ratios: Floats, cohorts: Cohorts, *, rounds: int = ROUNDS, seed: int = 20
) -> list[Group]:
    """The figures of each value of each attribute in `cohorts`, over comparisons of which both people have it.

    Strangers of one cohort are more alike than strangers at large, and a search among the missing of one place is a
    search within a cohort. People without the attribute are in no group.
    """
    groups = []
    for attribute in sorted({name for own in cohorts.values() for name in own}):
        own = np.array([cohorts.get(name, {}).get(attribute, "") for name in pairs.names])
        for value in sorted(set(own.tolist()) - {""}):
            member = own == value
            kept = member[pairs.first] & member[pairs.second]
            groups.append(_group(attribute, value, pairs, ratios, kept, rounds, seed))
    return groups


def _group(
    attribute: str, value: str, pairs: ScoredPairs, ratios: Floats, kept: Flags, rounds: int, seed: int
) -> Group:
    chosen = pairs.select(kept)
    if chosen.mated_people < LEAST_PEOPLE or chosen.non_mated == 0:
        why = (
            f"{chosen.mated_people} people with two photographs are too few for a figure: "
            f"{LEAST_PEOPLE} are needed, and strangers to compare them with."
        )
        return Group(attribute, value, chosen.people, None, why)
    return Group(attribute, value, chosen.people, figures(chosen, ratios[kept], rounds=rounds, seed=seed))
