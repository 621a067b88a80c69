"""When no likelihood ratio is given, and why: decisions without files, dates or databases.

A ratio is only worth what its calibration saw. Where the case lies outside of that, the lead stays on the list, by its
score, and says in a sentence why it carries no ratio.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

import numpy as np

from antigone.evidence.calibration import Calibration, SourceKind
from antigone.evidence.ratio import LikelihoodRatio
from antigone.evidence.spans import ALL, Span
from antigone.evidence.tails import Tail

ADULT = 18

TOLERANCE = 0.3
"""log10: how far a tail measured on a few comparisons may stand above the bound of `of_gallery` by chance."""


class Reason(StrEnum):
    NO_CALIBRATION = "no-calibration"
    STRATUM = "stratum"
    COUNTS = "counts"
    UNDER_AGE = "under-age"
    AGES = "ages"
    AGE_GAP = "age-gap"
    RELATIVES = "relatives"
    GALLERY = "gallery"


@dataclass(frozen=True)
class Withheld:
    """One reason why a lead has no ratio; `child_protection` asks that the child-protection lead be warned."""

    reason: Reason
    sentence: str
    child_protection: bool = False


@dataclass(frozen=True)
class Circumstances:
    """What is known of one comparison of a body's photographs with a person's portraits.

    `quality` is that of the body's worst photograph used. Ages are in years and spans, since they are mostly
    estimates: of the dead, of the missing person when last seen, of that person on the portraits. `gap_years` is from
    portrait to death. None means not known. `unseen_years` are whole years from when the person was
    last seen, since when nobody can have taken a portrait, to the recovery. `relatives` are references of known
    relatives who are missing too. `strangers` is the tail of scores between different persons of the gallery itself,
    where there are enough of them.
    """

    contract: str
    pipeline: str
    photos: int
    portraits: int
    quality: Mapping[str, float | None] = field(default_factory=dict)
    body_ages: Span | None = None
    person_ages: Span | None = None
    portrait_ages: Span | None = None
    gap_years: Span | None = None
    unseen_years: int = 0
    relatives: tuple[str, ...] = ()
    strangers: Tail | None = None
    best_quality: Mapping[str, float | None] = field(default_factory=dict)
    """That of the body's best photograph, where there are several."""


@dataclass(frozen=True)
class Weighed:
    """The ratio of a lead and the calibration that gave it, or the reasons why there is none.

    `cautions` are sentences to print beside a ratio: what the calibration takes for granted.
    """

    ratio: LikelihoodRatio | None
    calibration: Calibration | None
    withheld: tuple[Withheld, ...] = ()
    cautions: tuple[str, ...] = ()


def weigh(score: float, calibrations: Iterable[Calibration], case: Circumstances) -> Weighed:
    """The likelihood ratio of `score`, or why it is withheld."""
    chosen = choose(calibrations, case)
    if isinstance(chosen, Withheld):
        return Weighed(None, None, (chosen, *of_persons(case)))
    reasons = (*of_persons(case), *of_data(chosen, case), *of_gallery(chosen, case))
    if reasons:
        return Weighed(None, chosen, reasons)
    return Weighed(chosen.likelihood_ratio(score), chosen, (), cautions(chosen, case))


def choose(calibrations: Iterable[Calibration], case: Circumstances) -> Calibration | Withheld:
    """The calibration that fits best: own cases first, then the narrower stratum, then the later; or why none fits."""
    fitting = [each for each in calibrations if (each.contract, each.pipeline) == (case.contract, case.pipeline)]
    if not fitting:
        return Withheld(
            Reason.NO_CALIBRATION,
            "No likelihood ratio: no calibration is in force for this recogniser and this way of comparing "
            f"(contract {case.contract[:12]}, {case.pipeline}).",
        )
    fitting = [each for each in fitting if each.stratum.holds(case.quality)]
    if not fitting:
        return Withheld(
            Reason.STRATUM, "No likelihood ratio: no calibration in force was made on photographs of this quality."
        )
    counted = [each for each in fitting if each.photos.holds(case.photos) and each.portraits.holds(case.portraits)]
    if not counted:
        return Withheld(
            Reason.COUNTS,
            f"No likelihood ratio: no calibration in force compared {_count(case.photos, 'photograph')} with "
            f"{_count(case.portraits, 'portrait')} of a person.",
        )
    return max(counted, key=lambda each: (each.source is SourceKind.OWN_CASES, each.stratum.name != ALL, each.date))


