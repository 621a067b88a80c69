"""What was found with the dead, and what people say of whom they recognised: claims, never findings."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from ninja import Query, Router

from antigone.access.permissions import Permission
from antigone.api.bearer import Call
from antigone.api.operation import Made, made, operation
from antigone.api.paging import Page, Walk, keyed, page
from antigone.api.pictures import KINDS
from antigone.api.pictures import shown as as_picture
from antigone.api.strict import Day, Given, Line, Name, RecordId, Shown, Text, YesNo
from antigone.remains import claims, documents, queries, reading
from antigone.remains.disclosing import inscriptions_shown
from antigone.remains.models import DocumentKind, FoundDocument, RecognitionClaim, ShownAs

router = Router()


class ClaimGiven(Given):
    claimant: Name
    named: Name
    shown: ShownAs
    said_on: Day
    heard_by: Name
    relation: Line = ""
    light: Line = ""
    condition: Line = ""
    state_of_claimant: Line = ""
    after_death: Line = ""
    place: Line = ""
    given_over: YesNo = False
    buried_on_it: YesNo = False


class ClaimShown(Shown):
    id: int
    claimant: str
    relation: str
    named: str
    shown: str
    light: str
    condition: str
    state_of_claimant: str
    after_death: str
    said_on: date
    place: str
    heard_by: str
    given_over: bool
    buried_on_it: bool
    recorded_at: datetime
    withdrawn_at: datetime | None
    withdraw_reason: str


class DocumentGiven(Given):
    kind: DocumentKind
    where_on_body: Name
    found_by: Name
    names_on_it: Line = ""
    dates_on_it: Line = ""
    number_on_it: Line = ""
    words: Text = ""
    found_on: Day | None = None


class DocumentShown(Shown):
    id: str
    kind: str
    says: str
    names_on_it: str
    dates_on_it: str
    number_on_it: str
    words: str
    where_on_body: str
    found_on: date | None
    found_by: str
    pictured: bool
    withheld: bool
    recorded_at: datetime
    withdrawn_at: datetime | None
    withdraw_reason: str


@operation(router, "GET", "/subjects/{number}/claims", needs=Permission.CLAIM_READ, shows=Page[ClaimShown])
def recognition_claims(request: Call, number: RecordId, walk: Query[Walk]) -> Any:
    """Who said whom they recognised, and under which conditions; reading it is entered in the ledger."""
    found = claims.of_subject(queries.subject_numbered(request.auth, number), request.auth)
    rows = {(-each.said_on.toordinal(), -each.pk): each for each in found}
    return page(request, walk, keyed(rows, _claim))


def _claim(found: RecognitionClaim) -> ClaimShown:
    names = [name for name in ClaimShown.model_fields if name != "id"]
    return ClaimShown(id=found.pk, **{name: getattr(found, name) for name in names})


@operation(router, "POST", "/subjects/{number}/claims", needs=Permission.CLAIM_RECORD, creates=True)
def add_recognition_claim(request: Call, number: RecordId, given: ClaimGiven) -> Any:
    """Record that somebody says whom they recognised: a claim to be tested, which identifies nobody."""
    found = queries.subject_numbered(request.auth, number)

    def do() -> Made:
        claim = claims.add(found, claims.NewClaim(**{**given.model_dump(), "shown": given.shown.value}), request.auth)
        return Made(id=str(claim.pk), url=f"/api/v1/subjects/{number}/claims")

    return made(request, f"add_recognition_claim {number}", do, given.model_dump(mode="json"))


@operation(router, "GET", "/subjects/{number}/documents", needs=Permission.SUBJECT_READ, shows=Page[DocumentShown])
def found_documents(request: Call, number: RecordId, walk: Query[Walk]) -> Any:
    """Papers, cards and photographs that were carried: that somebody carried them does not say who they are.

    Without `remains:inscription:read` what stands on them is left out, with `withheld`.
    """
    withheld = not inscriptions_shown(request.auth)
    found = reading.documents(queries.subject_numbered(request.auth, number), request.auth)
    rows = {(each.recorded_at.timestamp(), str(each.pk)): each for each in found}
    return page(request, walk, keyed(rows, lambda each: _document(each, withheld)))


def _document(found: FoundDocument, withheld: bool) -> DocumentShown:
    own = ("id", "says", "pictured", "withheld")
    return DocumentShown(
        id=str(found.pk),
        says=documents.said(found),
        pictured=bool(found.sha256),
        withheld=withheld,
        **{name: getattr(found, name) for name in DocumentShown.model_fields if name not in own},
    )


@operation(router, "POST", "/subjects/{number}/documents", needs=Permission.SUBJECT_RECORD, creates=True)
def add_found_document(request: Call, number: RecordId, given: DocumentGiven) -> Any:
    """Record a document that was carried; a picture of it is added on the pages."""
    found = queries.subject_numbered(request.auth, number)

    def do() -> Made:
        new = documents.NewDocument(**{**given.model_dump(), "kind": given.kind.value})
        document = documents.add(found, new, request.auth)
        return Made(id=str(document.pk), url=f"/api/v1/subjects/{number}/documents")

    return made(request, f"add_found_document {number}", do, given.model_dump(mode="json"))


@operation(router, "POST", "/documents/{number}/look", needs=Permission.PHOTOGRAPH_LOOK, bytes_as=KINDS)
def look_at_found_document(request: Call, number: UUID) -> HttpResponse:
    """Lift the veil: the picture of a paper that was carried. The look is entered in the ledger before it is opened."""
    return as_picture(documents.pictured(reading.document(request.auth, number), request.auth))
