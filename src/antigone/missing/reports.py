"""Ending the search for a missing person and taking it up again, by an operator who may."""

from __future__ import annotations

from django.utils.translation import gettext as _

from antigone.access import services as access
from antigone.access.models import Operator
from antigone.access.permissions import Permission
from antigone.missing import queries, services
from antigone.missing.errors import PersonRefused
from antigone.missing.models import Person, ReportState
from antigone.missing.own import person_for


def close(ref: str, holding: str | None, state: str, who: Operator) -> int:
    """Close the report of a person; returns how many portraits stay searchable. Raises Refused or NoSuchRecord."""
    access.require(who, Permission.REPORT_CLOSE, object=f"agency:{who.agency_id}")
    return services.close_report(queries.person_named(who.agency, ref, holding), state, who.actor)


def reopen(ref: str, holding: str | None, who: Operator) -> None:
    """Open the report of a person again; raises Refused or NoSuchRecord."""
    access.require(who, Permission.REPORT_CLOSE, object=f"agency:{who.agency_id}")
    services.reopen_report(queries.person_named(who.agency, ref, holding), who.actor)


# That someone is identified is a board's word, and a merge is undone by taking apart.
BY_HAND = (ReportState.FOUND, ReportState.WITHDRAWN)


def close_person(person: Person, state: str, who: Operator) -> int:
    """Close the report of this record; returns how many portraits stay searchable.

    Raises NotHere, Refused, or PersonRefused for a state that is not given by hand.
    """
    if state not in BY_HAND:
        raise PersonRefused(_("A report is closed as found or as withdrawn. Nothing was changed."))
    return services.close_report(person_for(person, who, Permission.REPORT_CLOSE), state, who.actor)


def reopen_person(person: Person, who: Operator) -> None:
    """Search for the person of this record again; raises NotHere or Refused."""
    services.reopen_report(person_for(person, who, Permission.REPORT_CLOSE), who.actor)