def of_persons(case: Circumstances) -> tuple[Withheld, ...]:
    """Reasons that lie in the persons, whatever the calibration."""
    found = []
    ages = (
        (case.body_ages, "the dead person"),
        (case.person_ages, "the missing person"),
        (case.portrait_ages, "the person on a portrait"),
    )
    young = [whom for span, whom in ages if span is not None and (span.low is None or span.low < ADULT)]
    if young:
        found.append(
            Withheld(
                Reason.UNDER_AGE,
                f"No likelihood ratio: {' and '.join(young)} may be under {ADULT}, and the faces of children change "
                "faster than any calibration here has seen. Tell the child-protection lead before this lead is used.",
                child_protection=True,
            )
        )
    if case.relatives:
        found.append(
            Withheld(
                Reason.RELATIVES,
                "No likelihood ratio: relatives of this person are missing too, and the ratio is against an unrelated "
                f"person. Known are: {', '.join(case.relatives)}.",
            )
        )
    return tuple(found)


def of_data(calibration: Calibration, case: Circumstances) -> tuple[Withheld, ...]:
    """Reasons that lie in what the calibration saw."""
    found = []
    if case.best_quality and not calibration.stratum.holds(case.best_quality):
        found.append(
            Withheld(
                Reason.STRATUM,
                "No likelihood ratio: the photographs differ in quality more than those that any calibration in force "
                "compared together. Searching with those of like quality gives one.",
            )
        )
    known = [span for span in (case.body_ages, case.person_ages, case.portrait_ages) if span is not None]
    beyond = [span for span in known if not calibration.ages.holds_all(span)]
    # Under 18 has a reason of its own, which says more.
    if any(span.low is not None and span.low >= ADULT for span in beyond):
        found.append(
            Withheld(Reason.AGES, f"No likelihood ratio: the calibration holds for ages {calibration.ages} years.")
        )
    if case.gap_years is not None:
        high = case.gap_years.high
        if high is None or high > calibration.gap_years:
            found.append(
                Withheld(
                    Reason.AGE_GAP,
                    f"No likelihood ratio: between portrait and death there may be {case.gap_years} years, and the "
                    f"calibration has seen at most {calibration.gap_years:g}.",
                )
            )
    elif case.unseen_years > calibration.gap_years:
        found.append(
            Withheld(
                Reason.AGE_GAP,
                f"No likelihood ratio: this person was last seen {_count(case.unseen_years, 'year')} before the "
                "recovery, portraits are no younger than that, and the calibration has seen at most "
                f"{calibration.gap_years:g} between portrait and death.",
            )
        )
    return tuple(found)


def of_gallery(calibration: Calibration, case: Circumstances) -> tuple[Withheld, ...]:
    """A reason where the calibration cannot be right about this very gallery.

    Under the alternative the ratio averages to at most 1, so at most a share 1/k of strangers has a ratio of k or more
    (Royall, "On the probability of observing misleading statistical evidence", JASA 95, 2000). Where the share r of the
    gallery's own strangers reaches a score, its ratio must not pass 1/r: people who are alike, or portraits taken
    alike, are then not the population that the calibration speaks of.
    """
    if case.strangers is None:
        return ()
    allowed = -np.log10(np.asarray(case.strangers.rates))
    given = calibration.log10_ratios(case.strangers.scores)
    if not (given > allowed + TOLERANCE).any():
        return ()
    return (
        Withheld(
            Reason.GALLERY,
            "No likelihood ratio: different persons of this gallery are more alike to the recogniser than those that "
            "the calibration was made on, so that its ratios would be far too high here. It takes a calibration on "
            "portraits such as these.",
        ),
    )


def cautions(calibration: Calibration, case: Circumstances) -> tuple[str, ...]:
    """What a ratio takes for granted because the records do not say."""
    found = []
    if case.body_ages is None or case.person_ages is None:
        found.append(f"An age is not known: the ratio holds for people of {calibration.ages} years.")
    if case.gap_years is None:
        found.append(
            "When the portrait was taken is not known: the ratio holds for at most "
            f"{calibration.gap_years:g} years before death."
        )
    return tuple(found)


def families(persons: Sequence[str], related: Mapping[str, Iterable[str]]) -> tuple[tuple[str, ...], ...]:
    """`persons`, best first, in groups of known relatives; a group stands where its best member stood.

    `related` gives the known relatives of a person, in either direction. Who has none here is a group of one.
    """
    kin: dict[str, set[str]] = {person: set() for person in persons}
    for person, relatives in related.items():
        for relative in relatives:
            if person in kin and relative in kin:
                kin[person].add(relative)
                kin[relative].add(person)
    groups, seen = [], set[str]()
    for person in persons:
        if person in seen:
            continue
        reached, waiting = {person}, [person]
        while waiting:
            new = kin[waiting.pop()] - reached
            reached |= new
            waiting += new
        seen |= reached
        groups.append(tuple(each for each in persons if each in reached))
    return tuple(groups)


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"
