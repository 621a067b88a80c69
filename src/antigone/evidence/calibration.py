"""A fitted calibration: what turns a score into a likelihood ratio, with the identity of the data it rests on.

A calibration is numbers. It is fitted with `lir` (see `evaluation.calibrating`), kept as JSON, and applied with numpy
alone, so that a laboratory fits and a mortuary applies.
"""

from __future__ import annotations

import hashlib
import json
import math
import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt

from antigone.evidence.errors import CalibrationRefused
from antigone.evidence.ratio import Floats, Knots, LikelihoodRatio, Logistic
from antigone.evidence.spans import Span, Stratum

FORMAT = 1

FURTHEST = 10.0
"""The furthest bound, log10: `lir` looks for bounds up to 9, and 1 in 10 000 million is beyond any data of faces."""

_SHA256 = re.compile(r"[0-9a-f]{64}")


class SourceKind(StrEnum):
    """Whose faces a calibration was made on."""

    LIVING = "living"
    STAND_IN = "stand-in"
    """Faces of the living, altered to resemble the dead."""
    OWN_CASES = "own-cases"
    """An agency's own cases, closed by DNA, prints or dental comparison."""


class Method(StrEnum):
    LOGISTIC = "logistic"
    KDE = "kde"


@dataclass(frozen=True)
class HeldOut:
    """How the calibration did on people it was not fitted on. `low` and `high` bound `cllr` (95 %, people redrawn)."""

    cllr: float
    cllr_min: float
    low: float
    high: float
    people: int
    mated: int
    non_mated: int


