"""Photographs of the dead and of the unconscious: taken in one at a time, and looked at one at a time.

No list shows one. A picture is an answer of its own, after a deliberate request, and every look is in the ledger.
"""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from django.http import HttpResponse
from ninja import File, Form, Router, UploadedFile

from antigone.access.permissions import Permission
from antigone.api.bearer import Call
from antigone.api.operation import Made, claimed, operation
from antigone.api.pictures import KINDS, given_as, read, shown
from antigone.api.strict import Given, Line, Moment, RecordId, Shown, YesNoText, said
from antigone.remains import looking, photographing, queries
from antigone.remains.models import Photograph

router = Router()


class TakingGiven(Given):
    shot: Line = ""
    taken_at: Moment | None = None
    taken_by: Line = ""
    card_visible: YesNoText | None = None
    cleaned: YesNoText | None = None
    note: Line = ""

    def taking(self) -> photographing.Taking:
        return photographing.Taking(
            shot=self.shot,
            taken_at=self.taken_at,
            taken_by=self.taken_by,
            card_visible=said(self.card_visible),
            cleaned=said(self.cleaned),
            note=self.note,
        )


class PhotographShown(Shown):
    id: str
    subject: int
    sha256: str
    shot: str
    taken_at: datetime | None
    taken_by: str
    card_visible: bool | None
    cleaned: bool | None
    note: str
    added_at: datetime
    added_by: str
    faces: int
    review_on: date | None


class WantedShown(Shown):
    shot: str
    title: str
    how: str
    need: str


class AdviceShown(Shown):
    complete: bool
    wanted: list[WantedShown]
    remarks: list[str]


@operation(router, "POST", "/subjects/{number}/photographs", needs=Permission.PHOTOGRAPH_ADD, creates=True)
def add_photograph(request: Call, number: RecordId, taking: Form[TakingGiven], picture: File[UploadedFile]) -> Made:
    """Take in a photograph of a subject; the same picture again is the same photograph."""
    found = queries.subject_numbered(request.auth, number)
    original = read(picture)

    claimed(request, f"add_photograph {number}", given_as(taking, original))
    added = photographing.add(found, original, taking.taking(), request.auth)
    return Made(id=str(added.pk), url=f"/api/v1/photographs/{added.pk}")


@operation(router, "GET", "/photographs/{number}", needs=Permission.SUBJECT_READ, shows=PhotographShown)
def photograph(request: Call, number: UUID) -> PhotographShown:
    """What is known of a photograph; the picture itself is behind its veil."""
    return _shown(queries.photograph(request.auth, number))


def _shown(found: Photograph) -> PhotographShown:
    return PhotographShown(
        id=str(found.pk),
        subject=found.subject_id,
        sha256=found.sha256,
        shot=found.shot,
        taken_at=found.taken_at,
        taken_by=found.taken_by,
        card_visible=found.card_visible,
        cleaned=found.cleaned,
        note=found.note,
        added_at=found.added_at,
        added_by=found.added_by,
        faces=len(found.faces),
        review_on=found.review_on,
    )


@operation(router, "PUT", "/photographs/{number}", needs=Permission.PHOTOGRAPH_ADD, shows=PhotographShown)
def describe_photograph(request: Call, number: UUID, given: TakingGiven) -> PhotographShown:
    """Correct what is known of how a photograph was taken; the picture is never changed."""
    found = queries.photograph(request.auth, number)
    return _shown(photographing.describe(found, given.taking(), request.auth))


@operation(router, "POST", "/photographs/{number}/look", needs=Permission.PHOTOGRAPH_LOOK, bytes_as=KINDS)
def look_at_photograph(request: Call, number: UUID) -> HttpResponse:
    """Lift the veil: a JPEG of the picture, from its pixels alone. The look is in the ledger before it is opened."""
    found = queries.photograph(request.auth, number)
    return shown(looking.lifted(found, request.auth))


@operation(router, "GET", "/subjects/{number}/photographs/wanted", needs=Permission.SUBJECT_READ, shows=AdviceShown)
def photograph_coach(request: Call, number: RecordId) -> AdviceShown:
    """Which photographs of a subject are still to be taken, in the order in which to take them."""
    found = photographing.advice(queries.subject_numbered(request.auth, number), request.auth)
    return AdviceShown(
        complete=found.complete,
        wanted=[
            WantedShown(shot=each.shot.code, title=str(each.shot.title), how=str(each.shot.how), need=each.need)
            for each in found.wanted
        ],
        remarks=[str(each) for each in found.remarks],
    )
