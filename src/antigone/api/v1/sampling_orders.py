"""Samples that were ordered for primary identifiers: read, and not given, since a person orders."""

from __future__ import annotations

from datetime import date
from typing import Any

from ninja import Query, Router
from pydantic import Field

from antigone.access.permissions import Permission
from antigone.api.bearer import Call
from antigone.api.operation import operation
from antigone.api.paging import Page, Walk, keyed, page
from antigone.api.strict import RecordId, Shown
from antigone.casework.judging import sampling
from antigone.casework.judging.sampling import Ordered
from antigone.remains import queries

router = Router()


class ToTakeShown(Shown):
    subject: int
    code: str
    identifiers: list[str]


class OrderShown(Shown):
    id: int
    identifier: str
    open: bool
    sample: str = Field(description="The reference of what fulfilled it.")
    why: str = Field(description="Empty, as who ordered and when, for whoever may still judge blind.")
    by: str
    on: date | None
    cancelled_why: str


def _shown(found: Ordered) -> OrderShown:
    return OrderShown(id=found.pk, **{name: getattr(found, name) for name in OrderShown.model_fields if name != "id"})


@operation(router, "GET", "/sampling-orders", needs=Permission.SUBJECT_RECORD, shows=Page[ToTakeShown])
def samples_to_take(request: Call, walk: Query[Walk]) -> Any:
    """The subjects of which samples are to be taken, by their codes; a sample that is recorded fulfils its order."""

    def fetch(after: Any, limit: int) -> tuple[list[ToTakeShown], Any]:
        found = sampling.to_take(request.auth, limit, after or "")
        rows = [ToTakeShown(subject=each.subject, code=each.code, identifiers=list(each.kinds)) for each in found]
        return rows, rows[-1].code if len(rows) == limit else None

    return page(request, walk, fetch)


@operation(router, "GET", "/subjects/{number}/sampling-orders", needs=Permission.SUBJECT_READ, shows=Page[OrderShown])
def sampling_orders(request: Call, number: RecordId, walk: Query[Walk]) -> Any:
    """The orders of samples of a subject, the open ones first; who may still judge blind is not told whose and why."""
    found = sampling.of_subject(queries.subject_numbered(request.auth, number), request.auth)
    return page(request, walk, keyed({(not each.open, -each.pk): each for each in found}, _shown))
