"""What the templates of the desk are given; they know nothing else of what is examined.

`web/examining/desk.html` takes a `Desk` as `desk`: panes, components, marks and levels, each with the addresses of its
own forms. Nothing in it comes from anywhere but one's own `View`, the list of components and the printed scale.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, cast
from uuid import UUID

from django import forms
from django.forms.utils import ErrorDict
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from antigone.casework.judging import scale
from antigone.casework.judging.components import COMPONENTS, Component, Explanation, Finding, Weight
from antigone.casework.judging.drawing import Drawing
from antigone.casework.judging.examination import OPEN, SHOWN, View
from antigone.casework.judging.framing import Eyes
from antigone.casework.judging.scale import EXCLUSION, NOT_SUITABLE
from antigone.casework.models import Stage
from antigone.web.drafts import keeping
from antigone.web.examining.forms import MarkForm, PairForm, SubjectForm, noted_before, noted_of_both, shape_label
from antigone.web.examining.work import Work
from antigone.web.showing import Step


@dataclass(frozen=True)
class Pane:
    """One of the two pictures: `lift` is where a POST lifts its veil, `url` its address once that was done.

    `picture` names the photograph in marks; the portrait has none. `eyes` are four shares "x y x y", or empty.
    """

    side: str
    title: str
    lift: str
    picture: UUID | None = None
    url: str = ""
    eyes: str = ""


@dataclass(frozen=True)
class Tab:
    """One of several photographs of the subject."""

    label: str
    url: str
    here: bool


@dataclass(frozen=True)
class Line:
    """A component with its form; `typed` says that the form holds what was typed before and never noted."""

    component: Component
    note: Mapping[str, Any] | None
    form: forms.Form
    at: str
    noted: bool
    typed: bool
    both: bool

    @property
    def number(self) -> int:
        return self.component.number

    @property
    def comparable(self) -> bool:
        """Whether it can be compared at all: it was visible in the photograph of the subject."""
        return bool(self.note and self.note["seen_a"])

    @property
    def said(self) -> str:
        """What stands, in a few words."""
        return said_of(self.note, both=self.both) if self.noted else _("not noted yet")


@dataclass(frozen=True)
class MarkLine:
    """A mark in the list beside the pictures; `points` is JSON for the script. `rub_out` is empty where it stays."""

    pk: int
    place: int
    side: str
    picture: str
    shape: str
    shape_label: str
    points: str
    note: str
    rub_out: str


@dataclass(frozen=True)
class Level:
    """A conclusion of the printed scale; `why_not` is empty where it may be concluded."""

    code: str
    label: str
    words: str
    why_not: str


@dataclass(frozen=True)
class Desk:
    """The whole page while an examination is open."""

    work: Work
    view: View
    steps: tuple[Step, ...]
    panes: tuple[Pane, ...]
    tabs: tuple[Tab, ...]
    lines: tuple[Line, ...]
    marks: tuple[MarkLine, ...]
    mark_form: MarkForm

    @property
    def both(self) -> bool:
        return self.view.stage in SHOWN

    @property
    def analysing(self) -> bool:
        return self.view.stage == Stage.ANALYSIS

    @property
    def noted(self) -> int:
        return sum(1 for line in self.lines if line.noted)

    @property
    def typed(self) -> int:
        return sum(1 for line in self.lines if line.typed)

    @property
    def of(self) -> int:
        return len(self.lines)

    @property
    def draft(self) -> str:
        return draft_key(self.work)

    @property
    def open(self) -> bool:
        return self.view.stage in OPEN

    @property
    def may_draw(self) -> bool:
        return self.analysing or (self.both and bool(self.view.analysis_digest))

    @property
    def here(self) -> str:
        return self.work.at("desk")

    @property
    def assess(self) -> str:
        return self.work.at("desk-assess")

    @property
    def close(self) -> str:
        return self.work.at("desk-close")

    @property
    def conclude(self) -> str:
        return self.work.at("desk-conclude")

    @property
    def marks_at(self) -> str:
        return self.work.at("desk-marks")

    @property
    def give_up(self) -> str:
        return self.work.at("desk-give-up")


def bare(work: Work, view: View) -> Desk:
    """The desk without its pictures: what a line, the list of marks and one that came to its end are rendered from."""
    return Desk(
        work=work, view=view, steps=(), panes=(), tabs=(), lines=lines(work, view),
        marks=marks(work, view), mark_form=MarkForm(),
    )  # fmt: skip


def draft_key(work: Work, what: str = "components") -> str:
    """Under which key drafts of a desk are kept for its examiner; they go when it is sealed or given up."""
    return f"examining:{work.key}:{what}"


def drop_drafts(work: Work) -> None:
    """Forget what was typed and not sent: the examination came to its end."""
    for what in ("assessment", "components", "conclusion"):
        keeping.drop(work.who, draft_key(work, what))


def steps(view: View, here: Stage | None = None) -> tuple[Step, ...]:
    """The stages of ACE-V, and where this examination stands, or the stage that the page is for where it is another."""
    order = [Stage.ASSESSMENT, Stage.ANALYSIS, Stage.COMPARISON, Stage.EVALUATION, Stage.SEALED]
    labels = [_("Assessment"), _("Analysis"), _("Comparison"), _("Conclusion"), pgettext("stage", "Seal")]
    at_stage = here or view.stage
    now = order.index(Stage(at_stage)) if at_stage in order else len(order)
    done = view.stage == Stage.SEALED
    states = ["done" if at < now or done else "now" if at == now else "later" for at in range(len(order))]
    return tuple(Step(label, cast(Any, state)) for label, state in zip(labels, states, strict=True))


def lines(work: Work, view: View, draft: Mapping[str, Any] | None = None) -> tuple[Line, ...]:
    """The nineteen components; where a draft has more than was noted, its words are in the form."""
    notes = {note["component"]: note for note in view.notes}
    return tuple(line(work, view, each, notes.get(each.number), draft) for each in COMPONENTS)


def line(
    work: Work, view: View, of: Component, note: Mapping[str, Any] | None, draft: Mapping[str, Any] | None = None
) -> Line:
    """One component as it stands."""
    both = view.stage in SHOWN
    given = dict(note) if note is not None else None
    initial = noted_of_both(given) if both else noted_before(given)
    form = form_of(both, of.number, None, initial)
    typed = _typed(form, draft, initial)
    if typed:
        form = form_of(both, of.number, draft, initial)
        # What is not finished is not checked yet: the faults come when it is sent.
        form._errors = ErrorDict()  # type: ignore[attr-defined]
    return Line(of, note, form, work.at("desk-component", of.number), bool(initial), typed, both)


def with_form(line: Line, form: forms.Form) -> Line:
    """A line whose form was sent and is at fault."""
    return replace(line, form=form, typed=True)


def form_of(both: bool, number: int, data: Any, initial: Mapping[str, Any] | None = None) -> forms.Form:
    """The form of a component, in the stage that asks for it."""
    kind = PairForm if both else SubjectForm
    return kind(data, prefix=f"c{number}", initial=dict(initial or {}), auto_id="%s")


def _typed(form: forms.Form, draft: Mapping[str, Any] | None, initial: Mapping[str, Any]) -> bool:
    """Whether a draft has something for this form that was not noted."""
    if draft is None or not any(form.add_prefix(name) in draft for name in form.fields):
        return False
    for name, field in form.fields.items():
        kept = draft.get(form.add_prefix(name), "")
        stands = initial.get(name, "")
        if isinstance(field, forms.BooleanField):
            if bool(kept) != bool(stands):
                return True
        elif kept.strip() != str(stands) and (initial or kept not in ("", "none")):
            return True
    return False


def said_of(note: Mapping[str, Any] | None, *, both: bool) -> str:
    """A note in a few words, without the examiner's own."""
    if note is None:
        return ""
    if not both:
        return _("visible") if note["seen_a"] else _("not visible")
    parts: list[str] = []
    if not note["seen_b"]:
        parts.append(_("not visible in the portrait"))
    elif not note["comparable"]:
        parts.append(_("cannot be compared"))
    elif note["finding"]:
        parts.append(str(Finding(note["finding"]).label))
    else:
        parts.append(_("neither alike nor different"))
    if note["explanation"]:
        parts.append(str(Explanation(note["explanation"]).label))
    if note["structural"]:
        parts.append(_("of structure"))
    if note["weight"]:
        parts.append(_("counts: %(weight)s") % {"weight": Weight(note["weight"]).label})
    return ", ".join(parts)


