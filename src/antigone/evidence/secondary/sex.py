"""Sex determined on the subject against the sex on record.

With q the share of women among the missing and e the method's error for either true sex,

    LR = P(determined | sex on record) / [q P(determined | female) + (1 - q) P(determined | male)],

after Marsico and Caridi 2023 (Forensic Sci Int Genet, doi:10.1016/j.fsigen.2023.102891), with the method's error in
the denominator too, so that it averages to 1 over the sexes of the missing. One published error is shipped:
that of anthropologists in casework, against DNA. For soft tissue and for DNA none was found that could be verified;
the agency gives its own.
"""

from __future__ import annotations

import math

from antigone.evidence.secondary.figures import Figures, SexError, Share
from antigone.evidence.secondary.lines import Finding, Line, cannot_tell, in_words, silent
from antigone.evidence.secondary.records import FEMALE, MALE, OTHER, AnteMortem, PostMortem

NAME = "sex"

_CASEWORK = Share(
    19 / 360,
    "Thomas, Parks and Richard 2016, J Forensic Sci 61(5):1307-10, 19 of 360 skeletal determinations in casework "
    "disagreed with DNA; both sexes together",
)
PUBLISHED_ERRORS = {"skeleton": SexError(_CASEWORK, _CASEWORK)}

_CAUTION = (
    "A record may hold the sex a person lived in, and determinations err: check both before anything rests on this."
)


def ratio(determined: str, recorded: str, female: float, error: SexError) -> float:
    """Likelihood ratio of a determination; `female` is the share of women among the missing, in (0, 1)."""
    given_female = 1 - error.female.value if determined == FEMALE else error.female.value
    given_male = 1 - error.male.value if determined == MALE else error.male.value
    return (given_female if recorded == FEMALE else given_male) / (female * given_female + (1 - female) * given_male)


def compare_sex(found: PostMortem, told: AnteMortem, figures: Figures) -> Line:
    """The line of sex; without the method's error and the ratio of the sexes, agreement or contradiction alone."""
    determined = found.sex.sex if found.sex and found.sex.sex in (FEMALE, MALE) else ""
    recorded = told.sex if told.sex in (FEMALE, MALE, OTHER) else ""
    shown = f"{determined} ({found.sex.method})" if found.sex and determined else ""
    if not determined or not recorded:
        return silent(NAME, shown, recorded)
    if recorded == OTHER:
        return cannot_tell(
            NAME, shown, recorded, "The record says neither female nor male, and a body is determined as one of them."
        )
    assert found.sex is not None  # for the type checker: `determined` came from it
    finding = Finding.AGREES if determined == recorded else Finding.CONTRADICTS
    caution = f" {_CAUTION}" if finding is Finding.CONTRADICTS else ""
    error = figures.sex_errors.get(found.sex.method) or PUBLISHED_ERRORS.get(found.sex.method)
    if error is None or figures.female is None:
        lacking = "the share of women among the missing was not given"
        if error is None:
            lacking = f"no error rate of the method “{found.sex.method}” was given, and none is shipped"
        return Line(NAME, shown, recorded, finding, None, f"No ratio, since {lacking}.{caution}", True, NAME)
    log10_lr = math.log10(ratio(determined, recorded, figures.female.value, error))
    sources = dict.fromkeys((error.female.source, error.male.source, figures.female.source))
    basis = f"{in_words(log10_lr)} From the method's error and the sexes of the missing: {'; '.join(sources)}.{caution}"
    return Line(NAME, shown, recorded, finding, log10_lr, basis, True, NAME)
