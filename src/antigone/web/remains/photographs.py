"""Photographs of a subject: taken in one or several at a time, what was said of their taking corrected, erased."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from antigone.access import services
from antigone.access.permissions import Permission
from antigone.enrolment.limits import picture_limits
from antigone.imaging.errors import ImageRefused
from antigone.remains import looking, photographing, queries
from antigone.remains.errors import BadRecord, RecordRefused
from antigone.vault.tasks import complete_shreds
from antigone.web.confirming import Confirmation, confirmed
from antigone.web.errors import sentence_of
from antigone.web.guards import Visit, needs
from antigone.web.once import done_before
from antigone.web.remains import record, shots
from antigone.web.remains.answering import Sheet, answered
from antigone.web.remains.forms.photographs import PhotographsForm, TakingForm
from antigone.web.remains.record import Opened


@dataclass(frozen=True)
class NotTaken:
    """A file that is no photograph that can be kept, and why."""

    name: str
    sentence: str


@require_http_methods(["GET", "POST"])
@needs(Permission.PHOTOGRAPH_ADD)
def add(request: Visit, pk: int) -> HttpResponse:
    """Take in photographs: each that is a safe picture is kept, each other is told with the reason.

    A photograph that is there already is the same photograph, so a form that is sent twice adds nothing twice.
    """
    who = request.operator
    opened = record.mine(who, pk, Permission.PHOTOGRAPH_ADD)
    kept, refused = 0, list[NotTaken]()
    if request.method == "POST":
        form = PhotographsForm(request.POST, request.FILES)
        if form.is_valid():
            kept, refused = _take(request, opened, form)
            if not refused:
                messages.success(request, _kept(kept))
                return HttpResponseRedirect(f"{opened.url}#photographs")
    else:
        looking.looked(opened.subject, who)
        wanted = request.GET.get("shot", "")
        form = PhotographsForm(initial={"taken_by": who.name, "shot": wanted if shots.title(wanted) else ""})
    faulty = bool(refused) or (request.method == "POST" and bool(form.errors))
    advice = photographing.advice(opened.subject, who)
    context = {
        "record": opened,
        "form": form,
        "refused": refused,
        "kept": _kept(kept) if kept else "",
        "wanted": shots.wanted_by_need(advice.wanted),
    }
    return render(request, "web/remains/photographs_add.html", context, status=422 if faulty else 200)


def _take(request: Visit, opened: Opened, form: PhotographsForm) -> tuple[int, list[NotTaken]]:
    kept, refused = 0, list[NotTaken]()
    for file in form.cleaned_data["photographs"]:
        name = file.name or _("a photograph")
        try:
            # Before a byte of it is in memory.
            picture_limits().check_bytes(file.size or 0)
            photographing.add(opened.subject, file.read(), form.taking_of(name), request.operator)
        except (ImageRefused, BadRecord, RecordRefused) as fault:
            refused.append(NotTaken(name, sentence_of(fault)))
            continue
        kept += 1
    return kept, refused


def _kept(number: int) -> str:
    return ngettext("%(number)d photograph is on record.", "%(number)d photographs are on record.", number) % {
        "number": number
    }


@require_http_methods(["GET", "POST"])
@needs(Permission.PHOTOGRAPH_ADD)
def describe(request: Visit, pk: UUID) -> HttpResponse:
    """Correct what is known of how a photograph was taken; the picture itself is never changed."""
    who = request.operator
    found = queries.photograph(who, pk)
    opened = record.mine(who, found.subject_id, Permission.PHOTOGRAPH_ADD)
    if request.method == "GET":
        looking.looked(opened.subject, who)
    form = TakingForm(request.POST if request.method == "POST" else None, current=TakingForm.current_of(found))
    sheet = Sheet(_("How a photograph was taken"), _("Save"), opened.url, note=opened.title)
    return answered(
        request,
        form,
        sheet,
        lambda _data: photographing.describe(found, form.taking(), who),
        _("Saved. The picture itself is never changed."),
        to=f"{opened.url}#photographs",
        template="web/remains/photograph.html",
        record=opened,
        photograph=found,
    )


@require_http_methods(["GET", "POST"])
@needs(Permission.PHOTOGRAPH_ERASE)
def erase(request: Visit, pk: UUID) -> HttpResponse:
    """Erase one photograph to the last copy; who may, does so by reference, without seeing it."""
    if (before := done_before(request)) is not None:
        return before
    who = request.operator
    found = photographing.to_erase(pk, who)
    reads = services.allows(who, Permission.SUBJECT_READ)
    back = reverse("web:remains:subject", args=[found.subject_id]) if reads else reverse("web:remains:reviews")
    confirm = Confirmation(
        title=_("Erase a photograph of %(code)s") % {"code": found.subject.code},
        verb=_("Erase it for good"),
        consequences=[
            _("The picture and its key are destroyed; no backup brings it back."),
            _("It is used in no search from this moment on, and taken out of the answers of its cases."),
            _("The ledger keeps that it was there and that you erased it, and not what it showed."),
        ],
        back=back,
        back_label=found.subject.code,
    )

    def act(reason: str) -> str:
        photographing.erase(found, reason, who)
        complete_shreds()
        messages.success(request, _("Erased. Its key is destroyed."))
        return back

    return confirmed(request, confirm, act, apart=True)
