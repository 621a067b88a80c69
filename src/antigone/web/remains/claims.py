"""Claims of recognition, for who may know them alone; for everybody else there is no such page and no word of it."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from antigone.access.permissions import Permission
from antigone.remains import claims
from antigone.web.confirming import Confirmation, confirmed
from antigone.web.described import names_of
from antigone.web.guards import Visit, needs
from antigone.web.remains import record
from antigone.web.remains.answering import Sheet, answered
from antigone.web.remains.forms.found import ClaimForm


@require_safe
@needs(Permission.CLAIM_READ)
def of_subject(request: Visit, pk: int) -> HttpResponse:
    """The claims about a subject; that they were read is in the ledger."""
    who = request.operator
    opened = record.mine(who, pk, Permission.CLAIM_READ)
    found = claims.of_subject(opened.subject, who)
    names = names_of(each.recorded_by for each in found)
    rows = [(each, names.get(each.recorded_by, "")) for each in found]
    return render(request, "web/remains/claims.html", {"record": opened, "claims": rows})


@require_http_methods(["GET", "POST"])
@needs(Permission.CLAIM_RECORD)
def new(request: Visit, pk: int) -> HttpResponse:
    """Record that somebody says whom they recognised."""
    who = request.operator
    opened = record.mine(who, pk, Permission.CLAIM_RECORD)
    form = ClaimForm(
        request.POST if request.method == "POST" else None, living=opened.living, initial={"heard_by": who.name}
    )
    sheet = Sheet(
        _("A claim of recognition"),
        _("Record the claim"),
        opened.url,
        note=opened.title,
        why=_(
            "Recognition by anyone is a claim to be tested, never a finding, whatever was done on it. Those who "
            "examine do not learn that there is one. Write down the conditions: they say what it is worth."
        ),
    )
    back = reverse("web:remains:claims", args=[pk]) if opened.may_read_claims else opened.url
    return answered(
        request,
        form,
        sheet,
        lambda _data: claims.add(opened.subject, form.new(), who),
        _("The claim is on record."),
        to=back,
        record=opened,
    )


@require_http_methods(["GET", "POST"])
@needs(Permission.CLAIM_RECORD)
def withdraw(request: Visit, pk: int) -> HttpResponse:
    """Say that it is taken back, or was recorded wrongly."""
    who = request.operator
    claim = claims.claim(pk, who)
    opened = record.mine(who, claim.subject_id, Permission.CLAIM_RECORD)
    back = reverse("web:remains:claims", args=[claim.subject_id]) if opened.may_read_claims else opened.url
    confirm = Confirmation(
        title=_("Take back a claim about %(code)s") % {"code": opened.title},
        verb=_("Take it back"),
        consequences=[_("It stays readable, marked as taken back, with your name and your reason.")],
        back=back,
        back_label=opened.title,
        warning=_("What follows"),
    )

    def act(reason: str) -> str:
        claims.withdraw(claim, reason, who)
        messages.success(request, _("Taken back."))
        return back

    return confirmed(request, confirm, act)
