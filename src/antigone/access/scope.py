"""What one agency may see of another's records: its own, and what an agreement in force discloses to it."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from antigone.access.models import Agreement, Operator


class Scope(StrEnum):
    """What an agreement can disclose: a closed list. Nothing in it lets anybody change a record of another agency."""

    CASES = "cases"
    PERSONS = "persons"
    PHOTOGRAPHS = "photographs"
    PORTRAITS = "portraits"
    RELATIVES = "relatives"
    REMAINS = "remains"
    SEARCH = "search"

    @property
    def label(self) -> Promise:
        """What it covers, in the words of an agreement."""
        return _LABELS[self]


_LABELS: dict[Scope, Promise] = {
    Scope.CASES: _("cases, their searches and what was decided"),
    Scope.PERSONS: _("the records of missing persons, without relatives and portraits"),
    Scope.PHOTOGRAPHS: _("photographs of the dead, each behind its veil"),
    Scope.PORTRAITS: _("portraits of missing persons, to look at"),
    Scope.RELATIVES: _("relatives and reporters, as far as each chose to share"),
    Scope.REMAINS: _("the records of remains, without photographs"),
    Scope.SEARCH: _("portraits, to be compared in a search"),
}


def agencies_open_to(who: Operator, scope: Scope, today: date | None = None) -> frozenset[int]:
    """The agencies whose records of this scope the operator's agency may see: itself, and those that disclose it.

    One query. Agreements are made between people: a program that acts with a token sees its own agency alone.
    """
    if who.machine:
        return frozenset({who.agency_id})
    return disclosed_to(who.agency_id, scope, today)


def disclosed_to(agency: int, scope: Scope, today: date | None = None) -> frozenset[int]:
    """The same for an agency, whoever acts for it: what its cases may be compared with is no one person's to choose."""
    covered = agreements_in_force(today).filter(receives=agency).values_list("discloses_id", "scopes")
    return frozenset({agency, *(other for other, scopes in covered if scope.value in scopes)})


def agreements_in_force(today: date | None = None) -> QuerySet[Agreement]:
    """Agreements that both sides signed, that nobody ended, and whose dates hold today."""
    day = today or timezone.now().date()
    return Agreement.objects.filter(
        accepted_at__isnull=False, ended_at__isnull=True, valid_from__lte=day, valid_until__gte=day
    )
