"""The chain of custody of a body, of an effect or of a sample, and which remains are thought to be of one person."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from ninja import Query, Router

from antigone.access.permissions import Permission
from antigone.api.bearer import Call
from antigone.api.operation import Made, made, operation
from antigone.api.paging import Page, Walk, keyed, page
from antigone.api.strict import Given, Line, Moment, Name, RecordId, Shown
from antigone.remains import custody, queries, reading
from antigone.remains.models import Association

router = Router()


class StepShown(Shown):
    number: int
    from_holder: str
    to_holder: str
    place: str
    reason: str
    at: datetime
    handed_by: str
    received_by: str
    seal: str
    seal_found: str
    gap: str
    recorded_by: str
    recorded_at: datetime


class BreakShown(Shown):
    number: int
    words: str


class ChainShown(Shown):
    chain: str
    holder: str
    steps: list[StepShown]
    breaks: list[BreakShown]


class HandOverGiven(Given):
    from_holder: Line
    to_holder: Name
    place: Name
    reason: Line
    at: Moment
    handed_by: Line
    received_by: Name
    seal: Line = ""
    seal_found: Line = ""
    gap: Line = ""
    effect: UUID | None = None
    sample: RecordId | None = None


class AssociationShown(Shown):
    individual: int
    since: datetime
    reason: str
    by: str
    until: datetime | None
    end_reason: str


@operation(router, "GET", "/subjects/{number}/custody", needs=Permission.SUBJECT_READ, shows=Page[ChainShown])
def chains_of_custody(request: Call, number: RecordId, walk: Query[Walk]) -> Any:
    """Every chain of a subject: of the body, of each effect, of each sample; with the places where it breaks."""
    found = custody.chains_of(queries.subject_numbered(request.auth, number), request.auth)
    # The chain of the body first.
    named = {(not name.startswith("subject:"), name): (name, chain) for name, chain in found.items()}
    return page(request, walk, keyed(named, lambda each: _chain(*each)))


def _chain(name: str, chain: custody.Chain) -> ChainShown:
    return ChainShown(
        chain=name,
        holder=chain.holder,
        steps=[StepShown(**{field: getattr(step, field) for field in StepShown.model_fields}) for step in chain.steps],
        breaks=[BreakShown(number=each.number, words=str(each.words)) for each in chain.breaks],
    )


@operation(router, "POST", "/subjects/{number}/custody", needs=Permission.CUSTODY_RECORD, creates=True)
def hand_over(request: Call, number: RecordId, given: HandOverGiven) -> Any:
    """Record the next hand-over of the body, or of one of its effects or samples."""
    found = queries.subject_numbered(request.auth, number)
    sample = reading.sample(request.auth, given.sample) if given.sample is not None else None

    def do() -> Made:
        handed = custody.HandOver(**given.model_dump(exclude={"effect", "sample"}))
        step = custody.hand_over(found, handed, request.auth, effect=given.effect, sample=sample)
        return Made(id=str(step.pk), url=f"/api/v1/subjects/{number}/custody")

    return made(request, f"hand_over {number}", do, given.model_dump(mode="json"))


@operation(
    router, "GET", "/subjects/{number}/associations", needs=Permission.SUBJECT_READ, shows=Page[AssociationShown]
)
def associations(request: Call, number: RecordId, walk: Query[Walk]) -> Any:
    """With which individual a subject was and is associated; people decide that, on the pages."""
    found = queries.subject_numbered(request.auth, number)
    rows = {(each.pk,): each for each in found.associations.select_related("begun", "ended")}
    return page(request, walk, keyed(rows, _association))


def _association(found: Association) -> AssociationShown:
    return AssociationShown(
        individual=found.individual_id,
        since=found.since,
        reason=found.reason,
        by=found.by,
        until=found.until,
        end_reason=found.end_reason,
    )
