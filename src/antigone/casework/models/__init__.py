"""Cases and the searches made in them, calibrations in force, and the blind work on what a search lists."""

from __future__ import annotations

from antigone.casework.models.cases import CalibrationInForce, Case, NamedCandidate, RankedView, Search
from antigone.casework.models.examinations import ComponentNote, Examination, FreeMark, Stage
from antigone.casework.models.lineups import Comparison, Filler, Judgement, Lineup, Triage, TriageItem

__all__ = [
    "CalibrationInForce", "Case", "Comparison", "ComponentNote", "Examination", "Filler", "FreeMark", "Judgement",
    "Lineup", "NamedCandidate", "RankedView", "Search", "Stage", "Triage", "TriageItem",
]  # fmt: skip
