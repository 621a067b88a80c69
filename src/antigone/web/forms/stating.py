"""Saving a form of statements: once, and with a clear choice where somebody else was there meanwhile."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from antigone.description.bases import LegalBasis
from antigone.description.errors import Stale
from antigone.description.given import Certainty, How, Said
from antigone.description.spoken import attributed, spoken, value
from antigone.web.described import names_of
from antigone.web.errors import said_on
from antigone.web.forms.described import MINE, THEIRS, Line, StatementsForm
from antigone.web.guards import Visit
from antigone.web.once import done_once


@dataclass(frozen=True)
class Conflict:
    """One line: what this person wrote beside what stands now, and by whom."""

    line: Line
    mine: str
    mine_attributed: str
    theirs: str
    theirs_attributed: str
    by: str
    at: object
    chosen: str


def save(
    request: Visit, form: StatementsForm, state: Callable[[Sequence[Said]], str], *, back: str
) -> HttpResponse | None:
    """State what a valid form changed, and go to the address that `state` returns.

    None where a service refused it: the refusal is on the form, which the view renders again. Where somebody stated
    one of these things meanwhile, the page to choose on comes instead, and everything that was typed goes with it.
    """
    changes = form.changes()
    if not changes:
        form.add_error(None, _("Nothing was changed, so nothing was saved."))
        return None
    with said_on(form):  # type: ignore[arg-type]
        try:
            return done_once(request, lambda: state(changes))
        except Stale:
            return choose(request, form, back=back)
    return None


def choose(request: Visit, form: StatementsForm, *, back: str) -> HttpResponse:
    """The page to choose on: 409, nothing of the form was saved yet."""
    again = StatementsForm(request.POST, model=form.model, record=form.record, fields=form.fields)
    made = {(change.key, change.item, change.expects): change for change in again.changes()}
    lines = again.conflicts()
    names = names_of(line.now.recorded_by for line in lines if line.now is not None)
    conflicts = [_conflict(line, made[line.of.key, line.item, line.expects], names) for line in lines]
    replaced = {f"{line.prefix}{name}" for line in lines for name in ("expects", "choice")}
    carried = [
        (name, each)
        for name, values in request.POST.lists()
        for each in values
        if name not in replaced and name not in ("csrfmiddlewaretoken", "once")
    ]
    context = {"conflicts": conflicts, "carried": carried, "back": back, "mine": MINE, "theirs": THEIRS}
    return render(request, "web/forms/stale.html", context, status=409)


def _conflict(line: Line, change: Said, names: dict[str, str]) -> Conflict:
    now = line.now
    given = change.given
    known = given.certainty == Certainty.KNOWN
    how = str(How(given.how).label)
    said = [f"{how}: {given.source}" if given.source else how, str(LegalBasis(given.basis).label)]
    return Conflict(
        line=line,
        mine=value(line.of, given.value) if known else str(Certainty(given.certainty).label),
        mine_attributed=", ".join(each for each in said if each),
        theirs=spoken(now) if now is not None else _("withdrawn from the record"),
        theirs_attributed=attributed(now) if now is not None else "",
        by=names.get(now.recorded_by, "") if now is not None else "",
        at=now.recorded_at if now is not None else None,
        chosen=line.raw.get("choice", ""),
    )
