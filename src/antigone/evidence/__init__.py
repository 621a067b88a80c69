"""From scores to evidence: the operating point of "none of these", likelihood ratios and what may be said of them.

No Django; numpy in, dataclasses out.
"""

from antigone.evidence.calibration import Calibration, HeldOut, Method, SourceKind
from antigone.evidence.errors import CalibrationRefused
from antigone.evidence.operating_point import OperatingPoint, threshold
from antigone.evidence.own_tail import OwnTail
from antigone.evidence.ratio import ALTERNATIVE, PROPOSITION, Knots, LikelihoodRatio, Logistic
from antigone.evidence.spans import Span, Stratum

__all__ = [
    "ALTERNATIVE",
    "PROPOSITION",
    "Calibration",
    "CalibrationRefused",
    "HeldOut",
    "Knots",
    "LikelihoodRatio",
    "Logistic",
    "Method",
    "OperatingPoint",
    "OwnTail",
    "SourceKind",
    "Span",
    "Stratum",
    "threshold",
]
