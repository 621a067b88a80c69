"""Agreements with other agencies, to be read: they are made and ended by people, and disclose to people."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from ninja import Query, Router

from antigone.access import agreements, queries
from antigone.access.models import Agreement
from antigone.access.permissions import Permission
from antigone.api.bearer import Call
from antigone.api.operation import operation
from antigone.api.paging import Page, Walk, page
from antigone.api.strict import Shown

router = Router()


class AgreementShown(Shown):
    id: int
    discloses: str
    receives: str
    scopes: list[str]
    citation: str
    valid_from: date
    valid_until: date
    accepted_at: datetime | None
    ended_at: datetime | None
    in_force: bool


@operation(router, "GET", "/agreements", needs=Permission.AGREEMENT_READ, shows=Page[AgreementShown])
def list_agreements(request: Call, walk: Query[Walk]) -> Any:
    """The agreements in which the agency is a side, the newest first."""

    def fetch(after: Any, limit: int) -> tuple[list[AgreementShown], Any]:
        found = queries.agreements_of(request.auth, after=after or 0, size=limit)
        return [_shown(each) for each in found.rows], found.after

    return page(request, walk, fetch)


def _shown(found: Agreement) -> AgreementShown:
    return AgreementShown(
        id=found.pk,
        discloses=found.discloses.name,
        receives=found.receives.name,
        scopes=list(found.scopes),
        citation=found.citation,
        valid_from=found.valid_from,
        valid_until=found.valid_until,
        accepted_at=found.accepted_at,
        ended_at=found.ended_at,
        in_force=agreements.fault_of(found) is None,
    )
