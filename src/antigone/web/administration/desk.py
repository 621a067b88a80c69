"""What awaits whoever looks after an agency: mandates that end, agreements, codes, accounts without a second factor."""

from __future__ import annotations

from datetime import timedelta

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from antigone.access import queries
from antigone.access.models import Operator
from antigone.access.permissions import Permission
from antigone.access.practice import is_practice
from antigone.web.administration.mandates import SOON, purpose_of
from antigone.web.desk.sections import SHOWN, Awaiting, section


@section(
    "administration:agreements",
    gettext_lazy("Agreements that wait for your agency’s word"),
    order=20,
    any_of=[Permission.AGREEMENT_MANAGE],
    more="web:administration:agreements",
)
def agreements(who: Operator) -> list[Awaiting]:
    return [
        Awaiting(
            title=_("An agreement with %(other)s")
            % {"other": each.receives.name if each.discloses_id == who.agency_id else each.discloses.name},
            url=reverse("web:administration:agreement", args=[each.pk]),
            note=_("Proposed on %(day)s. It discloses nothing until you accept it.")
            % {"day": date_format(each.proposed_at, "DATE_FORMAT")},
        )
        for each in queries.agreements_awaiting(who, size=SHOWN + 1)
    ]


@section(
    "administration:mandates",
    gettext_lazy("Mandates that end soon"),
    order=20,
    any_of=[Permission.MANDATE_MANAGE],
    more="web:administration:mandates",
)
def mandates(who: Operator) -> list[Awaiting]:
    today = timezone.now().date()
    return [
        Awaiting(
            title=purpose_of(each),
            url=reverse("web:administration:mandates"),
            note=_("Mandate %(number)s ends after %(day)s; without another, no search is run.")
            % {"number": each.pk, "day": date_format(each.valid_until, "DATE_FORMAT")},
            badge=_("soon") if each.valid_until - today <= timedelta(days=14) else "",
            badge_kind="warning",
        )
        for each in queries.mandates_ending(who, today + SOON, size=SHOWN + 1)
    ]


@section(
    "administration:unprotected",
    gettext_lazy("Accounts without a second factor"),
    order=30,
    any_of=[Permission.OPERATOR_MANAGE],
    more="web:administration:people",
)
def unprotected(who: Operator) -> list[Awaiting]:
    if is_practice():
        return []  # it asks nobody for one
    return [
        Awaiting(
            title=each.name,
            url=reverse("web:administration:person", args=[each.pk]),
            note=_("They chose a passphrase and set up no second factor; until they do, no page opens to them."),
        )
        for each in queries.without_second_factor(who, size=SHOWN + 1)
    ]


@section(
    "administration:invitations",
    gettext_lazy("Codes that nobody has used yet"),
    order=50,
    any_of=[Permission.OPERATOR_MANAGE],
    more="web:administration:people",
)
def invitations(who: Operator) -> list[Awaiting]:
    return [
        Awaiting(
            title=each.operator.name,
            url=reverse("web:administration:person", args=[each.operator_id]),
            note=_("The code runs out on %(when)s.") % {"when": date_format(each.expires_at, "DATETIME_FORMAT")},
        )
        for each in queries.invitations_open(who, size=SHOWN + 1)
    ]


@section("administration:secrets", gettext_lazy("Secrets of tokens that you are to collect"), order=40)
def secrets(who: Operator) -> list[Awaiting]:
    return [
        Awaiting(
            title=each.name,
            url=reverse("web:administration:token-collect", args=[each.pk]),
            note=_("A program acts in your name with it. The secret is shown to you once."),
        )
        for each in queries.to_collect(who)[: SHOWN + 1]
    ]
