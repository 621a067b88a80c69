"""What is done with an enquiry: taken up as a person, pushed from stage to stage, withdrawn."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from antigone.access.permissions import Permission
from antigone.description.catalogue import FIELDS
from antigone.intake import queries, services
from antigone.intake.choices import Stage
from antigone.intake.models import Enquiry
from antigone.missing import finding, taking_up
from antigone.missing import queries as missing
from antigone.missing.finding import Hit
from antigone.web.confirming import Confirmation, confirmed
from antigone.web.enquiries.forms import StageForm, TakeUpForm
from antigone.web.enquiries.reading import title_of
from antigone.web.errors import said_on
from antigone.web.guards import Visit, needs
from antigone.web.once import done_apart, done_before, done_once


@require_http_methods(["GET", "POST"])
@needs(Permission.PERSON_RECORD)
def take_up(request: Visit, pk: int) -> HttpResponse:
    """Make the enquiry the record of a missing person; once, however often it is asked."""
    if (before := done_before(request)) is not None:
        return before
    who = request.operator
    found = queries.enquiry(who, pk)
    if request.method == "GET":
        services.looked(found, who)
    holdings = missing.holdings_to_choose(who)
    form = TakeUpForm(request.POST or None, holdings=holdings)

    def do() -> str:
        taken = taking_up.take_up(found, who, missing.holding(who, int(form.cleaned_data["holding"])))
        if taken.new:
            messages.success(request, _("Taken up. What the family said is on record, with them as its source."))
        for each in taken.unusable:
            messages.warning(request, _("A picture stays with the enquiry: %(why)s") % {"why": each.sentence})
        if taken.left:
            labels = ", ".join(str(FIELDS[key].label) if key in FIELDS else key for key in taken.left)
            messages.warning(request, _("Not taken over, look at the enquiry for it: %(labels)s.") % {"labels": labels})
        return reverse("web:missing:person", args=[taken.person.pk])

    if request.method == "POST" and form.is_valid():
        with said_on(form):
            return done_apart(request, do)
    context = {
        "enquiry": found,
        "title": title_of(found),
        "form": form,
        "holdings": holdings,
        "alike": _alike(request, found) if holdings else [],
    }
    return render(request, "web/enquiries/take_up.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@needs(Permission.ENQUIRY_FILE)
def stage(request: Visit, pk: int) -> HttpResponse:
    """Say how far an enquiry is, as its family reads it."""
    found = queries.enquiry(request.operator, pk)
    form = StageForm(request.POST or None, initial={"stage": found.stage})

    def do() -> str:
        services.push_stage(found, form.cleaned_data["stage"], request.operator)
        messages.success(request, _("The family reads now: “%(stage)s”.") % {"stage": Stage(found.stage).label})
        return reverse("web:enquiries:enquiry", args=[found.pk])

    if request.method == "POST" and form.is_valid():
        with said_on(form):
            return done_once(request, do)
    context = {"enquiry": found, "title": title_of(found), "form": form}
    return render(request, "web/enquiries/stage.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@needs(Permission.ENQUIRY_FILE)
def withdraw(request: Visit, pk: int) -> HttpResponse:
    """Withdraw an enquiry as its enquirer asks; what came with it is searched no more, at once."""
    found = queries.enquiry(request.operator, pk)
    back = reverse("web:enquiries:enquiry", args=[found.pk])
    confirm = Confirmation(
        title=_("Withdraw enquiry %(ref)s") % {"ref": found.reference},
        verb=_("Withdraw it now"),
        consequences=[
            _("Whoever filed it asks for this. No reason is owed, and none is kept."),
            _("Portraits that came with it are searched no more, from the moment you confirm."),
            _("It is closed. They can file another at any time."),
        ],
        back=back,
        back_label=found.reference,
        warning=_("This takes effect at once"),
    )

    def act(_reason: str) -> str:
        services.withdraw(found, request.operator)
        messages.success(request, _("Withdrawn. Nothing that came with it is searched."))
        return back

    return confirmed(request, confirm, act, ask_why=False)


def _alike(request: Visit, found: Enquiry) -> list[Hit]:
    """Records that may be of the person sought: a warning before it is taken up, and never a bar."""
    said = {each["key"]: each["value"] for each in found.sought if each["value"]}
    names = queries.names_of(found.sought)
    return finding.alike(request.operator, names, said.get("sex", "unknown"), said.get("birth.date", ""))
