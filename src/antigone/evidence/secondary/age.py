"""An interval of age estimated on the subject against the age at death that follows from the birth date.

An examiner's interval has a stated coverage c: of such intervals, the share c holds the true age. Of the missing of
this population the share f is of an age inside it. So

    inside: LR = c / f          outside: LR = (1 - c) / (1 - f),

which averages to f (c / f) + (1 - f)(1 - c) / (1 - f) = 1 over the missing. Where f is c or more the interval is too
wide to tell them apart, and both are 1. Nothing is assumed about the shape of the error within the interval or beyond
it, so a contradiction is never stronger than the coverage allows. On coverage as what an interval must keep:
Konigsberg, Herrmann, Wescott and Kimmerle 2008, J Forensic Sci 53(3), doi:10.1111/j.1556-4029.2008.00710.x.
"""

from __future__ import annotations

import math

from antigone.evidence.secondary.dates import DateSpan, age_range
from antigone.evidence.secondary.figures import Figures
from antigone.evidence.secondary.lines import Finding, Line, cannot_tell, in_words, silent
from antigone.evidence.secondary.records import AnteMortem, PostMortem

NAME = "age"
ADULT = 18


def ratio(inside: bool, coverage: float, share: float) -> float:
    """Likelihood ratio of an interval that holds the person's age, or does not; both shares in (0, 1)."""
    if share >= coverage:
        return 1.0
    return coverage / share if inside else (1 - coverage) / (1 - share)


def time_of_death(found: PostMortem, told: AnteMortem) -> DateSpan | None:
    """When the person died if they are the subject; for a living subject, when they were found. None if unbounded.

    Within the estimate of death, not before the day they were last seen, not after the recovery. Where these exclude
    each other, the estimate alone.
    """
    if found.alive:
        return DateSpan(found.recovered, found.recovered) if found.recovered else None
    begins = [span.first for span in (found.died, told.last_seen) if span]
    ends = [*([found.died.last] if found.died else []), *([found.recovered] if found.recovered else [])]
    if not begins or not ends:
        return None
    if max(begins) <= min(ends):
        return DateSpan(max(begins), min(ends))
    return found.died


def may_be_child(found: PostMortem, told: AnteMortem) -> bool:
    """Whether either side may be under 18: by the estimate, or when last seen, or when they can have died."""
    if found.age is not None and found.age.low < ADULT:
        return True
    times = [span for span in (told.last_seen, time_of_death(found, told)) if span]
    if found.recovered and not times:
        times = [DateSpan(found.recovered, found.recovered)]
    return told.born is not None and any(age_range(told.born, when)[0] < ADULT for when in times)


def compare_age(found: PostMortem, told: AnteMortem, figures: Figures) -> Line:
    """The line of age; the interval's coverage and the ages of the missing give the ratio."""
    shown = "" if found.age is None else f"{found.age.low} to {found.age.high} years"
    if found.age is None or told.born is None:
        unread = told.born is None and told.born_text and told.born_text.lower() != "unknown"
        if found.age is not None and unread:
            return cannot_tell(NAME, shown, told.born_text, "The birth date on record cannot be read as a date.")
        return silent(NAME, shown, f"born {told.born}" if told.born else told.born_text)
    died = time_of_death(found, told)
    if died is None:
        return cannot_tell(
            NAME, shown, f"born {told.born}", "When the person can have died is not bounded, so neither is their age."
        )
    low, high = age_range(told.born, died)
    when = "when found" if found.alive else "at death"
    recorded = f"born {told.born}, {low} years {when}" if low == high else f"born {told.born}, {low} to {high} {when}"
    if high < found.age.low or low > found.age.high:
        finding = Finding.CONTRADICTS
    elif found.age.low <= low and high <= found.age.high:
        finding = Finding.AGREES
    else:
        return cannot_tell(
            NAME, shown, recorded, "The dates are too coarse to say whether the age lies within the interval."
        )
    if found.age.coverage is None or figures.ages is None:
        lacking = "the coverage of the interval" if found.age.coverage is None else "the ages of the missing"
        return Line(NAME, shown, recorded, finding, None, f"No ratio, since {lacking} was not given.", True, NAME)
    share = figures.ages.share_within(found.age.low, found.age.high)
    log10_lr = math.log10(ratio(finding is Finding.AGREES, found.age.coverage, share))
    basis = (
        f"{in_words(log10_lr)} The interval's stated coverage is {100 * found.age.coverage:g} % ({found.age.source}), "
        f"and it holds about {100 * share:.0f} % of the missing ({len(figures.ages.values):,} ages, "
        f"{figures.ages.source})."
    )
    return Line(NAME, shown, recorded, finding, log10_lr, basis, True, NAME)
