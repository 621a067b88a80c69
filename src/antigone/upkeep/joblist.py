"""Jobs as whoever runs the machine sees and stops them."""

from __future__ import annotations

from antigone.access import services as access
from antigone.access.administer import founds_agencies
from antigone.access.models import Operator
from antigone.access.permissions import Permission
from antigone.jobs import queries, services
from antigone.jobs.errors import NoSuchJob
from antigone.jobs.models import OPEN, Job


def listed(who: Operator, *, ended: bool = False, after: int | None = None) -> list[Job]:
    """The jobs of the agency and of the instance for whoever runs it; for everybody else those that they asked for."""
    states = () if ended else OPEN
    if runs_machine(who):
        return queries.of_agency(who.agency_id, states=states, after=after)
    return queries.mine(who, states=states, after=after)


def runs_machine(who: Operator) -> bool:
    """Whether this person sees the work of the whole agency and of the instance."""
    return access.allows(who, Permission.SCHEMA_UPGRADE)


def stops_for_all(who: Operator) -> bool:
    """Whether this person stops the daily work of every agency here: whoever runs the one that founded the instance."""
    return founds_agencies(who) and runs_machine(who)


def one(number: int, who: Operator) -> Job:
    """One job: one's own, or any of the agency and of the instance for whoever runs it; raises NoSuchJob."""
    try:
        return queries.job(who, number)
    except NoSuchJob:
        if not runs_machine(who):
            raise
        return queries.job_of_agency(who.agency_id, number)


def stop(number: int, who: Operator) -> Job:
    """Stop a job: one's own, or any of the agency for whoever runs it; those of the instance by who founded it.

    Raises NoSuchJob where there is none, or none that this person may know of.
    """
    found = one(number, who)
    if found.agency is None and not stops_for_all(who):
        found = queries.job(who, number)  # the instance's own work only where they asked for it
    return services.stop(found.pk, who.actor)
