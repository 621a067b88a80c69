"""Release: the code read again on body and bag, and two different people who sign."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from antigone.access.permissions import Permission
from antigone.remains import looking, reading, releasing
from antigone.web.confirming import Confirmation, confirmed
from antigone.web.described import names_of
from antigone.web.guards import Visit, needs
from antigone.web.remains import record
from antigone.web.remains.answering import Sheet, answered
from antigone.web.remains.forms.custody import ReleaseForm, SignForm


@require_http_methods(["GET", "POST"])
@needs(Permission.RELEASE_SIGN)
def prepare(request: Visit, pk: int) -> HttpResponse:
    """The first signature; what is still missing is said first."""
    who = request.operator
    opened = record.mine(who, pk, Permission.RELEASE_SIGN)
    if request.method == "GET":
        looking.looked(opened.subject, who)
    form = ReleaseForm(request.POST if request.method == "POST" else None)
    sheet = Sheet(_("Prepare the release"), _("Sign first"), opened.url, note=opened.title, draft=False)
    return answered(
        request,
        form,
        sheet,
        lambda _data: releasing.prepare(opened.subject, form.new(), who),
        _("Signed first. A second person reads both codes and signs before anything is handed over."),
        to=f"{opened.url}#release",
        template="web/remains/release.html",
        record=opened,
        lacking=releasing.lacking(opened.subject, who),
    )


@require_http_methods(["GET", "POST"])
@needs(Permission.RELEASE_SIGN)
def sign(request: Visit, pk: int) -> HttpResponse:
    """The second signature; `pk` is the release's."""
    who = request.operator
    release = reading.release(who, pk)
    opened = record.mine(who, release.subject_id, Permission.RELEASE_SIGN)
    if request.method == "GET":
        looking.looked(opened.subject, who)
    form = SignForm(request.POST if request.method == "POST" else None)
    sheet = Sheet(
        _("Sign the release"), _("Sign second: hand over"), opened.url, note=opened.title, grave=True, draft=False
    )

    def do(data: dict[str, Any]) -> None:
        releasing.sign(release, data["code_on_body"], data["code_on_bag"], who)

    return answered(
        request,
        form,
        sheet,
        do,
        _("Signed by two persons. The release is on record."),
        to=f"{opened.url}#release",
        template="web/remains/sign.html",
        record=opened,
        release=release,
        first=names_of([release.first_by]).get(release.first_by, ""),
        own=release.first_by == who.actor,
        lacking=releasing.lacking(opened.subject, who),
    )


@require_http_methods(["GET", "POST"])
@needs(Permission.RELEASE_SIGN)
def cancel(request: Visit, pk: int) -> HttpResponse:
    """Cancel a release that was not signed twice yet."""
    who = request.operator
    release = reading.release(who, pk)
    opened = record.mine(who, release.subject_id, Permission.RELEASE_SIGN)
    confirm = Confirmation(
        title=_("Cancel the release of %(code)s") % {"code": opened.title},
        verb=_("Cancel the release"),
        consequences=[
            _("Nothing is handed over on it. It stays on record as cancelled, with your reason."),
            _("Another release can be prepared afterwards, and is signed by two persons again."),
        ],
        back=opened.url,
        back_label=opened.title,
        warning=_("What follows"),
    )

    def act(reason: str) -> str:
        releasing.cancel(release, reason, who)
        messages.success(request, _("The release is cancelled."))
        return f"{opened.url}#release"

    return confirmed(request, confirm, act)
