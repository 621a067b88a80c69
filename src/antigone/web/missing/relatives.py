"""Who reported a person and who waits for them: their record, their consent, and with whom they let it be shared."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from antigone.access import queries as access
from antigone.access.permissions import Permission
from antigone.intake.filing import Agreed
from antigone.missing import consents, looking, own, relatives
from antigone.missing.models import Audience, Relative
from antigone.missing.relatives import StaleRelative
from antigone.web.confirming import Confirmation, confirmed
from antigone.web.errors import said_on
from antigone.web.guards import Visit, needs
from antigone.web.missing import record
from antigone.web.missing.forms.relatives import ConsentForm, RelativeForm, SharesForm
from antigone.web.missing.record import Opened
from antigone.web.once import done_once


@require_http_methods(["GET", "POST"])
@needs(Permission.PERSON_RECORD)
def new(request: Visit, pk: int) -> HttpResponse:
    """Record someone who reported a person, or is kin of them."""
    who = request.operator
    person = own.person_for(pk, who, Permission.PERSON_RECORD)
    opened = record.of(person, who)
    form = RelativeForm(request.POST or None)

    def do() -> str:
        relatives.record_relative(person, form.teller(), who, reporter=form.cleaned_data["reporter"])
        messages.success(request, _("Recorded. Ask what they agree to, and with whom it may be shared."))
        return f"{opened.url}#relatives"

    if request.method == "POST" and form.is_valid():
        with said_on(form):
            return done_once(request, do)
    return _page(request, "web/missing/relative.html", opened, form, heading=_("Record a relative or reporter"))


@require_http_methods(["GET", "POST"])
@needs(Permission.PERSON_RECORD)
def change(request: Visit, pk: int) -> HttpResponse:
    """Change what is recorded of a relative; what it said before is kept beside it."""
    who = request.operator
    relative, opened = _opened(request, pk)
    stale: Relative | None = None
    if request.method == "POST":
        form = RelativeForm(request.POST)
        if form.is_valid():

            def do() -> str:
                data = form.cleaned_data
                relatives.change_relative(
                    relative, form.teller(), who, reporter=data["reporter"], expects=data["version"]
                )
                messages.success(request, _("Saved. What it said before is kept."))
                return f"{opened.url}#relatives"

            with said_on(form):
                try:
                    return done_once(request, do)
                except StaleRelative as error:
                    stale = error.current
    else:
        form = RelativeForm(initial=RelativeForm.initial_of(relative))
    context: dict[str, Any] = {"heading": _("Change what is recorded"), "relative": relative}
    if stale is not None:
        # The clear choice: what stands now is shown, and sending the form again says that one's own words count.
        context |= {"stale": RelativeForm.initial_of(stale), "stale_rows": RelativeForm.rows_of(stale)}
        again = request.POST.copy()
        again["version"] = str(stale.version)
        form = RelativeForm(again)
    return _page(request, "web/missing/relative.html", opened, form, conflict=stale is not None, **context)


@require_http_methods(["GET", "POST"])
@needs(Permission.PERSON_RECORD)
def consent(request: Visit, pk: int) -> HttpResponse:
    """Record that a relative agrees to a version of the wording."""
    relative, opened = _opened(request, pk)
    form = ConsentForm(request.POST or None, initial={"given_on": timezone.now().date().isoformat()})

    def do() -> str:
        data = form.cleaned_data
        consents.record_consent(
            relative, Agreed(data["wording"], data["given_on"], data["given_how"]), request.operator
        )
        messages.success(request, _("The consent is recorded; what they gave may be searched."))
        return f"{opened.url}#relatives"

    if request.method == "POST" and form.is_valid():
        with said_on(form):
            return done_once(request, do)
    heading = _("Record the consent of %(who)s") % {"who": _name(relative)}
    return _page(request, "web/missing/consent.html", opened, form, heading=heading, relative=relative)


@require_http_methods(["GET", "POST"])
@needs(Permission.PERSON_RECORD)
def withdraw(request: Visit, pk: int) -> HttpResponse:
    """A relative withdraws: what they gave is searched and shared no more, at once."""
    relative, opened = _opened(request, pk)
    given = relative.portraits.filter(withheld_at=None).count()
    confirm = Confirmation(
        title=_("Withdraw the consent of %(who)s") % {"who": _name(relative)},
        verb=_("Withdraw it now"),
        consequences=[
            ngettext(
                "The portrait that they gave is searched no more, from the moment you confirm.",
                "The %(number)d portraits that they gave are searched no more, from the moment you confirm.",
                given,
            )
            % {"number": given}
            if given
            else _("They gave no portrait that is searched now."),
            _("What they let be shared with others is shared no more."),
            _("Their portraits are erased after thirty days, unless they agree again before."),
            _("The report itself stays: others may still be looking for this person."),
        ],
        back=opened.url,
        back_label=opened.title,
        warning=_("This takes effect at once"),
    )

    def act(reason: str) -> str:
        withheld = consents.withdraw_consent(relative, request.operator, reason)
        messages.success(
            request,
            ngettext(
                "Withdrawn. %(number)d portrait is searched no more.",
                "Withdrawn. %(number)d portraits are searched no more.",
                withheld,
            )
            % {"number": withheld},
        )
        return f"{opened.url}#relatives"

    return confirmed(request, confirm, act)


@require_http_methods(["GET", "POST"])
@needs(Permission.PERSON_RECORD)
def shares(request: Visit, pk: int) -> HttpResponse:
    """With whom, beside this agency, a relative lets be shared what they gave."""
    relative, opened = _opened(request, pk)
    partners = access.other_agencies(request.operator)
    standing = list(relative.shares.filter(ended_at=None))
    initial = {
        "audiences": sorted({each.audience for each in standing} - {Audience.PARTNERS.value}),
        "partners": [str(each.partner_id) for each in standing if each.partner_id],
    }
    form = SharesForm(request.POST or None, initial=initial, partners=partners)

    def do() -> str:
        named = [int(each) for each in form.cleaned_data["partners"]]
        audiences = [*form.cleaned_data["audiences"], *([Audience.PARTNERS.value] if named else [])]
        consents.choose_shares(relative, audiences, request.operator, partners=named)
        messages.success(request, _("Saved: it is shared as they chose, and with nobody else."))
        return f"{opened.url}#relatives"

    if request.method == "POST" and form.is_valid():
        with said_on(form):
            return done_once(request, do)
    heading = _("What %(who)s lets be shared") % {"who": _name(relative)}
    return _page(request, "web/missing/shares.html", opened, form, heading=heading, relative=relative)


def _opened(request: Visit, pk: int) -> tuple[Relative, Opened]:
    relative = own.relative_for(pk, request.operator, Permission.PERSON_RECORD)
    if request.method == "GET":
        looking.looked(relative.person, request.operator)
    return relative, record.of(relative.person, request.operator)


def _name(relative: Relative) -> str:
    return str(relative.names[0]) if relative.names else _("a relative")


def _page(
    request: Visit, template: str, opened: Opened, form: Any, *, conflict: bool = False, **context: Any
) -> HttpResponse:
    status = 409 if conflict else 422 if form.errors else 200
    return render(request, template, {"record": opened, "form": form, **context}, status=status)
