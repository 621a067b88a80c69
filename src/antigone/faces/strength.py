"""How much of a face the recogniser saw: the length of its raw template, on a scale of 0 to 100.

A recogniser trained with a softmax loss gives short vectors where it sees little of a face (Meng et al., "MagFace",
CVPR 2021, who train for it; the unified quality score of ISO/IEC 29794-5 rests on their network). Of all figures at
hand it says most about how well a photograph will find its person (docs/measurements/robustness.md). It is no measure
of the standard, and is reported under a name of its own.
"""

from __future__ import annotations

NAME = "TemplateStrength"

SCALES = {"sface-2021dec": (5.0, 14.0)}
"""Lengths of the raw template that stand for 0 and for 100, by model: beyond them hardly any photograph lies."""


def strength(model: str, length: float) -> int | None:
    """0 to 100 from the length of a raw template of `model`; None for a model without a scale."""
    scale = SCALES.get(model)
    if scale is None:
        return None
    low, high = scale
    return round(100 * min(1.0, max(0.0, (length - low) / (high - low))))
