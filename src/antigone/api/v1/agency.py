"""Who the token speaks for, what it may do, under which mandates."""

from __future__ import annotations

from datetime import date

from django.utils import timezone
from ninja import Router

from antigone.access import queries
from antigone.access.mandates import fault_of
from antigone.access.permissions import Permission
from antigone.access.services import permissions_held
from antigone.api.bearer import Call
from antigone.api.operation import operation
from antigone.api.strict import Shown

router = Router()


class MandateShown(Shown):
    id: int
    purpose: str
    legal_basis: str
    subject_kinds: list[str]
    valid_from: date
    valid_until: date
    in_force: bool


class Agency(Shown):
    id: int
    name: str
    token: str
    permissions: list[str]
    mandates: list[MandateShown]


@operation(router, "GET", "/agency", needs=None, shows=Agency)
def agency(request: Call) -> Agency:
    """Who am I: the token's agency, its permissions, and the agency's mandates."""
    who, today = request.auth, timezone.now().date()
    held = permissions_held(who)
    return Agency(
        id=who.agency_id,
        name=who.agency.name,
        token=who.name,
        permissions=[str(each) for each in Permission if each in held],
        mandates=[
            MandateShown(
                id=each.pk,
                purpose=each.purpose,
                legal_basis=each.legal_basis,
                subject_kinds=each.subject_kinds,
                valid_from=each.valid_from,
                valid_until=each.valid_until,
                in_force=fault_of(each, today) is None,
            )
            for each in queries.mandates(who.agency)
        ],
    )
