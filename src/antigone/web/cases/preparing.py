"""One photograph of a case before a search: the faces found in it, the choice among them, points placed by hand."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from antigone import imaging
from antigone.access.permissions import Permission
from antigone.casework.errors import ChoiceChanged
from antigone.casework.searching import choosing
from antigone.casework.searching.preparing import Prepared, prepared
from antigone.description.catalogue import Side, blocks
from antigone.description.statements import current
from antigone.enrolment.limits import picture_limits
from antigone.remains import looking
from antigone.remains.models import Statement
from antigone.web import described
from antigone.web.cases import progress, quality, record
from antigone.web.cases.placing import NotSuitableForm, Placed, PointsForm
from antigone.web.errors import said_on
from antigone.web.guards import Visit, needs
from antigone.web.once import done_once
from antigone.web.pictures import tokens
from antigone.web.pictures.views import PHOTOGRAPH
from antigone.web.showing import Datum

CONDITION = "condition"
THIRDS = 3
LABEL = 20
ENLARGED, WIDEST, HIGHEST = 3, 1000, 640
"""How often larger than it is, and within how many pixels of the screen, a picture is shown to place points in it."""


@dataclass(frozen=True)
class Found:
    """A face that was found, as it is listed and drawn."""

    number: int
    face: dict[str, Any]
    taken: bool
    where: str

    @property
    def box(self) -> list[float]:
        return [float(each) for each in self.face["box"]]

    @property
    def size(self) -> str:
        return _("%(width)d × %(height)d pixels") % {"width": round(self.box[2]), "height": round(self.box[3])}

    @property
    def lies(self) -> str:
        """How the face lies in the picture, where it does not stand upright."""
        turned = {
            90: _("lying, the crown of the head at the left"),
            180: _("upside down"),
            270: _("lying, the crown of the head at the right"),
        }
        return turned.get(int(self.face.get("turn") or 0), "")

    @property
    def report(self) -> quality.Report | None:
        return quality.report(self.face)


@require_safe
@needs(Permission.SEARCH_RUN)
def photograph(request: Visit, pk: int, photograph: UUID) -> HttpResponse:
    """How one photograph stands for a search; the picture itself is behind its veil."""
    opened = record.own(request.operator, pk)
    of = prepared(opened.case, photograph, request.operator)
    looking.looked(opened.case.subject, request.operator)
    return _page(request, opened, of)


@require_POST
@needs(Permission.SEARCH_RUN, Permission.PHOTOGRAPH_LOOK)
def lift(request: Visit, pk: int, photograph: UUID) -> HttpResponse:
    """Lift the veil of the photograph, with the faces and points drawn on it; the look is in the ledger before."""
    opened = record.own(request.operator, pk)
    of = prepared(opened.case, photograph, request.operator)
    original = looking.lifted(of.photograph, request.operator)
    if of.sought is not None and of.sought.width:
        width, height = of.sought.width, of.sought.height
    else:
        picture = imaging.decode(original, picture_limits())
        width, height = picture.width, picture.height
    token = tokens.token_for(request.operator, PHOTOGRAPH, photograph)
    # A small picture is enlarged, since points are placed in it; a large one fits on the screen.
    enlarged = min(ENLARGED, WIDEST / width, HIGHEST / height)
    shown = {
        "url": f"{reverse('web:photograph', args=[photograph])}?token={token}",
        "width": width,
        "height": height,
        "dot": max(width, height) / 150,
        "text": LABEL / enlarged,
        "shown": round(width * enlarged),
    }
    if request.headers.get("HX-Request"):
        return render(request, "web/cases/lifted.html", {**_context(request, opened, of), "lifted": shown})
    return _page(request, opened, of, lifted=shown)


@require_POST
@needs(Permission.SEARCH_RUN, Permission.PHOTOGRAPH_LOOK)
def choose(request: Visit, pk: int, photograph: UUID) -> HttpResponse:
    """Keep which of the faces that were found is the subject's."""
    number = request.POST.get("face", "")

    def do(expects: str) -> str:
        wanted = int(number) if number.isdecimal() and len(number) < 6 else 0
        choosing.choose_face(pk, photograph, wanted, request.operator, expects=expects)
        return _("Face %(number)d is kept as the subject’s. Nothing is searched yet.") % {"number": wanted}

    return _decided(request, pk, photograph, forms.Form(request.POST), do)


@require_POST
@needs(Permission.SEARCH_RUN, Permission.PHOTOGRAPH_LOOK)
def place(request: Visit, pk: int, photograph: UUID) -> HttpResponse:
    """Keep five points that were placed by hand."""
    form = PointsForm(request.POST)

    def do(expects: str) -> str:
        choosing.place_points(pk, photograph, form.points(), request.operator, expects=expects)
        return _("The five points are kept. They stand in place of the face that was found; nothing is searched yet.")

    return _decided(request, pk, photograph, form, do, points=form)