@dataclass(frozen=True)
class Read:
    """What was noted of a component, to be read: in the photograph, in both, and in the examiner's own words."""

    number: int
    label: str
    in_a: str
    note_a: str
    in_both: str
    note: str


def notes_read(view: View) -> tuple[Read, ...]:
    """The notes in the order of the list, in words."""
    names = {each.number: str(each.label) for each in COMPONENTS}
    return tuple(
        Read(
            number=note["component"],
            label=names.get(note["component"], ""),
            in_a=said_of(note, both=False) if note["seen_a"] is not None else "",
            note_a=note["note_a"],
            in_both=said_of(note, both=True) if note["seen_b"] is not None else "",
            note=note["note"],
        )
        for note in view.notes
    )


def marks(work: Work, view: View) -> tuple[MarkLine, ...]:
    """The marks in the order they were drawn, numbered on their picture."""
    open_now = view.stage in (Stage.ANALYSIS, *SHOWN)
    made: list[MarkLine] = []
    count: dict[str, int] = {}
    for pk, drawing in view.marks:
        count[drawing.side] = count.get(drawing.side, 0) + 1
        stays = pk in view.closed or not open_now
        made.append(_mark(pk, count[drawing.side], drawing, "" if stays else work.at("desk-rub-out", pk)))
    return tuple(made)


def _mark(pk: int, place: int, drawing: Drawing, rub_out: str) -> MarkLine:
    return MarkLine(
        pk=pk,
        place=place,
        side=drawing.side,
        picture=str(drawing.picture) if drawing.picture else "",
        shape=drawing.shape,
        shape_label=shape_label(drawing.shape),
        points=json.dumps(drawing.points),
        note=drawing.note,
        rub_out=rub_out,
    )


def levels(view: View) -> tuple[Level, ...]:
    """The printed scale from support for one person to support for two, then the two ends that are no levels."""
    comparable = any(note["comparable"] for note in view.notes)
    order = [*reversed(scale.CODES), EXCLUSION, NOT_SUITABLE]
    return tuple(Level(code, level_label(code), scale.words(code), _why_not(view, code, comparable)) for code in order)


def level_label(code: str) -> str:
    """A conclusion as it stands at the head of its sentence."""
    if code == EXCLUSION:
        return _("Exclusion")
    if code == NOT_SUITABLE:
        return _("Not suitable")
    return code.replace("-", "−")


def _why_not(view: View, code: str, comparable: bool) -> str:
    if code == NOT_SUITABLE:
        return ""
    if code == EXCLUSION:
        return "" if view.may_exclude else _("No difference of structure that nothing explains is noted.")
    if not comparable:
        return _("No component is noted as comparable.")
    return "" if view.cap.allows(code) else _("Beyond what validation supports; see above.")


def eyes_text(eyes: Eyes | None) -> str:
    """Two eyes for the script."""
    return " ".join(f"{share:.4f}" for share in (*eyes.right, *eyes.left)) if eyes else ""
