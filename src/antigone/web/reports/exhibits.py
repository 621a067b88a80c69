"""Pictures of the dead, given out once to a named professional as a sealed exhibit."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from antigone.access.once import once
from antigone.access.permissions import Permission
from antigone.casework.reporting import exhibits, pdf, reading
from antigone.casework.reporting.exhibits import Made, NewExhibit
from antigone.web.errors import said_on
from antigone.web.guards import Visit, needs
from antigone.web.once import done_before
from antigone.web.reports.forms import ExhibitForm


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.EXHIBIT_MAKE)
def new(request: Visit, pk: int) -> HttpResponse:
    """The form; its answer is the file itself, which is kept nowhere: a second click makes no second one."""
    who = request.operator
    found = reading.report(pk, who)
    back = reverse("web:reports:report", args=[pk])
    if request.method == "POST" and (before := done_before(request)) is not None:
        messages.warning(
            request,
            _("This exhibit was given out already, and its file is not kept here. Ask for another if it was lost."),
        )
        return before
    form = ExhibitForm(
        request.POST if request.method == "POST" else None,
        photographs=exhibits.to_choose(found, who),
        partners=exhibits.partners(who),
    )
    if request.method == "POST" and form.is_valid():
        made: list[Made] = []

        def do() -> str:
            made.append(exhibits.make(pk, _asked(form), who))
            return back

        with said_on(form):
            token = request.POST.get("once", "") or str(uuid.uuid4())
            once(who, token, f"web:reports:exhibit:{request.path}"[:200], do)
            if not made:  # sent twice in the same moment
                return HttpResponseRedirect(back)
            answer = HttpResponse(made[0].file, content_type="application/pdf")
            answer["Cache-Control"] = "no-store"
            answer["Content-Disposition"] = f'attachment; filename="{made[0].exhibit.serial}.pdf"'
            answer["Cross-Origin-Resource-Policy"] = "same-origin"
            return answer
    context = {"form": form, "report": found, "back": back, "files": pdf.available()}
    return render(request, "web/reports/exhibit.html", context, status=422 if form.errors else 200)


def _asked(form: ExhibitForm) -> NewExhibit:
    data = form.cleaned_data
    return NewExhibit(
        role=data["role"],
        recipient=data["recipient"],
        organisation=data["organisation"],
        purpose=data["purpose"],
        photographs=[uuid.UUID(each) for each in data["photographs"]],
        partner=int(data["partner"]) if data["partner"] else None,
        understood=data["understood"],
    )
