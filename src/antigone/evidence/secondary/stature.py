"""Stature estimated or measured on the subject against stature on record.

What was found gives the living stature a normal distribution (m, s). A regression on bones gives it directly: its
estimate and the standard error of prediction. The length of a body gives it after subtracting the given lengthening
and combining with the population (mu, sigma) by precision. What was told is a normal measurement of stature with a
bias b and a standard deviation t. The ratio compares what was told given the finding with what was told of anyone:

    LR = N(told - b; m, s^2 + t^2) / N(told - b; mu, sigma^2 + t^2).

Averaged over what would be told of the missing it is 1. For a measured length it is the normal case of Lindley 1977
(Biometrika 64:207-213) and treats both measurements alike. Conditioning on stature's sex: the population is of the
sex that both records state, so that sex and stature multiply by the chain rule.

Standard errors of Trotter and Gleser 1952 (Am J Phys Anthropol 10:463-514; "American White" series, femur and tibia)
are shipped as secondary literature reproduces them; the original was not seen. Ousley 1995 (J Forensic Sci 40(5),
JFS15381J) shows that such standard errors are too narrow for a single prediction, and that records of stature differ
from measured stature. No size of the lengthening after death, nor of the bias of a report, could be verified, so
neither has a default. That men's records overstate more than women's is Willey and Falsetti 1991 (J Forensic Sci
36(3):813-819); that height falls after about 45 years by 0.16 cm a year and families seldom notice, Galloway 1988
(J Forensic Sci 33(1):126-136).
"""

from __future__ import annotations

import math

from antigone.evidence.secondary.figures import Figures, Normal
from antigone.evidence.secondary.lines import Finding, Line, cannot_tell, in_words, silent
from antigone.evidence.secondary.records import FEMALE, MALE, AnteMortem, PostMortem, StatureFound

NAME = "stature"

TROTTER_GLESER = (
    "Trotter and Gleser 1952 as reproduced in secondary literature; too narrow for one prediction (Ousley 1995)"
)
PUBLISHED_ERRORS = {
    "trotter-gleser-1952 femur male": 3.27,
    "trotter-gleser-1952 femur female": 3.72,
    "trotter-gleser-1952 tibia male": 3.37,
    "trotter-gleser-1952 tibia female": 3.66,
}

# Conventions of this software for the finding, not figures about people. The first is the usual 95 %; beyond the
# second the tails of a normal distribution are no longer trusted with a number; the third serves where neither
# error is known, and is more than four times the largest standard error above.
Z_AGREES = 1.96
Z_TRUSTED = 3.0
GROSS_CM = 15.0


def log10_ratio(told: float, spread: float, mean: float, sd: float, population: Normal) -> float:
    """log10 of the ratio of the module's formula; `told` less its bias, `spread` its sd, all in cm."""
    given_this = sd**2 + spread**2
    given_other = population.sd**2 + spread**2
    natural = 0.5 * (
        math.log(given_other / given_this)
        + (told - population.mean) ** 2 / given_other
        - (told - mean) ** 2 / given_this
    )
    return natural / math.log(10)


def living_given_length(living: float, error: float, population: Normal) -> tuple[float, float]:
    """Mean and sd of living stature in cm, given a measurement of it with sd `error`, in this population."""
    weight = population.sd**2 / (population.sd**2 + error**2)
    return population.mean + weight * (living - population.mean), math.sqrt(weight) * error


def population_for(found: PostMortem, told: AnteMortem, figures: Figures) -> tuple[Normal | None, str]:
    """The population of the sex that the records state, and what it is conditioned on; None when they differ."""
    determined = found.sex.sex if found.sex else ""
    stated = {sex for sex in (determined, told.sex) if sex in (FEMALE, MALE)}
    if len(stated) > 1:
        return None, "the records differ in sex, so which population applies is not known"
    if not stated:
        return figures.statures.get("anyone"), "sex is not known"
    sex = stated.pop()
    return figures.statures.get(sex), f"among the missing who are {sex}"


def compare_stature(found: PostMortem, told: AnteMortem, figures: Figures) -> Line:
    """The line of stature; every error, bias and population that is lacking takes the ratio away."""
    shown = "" if found.stature is None else f"{found.stature.cm:g} cm ({found.stature.kind})"
    recorded = "" if told.stature is None else f"{told.stature.cm:g} cm ({told.stature.kind})"
    if found.stature is None or told.stature is None:
        return silent(NAME, shown, recorded)
    error, source = _error(found.stature, figures)
    report = figures.reports.get(told.stature.kind)
    if error is None or report is None:
        lacking = "how far such reports err" if error is not None else "the error of what was found"
        return _without_figures(shown, recorded, found.stature.cm - told.stature.cm, error, lacking)
    living = found.stature.cm
    if found.stature.kind == "length" and figures.lengthening is not None:
        living -= figures.lengthening.mean
    expected = told.stature.cm - report.mean
    apart = abs(living - expected) / math.hypot(error, report.sd)
    finding = Finding.AGREES if apart <= Z_AGREES else Finding.CONTRADICTS
    population, condition = population_for(found, told, figures)
    why = ""
    if population is None:
        why = condition if "differ" in condition else f"the statures of the missing were not given ({condition})"
    elif apart > Z_TRUSTED:
        why = f"they lie {apart:.1f} standard deviations apart, where the model is not trusted with a number"
    elif found.stature.kind == "estimate" and error >= population.sd:
        why = "the estimate is no narrower than the population"
    if population is None or why:
        return Line(NAME, shown, recorded, finding, None, f"No ratio, since {why}.", True, NAME)
    mean, sd = (living, error)
    if found.stature.kind == "length":
        mean, sd = living_given_length(living, error, population)
    log10_lr = log10_ratio(expected, report.sd, mean, sd, population)
    basis = (
        f"{in_words(log10_lr)} Taken {condition}. Error of the finding: {source}; of the report: {report.source}; "
        f"statures of the missing: {population.source}."
    )
    return Line(NAME, shown, recorded, finding, log10_lr, basis, True, NAME)


def _error(stature: StatureFound, figures: Figures) -> tuple[float | None, str]:
    """Standard deviation in cm of the living stature about what was found, and its source."""
    if stature.kind == "length":
        if figures.lengthening is None:
            return None, ""
        own = stature.standard_error or 0.0
        return math.hypot(figures.lengthening.sd, own), "; ".join(
            filter(None, (figures.lengthening.source, stature.source))
        )
    if stature.standard_error is not None:
        return stature.standard_error, stature.source
    return PUBLISHED_ERRORS.get(stature.formula), TROTTER_GLESER


def _without_figures(shown: str, recorded: str, apart: float, error: float | None, lacking: str) -> Line:
    """The finding where an error is unknown: alike within the known one, grossly different, or not to be told."""
    why = f"No ratio, since {lacking} was not given; they differ by {abs(apart):g} cm."
    if abs(apart) > GROSS_CM:
        why += f" More than {GROSS_CM:g} cm is called a contradiction by convention, not by a measured error."
        return Line(NAME, shown, recorded, Finding.CONTRADICTS, None, why, True, NAME)
    if error is not None and abs(apart) <= Z_AGREES * error:
        return Line(NAME, shown, recorded, Finding.AGREES, None, why, True, NAME)
    return cannot_tell(NAME, shown, recorded, why)
