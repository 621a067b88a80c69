"""Portraits of the missing: given on a basis that is named, looked at one at a time."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from django.http import HttpResponse
from ninja import File, Form, Router, UploadedFile

from antigone.access.permissions import Permission
from antigone.api.bearer import Call
from antigone.api.operation import claimed, operation
from antigone.api.pictures import KINDS, given_as, read, shown
from antigone.api.strict import Day, Given, Line, RecordId, Short, Shown, Text, YesNoText, said
from antigone.intake.filing import About
from antigone.missing import looking, portraits, queries
from antigone.missing.models import Basis, Portrait
from antigone.missing.services import Giving

router = Router()


class AboutGiven(Given):
    taken_on: Line = ""
    taken_at: Line = ""
    taken_by: Line = ""
    shows: Text = ""
    rights: Line = ""

    def about(self) -> About:
        return About(
            taken_on=self.taken_on,
            taken_at=self.taken_at,
            taken_by=self.taken_by,
            shows=self.shows,
            rights=self.rights,
        )


class PortraitGiven(AboutGiven):
    basis: Basis
    citation: Line = ""
    given_by: Short = ""
    giver: RecordId | None = None
    until: Day | None = None
    again: YesNoText = "no"


class PortraitMade(Shown):
    id: str
    url: str
    new: bool
    also: list[str]


class PortraitShown(Shown):
    id: str
    person: int
    sha256: str
    basis: str
    citation: str
    given_by: str
    giver: int | None
    until: date | None
    review_on: date | None
    withheld_at: datetime | None
    added_at: datetime
    taken_on: str
    taken_at: str
    taken_by: str
    shows: str
    rights: str


def portrait_shown(found: Portrait) -> PortraitShown:
    """What is known of a portrait, without the portrait."""
    return PortraitShown(
        id=str(found.pk),
        person=found.person_id,
        sha256=found.sha256,
        basis=found.basis,
        citation=found.citation,
        given_by=found.given_by,
        giver=found.giver_id,
        until=found.until,
        review_on=found.review_on,
        withheld_at=found.withheld_at,
        added_at=found.added_at,
        taken_on=found.taken_on,
        taken_at=found.taken_at,
        taken_by=found.taken_by,
        shows=found.shows,
        rights=found.rights,
    )


@operation(
    router,
    "POST",
    "/persons/{number}/portraits",
    needs=Permission.PORTRAIT_ADD,
    shows=PortraitMade,
    status=201,
    creates=True,
)
def add_portrait(
    request: Call, number: RecordId, given: Form[PortraitGiven], picture: File[UploadedFile]
) -> PortraitMade:
    """Take in a portrait: on which basis, from whom, until when; the same picture again is the same portrait.

    `giver` is the number of the relative who gave it. `also` names who else of the agency has the same picture.
    """
    found = queries.person(request.auth, number)
    original = read(picture)
    claimed(request, f"add_portrait {number}", given_as(given, original))
    giving = Giving(
        basis=given.basis.value,
        citation=given.citation,
        given_by=given.given_by,
        until=given.until,
        again=bool(said(given.again)),
    )
    giver = queries.relative(request.auth, given.giver) if given.giver is not None else None
    added = portraits.add_one(found, original, giving, request.auth, giver=giver, about=given.about())
    url = f"/api/v1/portraits/{added.portrait.pk}"
    return PortraitMade(id=str(added.portrait.pk), url=url, new=added.new, also=list(added.also))


@operation(router, "GET", "/portraits/{number}", needs=Permission.PERSON_READ, shows=PortraitShown)
def portrait(request: Call, number: UUID) -> PortraitShown:
    """What is known of a portrait: basis, giver, until when; the picture itself is an answer of its own."""
    return portrait_shown(queries.portrait(request.auth, number))


@operation(router, "PUT", "/portraits/{number}", needs=Permission.PERSON_RECORD, shows=PortraitShown)
def describe_portrait(request: Call, number: UUID, given: AboutGiven) -> PortraitShown:
    """Change what is said of a portrait: when and where it was taken, by whom, what it shows, whose the rights are."""
    found = queries.portrait(request.auth, number)
    return portrait_shown(portraits.describe(found, given.about(), request.auth))


@operation(router, "POST", "/portraits/{number}/look", needs=Permission.PORTRAIT_LOOK, bytes_as=KINDS)
def look_at_portrait(request: Call, number: UUID) -> HttpResponse:
    """A JPEG of the picture, from its pixels alone; the look is entered in the ledger before it is opened."""
    return shown(looking.opened(queries.portrait(request.auth, number), request.auth))
