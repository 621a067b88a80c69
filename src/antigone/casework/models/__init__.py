"""Cases, the searches made in them, calibrations in force, blind work on what a search lists, and practice for it."""

from __future__ import annotations

from antigone.casework.models.bulk import BulkItem, BulkSearch, Outcome
from antigone.casework.models.cases import CalibrationInForce, Case, NamedCandidate, RankedView, Search
from antigone.casework.models.deciding import (
    Choice,
    Decision,
    DecisionKind,
    EvidenceLine,
    LineFinding,
    LineKind,
    Proposal,
    ProposalState,
    QuorumSetting,
    Vote,
)
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
from antigone.casework.models.preparing import FacesSought, Hindrance, NotSuitable
from antigone.casework.models.priors import KeptPrior
from antigone.casework.models.reports import Exhibit, RecipientRole, Report, ReportKind
from antigone.casework.models.sampling import Incident, SamplingOrder
from antigone.casework.models.standing import Ending, StandingRun, StandingSearch

__all__ = [
    "BulkItem", "BulkSearch", "CalibrationInForce", "Case", "Choice", "Comparison", "ComponentNote", "Decision",
    "DecisionKind", "Ending", "EvidenceLine", "Examination", "Exhibit", "FacesSought", "Filler", "FreeMark",
    "Hindrance", "Incident", "Judgement", "KeptPrior", "LineFinding", "LineKind", "Lineup", "NamedCandidate",
    "NotSuitable", "Outcome", "PracticeExamination", "PracticeExercise", "PracticeKind", "PracticeMark",
    "PracticeNote", "PracticePair", "PracticePicture", "PracticeTruth", "Proposal", "ProposalState", "QuorumSetting",
    "RankedView", "RecipientRole", "Report", "ReportKind", "SamplingOrder", "Search", "Stage", "StandingRun",
    "StandingSearch", "Triage", "TriageItem", "Vote",
]  # fmt: skip
