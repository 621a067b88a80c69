"""The stages of an examination at the desk: assessment, analysis, comparison, conclusion, seal."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from antigone.casework.judging import scale
from antigone.casework.judging.examination import OPEN, SHOWN, View
from antigone.casework.judging.scale import NOT_SUITABLE
from antigone.casework.models import Stage
from antigone.web.confirming import Confirmation, confirmed
from antigone.web.drafts import keeping
from antigone.web.errors import said_on
from antigone.web.examining import pictures, shown
from antigone.web.examining.forms import AssessForm, ConclusionForm, MarkForm, SealForm
from antigone.web.examining.shown import Desk
from antigone.web.examining.work import Work
from antigone.web.guards import Visit
from antigone.web.once import done_before, done_once


def desk(request: Visit, work: Work) -> HttpResponse:
    """One's own examination as it stands: the desk while it is open, then what was sealed."""
    view = work.view()
    if view.stage == Stage.SEALED:
        context = {"desk": shown.bare(work, view), "read": _read(view), "findings": work.findings(view)}
        return render(request, "web/examining/sealed.html", context)
    if view.stage not in OPEN:
        return render(request, "web/examining/given_up.html", {"desk": shown.bare(work, view)})
    if view.level == NOT_SUITABLE and not view.analysis_digest:
        return HttpResponseRedirect(work.at("desk-summary"))
    return _desk(request, work, view)


def assess(request: Visit, work: Work) -> HttpResponse:
    """Say whether the photograph can be compared at all."""
    form = AssessForm(request.POST)
    if form.is_valid():
        with said_on(form):
            return done_once(request, lambda: _assessed(work, form))
    return _desk(request, work, work.view(), assess=form)


def close(request: Visit, work: Work) -> HttpResponse:
    """Close the analysis, which is not opened again."""
    if request.method == "POST" and (before := done_before(request)):
        return before
    view = work.view()
    now = _gathered(request, work, view)
    consequences = [
        _("What you noted and drew of the photograph of the subject stays as it is; it is signed with the rest."),
        _("From then on the portrait can be shown, and the two are compared."),
        ngettext(
            "%(number)d of the 19 components is noted. What is not noted counts as not visible.",
            "%(number)d of the 19 components are noted. What is not noted counts as not visible.",
            now.noted,
        )
        % {"number": now.noted},
    ]
    if now.typed:
        consequences.append(
            ngettext(
                "%(number)d component has something typed that you have not noted; it would be lost. "
                "Go back and note it.",
                "%(number)d components have something typed that you have not noted; it would be lost. "
                "Go back and note it.",
                now.typed,
            )
            % {"number": now.typed}
        )
    confirm = Confirmation(
        title=_("Close the analysis"),
        verb=_("Close it, and go on to the comparison"),
        consequences=consequences,
        back=work.at("desk"),
        back_label=_("Examination"),
    )
    return confirmed(request, confirm, lambda _reason: _closed(work), ask_why=False)


def conclude(request: Visit, work: Work) -> HttpResponse:
    """Write the conclusion on the printed scale; it can be written anew until the seal."""
    if request.method == "POST" and (before := done_before(request)):
        return before
    view = work.view()
    if view.stage not in SHOWN or not view.analysis_digest:
        return HttpResponseRedirect(work.at("desk"))
    stands = {"level": view.level, "reasons": view.reasons}
    key = shown.draft_key(work, "conclusion")
    sent = ConclusionForm(request.POST)
    if request.method == "POST" and sent.is_valid():
        with said_on(sent):
            return done_once(request, lambda: _concluded(work, sent))
    begun = keeping.begun(request, key, lambda data: ConclusionForm(data, initial=stands))
    form, draft = (sent, None) if request.method == "POST" else begun
    context = {
        "desk": _gathered(request, work, view, Stage.EVALUATION), "form": form, "draft_key": key, "draft": draft,
        "levels": shown.levels(view), "chosen": form["level"].value(), "read": _read(view),
    }  # fmt: skip
    return render(request, "web/examining/conclude.html", context, status=422 if form.errors else 200)


