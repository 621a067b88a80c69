"""Samples for the primary identifiers, and what a laboratory answers in words."""

from __future__ import annotations

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from antigone.access.permissions import Permission
from antigone.remains import looking, reading, sampling
from antigone.web.guards import Visit, needs
from antigone.web.remains import record
from antigone.web.remains.answering import Sheet, answered
from antigone.web.remains.forms.found import AnswerForm, SampleForm


@require_http_methods(["GET", "POST"])
@needs(Permission.SUBJECT_RECORD)
def new(request: Visit, pk: int) -> HttpResponse:
    """Record a sample."""
    who = request.operator
    opened = record.mine(who, pk, Permission.SUBJECT_RECORD)
    if request.method == "GET":
        looking.looked(opened.subject, who)
    # An order on the subject's page leads here with what it is for.
    initial = {"taken_by": who.name, "identifier": request.GET.get("identifier", "")}
    form = SampleForm(request.POST if request.method == "POST" else None, initial=initial)
    sheet = Sheet(_("A sample"), _("Record the sample"), opened.url, note=opened.title)
    return answered(
        request,
        form,
        sheet,
        lambda _data: sampling.add(opened.subject, form.new(), who),
        _("The sample is on record. Its custody begins when it is handed over."),
        to=f"{opened.url}#samples",
        record=opened,
    )


@require_http_methods(["GET", "POST"])
@needs(Permission.SUBJECT_RECORD)
def answer(request: Visit, pk: int) -> HttpResponse:
    """What the laboratory answered; `pk` is the sample's."""
    who = request.operator
    sample = reading.sample(who, pk)
    opened = record.mine(who, sample.subject_id, Permission.SUBJECT_RECORD)
    if request.method == "GET":
        looking.looked(opened.subject, who)
    form = AnswerForm(
        request.POST if request.method == "POST" else None,
        initial={"laboratory": sample.laboratory, "laboratory_reference": sample.laboratory_reference},
    )
    sheet = Sheet(
        _("What the laboratory answers"),
        _("Record the answer"),
        opened.url,
        note=_("%(code)s, sample %(reference)s") % {"code": opened.title, "reference": sample.reference},
        why=_(
            "An answer is recorded once. A second answer is a finding of its own: record a new sample, and say why "
            "they differ."
        ),
    )
    return answered(
        request,
        form,
        sheet,
        lambda _data: sampling.answer(sample, form.answer(), who),
        _("The answer is on record."),
        to=f"{opened.url}#samples",
        record=opened,
    )
