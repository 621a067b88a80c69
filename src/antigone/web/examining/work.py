"""What the examination desk asks of that which is examined there, and the work on a case.

Another kind of work (the practice room's) is a `Work` of its own with addresses made by `routes.paths`; pages, forms,
templates and scripts stay the same.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from antigone.access.models import Operator
from antigone.casework.judging import examination
from antigone.casework.judging.drawing import Drawing
from antigone.casework.judging.examination import Observed, View
from antigone.casework.judging.framing import Eyes
from antigone.web.guards import Visit


class Work(Protocol):
    """One's own examination of one pair; each deed raises what the service behind it raises, with its sentence.

    `back` is the list that it was begun from. `view()` is asked once for a page.
    """

    @property
    def key(self) -> UUID: ...
    @property
    def who(self) -> Operator: ...
    @property
    def practice(self) -> bool:
        """Whether the people never lived: then no look is entered in the ledger, and nobody else examines."""
        ...

    @property
    def back(self) -> str: ...
    @property
    def back_label(self) -> str: ...

    def at(self, name: str, *args: object) -> str:
        """The address of a route of `routes.paths` for this work."""
        ...

    def findings(self, view: View) -> str:
        """Where it is told what it came to, once that can be read; empty until then, or where there is no such page."""
        ...

    def view(self) -> View: ...
    def photograph(self, picture: UUID) -> bytes: ...
    def portrait(self) -> bytes: ...
    def eyes(self, picture: UUID | None) -> Eyes | None: ...
    def assess(self, suitable: bool, reasons: str) -> None: ...
    def note_subject(self, component: int, seen: bool, note: str) -> None: ...
    def close_analysis(self) -> None: ...
    def note_pair(self, component: int, seen: Observed) -> None: ...
    def draw(self, drawing: Drawing) -> int: ...
    def rub_out(self, mark: int) -> None: ...
    def conclude(self, level: str, reasons: str) -> None: ...
    def seal(self) -> str: ...
    def abandon(self, reason: str) -> None: ...


@dataclass(frozen=True)
class OfCase:
    """The examination of a comparison of a case."""

    key: UUID
    who: Operator

    @property
    def practice(self) -> bool:
        return False

    @property
    def back(self) -> str:
        return reverse("web:examining:list")

    @property
    def back_label(self) -> str:
        return _("Examinations")

    def at(self, name: str, *args: object) -> str:
        return reverse(f"web:examining:{name}", args=[self.key, *args])

    def findings(self, view: View) -> str:
        return reverse("web:examining:findings-ask", args=[view.findings]) if view.findings is not None else ""

    def view(self) -> View:
        return examination.view(self.key, self.who)

    def photograph(self, picture: UUID) -> bytes:
        return examination.photograph(self.key, picture, self.who)

    def portrait(self) -> bytes:
        return examination.portrait(self.key, self.who)

    def eyes(self, picture: UUID | None) -> Eyes | None:
        return examination.eyes(self.key, picture, self.who)

    def assess(self, suitable: bool, reasons: str) -> None:
        examination.assess(self.key, suitable, reasons, self.who)

    def note_subject(self, component: int, seen: bool, note: str) -> None:
        examination.note_subject(self.key, component, seen, note, self.who)

    def close_analysis(self) -> None:
        examination.close_analysis(self.key, self.who)

    def note_pair(self, component: int, seen: Observed) -> None:
        examination.note_pair(self.key, component, seen, self.who)

    def draw(self, drawing: Drawing) -> int:
        return examination.draw(self.key, drawing, self.who)

    def rub_out(self, mark: int) -> None:
        examination.rub_out(self.key, mark, self.who)

    def conclude(self, level: str, reasons: str) -> None:
        examination.conclude(self.key, level, reasons, self.who)

    def seal(self) -> str:
        return examination.seal(self.key, self.who)

    def abandon(self, reason: str) -> None:
        examination.abandon(self.key, reason, self.who)


def of_case(request: Visit, key: UUID) -> Work:
    return OfCase(key, request.operator)