def summary(request: Visit, work: Work) -> HttpResponse:
    """Everything that will be sealed, to be read before; the seal itself is the form under it."""
    if request.method == "POST" and (before := done_before(request)):
        return before
    view = work.view()
    if view.stage != Stage.EVALUATION:
        return HttpResponseRedirect(work.at("desk"))
    form = SealForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        with said_on(form):
            return done_once(request, lambda: _sealed(request, work))
    context = {
        # One that was ended by its assessment went through no later stage.
        "desk": _gathered(request, work, view, Stage.SEALED if view.analysis_digest else None),
        "read": _read(view),
        "form": form,
        # From an assessment that ended it there is no way back to the desk.
        "assessed": not view.analysis_digest,
        "cancel": work.at("desk") if view.analysis_digest else work.back,
    }
    return render(request, "web/examining/summary.html", context, status=422 if form.errors else 200)


def give_up(request: Visit, work: Work) -> HttpResponse:
    """Give the examination up, with a reason, so that somebody else can take it."""
    if request.method == "POST" and (before := done_before(request)):
        return before
    work.view()
    confirm = Confirmation(
        title=_("Give this examination up"),
        verb=_("Give it up"),
        consequences=[
            _("You do not come back to it.") if work.practice else _("You do not come back to it; others can take it."),
            _("What you noted is kept and counts for nothing."),
            _("Your reason is kept with it."),
        ],
        back=work.at("desk"),
        back_label=_("Examination"),
    )
    return confirmed(request, confirm, lambda reason: _given_up(request, work, reason))


def _desk(request: Visit, work: Work, view: View, *, assess: AssessForm | None = None) -> HttpResponse:
    context: dict[str, object] = {"desk": _gathered(request, work, view)}
    if view.stage == Stage.ASSESSMENT:
        key = shown.draft_key(work, "assessment")
        form, draft = (assess, None) if assess else keeping.begun(request, key, AssessForm)
        context |= {"assess_form": form, "assess_draft": key, "draft": draft}
    faulty = assess is not None and assess.errors
    return render(request, "web/examining/desk.html", context, status=422 if faulty else 200)


def _gathered(request: Visit, work: Work, view: View, here: Stage | None = None) -> Desk:
    panes, tabs = pictures.panes(request, work, view) if view.stage in OPEN else ((), ())
    kept = keeping.found(work.who, shown.draft_key(work)) if view.stage in (Stage.ANALYSIS, *SHOWN) else None
    return Desk(
        work=work, view=view, steps=shown.steps(view, here), panes=panes, tabs=tabs,
        lines=shown.lines(work, view, kept.fields if kept else None), marks=shown.marks(work, view),
        mark_form=MarkForm(),
    )  # fmt: skip


def _read(view: View) -> dict[str, object]:
    """What was concluded, in the words of the scale, and what was noted: for the summary, the seal and paper."""
    return {
        "label": shown.level_label(view.level) if view.level else "",
        "words": scale.words(view.level) if view.level else "",
        "notes": shown.notes_read(view),
    }


def _assessed(work: Work, form: AssessForm) -> str:
    suitable = form.cleaned_data["suitable"] == "yes"
    work.assess(suitable, form.cleaned_data["reasons"])
    keeping.drop(work.who, shown.draft_key(work, "assessment"))
    return work.at("desk") if suitable else work.at("desk-summary")


def _closed(work: Work) -> str:
    work.close_analysis()
    keeping.drop(work.who, shown.draft_key(work))
    return work.at("desk")


def _concluded(work: Work, form: ConclusionForm) -> str:
    work.conclude(form.cleaned_data["level"], form.cleaned_data["reasons"])
    keeping.drop(work.who, shown.draft_key(work, "conclusion"))
    return work.at("desk-summary")


def _sealed(request: Visit, work: Work) -> str:
    work.seal()
    shown.drop_drafts(work)
    messages.success(request, _("Sealed. Nothing of it changes from now on."))
    return work.at("desk")


def _given_up(request: Visit, work: Work, reason: str) -> str:
    work.abandon(reason)
    shown.drop_drafts(work)
    messages.success(request, _("Given up. Thank you for saying why."))
    return work.back
