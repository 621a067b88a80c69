"""Incidents: while one is under way an agency lets one person's finished triage order samples, and nothing more."""

from __future__ import annotations

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from antigone.access import services as access
from antigone.access.models import Operator
from antigone.access.permissions import Permission
from antigone.casework.errors import CaseRefused
from antigone.casework.models import Incident
from antigone.ledger.services import record, recorded

LONGEST = 400


class IncidentRefused(CaseRefused):
    """An incident was not declared or not ended: the sentence says why; nothing was changed."""


def under_way(agency: int) -> Incident | None:
    """The incident that an agency declared and did not end."""
    return Incident.objects.filter(agency=agency, ended_at=None).first()


def declare(why: str, who: Operator) -> Incident:
    """Declare that an incident is under way in one's agency, with a reason; raises Refused or IncidentRefused."""
    access.require(who, Permission.INCIDENT_DECLARE, object=f"agency:{who.agency_id}")
    with recorded():
        try:
            with transaction.atomic():
                made = Incident.objects.create(
                    agency=who.agency, why=_reason(why), declared_by=who.actor, declared_at=timezone.now()
                )
        except IntegrityError:
            raise IncidentRefused(_("An incident is under way already. Nothing was changed.")) from None
        record("casework:incident:declare", actor=who.actor, object=f"agency:{who.agency_id}", why=made.why)
    return made


def end(why: str, who: Operator) -> Incident:
    """Say that the incident of one's agency is over; what was ordered stays ordered. Raises as `declare`."""
    access.require(who, Permission.INCIDENT_DECLARE, object=f"agency:{who.agency_id}")
    why = _reason(why)
    with recorded():
        found = Incident.objects.select_for_update().filter(agency=who.agency_id, ended_at=None).first()
        if found is None:
            raise IncidentRefused(_("No incident is under way. Nothing was changed."))
        found.ended_by, found.ended_at, found.ended_why = who.actor, timezone.now(), why
        found.save(update_fields=["ended_by", "ended_at", "ended_why"])
        record("casework:incident:end", actor=who.actor, object=f"agency:{who.agency_id}", why=why)
    return found


def _reason(why: str) -> str:
    why = " ".join(why.split())
    if not why or len(why) > LONGEST or not why.isprintable():
        raise IncidentRefused(_("Say why in one or two sentences. Nothing was changed."))
    return why
