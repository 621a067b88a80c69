"""Whether the log is whole: verifying it, its checkpoints, and the signatures of other agencies."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from antigone.access import services as access
from antigone.access.permissions import Permission
from antigone.ledger import reading
from antigone.ledger import services as ledger
from antigone.ledger.errors import NoteFault
from antigone.upkeep import verifying
from antigone.web.audit import telling
from antigone.web.audit.forms import CountersignForm, VerifyForm
from antigone.web.described import names_of
from antigone.web.errors import said_on
from antigone.web.guards import Visit, needs
from antigone.web.once import done_once
from antigone.web.paging import Pager, after_row

LINES = 20


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.LEDGER_VERIFY)
def verify(request: Visit) -> HttpResponse:
    """The last answer in words, the verification that is under way, and the button for another."""
    form = VerifyForm(request.POST or None)

    def do() -> str:
        verifying.ask(
            request.operator, checkpoint=form.cleaned_data["checkpoint"], verifier=form.cleaned_data["verifier"].strip()
        )
        return reverse("web:audit:verify")

    if request.method == "POST" and form.is_valid():
        with said_on(form):
            return done_once(request, do)
    last, asked = verifying.last(), verifying.asked(request.operator)
    result = (last.result or {}) if last else {}
    context = {
        "form": form,
        "asked": asked if asked is not None and (last is None or asked.pk > last.pk) else None,
        "last": last,
        "said": telling.sentence(str(result.get("sentence", ""))),
        "notes": [telling.sentence(str(each)) for each in result.get("notes", ())],
        "last_by": names_of([last.asked_by])[last.asked_by] if last else "",
        "reads": _reads(request),
    }
    return render(request, "web/audit/verify.html", context, status=422 if form.errors else 200)


@require_safe
@needs(Permission.LEDGER_VERIFY)
def checkpoints(request: Visit) -> HttpResponse:
    """The latest checkpoint to copy, our verifier key, and the checkpoints before it."""
    found = reading.checkpoints(after=after_row(request), limit=LINES + 1)
    context = {
        "latest": ledger.checkpoint_text() if found else "",
        "verifier": ledger.verifier_key() if found else "",
        "checkpoints": found[:LINES],
        "pager": Pager(next=found[LINES - 1].size if len(found) > LINES else None),
        "reads": _reads(request),
    }
    return render(request, "web/audit/checkpoints.html", context)


@require_safe
@needs(Permission.LEDGER_VERIFY)
def checkpoint(request: Visit, size: int) -> HttpResponse:
    """One checkpoint with the signatures of others."""
    try:
        text = ledger.checkpoint_text(size)
    except NoteFault as none:
        raise Http404 from none
    (found,) = reading.checkpoints(after=size + 1, limit=1)
    context = {"text": text, "checkpoint": found, "reads": _reads(request)}
    return render(request, "web/audit/checkpoint.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.LEDGER_VERIFY)
def countersign(request: Visit) -> HttpResponse:
    """Keep another agency's signature on one of our checkpoints."""
    form = CountersignForm(request.POST or None)

    def do() -> str:
        given = form.cleaned_data
        new = verifying.countersign(request.operator, given["checkpoint"], given["verifier"].strip())
        if new:
            words = ngettext("%(number)d new signature is kept.", "%(number)d new signatures are kept.", new)
            messages.success(request, words % {"number": new})
        else:
            messages.info(request, _("This signature was kept before."))
        return reverse("web:audit:checkpoints")

    if request.method == "POST" and form.is_valid():
        with said_on(form):
            return done_once(request, do)
    context = {"form": form, "reads": _reads(request)}
    return render(request, "web/audit/countersign.html", context, status=422 if form.errors else 200)


def _reads(request: Visit) -> bool:
    """Whether the entries too are open to this person: who may only verify is led to none of them."""
    return access.allows(request.operator, Permission.LEDGER_READ)
