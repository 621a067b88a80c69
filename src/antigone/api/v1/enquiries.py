"""Enquiries as families filed them, and the stage that is shown back to them."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from ninja import Query, Router
from pydantic import Field

from antigone.access.permissions import Permission
from antigone.api.bearer import Call
from antigone.api.operation import Made, claimed, operation
from antigone.api.paging import Page, Walk, page
from antigone.api.strict import Given, RecordId, Shown
from antigone.intake import queries, services
from antigone.intake.choices import Stage
from antigone.missing import queries as missing
from antigone.missing import taking_up

router = Router()


class EnquiryLine(Shown):
    id: int
    reference: str
    filed_at: datetime
    channel: str
    stage: str
    withdrawn: bool
    names: list[str]
    enquirer: str
    portraits: int


class EnquiryShown(Shown):
    id: int
    reference: str
    filed_at: datetime
    channel: str
    language: str
    stage: str
    stage_at: datetime
    withdrawn_at: datetime | None
    enquirer: dict[str, Any]
    sought: list[dict[str, Any]]
    consent: dict[str, Any]
    shares: list[Any]
    portraits: list[str]


class EnquiryWalk(Walk):
    stage: Stage | None = None


class Taking(Given):
    holding: RecordId


class Unusable(Shown):
    portrait: str
    sentence: str


class TakenUp(Made):
    new: bool
    portraits: int
    unusable: list[Unusable]
    left: list[str] = Field(description="What of the enquiry was not stated, and stands in it still.")


class StageGiven(Given):
    stage: Stage


@operation(router, "GET", "/enquiries", needs=Permission.ENQUIRY_READ, shows=Page[EnquiryLine])
def list_enquiries(request: Call, walk: Query[EnquiryWalk]) -> Any:
    """The agency's enquiries, newest first."""

    def fetch(after: Any, limit: int) -> tuple[list[EnquiryLine], Any]:
        found = queries.enquiries(request.auth, [walk.stage] if walk.stage else (), after, limit)
        lines = [
            EnquiryLine(
                id=each.pk,
                reference=each.reference,
                filed_at=each.filed_at,
                channel=each.channel,
                stage=each.stage,
                withdrawn=each.withdrawn,
                names=list(each.names),
                enquirer=each.enquirer,
                portraits=each.portraits,
            )
            for each in found.lines
        ]
        return lines, found.after

    return page(request, walk, fetch)


@operation(router, "GET", "/enquiries/{number}", needs=Permission.ENQUIRY_READ, shows=EnquiryShown)
def enquiry(request: Call, number: RecordId) -> EnquiryShown:
    """One enquiry; opening it is entered in the ledger."""
    found = queries.enquiry(request.auth, number)
    services.looked(found, request.auth)
    return EnquiryShown(
        id=found.pk,
        reference=found.reference,
        filed_at=found.filed_at,
        channel=found.channel,
        language=found.language,
        stage=found.stage,
        stage_at=found.stage_at,
        withdrawn_at=found.withdrawn_at,
        enquirer=found.enquirer,
        sought=found.sought,
        consent=found.consent,
        shares=found.shares,
        portraits=[str(each.pk) for each in found.portraits.all()],
    )


@operation(
    router,
    "POST",
    "/enquiries/{number}/take-up",
    needs=Permission.PERSON_RECORD,
    shows=TakenUp,
    status=201,
    creates=True,
)
def take_up_enquiry(request: Call, number: RecordId, given: Taking) -> TakenUp:
    """Make an enquiry the record of a missing person in a holding; once, however often it is asked.

    A picture without a face is left, and named with the reason.
    """
    found = queries.enquiry(request.auth, number)
    holding = missing.holding(request.auth, given.holding)
    claimed(request, f"take_up_enquiry {number}", given.model_dump())
    taken = taking_up.take_up(found, request.auth, holding)
    return TakenUp(
        id=str(taken.person.pk),
        url=f"/api/v1/persons/{taken.person.pk}",
        new=taken.new,
        portraits=taken.portraits,
        unusable=[Unusable(portrait=each.portrait, sentence=each.sentence) for each in taken.unusable],
        left=list(taken.left),
    )


@operation(router, "PUT", "/enquiries/{number}/stage", needs=Permission.ENQUIRY_FILE)
def set_enquiry_stage(request: Call, number: RecordId, given: StageGiven) -> None:
    """Say how far an enquiry is, as its family reads it; the same stage again changes nothing."""
    services.push_stage(queries.enquiry(request.auth, number), given.stage, request.auth)
