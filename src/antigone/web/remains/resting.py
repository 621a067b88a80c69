"""Where a subject lies: storage, burials, exhumations, the identity disc, and what kin chose."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from antigone.access.permissions import Permission
from antigone.remains import individuals, looking, queries, reading, resting
from antigone.web.guards import Visit, needs
from antigone.web.remains import record
from antigone.web.remains.answering import Sheet, answered
from antigone.web.remains.forms.custody import BurialForm, DiscForm, ExhumationForm, KinForm, StorageForm
from antigone.web.remains.record import Opened


def _posted(request: Visit) -> Any:
    return request.POST if request.method == "POST" else None


def _looked(request: Visit, opened: Opened) -> None:
    if request.method == "GET":
        looking.looked(opened.subject, request.operator)


@require_http_methods(["GET", "POST"])
@needs(Permission.CUSTODY_RECORD)
def store(request: Visit, pk: int) -> HttpResponse:
    """Where it lies from now on."""
    who = request.operator
    opened = record.mine(who, pk, Permission.CUSTODY_RECORD)
    _looked(request, opened)
    form = StorageForm(_posted(request))
    sheet = Sheet(
        _("Where it lies"), _("Record it"), opened.url, note=opened.title, why=_("Where it lay before ends with this.")
    )

    def do(data: dict[str, Any]) -> None:
        resting.store(opened.subject, data["place"], data["position"], data["since"], who)

    return answered(request, form, sheet, do, _("Recorded."), to=f"{opened.url}#rests", record=opened)


@require_http_methods(["GET", "POST"])
@needs(Permission.CUSTODY_RECORD)
def bury(request: Visit, pk: int) -> HttpResponse:
    """A burial, or a reburial."""
    who = request.operator
    opened = record.mine(who, pk, Permission.CUSTODY_RECORD)
    _looked(request, opened)
    form = BurialForm(_posted(request), sites=queries.own_sites(who))
    sheet = Sheet(
        _("A burial"),
        _("Record the burial"),
        opened.url,
        note=opened.title,
        why=_(
            "The code goes on the marker and into the grave with the body. What lies buried is exhumed before it is "
            "buried again."
        ),
    )
    return answered(
        request,
        form,
        sheet,
        lambda _data: resting.bury(opened.subject, form.new(), who),
        _("The burial is on record."),
        to=f"{opened.url}#rests",
        record=opened,
    )


@require_http_methods(["GET", "POST"])
@needs(Permission.CUSTODY_RECORD)
def exhume(request: Visit, pk: int) -> HttpResponse:
    """The opening of one grave; `pk` is the burial's."""
    who = request.operator
    burial = reading.burial(who, pk)
    opened = record.mine(who, burial.subject_id, Permission.CUSTODY_RECORD)
    _looked(request, opened)
    form = ExhumationForm(_posted(request))
    sheet = Sheet(
        _("The grave was opened"),
        _("Record the exhumation"),
        opened.url,
        note=f"{opened.title} · {burial.place} {burial.grave}".strip(),
        why=_("Say afterwards where it lies now, and who holds it."),
    )
    return answered(
        request,
        form,
        sheet,
        lambda _data: resting.exhume(burial, form.new(), who),
        _("The exhumation is on record. Say now where it lies."),
        to=f"{opened.url}#rests",
        record=opened,
    )


@require_http_methods(["GET", "POST"])
@needs(Permission.SUBJECT_RECORD)
def disc(request: Visit, pk: int) -> HttpResponse:
    """What was found of the identity disc."""
    who = request.operator
    opened = record.mine(who, pk, Permission.SUBJECT_RECORD)
    _looked(request, opened)
    form = DiscForm(_posted(request))
    sheet = Sheet(
        _("Identity disc"),
        _("Record it"),
        opened.url,
        note=opened.title,
        why=_(
            "Of a double disc one half is sent, and the other stays with the body; a single disc stays whole with it."
        ),
    )
    return answered(
        request,
        form,
        sheet,
        lambda _data: resting.state_disc(opened.subject, form.disc(), who),
        _("Recorded. What was said before stays readable."),
        to=f"{opened.url}#disc",
        record=opened,
    )


@require_http_methods(["GET", "POST"])
@needs(Permission.SUBJECT_RECORD)
def kin(request: Visit, pk: int) -> HttpResponse:
    """What kin wish if more of their dead is found later."""
    who = request.operator
    opened = record.mine(who, pk, Permission.SUBJECT_RECORD)
    _looked(request, opened)
    form = KinForm(_posted(request))
    sheet = Sheet(
        _("If more is found later"),
        _("Record their choice"),
        opened.url,
        note=opened.title,
        why=_(
            "Asked in person, by whoever accompanies them, when the body is handed over. They may choose anew at any "
            "time."
        ),
    )

    def do(data: dict[str, Any]) -> None:
        individual = individuals.of_unit(opened.subject, who)
        resting.choose_later_fragments(opened.subject, data.pop("choice"), who, **data, individual=individual)

    return answered(request, form, sheet, do, _("Recorded."), to=f"{opened.url}#kin", record=opened)
