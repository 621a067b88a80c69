"""The ante-mortem records: holdings, missing persons and what is said of them, who tells it, and their portraits."""

from __future__ import annotations

from antigone.intake.choices import Audience, Channel, ConsentGiven, Relation
from antigone.missing.models.holdings import Holding
from antigone.missing.models.merges import Merge
from antigone.missing.models.persons import Person, PersonName, PersonToken, Sex, Statement
from antigone.missing.models.portraits import Basis, Portrait, Withdrawal
from antigone.missing.models.relatives import (
    Consent,
    Kinship,
    KinshipKind,
    Relative,
    RelativeChange,
    Share,
)
from antigone.missing.models.reports import RegisterFact, RegisterKind, Report, ReportState
from antigone.missing.models.takings import TakenUp

__all__ = [
    "Audience",
    "Basis",
    "Channel",
    "Consent",
    "ConsentGiven",
    "Holding",
    "Kinship",
    "KinshipKind",
    "Merge",
    "Person",
    "PersonName",
    "PersonToken",
    "Portrait",
    "RegisterFact",
    "RegisterKind",
    "Relation",
    "Relative",
    "RelativeChange",
    "Report",
    "ReportState",
    "Sex",
    "Share",
    "Statement",
    "TakenUp",
    "Withdrawal",
]
