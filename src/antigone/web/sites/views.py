"""Sites and recoveries: found, recorded, corrected, and the subjects of each."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from antigone.access import services
from antigone.access.models import Operator
from antigone.access.permissions import Permission
from antigone.remains import own, queries, recovering
from antigone.remains.models import RecoveryEvent, Site
from antigone.remains.queries import Filters
from antigone.remains.searching import Found
from antigone.web.addresses import number
from antigone.web.guards import Visit, needs
from antigone.web.paging import Pager
from antigone.web.remains.answering import Sheet, answered
from antigone.web.remains.listing import Row
from antigone.web.sites.forms import RecoveryForm, SiteForm

LINES = 30
SUBJECTS = 50


@require_safe
@needs(Permission.SUBJECT_READ)
def sites(request: Visit) -> HttpResponse:
    who = request.operator
    text = request.GET.get("q", "")[:200]
    found = queries.sites_named(who, text, number(request.GET.get("after", "")), LINES + 1)
    shown = found[:LINES]
    context = {
        "lines": [(each, each.site.agency_id != who.agency_id) for each in shown],
        "pager": Pager(next=shown[-1].site.pk if len(found) > LINES else None),
        "narrowed": bool(text.strip()),
        "may_record": services.allows(who, Permission.SITE_RECORD),
    }
    return render(request, "web/sites/list.html", context)


@require_safe
@needs(Permission.SUBJECT_READ)
def site(request: Visit, pk: int) -> HttpResponse:
    """One site: its recoveries, and the subjects that lay there."""
    who = request.operator
    found = queries.site(who, pk)
    rows, pager = _subjects(request, Filters(site=pk))
    context = {
        "site": found,
        "recoveries": queries.recoveries(who, found),
        "rows": rows,
        "pager": pager,
        "may_record": _may_record(who, found),
        "may_search": found.agency_id == who.agency_id and services.allows(who, Permission.SEARCH_RUN),
    }
    return render(request, "web/sites/site.html", context)


@require_http_methods(["GET", "POST"])
@needs(Permission.SITE_RECORD)
def new(request: Visit) -> HttpResponse:
    who = request.operator
    form = SiteForm(request.POST if request.method == "POST" else None)
    sheet = Sheet(_("Record a site"), _("Record"), reverse("web:sites:list"), back_label=_("Sites"))

    def do(_data: dict[str, Any]) -> str:
        return reverse("web:sites:site", args=[recovering.add_site(form.new(), who).pk])

    return answered(request, form, sheet, do, _("The site is on record."), template="web/sites/sheet.html")


@require_http_methods(["GET", "POST"])
@needs(Permission.SITE_RECORD)
def correct(request: Visit, pk: int) -> HttpResponse:
    who = request.operator
    found = queries.site(who, pk)
    own.may_in(who, Permission.SITE_RECORD, found.agency_id, f"site:{pk}")
    form = SiteForm(request.POST if request.method == "POST" else None, current=SiteForm.current_of(found))
    sheet = Sheet(
        _("Correct a site"),
        _("Save"),
        reverse("web:sites:site", args=[pk]),
        back_label=found.name,
        why=_("What stood there before stays in the ledger, with your name."),
    )
    return answered(
        request,
        form,
        sheet,
        lambda _data: recovering.correct_site(found, form.new(), who),
        _("Saved."),
        template="web/sites/sheet.html",
    )


@require_http_methods(["GET", "POST"])
@needs(Permission.SITE_RECORD)
def recovery_new(request: Visit, pk: int) -> HttpResponse:
    who = request.operator
    found = queries.site(who, pk)
    own.may_in(who, Permission.SITE_RECORD, found.agency_id, f"site:{pk}")
    form = RecoveryForm(request.POST if request.method == "POST" else None)
    sheet = Sheet(
        _("Record a recovery"),
        _("Record"),
        reverse("web:sites:site", args=[pk]),
        back_label=found.name,
        note=found.name,
    )

    def do(_data: dict[str, Any]) -> str:
        return reverse("web:sites:recovery", args=[recovering.add_recovery(found, form.new(), who).pk])

    said = _("The recovery is on record. Record now each body and part, under a code of its own.")
    return answered(request, form, sheet, do, said, template="web/sites/sheet.html")


@require_safe
@needs(Permission.SUBJECT_READ)
def recovery(request: Visit, pk: int) -> HttpResponse:
    """One recovery, and the bodies and parts of it."""
    who = request.operator
    found = queries.recovery(who, pk)
    rows, pager = _subjects(request, Filters(recovery=pk))
    context = {
        "recovery": found,
        "rows": rows,
        "pager": pager,
        "may_record": _may_record(who, found.site),
        "may_record_subject": services.allows(who, Permission.SUBJECT_RECORD) and found.site.agency_id == who.agency_id,
    }
    return render(request, "web/sites/recovery.html", context)


@require_http_methods(["GET", "POST"])
@needs(Permission.SITE_RECORD)
def recovery_correct(request: Visit, pk: int) -> HttpResponse:
    who = request.operator
    found = queries.recovery(who, pk)
    own.may_in(who, Permission.SITE_RECORD, found.site.agency_id, f"recovery:{pk}")
    form = RecoveryForm(request.POST if request.method == "POST" else None, current=RecoveryForm.current_of(found))
    sheet = Sheet(
        _("Correct a recovery"),
        _("Save"),
        reverse("web:sites:recovery", args=[pk]),
        back_label=named(found),
        note=found.site.name,
        why=_("What stood there before stays in the ledger, with your name."),
    )
    return answered(
        request,
        form,
        sheet,
        lambda _data: recovering.correct_recovery(found, form.new(), who),
        _("Saved."),
        template="web/sites/sheet.html",
    )


def named(found: RecoveryEvent) -> str:
    """A recovery in words: who went, and when."""
    return f"{found.team}, {found.began_on:%Y-%m-%d}"


def _may_record(who: Operator, found: Site) -> bool:
    return found.agency_id == who.agency_id and services.allows(who, Permission.SITE_RECORD)


def _subjects(request: Visit, filters: Filters) -> tuple[list[Row], Pager]:
    who = request.operator
    page = queries.subjects(who, filters, request.GET.get("after") or None, SUBJECTS)
    return [Row(Found(line), line.agency != who.agency_id) for line in page.lines], Pager(next=page.after)
