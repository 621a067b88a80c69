"""Public items, one by one: proposed by hand, approved by a second person, erased after thirty days."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from antigone.access import services
from antigone.access.permissions import Permission
from antigone.enrolment.limits import picture_limits
from antigone.remains import open_source, reading
from antigone.remains.models import OpenSourceItem, OpenSourceState
from antigone.vault import store
from antigone.vault.tasks import complete_shreds
from antigone.web.confirming import Confirmation, confirmed
from antigone.web.described import names_of
from antigone.web.errors import said_on
from antigone.web.guards import Visit, needs, signed_in
from antigone.web.once import done_apart, done_before, done_once
from antigone.web.pictures import making, tokens
from antigone.web.pictures.views import lifted
from antigone.web.remains import record
from antigone.web.remains.answering import Sheet, answered
from antigone.web.remains.forms.found import DecideForm, ItemForm, OfferForm

PICTURE = "open-source"


def days_left(item: OpenSourceItem, today: date | None = None) -> str:
    """How long an item still stands, in words; empty once it is erased."""
    if item.erased_at is not None:
        return ""
    days = (item.ends_on - (today or timezone.now().date())).days
    if days <= 0:
        return _("ends today")
    return ngettext("%(days)d day left", "%(days)d days left", days) % {"days": days}


@require_safe
@signed_in
def of_subject(request: Visit, pk: int) -> HttpResponse:
    """The public items of a subject, for who proposes or approves them."""
    who = request.operator
    services.require(who, open_source.permission_of(who))
    opened = record.mine(who, pk, open_source.permission_of(who))
    found = reading.open_source_items(opened.subject, who)
    names = names_of(actor for each in found for actor in (each.proposed_by, each.decided_by))
    rows = [(each, names.get(each.proposed_by, ""), days_left(each)) for each in found]
    return render(request, "web/remains/items.html", {"record": opened, "items": rows})


@require_http_methods(["GET", "POST"])
@needs(Permission.OPEN_SOURCE_PROPOSE)
def propose(request: Visit, pk: int) -> HttpResponse:
    """Propose one item for one subject."""
    who = request.operator
    opened = record.mine(who, pk, Permission.OPEN_SOURCE_PROPOSE)
    sent = request.method == "POST"
    form = ItemForm(request.POST if sent else None, request.FILES if sent else None)
    sheet = Sheet(
        _("Propose a public item"),
        _("Propose it to a second person"),
        reverse("web:remains:items", args=[pk]),
        note=opened.title,
    )

    def do(data: dict[str, Any]) -> str:
        picture_limits().check_bytes(data["copy"].size or 0)
        item = open_source.propose(opened.subject, form.new(), data["copy"].read(), who)
        return reverse("web:remains:item", args=[item.pk])

    return answered(
        request,
        form,
        sheet,
        do,
        _("Proposed. It is used for nothing before a second person approves it."),
        template="web/remains/item_propose.html",
        record=opened,
    )


@require_http_methods(["GET", "POST"])
@signed_in
def item(request: Visit, pk: UUID) -> HttpResponse:
    """One item, and the decision about it."""
    if (before := done_before(request)) is not None:
        return before
    who = request.operator
    services.require(who, open_source.permission_of(who))
    found = reading.open_source_item(who, pk)
    opened = record.of(found.subject, who)
    names = names_of([found.proposed_by, found.decided_by])
    waits = found.state == OpenSourceState.PROPOSED and found.erased_at is None
    decides = waits and services.allows(who, Permission.OPEN_SOURCE_APPROVE) and found.proposed_by != who.actor
    form = DecideForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        with said_on(form):
            return _decide(request, found, form.cleaned_data)
    context = {
        "record": opened,
        "item": found,
        "form": form,
        "decides": decides,
        "own": waits and found.proposed_by == who.actor,
        "left": days_left(found),
        "by": names.get(found.proposed_by, ""),
        "decided_by": names.get(found.decided_by, ""),
        "may_end": opened.may_propose and found.erased_at is None,
        "may_offer": opened.may_propose and found.state == OpenSourceState.APPROVED,
    }
    return render(request, "web/remains/item.html", context, status=422 if request.method == "POST" else 200)


def _decide(request: Visit, found: OpenSourceItem, data: dict[str, Any]) -> HttpResponse:
    who, back = request.operator, reverse("web:remains:item", args=[found.pk])

    def approve() -> str:
        open_source.approve(found, data["reason"], who)
        messages.success(
            request, _("Approved. It may be compared with this subject until it ends, and with nothing else.")
        )
        return back

    def refuse() -> str:
        open_source.reject(found, data["reason"], who)
        complete_shreds()
        messages.success(request, _("Refused. The copy is erased; your reason stays."))
        return back

    if data["decision"] == "approve":
        return done_once(request, approve)
    return done_apart(request, refuse)


@require_http_methods(["GET", "POST"])
@needs(Permission.OPEN_SOURCE_PROPOSE)
def end(request: Visit, pk: UUID) -> HttpResponse:
    """End an item before its thirty days."""
    if (before := done_before(request)) is not None:
        return before
    who = request.operator
    found = reading.open_source_item(who, pk)
    opened = record.mine(who, found.subject_id, Permission.OPEN_SOURCE_PROPOSE)
    back = reverse("web:remains:items", args=[found.subject_id])
    confirm = Confirmation(
        title=_("End a public item of %(code)s") % {"code": opened.title},
        verb=_("End and erase it"),
        consequences=[
            _("The copy and its key are destroyed, and its address and words go. No backup brings them back."),
            _("That there was an item, who proposed and who decided stays on record."),
        ],
        back=back,
        back_label=opened.title,
    )

    def act(reason: str) -> str:
        open_source.end(found, reason, who)
        complete_shreds()
        messages.success(request, _("Ended and erased."))
        return back

    return confirmed(request, confirm, act, apart=True)


@require_http_methods(["GET", "POST"])
@needs(Permission.OPEN_SOURCE_PROPOSE)
def offer(request: Visit, pk: UUID) -> HttpResponse:
    """The family, or who holds it lawfully, gives the picture as a portrait."""
    who = request.operator
    found = reading.open_source_item(who, pk)
    opened = record.mine(who, found.subject_id, Permission.OPEN_SOURCE_PROPOSE)
    form = OfferForm(request.POST if request.method == "POST" else None)
    sheet = Sheet(
        _("Its holder gives it as a portrait"),
        _("Record the offer"),
        reverse("web:remains:item", args=[pk]),
        note=opened.title,
        why=_(
            "Only when they offer it of themselves, by name and on a ground in law. Nobody asks through an account, "
            "and nobody uses another name. It enters no gallery by this: it is taken in as any portrait that is given."
        ),
    )
    return answered(
        request,
        form,
        sheet,
        lambda data: open_source.offer(found, data["given_by"], data["relation"], data["basis"], who),
        _("Recorded. The holder’s picture can now be taken in with the missing person’s record."),
        record=opened,
    )


@require_POST
@signed_in
def lift(request: Visit, pk: UUID) -> HttpResponse:
    """Lift the veil of the copy: the look is in the ledger."""
    who = request.operator
    services.require(who, open_source.permission_of(who))
    found = reading.open_source_item(who, pk)
    open_source.copy_of(found, who)
    return lifted(
        request,
        PICTURE,
        pk,
        reverse("web:remains:item-picture", args=[pk]),
        title=found.subject.code,
        detail=_("public item"),
        alt=_("A copy saved from a public place for %(code)s") % {"code": found.subject.code},
        back=reverse("web:remains:item", args=[pk]),
    )


@require_safe
@signed_in
def picture(request: Visit, pk: UUID) -> HttpResponse:
    """The copy behind a veil that this person lifted a moment ago."""
    who = request.operator
    services.require(who, open_source.permission_of(who))
    if not tokens.holds(request.GET.get("token", ""), who, PICTURE, pk):
        raise Http404
    found = reading.open_source_item(who, pk)
    return making.answer(store.open(str(pk)), found.sha256)
