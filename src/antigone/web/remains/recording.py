"""A new subject: its code given out, where and when it was recovered, by whom it is attested."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from django.contrib import messages
from django.forms.utils import ErrorDict
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from antigone.access.once import once
from antigone.access.permissions import Permission
from antigone.remains import codes, looking, opening, queries, reading, recovering, rules
from antigone.remains.models import SubjectKind
from antigone.web.confirming import Confirmation, confirmed
from antigone.web.drafts import keeping
from antigone.web.errors import said_on
from antigone.web.guards import Visit, needs
from antigone.web.once import done_before, done_once
from antigone.web.remains import record
from antigone.web.remains.answering import Sheet, answered
from antigone.web.remains.forms.subjects import AliasForm, CompleteForm, NewLivingForm, NewSubjectForm, PlaceForm

DRAFT, DRAFT_LIVING = "remains:new", "remains:new-living"

AnyNew = TypeVar("AnyNew", NewSubjectForm, NewLivingForm)


@require_http_methods(["GET", "POST"])
@needs(Permission.SUBJECT_RECORD)
def new(request: Visit) -> HttpResponse:
    """A body or a body part."""
    who = request.operator
    sites, recoveries = queries.own_sites(who), queries.latest_recoveries(who)
    recovery = request.GET.get("recovery", "")

    def make(data: Any) -> NewSubjectForm:
        initial = {"recovery": recovery} if data is None else {}
        return NewSubjectForm(
            data,
            sites=sites,
            recoveries=recoveries,
            named=lambda name: queries.own_site_named(who, name),
            initial=initial,
        )

    return _new(request, make, DRAFT, "web/remains/new.html", lambda form: _record(request, form))


@require_http_methods(["GET", "POST"])
@needs(Permission.SUBJECT_RECORD, Permission.ATTESTATION_RECORD)
def new_living(request: Visit) -> HttpResponse:
    """A living person who cannot state their identity: never without a clinician's word."""

    def make(data: Any) -> NewLivingForm:
        return NewLivingForm(data)

    return _new(request, make, DRAFT_LIVING, "web/remains/new_living.html", lambda form: _record_living(request, form))


def _new(
    request: Visit, make: Callable[[Any], AnyNew], draft_key: str, template: str, save: Callable[[AnyNew], str]
) -> HttpResponse:
    draft = None
    if request.method != "POST":
        form, draft = keeping.begun(request, draft_key, make)
    elif "propose" in request.POST:
        form = _proposed(request, make)
    else:
        if (before := done_before(request)) is not None:
            return before
        form = make(request.POST)
        if form.is_valid():
            with said_on(form):
                return done_once(request, lambda: save(form))
    faulty = request.method == "POST" and "propose" not in request.POST
    context = {"form": form, "draft": draft, "draft_key": draft_key}
    return render(request, template, context, status=422 if faulty else 200)


def _proposed(request: Visit, make: Callable[[Any], AnyNew]) -> AnyNew:
    """The form with the next code of its place and team in it; a double click gives out one code, not two."""
    filled = request.POST.copy()
    place, team = filled.get("code_place", ""), filled.get("code_team", "")
    form = make(filled)
    # What is not finished is not checked yet.
    form._errors = ErrorDict()  # type: ignore[attr-defined]
    form.cleaned_data = {}
    with said_on(form):
        given = once(
            request.operator,
            request.POST.get("once", ""),
            "remains:propose-code",
            lambda: codes.next_code(place, team, request.operator),
            given=[place, team],
        )
        filled["code"] = str(given.outcome)
        messages.info(
            request, _("%(code)s is given out and kept for you. Write it on the tag now.") % {"code": given.outcome}
        )
    return form


def _record(request: Visit, form: NewSubjectForm) -> str:
    who, data = request.operator, form.cleaned_data
    recovery = form.recovery_chosen()
    site = form.site_chosen()
    name = data["site"].strip()
    if site is None and name and recovery is None:
        site = recovering.add_site(recovering.NewSite(name, data["site_kind"]), who)
    subject = opening.record(data["code"], data["kind"], form.particulars(), who)
    if site is not None or recovery is not None:
        recovering.place_subject(subject, who, site=site, recovery=recovery)
    keeping.drop(who, DRAFT)
    messages.success(
        request,
        _("%(code)s is on record. This code goes on body, bag, photographs, effects and form.")
        % {"code": subject.code},
    )
    return reverse("web:remains:subject", args=[subject.pk])


