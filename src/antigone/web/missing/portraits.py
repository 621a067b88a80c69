"""Portraits of a person: added one or several at a time, described, and erased."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from antigone.access.permissions import Permission
from antigone.enrolment.limits import picture_limits
from antigone.imaging import ImageRefused
from antigone.missing import erasure, looking, own, portraits, queries
from antigone.missing.errors import PortraitRefused
from antigone.missing.models import Person, Portrait
from antigone.missing.searched import searched
from antigone.web.confirming import Confirmation, confirmed
from antigone.web.errors import said_on
from antigone.web.guards import Visit, needs
from antigone.web.missing import record, telling
from antigone.web.missing.forms.portraits import AboutForm, PortraitsForm, bytes_of
from antigone.web.once import done_before, done_once


@dataclass(frozen=True)
class NotTaken:
    """A file that is no portrait, and why."""

    name: str
    sentence: str


@require_http_methods(["GET", "POST"])
@needs(Permission.PORTRAIT_ADD)
def add(request: Visit, pk: int) -> HttpResponse:
    """Take in pictures: each that shows one clear face is kept, each other is told with the reason.

    A picture that is there already is the same picture, so a form that is sent twice adds nothing twice.
    """
    who = request.operator
    person = own.person_for(pk, who, Permission.PORTRAIT_ADD)
    opened = record.of(person, who)
    relatives = queries.relatives(who, person)
    kept, refused = 0, list[NotTaken]()
    if request.method == "POST":
        form = PortraitsForm(request.POST, request.FILES, relatives=relatives)
        if form.is_valid():
            with said_on(form):
                kept, refused = _take(request, person, form)
            if not refused and not form.errors:
                messages.success(request, _kept(kept))
                return HttpResponseRedirect(f"{opened.url}#portraits")
    else:
        looking.looked(person, who)
        giver = str(relatives[0].pk) if len(relatives) == 1 else ""
        form = PortraitsForm(initial={"giver": giver}, relatives=relatives)
    faulty = bool(refused) or (request.method == "POST" and bool(form.errors))
    context = {
        "record": opened,
        "form": form,
        "refused": refused,
        "kept": _kept(kept) if kept else "",
        "relatives": relatives,
    }
    return render(request, "web/missing/portraits_add.html", context, status=422 if faulty else 200)


def _take(request: Visit, person: Person, form: PortraitsForm) -> tuple[int, list[NotTaken]]:
    kept, refused = 0, list[NotTaken]()
    limits = picture_limits()
    for file in form.cleaned_data["pictures"]:
        try:
            data = bytes_of(file, limits)
            added = portraits.add_one(
                person, data, form.giving(), request.operator, giver=form.giver_chosen(), about=form.about()
            )
        except (PortraitRefused, ImageRefused) as fault:
            refused.append(NotTaken(file.name or _("a picture"), fault.sentence))
            continue
        kept += 1
        if added.also:
            messages.warning(
                request,
                _("The same picture is held of %(refs)s. They may be one person.") % {"refs": ", ".join(added.also)},
            )
    return kept, refused


def _kept(number: int) -> str:
    return ngettext("%(number)d portrait is on record.", "%(number)d portraits are on record.", number) % {
        "number": number
    }


@require_http_methods(["GET", "POST"])
@needs(Permission.PERSON_RECORD)
def portrait(request: Visit, pk: UUID) -> HttpResponse:
    """What is said of a portrait: when and where it was taken, by whom, what it shows."""
    who = request.operator
    found = own.portrait_for(queries.portrait(who, pk), who, Permission.PERSON_RECORD)
    opened = record.of(found.person, who)
    if request.method == "POST":
        form = AboutForm(request.POST)
    else:
        looking.looked(found.person, who)
        form = AboutForm(initial=AboutForm.initial_of(found))

    def do() -> str:
        portraits.describe(found, form.about(), who)
        messages.success(request, _("Saved."))
        return f"{opened.url}#portraits"

    if request.method == "POST" and form.is_valid():
        with said_on(form):
            return done_once(request, do)
    context = {
        "record": opened,
        "form": form,
        "portrait": found,
        "alt": telling.alt(opened.title, found),
        "standing": _standing(found),
    }
    return render(request, "web/missing/portrait.html", context, status=422 if form.errors else 200)


def _standing(portrait: Portrait) -> str:
    return searched(portrait.person, [portrait], timezone.now().date())[portrait.pk].label


@require_http_methods(["GET", "POST"])
@needs(Permission.PORTRAIT_ERASE)
def erase(request: Visit, pk: UUID) -> HttpResponse:
    """Erase one portrait to the last copy."""
    if (before := done_before(request)) is not None:
        return before
    who = request.operator
    found = own.portrait_for(queries.portrait(who, pk), who, Permission.PORTRAIT_ERASE)
    opened = record.of(found.person, who)
    confirm = Confirmation(
        title=_("Erase a portrait"),
        verb=_("Erase it for good"),
        consequences=[
            _("The picture, its template and its key are destroyed; no backup brings it back."),
            _("It is found by no search from this moment on."),
            _("It cannot be enrolled again by mistake; its giver can give it anew."),
            _("The ledger keeps that it was there and that you erased it, and not what it showed."),
        ],
        back=opened.url,
        back_label=opened.title,
    )

    def act(reason: str) -> str:
        gone = erasure.erase_portraits(Portrait.objects.filter(pk=found.pk), who, reason)
        _say_erased(request, gone.verified)
        return f"{opened.url}#portraits"

    return confirmed(request, confirm, act, apart=True)


def _say_erased(request: Visit, verified: bool) -> None:
    if verified:
        messages.success(request, _("Erased, and nothing of it was found afterwards."))
    else:
        messages.warning(
            request, _("Erased from the records. The galleries are still being rewritten; the daily job goes on.")
        )
