"""The entries of the main menu, in one list: each stands where a permission lets it lead."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from antigone.access.permissions import Permission


@dataclass(frozen=True)
class Place:
    """Where the menu can lead: a route's name, and the permissions of which one is enough (none: everybody)."""

    label: str | Promise
    route: str
    any_of: tuple[Permission, ...] = ()


@dataclass(frozen=True)
class Entry:
    """A line of the menu as this person sees it."""

    label: str | Promise
    url: str
    here: bool


# In the order of the menu. A line goes in with the area that it leads to.
PLACES: tuple[Place, ...] = (
    Place(_("Desk"), "web:desk"),
    Place(_("Enquiries"), "web:enquiries:list", (Permission.ENQUIRY_READ,)),
    Place(_("Missing persons"), "web:missing:list", (Permission.PERSON_READ,)),
    Place(_("Holdings"), "web:holdings:list", (Permission.HOLDING_READ,)),
    Place(_("Remains"), "web:remains:list", (Permission.SUBJECT_READ,)),
    Place(_("Sites"), "web:sites:list", (Permission.SUBJECT_READ,)),
    Place(_("Cases"), "web:cases:list", (Permission.CASE_READ,)),
    Place(pgettext_lazy("triage", "Sorting"), "web:triage:list", (Permission.TRIAGE_DO,)),
    Place(_("Examinations"), "web:examining:list", (Permission.EXAMINATION_DO,)),
    Place(_("Board"), "web:board:docket", (Permission.DECISION_VOTE,)),
    Place(_("Reports"), "web:reports:list", (Permission.PERSON_READ, Permission.SUBJECT_READ)),
    Place(_("Practice"), "web:practice:room", (Permission.PRACTICE_DO,)),
    Place(_("Agreements"), "web:administration:agreements", (Permission.AGREEMENT_READ,)),
    Place(_("Review"), "web:review:overview", (Permission.RETENTION_REVIEW,)),
    Place(_("Ledger"), "web:audit:entries", (Permission.LEDGER_READ,)),
    Place(_("Administration"), "web:administration:people", (Permission.OPERATOR_MANAGE,)),
    Place(_("Work under way"), "web:jobs"),
)


def entries(allowed: Collection[Permission], path: str) -> list[Entry]:
    """The menu of somebody with these permissions, the entry of the page at `path` marked."""
    open_to = [place for place in PLACES if not place.any_of or set(place.any_of) & set(allowed)]
    found: list[tuple[Place, str]] = []
    for place in open_to:
        try:
            found.append((place, reverse(place.route)))
        except NoReverseMatch:  # an area that this installation does not serve has no line
            continue
    # The longest address that the path begins with, so that "/" is not everywhere.
    here = max((url for _place, url in found if _leads(url, path)), key=len, default=None)
    return [Entry(place.label, url, url == here) for place, url in found]


def _leads(url: str, path: str) -> bool:
    return path == url or (url != "/" and path.startswith(url))
