"""Cases, the searches made in them, calibrations in force, blind work on what a search lists, and practice for it."""

from __future__ import annotations

from antigone.casework.models.cases import CalibrationInForce, Case, NamedCandidate, RankedView, Search
from antigone.casework.models.examinations import ComponentNote, Examination, FreeMark, Stage
from antigone.casework.models.lineups import Comparison, Filler, Judgement, Lineup, Triage, TriageItem
from antigone.casework.models.practice import (
    PracticeExamination,
    PracticeExercise,
    PracticeKind,
    PracticeMark,
    PracticeNote,
    PracticePair,
    PracticePicture,
    PracticeTruth,
)
from antigone.casework.models.priors import KeptPrior

__all__ = [
    "CalibrationInForce", "Case", "Comparison", "ComponentNote", "Examination", "Filler", "FreeMark", "Judgement",
    "KeptPrior", "Lineup", "NamedCandidate", "PracticeExamination", "PracticeExercise", "PracticeKind", "PracticeMark",
    "PracticeNote", "PracticePair", "PracticePicture", "PracticeTruth", "RankedView", "Search", "Stage", "Triage", "TriageItem",
]  # fmt: skip
