"""Holdings: collections that one agency answers for, approved by a second person before they are searched."""

from __future__ import annotations

from typing import Annotated, Any

from ninja import Query, Router
from pydantic import StringConstraints

from antigone.access.permissions import Permission
from antigone.api.bearer import Call
from antigone.api.operation import Made, made, operation
from antigone.api.paging import Page, Walk, keyed, page
from antigone.api.strict import Given, Name, Shown
from antigone.missing import queries, services

router = Router()


class HoldingShown(Shown):
    id: int
    name: str
    persons: int
    portraits: int
    approved: bool
    self_approved: bool
    approval: str


class HoldingGiven(Given):
    name: Annotated[Name, StringConstraints(max_length=120)]


@operation(router, "GET", "/holdings", needs=Permission.HOLDING_READ, shows=Page[HoldingShown])
def list_holdings(request: Call, walk: Query[Walk]) -> Any:
    """The agency's holdings, by name."""
    found = {(each.name, each.pk): each for each in queries.holdings_for(request.auth)}
    return page(request, walk, keyed(found, _shown))


def _shown(found: queries.HoldingLine) -> HoldingShown:
    return HoldingShown(
        id=found.pk,
        name=found.name,
        persons=found.persons,
        portraits=found.portraits,
        approved=found.approved,
        self_approved=found.self_approved,
        approval=str(found.approval),
    )


@operation(router, "POST", "/holdings", needs=Permission.HOLDING_OPEN, creates=True)
def open_holding(request: Call, given: HoldingGiven) -> Any:
    """Open a holding, or find the one of this name; a second person approves it, on the pages."""

    def do() -> Made:
        holding = services.open_holding(given.name, request.auth)
        return Made(id=str(holding.pk), url="/api/v1/holdings")

    return made(request, "open_holding", do, given.model_dump())
