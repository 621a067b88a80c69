"""What of the cases awaits somebody: searches to be made again first, then what is begun."""

from __future__ import annotations

from collections.abc import Sequence

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from antigone.access.models import Operator
from antigone.access.permissions import Permission
from antigone.access.services import permissions_held
from antigone.casework import awaiting
from antigone.casework.awaiting import Awaited
from antigone.casework.searching import preparing
from antigone.web.desk.sections import SHOWN, Awaiting, section

LIST = "web:cases:list"


def _reads_cases(who: Operator) -> bool:
    return Permission.CASE_READ in permissions_held(who)


def _said(found: Sequence[Awaited], sentence: str) -> list[Awaiting]:
    """Lines that lead to the case; `sentence` says what the moment beside it is."""
    return [
        Awaiting(
            title=each.name,
            url=reverse("web:cases:case", args=[each.pk]),
            note=each.note or (sentence % {"when": date_format(each.at, "DATETIME_FORMAT")} if each.at else ""),
        )
        for each in found
    ]


@section(
    "cases:recalled",
    gettext_lazy("Cases to be searched again"),
    order=20,
    any_of=[Permission.SEARCH_RUN],
    more=f"{LIST}?waits=search-again",
)
def recalled(who: Operator) -> list[Awaiting]:
    return _said(awaiting.recalled(who, SHOWN + 1), _("Recalled on %(when)s UTC.")) if _reads_cases(who) else []


@section(
    "cases:unsearched",
    gettext_lazy("Cases photographed and not searched yet"),
    order=40,
    any_of=[Permission.SEARCH_RUN],
    more=f"{LIST}?waits=search",
)
def unsearched(who: Operator) -> list[Awaiting]:
    return _said(awaiting.unsearched(who, SHOWN + 1), _("Opened on %(when)s UTC.")) if _reads_cases(who) else []


@section(
    "cases:undecided",
    gettext_lazy("Photographs in which a face is to be chosen"),
    order=40,
    any_of=[Permission.SEARCH_RUN],
)
def undecided(who: Operator) -> list[Awaiting]:
    """For whoever both searches and opens photographs: the one cannot be done well without the other."""
    if not {Permission.CASE_READ, Permission.PHOTOGRAPH_LOOK} <= permissions_held(who):
        return []
    return [
        Awaiting(
            title=f"{each.code} · {each.of.photograph.shot}" if each.of.photograph.shot else each.code,
            url=reverse("web:cases:photograph", args=[each.case, each.of.photograph.pk]),
            note=str(each.of.readiness.label),
        )
        for each in preparing.undecided(who, SHOWN + 1)
    ]


@section(
    "cases:no-photograph",
    gettext_lazy("Cases without a photograph that can be compared"),
    order=40,
    any_of=[Permission.PHOTOGRAPH_ADD],
    more=f"{LIST}?waits=photographs",
)
def without_photograph(who: Operator) -> list[Awaiting]:
    if not _reads_cases(who):
        return []
    return _said(awaiting.without_photograph(who, SHOWN + 1), _("Opened on %(when)s UTC."))


@section("work:failed", gettext_lazy("Work of yours that failed"), order=35)
def failed(who: Operator) -> list[Awaiting]:
    return [
        Awaiting(title=str(each.name), url=reverse("web:job", args=[each.pk]), note=each.note)
        for each in awaiting.failed(who, SHOWN + 1)
    ]
