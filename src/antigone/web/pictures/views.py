"""Lifting the veil, and the pictures themselves: each look is in the ledger before a pixel leaves."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from antigone.access.permissions import Permission
from antigone.missing import looking as portraits
from antigone.missing.models import Portrait
from antigone.remains import looking
from antigone.remains.models import Photograph
from antigone.vault import store
from antigone.web.guards import Visit, needs
from antigone.web.pictures import making, tokens

PHOTOGRAPH = "photograph"


@require_POST
@needs(Permission.PHOTOGRAPH_LOOK)
def lift(request: Visit, pk: UUID) -> HttpResponse:
    """Lift the veil of one photograph: the look is recorded, and the answer holds an address that is good for minutes.

    Without htmx the answer is a page of its own.
    """
    photograph = Photograph.objects.select_related("subject").filter(pk=pk).first()
    if photograph is None:
        raise Http404
    looking.lifted(photograph, request.operator)
    code = photograph.subject.code
    alt = _("Photograph %(shot)s of %(code)s") % {"shot": photograph.shot, "code": code}
    return lifted(
        request, PHOTOGRAPH, pk, reverse("web:photograph", args=[pk]), title=code, detail=photograph.shot, alt=alt
    )


def lifted(
    request: Visit, kind: str, pk: UUID, address: str, *, title: str, alt: str, detail: str = "", back: str = ""
) -> HttpResponse:
    """The answer to a lifted veil: the look is in the ledger by now, and the picture's address holds for minutes.

    Without htmx it is a page of its own.
    """
    token = tokens.token_for(request.operator, kind, pk)
    context = {"id": pk, "url": f"{address}?token={token}", "title": title, "detail": detail, "alt": alt, "back": back}
    fragment = bool(request.headers.get("HX-Request"))
    return render(request, "web/pictures/lifted.html" if fragment else "web/pictures/lifted_page.html", context)


@require_safe
@needs(Permission.PHOTOGRAPH_LOOK)
def photograph(request: Visit, pk: UUID) -> HttpResponse:
    """The photograph behind a veil that was lifted a moment ago, by this person; for everybody else there is none."""
    if not tokens.holds(request.GET.get("token", ""), request.operator, PHOTOGRAPH, pk):
        raise Http404
    found = Photograph.objects.filter(pk=pk).first()
    if found is None:
        raise Http404
    return making.answer(store.open(str(pk)), found.sha256)


@require_safe
@needs(Permission.PORTRAIT_LOOK)
def portrait(request: Visit, pk: UUID) -> HttpResponse:
    """A portrait of a missing person; fetching it is a look in the ledger."""
    found = Portrait.objects.select_related("person__holding").filter(pk=pk).first()
    if found is None:
        raise Http404
    return making.answer(portraits.opened(found, request.operator), found.sha256, longest=making.SMALL)
