"""Who sees and stops which work: one's own, the agency's, and that of the instance."""

from __future__ import annotations

import pytest

from antigone.access import services as access
from antigone.access.models import Agency, Operator
from antigone.access.rules import Role
from antigone.instance import Instance
from antigone.jobs import services
from antigone.jobs.errors import NoSuchJob
from antigone.jobs.models import Job, State
from antigone.upkeep import joblist

pytestmark = pytest.mark.usefixtures("instance")


def person(name: str, agency: Agency, *roles: Role) -> Operator:
    who = access.add_operator(name, agency, "system:tests")
    for role in roles:
        access.grant_role(who, role, "system:tests")
    return who


def asked(actor: str, agency: Agency | None) -> Job:
    return services.ask("jobs:sweep", actor, agency.pk if agency else None)


def test_each_stops_their_own_and_whoever_runs_the_machine_that_of_the_agency(instance: Instance) -> None:
    ours = Agency.objects.get()
    clerk, administrator = person("Olena", ours, Role.BUREAU_CLERK), person("Petro", ours, Role.ADMINISTRATOR)
    own, of_another = asked(clerk.actor, ours), asked(administrator.actor, ours)
    with pytest.raises(NoSuchJob):
        joblist.stop(of_another.pk, clerk)
    assert joblist.stop(own.pk, clerk).state == State.STOPPED
    assert [job.pk for job in joblist.listed(clerk, ended=True)] == [own.pk]
    second = asked(clerk.actor, ours)
    assert [job.pk for job in joblist.listed(administrator)] == [second.pk, of_another.pk]
    assert joblist.stop(second.pk, administrator).state == State.STOPPED


def test_the_work_of_the_instance_is_stopped_by_the_agency_that_founded_it(instance: Instance) -> None:
    founding, other = Agency.objects.get(), access.found_agency("Neighbours", "system:tests")
    neighbour = person("Iryna", other, Role.ADMINISTRATOR)
    daily, theirs = asked("system:daily", None), asked(neighbour.actor, None)
    assert joblist.one(daily.pk, neighbour).pk == daily.pk
    with pytest.raises(NoSuchJob):
        joblist.stop(daily.pk, neighbour)
    assert joblist.stop(theirs.pk, neighbour).state == State.STOPPED
    assert joblist.stop(daily.pk, person("Petro", founding, Role.ADMINISTRATOR)).state == State.STOPPED
    ours = asked("operator:1", founding)
    for deed in (joblist.one, joblist.stop):
        with pytest.raises(NoSuchJob):
            deed(ours.pk, neighbour)
