"""Enquiries as they are read: the list, one enquiry as it was filed, and the pictures that came with it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from antigone.access import services as access
from antigone.access.permissions import Permission
from antigone.description.catalogue import FIELDS
from antigone.description.given import Certainty
from antigone.description.spoken import value, when
from antigone.intake import queries, services
from antigone.intake.choices import Audience, Channel, ConsentGiven, FiledBy, Relation, Stage
from antigone.intake.models import Enquiry
from antigone.missing import queries as missing
from antigone.missing.projecting import bounds
from antigone.missing.rules import Minor, minor
from antigone.web.addresses import number
from antigone.web.guards import Visit, needs
from antigone.web.paging import Pager, after_row
from antigone.web.pictures import making
from antigone.web.showing import Datum, Step

LINES = 30


@dataclass(frozen=True)
class Row:
    """An enquiry in a line, and how many days its stage has stood."""

    line: queries.EnquiryLine
    days: int

    @property
    def channel(self) -> str:
        return str(FiledBy(self.line.channel).label)

    @property
    def stage(self) -> str:
        return str(Stage(self.line.stage).label)


@require_safe
@needs(Permission.ENQUIRY_READ)
def enquiries(request: Visit) -> HttpResponse:
    asked, channel = request.GET.get("stage", ""), request.GET.get("channel", "")
    days = number(request.GET.get("days", ""), 3650) or 0
    found = queries.enquiries(
        request.operator,
        [asked] if asked in Stage.values else [],
        after_row(request),
        LINES,
        channel=channel if channel in FiledBy.values else "",
        waiting_days=days,
        reference=request.GET.get("q", "")[:40],
    )
    now = timezone.now()
    context = {
        "rows": [Row(line, (now - line.stage_at).days) for line in found.lines],
        "pager": Pager(next=found.after),
        "narrowed": any(request.GET.get(name) for name in ("q", "stage", "channel", "days")),
        "stages": Stage.choices,
        "channels": FiledBy.choices,
        "ages": [
            ("3", _("three days or more")),
            ("7", _("a week or more")),
            ("30", _("thirty days or more")),
        ],
        "may_file": access.allows(request.operator, Permission.ENQUIRY_FILE),
    }
    return render(request, "web/enquiries/list.html", context)


@require_safe
@needs(Permission.ENQUIRY_READ)
def enquiry(request: Visit, pk: int) -> HttpResponse:
    """One enquiry as it was filed; opening it is a look in the ledger."""
    found = queries.enquiry(request.operator, pk)
    services.looked(found, request.operator)
    allowed = access.permissions_held(request.operator)
    taken = missing.taken_up_as(found)
    context = {
        "enquiry": found,
        "title": title_of(found),
        "taken": taken,
        "minor": _minor(found),
        "steps": _steps(found),
        "sought": sought(found),
        "enquirer": found.enquirer,
        "relation": dict(Relation.choices).get(found.enquirer.get("relation", ""), ""),
        "contacts": [
            (dict(Channel.choices).get(each.get("channel", ""), ""), each.get("value", ""))
            for each in found.enquirer.get("contacts", ())
        ],
        "contact_by": [dict(Audience.choices).get(each, each) for each in found.enquirer.get("contact_by", ())],
        "shares": [dict(Audience.choices).get(each, each) for each in found.shares],
        "consent": {
            **found.consent,
            "given_on": when(found.consent.get("given_on", "")),
            "how": dict(ConsentGiven.choices).get(found.consent.get("given_how", ""), ""),
        },
        "pictures": list(found.portraits.all()),
        "may_look": Permission.PORTRAIT_LOOK in allowed,
        "may_file": Permission.ENQUIRY_FILE in allowed,
        "may_take_up": taken is None
        and found.withdrawn_at is None
        and {Permission.PERSON_RECORD, Permission.PORTRAIT_ADD} <= allowed,
        "may_read_persons": Permission.PERSON_READ in allowed,
    }
    return render(request, "web/enquiries/enquiry.html", context)


def _minor(found: Enquiry) -> Minor:
    """Whether the person sought is a child, by what is said of them."""
    said = {each["key"]: each["value"] for each in found.sought if each["value"]}
    return minor(bounds(said.get("birth.date", ""))[1], bounds(said.get("event.date", ""))[0], timezone.now().date())


def title_of(found: Enquiry) -> str:
    names = queries.names_of(found.sought)
    return names[0] if names else found.reference


def sought(found: Enquiry) -> list[Datum]:
    """What was said of the person, line by line."""
    lines = []
    for said in found.sought:
        field = FIELDS.get(said["key"])
        if field is None:
            continue
        known = said.get("certainty", Certainty.KNOWN) == Certainty.KNOWN
        state: Any = "known" if known else said["certainty"]
        label = str(field.label)
        lines.append(
            Datum(
                label[:1].upper() + label[1:],
                value(field, said["value"]) if known else "",
                state=state,
                source=said.get("source", ""),
                sensitive=field.sensitive,
            )
        )
    return lines


def _steps(found: Enquiry) -> list[Step]:
    """The stages as the family reads them; a withdrawn enquiry stands at its end."""
    order = [Stage.RECEIVED, Stage.LOOKED_AT, Stage.REGISTERED, Stage.ANSWERED, Stage.CLOSED]
    now = order.index(Stage(found.stage))
    return [
        Step(
            each.label,
            "done" if place < now else "now" if place == now else "later",
            when(found.stage_at.date().isoformat()) if place == now else "",
        )
        for place, each in enumerate(order)
    ]


@require_safe
@needs(Permission.PORTRAIT_LOOK)
def picture(request: Visit, pk: UUID) -> HttpResponse:
    """A picture that came with an enquiry; fetching it is a look in the ledger."""
    found = queries.picture(request.operator, pk)
    return making.answer(services.opened(found, request.operator), found.sha256, longest=making.SMALL)
