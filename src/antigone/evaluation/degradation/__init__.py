"""Seeded stand-ins for what death and the field do to a face.

No public set of photographs of the dead exists, and none is used here: pictures of the living are degraded
by fixed, versioned rules (`LADDERS`), to compare one way of working with another. Figures measured on them
say nothing about the dead.
"""

from antigone.evaluation.degradation.apply import Degraded, degrade
from antigone.evaluation.degradation.ladders import LADDERS, LADDERS_VERSION, Ladder, OneOf, Step, digest

__all__ = ["LADDERS", "LADDERS_VERSION", "Degraded", "Ladder", "OneOf", "Step", "degrade", "digest"]
