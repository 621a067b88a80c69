"""Ending the search for a missing person and taking it up again, by an operator who may."""

from __future__ import annotations

from antigone.access import services as access
from antigone.access.models import Operator
from antigone.access.permissions import Permission
from antigone.missing import queries, services


def close(ref: str, holding: str | None, state: str, who: Operator) -> int:
    """Close the report of a person; returns how many portraits stay searchable. Raises Refused or NoSuchRecord."""
    access.require(who, Permission.REPORT_CLOSE, object=f"agency:{who.agency_id}")
    return services.close_report(queries.person_named(who.agency, ref, holding), state, who.actor)


def reopen(ref: str, holding: str | None, who: Operator) -> None:
    """Open the report of a person again; raises Refused or NoSuchRecord."""
    access.require(who, Permission.REPORT_CLOSE, object=f"agency:{who.agency_id}")
    services.reopen_report(queries.person_named(who.agency, ref, holding), who.actor)
