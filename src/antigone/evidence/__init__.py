"""From scores to evidence: the operating point of "none of these", later likelihood ratios; no Django."""

from antigone.evidence.operating_point import OperatingPoint, threshold
from antigone.evidence.own_tail import OwnTail

__all__ = ["OperatingPoint", "OwnTail", "threshold"]
