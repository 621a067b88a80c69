"""Secondary evidence: sex, age, stature, marks, dates and effects, each on a line of its own; no Django."""

from antigone.evidence.secondary.comparison import CHILD, Comparison, compare
from antigone.evidence.secondary.dates import DateSpan, read_date
from antigone.evidence.secondary.figures import Figures, FiguresRefused, read_figures
from antigone.evidence.secondary.lines import Finding, Line
from antigone.evidence.secondary.records import (
    AgeFound,
    AnteMortem,
    Effect,
    Mark,
    Mutable,
    PostMortem,
    Seen,
    SexFound,
    StatureFound,
    StatureTold,
)
from antigone.evidence.secondary.same_side import DEPENDENCE, compare_found, compare_told

__all__ = [
    "CHILD",
    "DEPENDENCE",
    "AgeFound",
    "AnteMortem",
    "Comparison",
    "DateSpan",
    "Effect",
    "Figures",
    "FiguresRefused",
    "Finding",
    "Line",
    "Mark",
    "Mutable",
    "PostMortem",
    "Seen",
    "SexFound",
    "StatureFound",
    "StatureTold",
    "compare",
    "compare_found",
    "compare_told",
    "read_date",
    "read_figures",
]
