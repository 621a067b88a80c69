"""What the examinations of a search came to, for whoever may read it once everything is sealed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from antigone.access import services as access
from antigone.access.permissions import Permission
from antigone.casework.judging import findings, scale
from antigone.casework.judging.components import COMPONENTS
from antigone.casework.judging.findings import Found, Sealed
from antigone.casework.judging.scale import Outcome
from antigone.casework.knowing import has_seen
from antigone.web.confirming import Confirmation, confirmed
from antigone.web.described import names_of
from antigone.web.examining.shown import level_label, said_of
from antigone.web.guards import Visit, signed_in


@dataclass(frozen=True)
class Opinion:
    """One sealed examination, in words."""

    by: str
    place: int
    label: str
    words: str
    sealed: Sealed

    @property
    def reasons(self) -> str:
        return str((self.sealed.content or {}).get("reasons", ""))

    @property
    def notes(self) -> Mapping[int, tuple[str, str]]:
        """By component: what was said of both pictures, and the examiner's own words."""
        noted: list[dict[str, Any]] = (self.sealed.content or {}).get("notes", [])
        return {note["component"]: (_said(note), note["note"] or note["note_a"]) for note in noted}


@dataclass(frozen=True)
class Result:
    """One comparison: its examinations side by side, whether two of them conflicted, and what they came to."""

    place: int
    found: Found
    outcome: str
    level: str
    words: str
    opinions: tuple[Opinion, ...]
    person: str

    @property
    def components(self) -> list[tuple[str, list[tuple[str, str, str]]]]:
        """The components that anybody noted, with who said what of them."""
        said = [(opinion.by, opinion.notes) for opinion in self.opinions]
        return [
            (f"{each.number}. {each.label}", [(by, *notes.get(each.number, ("", ""))) for by, notes in said])
            for each in COMPONENTS
            if any(each.number in notes for _by, notes in said)
        ]


@require_safe
@signed_in
def settled(request: Visit) -> HttpResponse:
    """The searches whose findings this person may read."""
    return render(request, "web/examining/settled.html", {"settled": findings.to_read(request.operator)})


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def ask(request: Visit, search: int) -> HttpResponse:
    """Asks before: whoever reads findings is no longer blind in the case."""
    found = findings.readable(search, request.operator)
    shown = reverse("web:examining:findings", args=[search])
    if has_seen(request.operator, found.case_id):
        return HttpResponseRedirect(shown)
    confirm = Confirmation(
        title=_("Findings of %(code)s") % {"code": found.case.code},
        verb=_("I will examine nothing more of this case; show them"),
        consequences=[
            _("Everything of this search is examined and sealed; what you sealed does not change."),
            _("Whoever reads what others concluded is no longer blind: you examine nothing more of this case."),
            _("That you read it is in the ledger, under your name, before anything is shown."),
        ],
        back=reverse("web:examining:found"),
        back_label=_("Findings"),
    )

    def act(_reason: str) -> str:
        findings.read(search, request.operator)
        return shown

    return confirmed(request, confirm, act, ask_why=False)


@require_safe
@signed_in
def read(request: Visit, search: int) -> HttpResponse:
    """The findings, for whoever said before that they will examine nothing more of the case."""
    who = request.operator
    of = findings.readable(search, who)
    if not has_seen(who, of.case_id):
        return HttpResponseRedirect(reverse("web:examining:findings-ask", args=[search]))
    told = findings.read(search, who)
    names = names_of({sealed.examiner for each in told for sealed in each.sealed})
    opens = of.case.agency_id == who.agency_id and access.allows(who, Permission.PERSON_READ)
    rows = [_result(place, each, names, opens) for place, each in enumerate(told, start=1)]
    examined = [row for row in rows if row.opinions or row.found.outcome not in (Outcome.NOT_KEPT, Outcome.ENDED)]
    context = {
        "search": of,
        "case": of.case,
        "results": examined,
        "not_kept": sum(1 for row in rows if row.found.outcome == Outcome.NOT_KEPT),
        "ended": sum(1 for row in rows if row.found.outcome == Outcome.ENDED and not row.opinions),
    }
    return render(request, "web/examining/findings.html", context)


def _said(note: Mapping[str, Any]) -> str:
    if note["seen_b"] is not None:
        return said_of(note, both=True)
    return _("%(seen)s in the photograph; not compared") % {"seen": said_of(note, both=False)}


def _result(place: int, found: Found, names: Mapping[str, str], opens: bool) -> Result:
    opinions = tuple(
        Opinion(names.get(each.examiner, each.examiner), number, level_label(each.level), each.words, each)
        for number, each in enumerate(found.sealed, start=1)
    )
    person = reverse("web:missing:person", args=[found.person]) if opens and found.person is not None else ""
    return Result(
        place=place,
        found=found,
        outcome=str(Outcome(found.outcome).label) if found.outcome else "",
        level=level_label(found.level) if found.level else "",
        words=scale.words(found.level) if found.level else "",
        opinions=opinions,
        person=person,
    )
