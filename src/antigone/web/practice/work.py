"""The examination of a pair of an exercise, as the examination desk asks for it."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from antigone.access.models import Operator
from antigone.casework.judging.drawing import Drawing
from antigone.casework.judging.examination import Observed, View
from antigone.casework.judging.framing import Eyes
from antigone.casework.models import Stage
from antigone.casework.practice import examining
from antigone.web.examining.work import Work
from antigone.web.guards import Visit


@dataclass(frozen=True)
class OfPractice:
    """An examination for practice; every service behind it is the practice room's own."""

    key: UUID
    who: Operator
    exercise: UUID

    @property
    def practice(self) -> bool:
        return True

    @property
    def back(self) -> str:
        return reverse("web:practice:exercise", args=[self.exercise])

    @property
    def back_label(self) -> str:
        return _("Exercise")

    def at(self, name: str, *args: object) -> str:
        return reverse(f"web:practice:{name}", args=[self.key, *args])

    def findings(self, view: View) -> str:
        return self.back if view.stage == Stage.SEALED else ""

    def view(self) -> View:
        return examining.view(self.key, self.who)

    def photograph(self, picture: UUID) -> bytes:
        return examining.photograph(self.key, picture, self.who)

    def portrait(self) -> bytes:
        return examining.portrait(self.key, self.who)

    def eyes(self, picture: UUID | None) -> Eyes | None:
        return examining.eyes(self.key, picture, self.who)

    def assess(self, suitable: bool, reasons: str) -> None:
        examining.assess(self.key, suitable, reasons, self.who)

    def note_subject(self, component: int, seen: bool, note: str) -> None:
        examining.note_subject(self.key, component, seen, note, self.who)

    def close_analysis(self) -> None:
        examining.close_analysis(self.key, self.who)

    def note_pair(self, component: int, seen: Observed) -> None:
        examining.note_pair(self.key, component, seen, self.who)

    def draw(self, drawing: Drawing) -> int:
        return examining.draw(self.key, drawing, self.who)

    def rub_out(self, mark: int) -> None:
        examining.rub_out(self.key, mark, self.who)

    def conclude(self, level: str, reasons: str) -> None:
        examining.conclude(self.key, level, reasons, self.who)

    def seal(self) -> str:
        return examining.seal(self.key, self.who)

    def abandon(self, reason: str) -> None:
        examining.abandon(self.key, reason, self.who)


def of_practice(request: Visit, key: UUID) -> Work:
    return OfPractice(key, request.operator, examining.exercise_of(key, request.operator))
