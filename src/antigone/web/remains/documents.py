"""Papers, cards and photographs that the dead carried: "carried by", never "is"."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from antigone.access.permissions import Permission
from antigone.enrolment.limits import picture_limits
from antigone.remains import documents, looking, reading
from antigone.vault import store
from antigone.web.confirming import Confirmation, confirmed
from antigone.web.guards import Visit, needs
from antigone.web.pictures import making, tokens
from antigone.web.pictures.views import lifted
from antigone.web.remains import record
from antigone.web.remains.answering import Sheet, answered
from antigone.web.remains.forms.found import DocumentForm

PICTURE = "found-document"


@require_http_methods(["GET", "POST"])
@needs(Permission.SUBJECT_RECORD)
def new(request: Visit, pk: int) -> HttpResponse:
    """Record a paper that was carried."""
    who = request.operator
    opened = record.mine(who, pk, Permission.SUBJECT_RECORD)
    if request.method == "GET":
        looking.looked(opened.subject, who)
    sent = request.method == "POST"
    form = DocumentForm(request.POST if sent else None, request.FILES if sent else None)
    sheet = Sheet(
        _("Something that was carried"),
        _("Record it"),
        opened.url,
        note=opened.title,
        why=_(
            "That a paper was carried by somebody does not say who they are. A name on it leads to a record, and "
            "identifies nobody."
        ),
    )

    def do(data: dict[str, Any]) -> None:
        picture = data["picture"]
        if picture is not None:
            picture_limits().check_bytes(picture.size or 0)
        documents.add(opened.subject, form.new(), who, picture.read() if picture is not None else None)

    return answered(request, form, sheet, do, _("Recorded as carried."), to=f"{opened.url}#papers", record=opened)


@require_http_methods(["GET", "POST"])
@needs(Permission.SUBJECT_RECORD)
def withdraw(request: Visit, pk: UUID) -> HttpResponse:
    """Say that it was recorded wrongly."""
    who = request.operator
    document = reading.document(who, pk)
    opened = record.mine(who, document.subject_id, Permission.SUBJECT_RECORD)
    confirm = Confirmation(
        title=_("Take back: %(what)s") % {"what": documents.said(document)},
        verb=_("Take it back"),
        consequences=[
            _("Nobody is led to this record by its words any more."),
            _("It stays readable, marked as taken back, with your name and your reason."),
        ],
        back=opened.url,
        back_label=opened.title,
        warning=_("What follows"),
    )

    def act(reason: str) -> str:
        documents.withdraw(document, reason, who)
        messages.success(request, _("Taken back. It stays readable."))
        return f"{opened.url}#papers"

    return confirmed(request, confirm, act)


@require_POST
@needs(Permission.PHOTOGRAPH_LOOK)
def lift(request: Visit, pk: UUID) -> HttpResponse:
    """Lift the veil of the picture of a paper: the look is in the ledger."""
    document = reading.document(request.operator, pk)
    documents.pictured(document, request.operator)
    return lifted(
        request,
        PICTURE,
        pk,
        reverse("web:remains:document-picture", args=[pk]),
        title=document.subject.code,
        detail=str(document.get_kind_display()),
        alt=documents.said(document),
        back=reverse("web:remains:subject", args=[document.subject_id]),
    )


@require_safe
@needs(Permission.PHOTOGRAPH_LOOK)
def picture(request: Visit, pk: UUID) -> HttpResponse:
    """The picture behind a veil that this person lifted a moment ago."""
    if not tokens.holds(request.GET.get("token", ""), request.operator, PICTURE, pk):
        raise Http404
    document = reading.document(request.operator, pk)
    return making.answer(store.open(str(pk)), document.sha256)
