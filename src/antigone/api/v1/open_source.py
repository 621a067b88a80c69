"""Things found in public, one at a time, each for one subject: proposed here, and approved by a person on the pages."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, Literal

from ninja import File, Form, Query, Router, UploadedFile

from antigone.access.permissions import Permission
from antigone.api.bearer import Call
from antigone.api.operation import Made, made, operation
from antigone.api.paging import Page, Walk, keyed, page
from antigone.api.pictures import given_as, read
from antigone.api.strict import Given, Moment, Name, RecordId, Shown, Text
from antigone.remains import open_source, queries, reading
from antigone.remains.models import OpenSourceItem

router = Router()


class ItemGiven(Given):
    address: Name
    seen_at: Moment
    how_found: Text
    necessity: Text
    # Others in the picture are cut away before it is sent here; whoever sends it says so.
    bystanders_cropped: Literal["yes"]


class ItemShown(Shown):
    id: str
    state: str
    address: str
    seen_at: datetime | None
    sha256: str
    how_found: str
    necessity: str
    proposed_at: datetime
    decided_at: datetime | None
    decision_reason: str
    ends_on: date
    erased_at: datetime | None


@operation(router, "GET", "/subjects/{number}/open-source", needs=Permission.OPEN_SOURCE_PROPOSE, shows=Page[ItemShown])
def open_source_items(request: Call, number: RecordId, walk: Query[Walk]) -> Any:
    """The items that were proposed for a subject, and what became of each, the newest first; no picture among them."""
    found = reading.open_source_items(queries.subject_numbered(request.auth, number), request.auth)
    return page(request, walk, keyed({(-each.proposed_at.timestamp(), str(each.pk)): each for each in found}, _shown))


def _shown(found: OpenSourceItem) -> ItemShown:
    names = [name for name in ItemShown.model_fields if name != "id"]
    return ItemShown(id=str(found.pk), **{name: getattr(found, name) for name in names})


@operation(router, "POST", "/subjects/{number}/open-source", needs=Permission.OPEN_SOURCE_PROPOSE, creates=True)
def propose_open_source_item(
    request: Call, number: RecordId, item: Form[ItemGiven], picture: File[UploadedFile]
) -> Any:
    """Propose one item; it is used for nothing before another person approves it, and ends after thirty days.

    The software fetches nothing: `address` is a text, and the copy is what a person saved by hand.
    """
    found = queries.subject_numbered(request.auth, number)
    copy = read(picture)

    def do() -> Made:
        new = open_source.NewItem(
            **item.model_dump(exclude={"bystanders_cropped"}), bystanders_cropped=item.bystanders_cropped == "yes"
        )
        made_item = open_source.propose(found, new, copy, request.auth)
        return Made(id=str(made_item.pk), url=f"/api/v1/subjects/{number}/open-source")

    return made(request, f"propose_open_source_item {number}", do, given_as(item, copy))
