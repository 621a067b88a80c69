"""Calibrations that tests share."""

from __future__ import annotations

from typing import Any

from antigone.evidence.calibration import Calibration, HeldOut, SourceKind
from antigone.evidence.ratio import Logistic
from antigone.evidence.spans import Span, Stratum


def a_calibration(**changes: Any) -> Calibration:
    """A plausible calibration on the living, with some fields changed."""
    fields: dict[str, Any] = {
        "data_name": "a set of portraits",
        "data_digest": "1" * 64,
        "source": SourceKind.LIVING,
        "people": 1400,
        "mated": 800,
        "non_mated": 900_000,
        "contract": "2" * 64,
        "model": "sface-2021dec",
        "pipeline": "plain",
        "stratum": Stratum(),
        "photos": Span(1, 1),
        "portraits": Span(1, 1),
        "ages": Span(18, None),
        "gap_years": 5.0,
        "mapping": Logistic(-8.0, 25.0),
        "low": -2.2,
        "high": 3.4,
        "held_out": HeldOut(0.04, 0.03, 0.03, 0.05, 1400, 800, 900_000),
        "date": "2026-11-24",
        "software": (("antigone", "0.1.0"), ("lir", "1.3.1")),
    }
    return Calibration(**{**fields, **changes})
