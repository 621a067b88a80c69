"""What holds at every examination by ACE-V, of a case or for practice: in which stage what is done, and on what ground.

Nothing here asks who somebody is or what is compared; rows are asked for their stage, notes and marks alone.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from antigone.casework.errors import ExaminationRefused
from antigone.casework.judging import scale
from antigone.casework.judging.components import BY_NUMBER, Explanation, Finding, observation_fault
from antigone.casework.judging.scale import EXCLUSION, NOT_SUITABLE, Cap
from antigone.casework.models import Stage
from antigone.casework.models.examinations import ExaminationBase, NoteBase
from antigone.missing.records import text_fault

SHOWN = (Stage.COMPARISON, Stage.EVALUATION)
OPEN = (Stage.ASSESSMENT, Stage.ANALYSIS, *SHOWN)
NOTE_LENGTH = 1000
REASONS_LENGTH = 4000
ABANDON_LENGTH = 400


@dataclass(frozen=True)
class Observed:
    """What two pictures show of one component; `structural` says that a difference is one of structure."""

    seen_b: bool
    comparable: bool
    finding: str = ""
    explanation: str = ""
    structural: bool = False
    weight: str = ""
    note: str = ""


def not_now() -> ExaminationRefused:
    """What is answered to a step that this stage of an examination does not have."""
    return ExaminationRefused(
        _("This is not done at this stage of an examination; what is sealed or given up stays. Nothing was changed.")
    )


def check_analysed(examination: ExaminationBase) -> None:
    """An examination that ended at the assessment goes on to the seal alone: no portrait without an analysis."""
    if examination.stage != Stage.ANALYSIS and not examination.analysis_digest:
        raise not_now()


def check_shown(examination: ExaminationBase) -> None:
    """Nothing is noted of a portrait that was not looked at."""
    if examination.portrait_shown_at is None:
        raise ExaminationRefused(_("Look at the portrait first. Nothing was changed."))


def check_component(component: int) -> None:
    """Only the components of the list are noted."""
    if component not in BY_NUMBER:
        raise ExaminationRefused(_("There are nineteen components; choose one of them. Nothing was changed."))


def check_text(text: str, most: int, *, wanted: bool = False) -> None:
    """A text is there where one is wanted, is not too long, and can be read."""
    if wanted and not text.strip():
        raise ExaminationRefused(_("Give your reasons. Nothing was changed."))
    if text_fault(text, most, allowed="\n\r\t"):
        raise ExaminationRefused(
            _("At most %(most)s characters that can be read. Nothing was changed.") % {"most": most}
        )


def check_closing(notes: QuerySet[Any]) -> None:
    """An analysis is closed once something was seen."""
    if not notes.filter(seen_a=True).exists():
        raise ExaminationRefused(
            _("Note at least one component that is visible, or give up and say why. Nothing was changed.")
        )


def observe(kept: NoteBase, seen: Observed) -> None:
    """Put what was observed of both pictures into a note; ExaminationRefused where it does not fit together."""
    fault = observation_fault(
        seen_a=kept.seen_a,
        seen_b=seen.seen_b,
        comparable=seen.comparable,
        finding=seen.finding,
        explanation=seen.explanation,
        structural=seen.structural,
        weight=seen.weight,
    )
    if fault is not None:
        raise ExaminationRefused(_("%(fault)s Nothing was changed.") % {"fault": fault})
    for name, value in vars(seen).items():
        setattr(kept, name, value.strip() if isinstance(value, str) else value)


def may_exclude(notes: QuerySet[Any]) -> bool:
    """Whether a difference of structure that nothing explains is noted, on which an exclusion can rest."""
    return notes.filter(finding=Finding.DIFFERENT, explanation=Explanation.UNEXPLAINED, structural=True).exists()


def check_conclusion(level: str, notes: QuerySet[Any], cap: Cap) -> None:
    """Raise ExaminationRefused for a conclusion that what was noted, or the cap, does not bear."""
    fault = ""
    if level not in scale.CONCLUSIONS:
        fault = _("Choose a conclusion of the printed scale.")
    elif level == EXCLUSION and not may_exclude(notes):
        fault = _("An exclusion rests on at least one difference of structure that nothing explains; none is noted.")
    elif level not in (NOT_SUITABLE, EXCLUSION) and not notes.filter(comparable=True).exists():
        fault = _("No component is noted as comparable; the proper end is then “not suitable for comparison”.")
    elif not cap.allows(level):
        fault = cap.why
    if fault:
        raise ExaminationRefused(_("%(fault)s Nothing was changed.") % {"fault": fault})
