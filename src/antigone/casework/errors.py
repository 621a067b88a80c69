"""What can go wrong in casework, as sentences."""

from __future__ import annotations

from dataclasses import dataclass

from antigone.evaluation.errors import EvaluationError
from antigone.remains.errors import NotHere as RecordNotHere


class CaseRefused(Exception):
    """No such case, or no search is allowed in it now; the refusal is in the ledger."""


class NotHere(RecordNotHere):
    """There is no such case or search for this person: it does not exist, or it is another agency's."""


class ExaminationRefused(CaseRefused):
    """Something of a triage or an examination was not done: the sentence says why; nothing was changed."""


class DecisionRefused(CaseRefused):
    """Something of a board's work was not done: the sentence says why; nothing was changed."""


class StaleBasis(DecisionRefused):
    """The evidence changed since it was shown to this person; they are to read it again."""


class ChoiceRefused(CaseRefused):
    """A face was not chosen, or points were not kept: the sentence says why; nothing was changed."""


class ChoiceChanged(ChoiceRefused):
    """Somebody else decided about the photograph since it was looked at; nothing was changed."""


class CalibrationNotTaken(CaseRefused):
    """A calibration was not put in force or not withdrawn; the refusal is in the ledger."""


class ClosedCasesFault(EvaluationError):
    """A list of closed cases cannot be validated on as it is: the sentence says which line, or what lacks."""


class CaseExists(Exception):
    """A case or subject of this code is there already; nothing was saved."""


@dataclass
class PictureUnusable(Exception):
    """A photograph that cannot be searched: which one, the sentence for people, and the faces that were found."""

    file: str
    sentence: str
    sha256: str | None = None
    faces: tuple[dict[str, object], ...] = ()

    def __str__(self) -> str:
        return f"{self.file}: {self.sentence}"


class ReportRefused(CaseRefused):
    """A report or an exhibit was not made or not shown: the sentence says why."""