@dataclass(frozen=True)
class Calibration:
    """Everything that a likelihood ratio rests on; two that are equal in everything have one `digest`.

    `ages` are the years of age, and `gap_years` the most years between portrait and photograph, that the data
    validate. `photos` and `portraits` are how many of each the comparisons had. Raises CalibrationRefused when
    the fields do not make a calibration, or it told people apart worse than no evidence at all (Cllr of 1).
    """

    data_name: str
    data_digest: str
    """SHA-256 over the photographs that were compared, as `evaluation.templates` takes it."""
    source: SourceKind
    people: int
    mated: int
    non_mated: int
    contract: str
    """Digest of the embedding contract."""
    model: str
    pipeline: str
    """Name of the way from photographs to a score, such as "plain"."""
    stratum: Stratum
    photos: Span
    portraits: Span
    ages: Span
    gap_years: float
    mapping: Logistic | Knots
    low: float
    """Lower empirical bound (ELUB) of log10 LR; at most 0."""
    high: float
    """Upper empirical bound (ELUB) of log10 LR; at least 0."""
    held_out: HeldOut
    date: str
    software: tuple[tuple[str, str], ...]
    """Names and versions, by name."""

    def __post_init__(self) -> None:
        for name, value in (("its data", self.data_name), ("its model", self.model), ("its pipeline", self.pipeline)):
            if not value:
                raise CalibrationRefused(f"This calibration does not name {name}.")
        if not _SHA256.fullmatch(self.data_digest) or not _SHA256.fullmatch(self.contract):
            raise CalibrationRefused("This calibration gives no SHA-256 for its data or its embedding contract.")
        counts = (self.people, self.mated, self.non_mated)
        if min(counts) < 1 or min(self.held_out.people, self.held_out.mated, self.held_out.non_mated) < 1:
            raise CalibrationRefused(
                "A calibration rests on people and on comparisons of both kinds; some are lacking."
            )
        if not (math.isfinite(self.low) and math.isfinite(self.high) and self.low <= 0 <= self.high):
            raise CalibrationRefused("The bounds of this calibration must lie on both sides of a ratio of 1.")
        if max(-self.low, self.high) > FURTHEST:
            raise CalibrationRefused("The bounds of this calibration lie beyond what any data can support.")
        if not (math.isfinite(self.gap_years) and self.gap_years >= 0):
            raise CalibrationRefused("The age gap that this calibration validates must be a number of years.")
        try:
            # Days of weeks (2026-W48-2) and days without hyphens are ISO 8601 as well, and are not how it is written.
            if date.fromisoformat(self.date).isoformat() != self.date:
                raise ValueError(self.date)
        except ValueError as error:
            raise CalibrationRefused("The date of this calibration is not written YYYY-MM-DD.") from error
        if list(self.software) != sorted(self.software) or not self.software:
            raise CalibrationRefused("This calibration does not name the software that made it, in order.")
        require_worth(self.held_out)

    @property
    def method(self) -> Method:
        return Method.LOGISTIC if isinstance(self.mapping, Logistic) else Method.KDE

    @cached_property
    def digest(self) -> str:
        """SHA-256, in hex, of the canonical JSON: sorted keys, no spaces, UTF-8, without the digest itself."""
        text = json.dumps(self._content(), sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False)
        return hashlib.sha256(text.encode()).hexdigest()

    def likelihood_ratio(self, score: float) -> LikelihoodRatio:
        """The ratio of one score, within the bounds. Raises ValueError when the score is not a finite number."""
        raw = float(self._unbounded([score])[0])
        if raw > self.high:
            return LikelihoodRatio(self.high, self.low, self.high, "high")
        if raw < self.low:
            return LikelihoodRatio(self.low, self.low, self.high, "low")
        return LikelihoodRatio(raw, self.low, self.high)

    def log10_ratios(self, scores: npt.ArrayLike) -> Floats:
        """log10 LR of many scores within the bounds, the shape of `scores`; the same numbers as one by one."""
        return np.asarray(np.clip(self._unbounded(scores), self.low, self.high), dtype=np.float64)

    def _unbounded(self, scores: npt.ArrayLike) -> Floats:
        column = np.asarray(scores, dtype=np.float64)
        if not np.isfinite(column).all():
            raise ValueError("A score that is not a finite number has no likelihood ratio.")
        return self.mapping.log10(column)

    def as_json(self) -> dict[str, Any]:
        """The calibration with its digest, as `calibration_file` reads it back."""
        return {**self._content(), "digest": self.digest}

    def _content(self) -> dict[str, Any]:
        mapping: dict[str, Any]
        if isinstance(self.mapping, Logistic):
            mapping = {"intercept": float(self.mapping.intercept), "slope": float(self.mapping.slope)}
        else:
            mapping = {
                "scores": [float(score) for score in self.mapping.scores],
                "ratios": [float(ratio) for ratio in self.mapping.ratios],
            }
        held = self.held_out
        return {
            "format": FORMAT,
            "data": {"name": self.data_name, "digest": self.data_digest, "source": self.source.value},
            "counts": {"people": self.people, "mated": self.mated, "non_mated": self.non_mated},
            "contract": self.contract,
            "model": self.model,
            "pipeline": self.pipeline,
            "stratum": {
                "name": self.stratum.name,
                "figure": self.stratum.figure,
                "low": _float(self.stratum.low),
                "high": _float(self.stratum.high),
            },
            "photos": _ends(self.photos),
            "portraits": _ends(self.portraits),
            "ages": _ends(self.ages),
            "gap_years": float(self.gap_years),
            "method": self.method.value,
            "parameters": mapping,
            "bounds": {"low": float(self.low), "high": float(self.high)},
            "held_out": {
                "cllr": float(held.cllr),
                "cllr_min": float(held.cllr_min),
                "low": float(held.low),
                "high": float(held.high),
                "people": held.people,
                "mated": held.mated,
                "non_mated": held.non_mated,
            },
            "date": self.date,
            "software": dict(self.software),
        }


def require_worth(held_out: HeldOut) -> None:
    """Raise CalibrationRefused unless it beats no evidence at all on people it was not fitted on."""
    numbers = (held_out.cllr, held_out.cllr_min, held_out.low, held_out.high)
    if not all(math.isfinite(number) and number >= 0 for number in numbers):
        raise CalibrationRefused("The figures on held-out people are not finite numbers from 0.")
    if held_out.cllr >= 1:
        raise CalibrationRefused(
            f"On people it was not fitted on this calibration has a Cllr of {held_out.cllr:.3f}: at 1 or more it is "
            "worth less than no evidence at all. It is refused; fit it on more people, or on photographs of this kind."
        )


def _float(value: float | None) -> float | None:
    return None if value is None else float(value)


def _ends(span: Span) -> dict[str, float | None]:
    return {"low": _float(span.low), "high": _float(span.high)}
