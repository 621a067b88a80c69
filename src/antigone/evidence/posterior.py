"""From prior to posterior over a list of leads and "none of these"; for the board, never without its prior.

The body is of exactly one person. Each of the N missing of the population concerned is it with the same prior; a share
may be left for somebody whom nobody reported. With prior p_i and likelihood ratio LR_i of each person, against the
alternative of an unrelated person of the same population, Bayes' theorem gives

    posterior_i = p_i LR_i / (sum over everyone of p_j LR_j)

in which everybody counts once (Balding and Donnelly 1996; Meester and Sjerps 2003, on searches of a list): the leads
with their ratios, and all others, those without a portrait too, with a ratio of 1, since nothing was learnt of them.
Of those who were searched and not listed more is known: their ratios are mostly below 1. Where the sum of these is
not given, 1 each errs to a lower posterior of the leads.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from antigone.evidence.ratio import LikelihoodRatio

MOST = 10_000_000_000
"""Missing people at most: more than there are alive."""


@dataclass(frozen=True)
class Prior:
    """The prior that a case chooses: how many are missing in the population concerned, and how many have no portrait.

    `unreported` is the prior share for somebody whom nobody reported missing. Raises ValueError on numbers that
    cannot be.
    """

    population: str
    """Whom the numbers count, in words."""
    missing: int
    without_portrait: int
    unreported: float = 0.0

    def __post_init__(self) -> None:
        if not self.population.strip():
            raise ValueError("A prior names the population whose missing it counts.")
        if self.missing > MOST:
            raise ValueError(f"A prior of more than {MOST:,} missing counts more people than there are.")
        if self.missing < 1 or not 0 <= self.without_portrait <= self.missing:
            raise ValueError("A prior needs a missing person or more, and no more without a portrait than are missing.")
        if not 0 <= self.unreported < 1:
            raise ValueError("The prior share for somebody whom nobody reported lies from 0 to below 1.")

    @property
    def each(self) -> float:
        """The prior probability of each of the missing."""
        return (1.0 - self.unreported) / self.missing

    def __str__(self) -> str:
        text = (
            f"prior of 1 in {1 / self.each:,.0f} for each of {self.missing:,} missing ({self.population}), "
            f"{self.without_portrait:,} of them without a portrait"
        )
        return f"{text}; {100 * self.unreported:g} % for somebody whom nobody reported" if self.unreported else text


@dataclass(frozen=True)
class Unlisted:
    """People who were searched and are not on the list: how many, and the sum of their likelihood ratios."""

    people: int
    ratios: float


@dataclass(frozen=True)
class Rest:
    """Of whom "none of these" is made; the three sum to it."""

    with_portrait: float
    """The missing who have a portrait and are not among the leads."""
    without_portrait: float
    unreported: float


@dataclass(frozen=True)
class Posterior:
    """The posterior probability of each lead, in their order, and of "none of these"; they sum to 1."""

    shares: tuple[float, ...]
    none_of_these: float
    prior: Prior
    rest: Rest

    def odds(self, lead: int) -> float:
        """The posterior odds of one lead against everybody else."""
        rest = math.fsum([*self.shares[:lead], *self.shares[lead + 1 :], self.none_of_these])
        return self.shares[lead] / rest if rest > 0 else math.inf

    def sentence(self, lead: int) -> str:
        """The posterior of one lead with its prior, for the board."""
        none = _percent(self.none_of_these)
        return f"Posterior {_percent(self.shares[lead])} with a {self.prior}; none of these {none}."

    def as_json(self) -> dict[str, Any]:
        return {
            "prior": {**vars(self.prior), "each": self.prior.each, "text": str(self.prior)},
            "leads": list(self.shares),
            "none_of_these": self.none_of_these,
        }


def posterior(prior: Prior, leads: Sequence[LikelihoodRatio | None], *, unlisted: Unlisted | None = None) -> Posterior:
    """The posterior over `leads`, one ratio for each person listed, and "none of these".

    A lead whose ratio is withheld (None) counts with 1: nothing was learnt that may be used. Raises ValueError when
    more people were listed or searched than there are with a portrait.
    """
    searched = len(leads) + (0 if unlisted is None else unlisted.people)
    if searched > prior.missing - prior.without_portrait:
        raise ValueError(
            "More people were searched than the prior counts with a portrait. Count the missing of the population anew."
        )
    if unlisted is not None and not (unlisted.people >= 0 and math.isfinite(unlisted.ratios) and unlisted.ratios >= 0):
        raise ValueError("The ratios of the people not listed must be a sum from 0.")
    weights = [prior.each * (1.0 if lead is None else lead.ratio) for lead in leads]
    others = prior.missing - searched + (0.0 if unlisted is None else unlisted.ratios)
    none = prior.each * others + prior.unreported
    total = math.fsum([*weights, none])
    rest = Rest(
        with_portrait=prior.each * (others - prior.without_portrait) / total,
        without_portrait=prior.each * prior.without_portrait / total,
        unreported=prior.unreported / total,
    )
    return Posterior(tuple(weight / total for weight in weights), none / total, prior, rest)


def _percent(share: float) -> str:
    """A share in %, which never says 0 or 100 of what is only nearly so."""
    if share <= 0 or share >= 1:
        return f"{100 * share:.0f} %"
    if share < 0.001:
        return "below 0.1 %"
    if share > 0.999:
        return "above 99.9 %"
    return f"{100 * share:.1f} %" if share < 0.1 or share > 0.9 else f"{100 * share:.0f} %"