@require_POST
@needs(Permission.SEARCH_RUN, Permission.PHOTOGRAPH_LOOK)
def take_back(request: Visit, pk: int, photograph: UUID) -> HttpResponse:
    """Take back what was chosen."""

    def do(expects: str) -> str:
        choosing.take_back(pk, photograph, request.operator, expects=expects)
        return _("The choice is taken back.")

    return _decided(request, pk, photograph, forms.Form(request.POST), do)


@require_POST
@needs(Permission.SEARCH_RUN, Permission.PHOTOGRAPH_LOOK)
def not_suitable(request: Visit, pk: int, photograph: UUID) -> HttpResponse:
    """End with this photograph: it is not suitable for comparison."""
    form = NotSuitableForm(request.POST)

    def do(expects: str) -> str:
        said = form.cleaned_data
        choosing.judge_not_suitable(pk, photograph, said["hindrance"], said["note"], request.operator, expects=expects)
        return _("Kept: not suitable for comparison. The photograph takes part in no search while that stands.")

    return _decided(request, pk, photograph, form, do, unsuitable=form)


@require_POST
@needs(Permission.SEARCH_RUN, Permission.PHOTOGRAPH_LOOK)
def suitable(request: Visit, pk: int, photograph: UUID) -> HttpResponse:
    """Take that back."""

    def do(expects: str) -> str:
        choosing.judge_suitable(pk, photograph, request.operator, expects=expects)
        return _("Taken back. The photograph takes part in searches again.")

    return _decided(request, pk, photograph, forms.Form(request.POST), do)


def _decided(
    request: Visit, pk: int, photograph: UUID, form: forms.Form, do: Callable[[str], str], **shown: forms.Form
) -> HttpResponse:
    """Keep a decision, once, and go back to the photograph; what is refused is said above it.

    `shown` is the form as it was typed. Where somebody else decided meanwhile, the page shows what is kept now.
    """
    opened = record.own(request.operator, pk)
    prepared(opened.case, photograph, request.operator)
    back = reverse("web:cases:photograph", args=[pk, photograph])
    status = 422
    if form.is_valid():

        def act() -> str:
            messages.success(request, do(request.POST.get("version", "")))
            return back

        try:
            with said_on(form):
                return done_once(request, act)
        except ChoiceChanged as changed:
            form.add_error(None, str(changed))
    of = prepared(opened.case, photograph, request.operator)
    if request.POST.get("version") not in (of.version, None):
        status = 409
    return _page(request, opened, of, status=status, refused=form, **shown)


def _page(request: Visit, opened: record.Opened, of: Prepared, *, status: int = 200, **more: Any) -> HttpResponse:
    return render(request, "web/cases/photograph.html", {**_context(request, opened, of), **more}, status=status)


def _context(request: Visit, opened: record.Opened, of: Prepared) -> dict[str, Any]:
    may_look = Permission.PHOTOGRAPH_LOOK in opened.allowed
    unsuitable = of.not_suitable
    names = described.names_of([unsuitable.said_by]) if unsuitable is not None else {}
    return {
        "opened": opened,
        "case": opened.case,
        "of": of,
        "photograph": of.photograph,
        "state": of.readiness,
        "open": not opened.closed and not opened.spoke,
        "refused": None,
        "may_look": may_look,
        "may_decide": may_look and not opened.closed and not opened.spoke,
        "faces": [_face(of, at, face) for at, face in enumerate(of.found)],
        "points": PointsForm(initial=PointsForm.initial_of(of.face)),
        "unsuitable": NotSuitableForm(),
        "placed": Placed.of(of.face),
        "lift": reverse("web:cases:photograph-lift", args=[opened.case.pk, of.photograph.pk]),
        "report": quality.report(of.face),
        "condition": _condition(opened),
        "said_by": names.get(unsuitable.said_by, "") if unsuitable is not None else "",
        "work": progress.seeking(request.operator, opened.case),
    }


def _face(of: Prepared, at: int, face: dict[str, Any]) -> Found:
    where = ""
    if of.sought is not None and of.sought.width and of.sought.height:
        left, top, width, height = (float(each) for each in face["box"])
        across = int(THIRDS * (left + width / 2) / of.sought.width)
        down = int(THIRDS * (top + height / 2) / of.sought.height)
        where = _WHERE[min(max(down, 0), 2)][min(max(across, 0), 2)]()
    return Found(at + 1, face, at == of.taken, where)


_WHERE: tuple[tuple[Callable[[], str], ...], ...] = (
    (lambda: _("top left"), lambda: _("at the top"), lambda: _("top right")),
    (lambda: _("at the left"), lambda: _("in the middle"), lambda: _("at the right")),
    (lambda: _("bottom left"), lambda: _("at the bottom"), lambda: _("bottom right")),
)


def _condition(opened: record.Opened) -> list[Datum]:
    """What the record says of the state of the body and of its face: what a comparison has to allow for."""
    block = next(each for each in blocks(Side.POST_MORTEM) if each.key == CONDITION)
    stated = current(Statement, opened.case.subject)
    fields = [field for field in block.fields if stated.get(field.key)]
    return described.data(fields, stated, names={}, sources=False)
