"""Filing an enquiry for a family, and the slip that they take home."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from antigone.access.permissions import Permission
from antigone.intake import queries, services
from antigone.web.drafts import keeping
from antigone.web.enquiries import slips
from antigone.web.enquiries.forms import FilingForm
from antigone.web.errors import said_on
from antigone.web.guards import Visit, needs
from antigone.web.once import done_before, done_once

DRAFT = "enquiries:new"


@require_http_methods(["GET", "POST"])
@needs(Permission.ENQUIRY_FILE)
def new(request: Visit) -> HttpResponse:
    """Ask, file, and go on to the slip with the reference and the words, which are shown there alone."""
    if request.method != "POST":
        form, draft = keeping.begun(request, DRAFT, lambda data: FilingForm(data))
        return render(request, "web/enquiries/new.html", {"form": form, "draft": draft, "draft_key": DRAFT})
    if (before := done_before(request)) is not None:
        return before
    form = FilingForm(request.POST, request.FILES)

    def do() -> str:
        filed = services.file(form.filing(), request.operator)
        slips.keep(request, filed.enquiry.pk, filed.secret)
        keeping.drop(request.operator, DRAFT)
        return reverse("web:enquiries:slip", args=[filed.enquiry.pk])

    if form.is_valid():
        with said_on(form):
            return done_once(request, do)
    context: dict[str, Any] = {"form": form, "draft_key": DRAFT, "again": bool(request.FILES)}
    return render(request, "web/enquiries/new.html", context, status=422)


@require_http_methods(["GET", "POST"])
@needs(Permission.ENQUIRY_FILE)
def slip(request: Visit, pk: int) -> HttpResponse:
    """The slip for the family, while its words are held; they are forgotten when it was handed over."""
    enquiry = queries.enquiry(request.operator, pk)
    if request.method == "POST":
        slips.forget(request, enquiry.pk)
        messages.success(request, _("The words are forgotten here; the family alone has them now."))
        return HttpResponseRedirect(reverse("web:enquiries:enquiry", args=[pk]))
    context = {"enquiry": enquiry, "secret": slips.held(request, enquiry.pk), "minutes": slips.HOLDS.seconds // 60}
    return render(request, "web/enquiries/slip.html", context)
