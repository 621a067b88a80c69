"""Components noted one at a time, and marks drawn on either picture."""

from __future__ import annotations

from typing import cast

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render

from antigone.casework.judging.components import BY_NUMBER
from antigone.casework.judging.examination import SHOWN, View
from antigone.web.drafts import keeping
from antigone.web.errors import said_on
from antigone.web.examining import shown
from antigone.web.examining.forms import MarkForm, PairForm
from antigone.web.examining.work import Work
from antigone.web.guards import Visit
from antigone.web.once import done_once


def component(request: Visit, work: Work, component: int) -> HttpResponse:
    """Note one component; with htmx the answer is its line and how far one has come."""
    of = BY_NUMBER.get(component)
    if of is None:
        raise Http404
    view = work.view()
    both = view.stage in SHOWN
    form = shown.form_of(both, component, request.POST)
    if form.is_valid():
        with said_on(form):
            if both:
                work.note_pair(component, cast(PairForm, form).observed())
            else:
                work.note_subject(component, form.cleaned_data["seen"] == "yes", form.cleaned_data["note"])
    if form.errors:
        return _faulty(request, work, view, component, form)
    _forget_typed(work, component)
    if not request.headers.get("HX-Request"):
        return HttpResponseRedirect(f"{work.at('desk')}#c{component}")
    desk = shown.bare(work, work.view())
    line = next(each for each in desk.lines if each.number == component)
    return render(request, "web/examining/line.html", {"line": line, "desk": desk, "swapped": True})


def draw(request: Visit, work: Work) -> HttpResponse:
    """Keep a mark; with htmx the answer is the list of marks, from which the script draws them."""
    form = MarkForm(request.POST)
    if form.is_valid():
        with said_on(form):
            if not request.headers.get("HX-Request"):
                return done_once(request, lambda: _drawn(work, form))
            work.draw(form.drawing())
    return _marks(request, work, form)


def rub_out(request: Visit, work: Work, mark: int) -> HttpResponse:
    """Take a mark away."""
    work.rub_out(mark)
    if request.headers.get("HX-Request"):
        return _marks(request, work, MarkForm())
    return HttpResponseRedirect(f"{work.at('desk')}#marks")


def _drawn(work: Work, form: MarkForm) -> str:
    work.draw(form.drawing())
    return f"{work.at('desk')}#marks"


def _marks(request: Visit, work: Work, form: MarkForm) -> HttpResponse:
    desk = shown.bare(work, work.view())
    faults = [fault for faults in form.errors.values() for fault in faults]
    if not request.headers.get("HX-Request"):
        for fault in faults:
            messages.error(request, str(fault))
        return HttpResponseRedirect(f"{work.at('desk')}#marks")
    # What htmx asked for is swapped in with its sentence; a refused status would leave the page as it was, and silent.
    return render(request, "web/examining/marks.html", {"desk": desk, "faults": faults})


def _faulty(request: Visit, work: Work, view: View, component: int, form: object) -> HttpResponse:
    """The line with what was typed and what is wrong with it; nothing was noted."""
    desk = shown.bare(work, view)
    line = next(each for each in desk.lines if each.number == component)
    changed = shown.with_form(line, cast(PairForm, form))
    context = {"line": changed, "desk": desk}
    if request.headers.get("HX-Request"):
        return render(request, "web/examining/line.html", {**context, "swapped": True})
    return render(request, "web/examining/one.html", context, status=422)


def _forget_typed(work: Work, component: int) -> None:
    """Take what was typed of this component out of the draft: it stands in the notes now."""
    key = shown.draft_key(work)
    draft = keeping.found(work.who, key)
    if draft is None:
        return
    left = QueryDict(mutable=True)
    for name, values in draft.fields.lists():
        if not name.startswith(f"c{component}-"):
            left.setlist(name, values)
    keeping.keep(work.who, key, left)