def _record_living(request: Visit, form: NewLivingForm) -> str:
    who = request.operator
    subject = opening.record(form.cleaned_data["code"], SubjectKind.UNABLE, form.particulars(), who)
    keeping.drop(who, DRAFT_LIVING)
    messages.success(
        request,
        _("%(code)s is on record. The attestation holds for 72 hours; when they can speak, say so here at once.")
        % {"code": subject.code},
    )
    return reverse("web:remains:subject", args=[subject.pk])


@require_http_methods(["GET", "POST"])
@needs(Permission.SUBJECT_RECORD)
def complete(request: Visit, pk: int) -> HttpResponse:
    """Fill in what the record of the dead lacks; what it says is not written over."""
    who = request.operator
    opened = record.mine(who, pk, Permission.SUBJECT_RECORD)
    subject = opened.subject
    if request.method == "GET":
        looking.looked(subject, who)
    values = {"place": subject.place, "recovered_on": subject.recovered_on, "attested_by": subject.attested_by}
    lacking = () if opened.living else tuple(name for name, value in values.items() if not value)
    sheet = Sheet(
        _("What is missing"),
        _("Save"),
        opened.url,
        note=opened.title,
        why=_("What stands in the record already is not asked again, and not written over."),
    )
    if request.method == "GET" and not rules.missing_particulars(
        subject.kind, subject.place, subject.recovered_on, subject.attested_by
    ):
        messages.info(request, _("Nothing is missing: place, date and attestor are on record."))
    form = CompleteForm(request.POST if request.method == "POST" else None, lacking=lacking or tuple(values))
    return answered(
        request,
        form,
        sheet,
        lambda _data: opening.complete(subject, form.particulars(), who),
        _("Saved."),
        record=opened,
    )


@require_http_methods(["GET", "POST"])
@needs(Permission.SUBJECT_RECORD)
def place(request: Visit, pk: int) -> HttpResponse:
    """Link a subject to its site and recovery."""
    who = request.operator
    opened = record.mine(who, pk, Permission.SUBJECT_RECORD)
    if request.method == "GET":
        looking.looked(opened.subject, who)
    sites = queries.own_sites(who)
    if opened.subject.site is not None and opened.subject.site not in sites:
        sites.append(opened.subject.site)
    form = PlaceForm(
        request.POST if request.method == "POST" else None,
        sites=sites,
        recoveries=[] if opened.living else queries.latest_recoveries(who, 200),
        initial={"site": str(opened.subject.site_id or ""), "recovery": str(opened.subject.recovery_id or "")},
    )

    def do(data: dict[str, Any]) -> None:
        recovery = form.recoveries.get(data["recovery"])
        site = None if recovery is not None else form.sites.get(data["site"])
        recovering.place_subject(opened.subject, who, site=site, recovery=recovery)

    sheet = Sheet(_("Site and recovery"), _("Save"), opened.url, note=opened.title)
    return answered(request, form, sheet, do, _("Saved."), record=opened)


@require_http_methods(["GET", "POST"])
@needs(Permission.SUBJECT_RECORD)
def alias_new(request: Visit, pk: int) -> HttpResponse:
    """The code by which another agency knows the same subject."""
    who = request.operator
    opened = record.mine(who, pk, Permission.SUBJECT_RECORD)
    form = AliasForm(request.POST if request.method == "POST" else None)
    sheet = Sheet(
        _("A code of another agency"),
        _("Record it"),
        opened.url,
        note=opened.title,
        why=_("Only when it is certain that both codes are of the same body. It is found by either from then on."),
    )
    return answered(
        request,
        form,
        sheet,
        lambda data: codes.add_alias(opened.subject, data["agency_name"], data["code"], data["since"], who),
        _("The other code is on record."),
        record=opened,
    )


@require_http_methods(["GET", "POST"])
@needs(Permission.SUBJECT_RECORD)
def alias_end(request: Visit, pk: int) -> HttpResponse:
    """Say that another agency's code is not this subject's."""
    who = request.operator
    alias = reading.alias(who, pk)
    opened = record.mine(who, alias.subject_id, Permission.SUBJECT_RECORD)
    confirm = Confirmation(
        title=_("Take back the code %(code)s") % {"code": alias.code},
        verb=_("Take it back"),
        consequences=[
            _("%(subject)s is no longer found by %(code)s.") % {"subject": opened.title, "code": alias.code},
            _("It stays on record as ended, with your name and your reason."),
        ],
        back=opened.url,
        back_label=opened.title,
        warning=_("What follows"),
    )

    def act(reason: str) -> str:
        codes.end_alias(alias, reason, who)
        messages.success(request, _("Taken back."))
        return opened.url

    return confirmed(request, confirm, act)
