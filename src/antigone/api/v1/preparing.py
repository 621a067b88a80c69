"""The photographs of a case before a search: faces found in them, which is the subject's, what cannot be compared.

Nothing of the gallery is read for it: whoever prepares a search sees no ranked output by that.
"""

from __future__ import annotations

from typing import Annotated, Any
from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext as _
from ninja import Query, Router
from pydantic import Field

from antigone.access.permissions import Permission
from antigone.api.bearer import Call
from antigone.api.operation import expected_version, made, operation
from antigone.api.paging import Page, Walk, keyed, page
from antigone.api.problems import invalid
from antigone.api.strict import Given, Line, Number, RecordId, Shown
from antigone.casework import queries
from antigone.casework.models import Hindrance
from antigone.casework.searching import choosing
from antigone.casework.searching.preparing import Prepared, prepared, prepared_in
from antigone.casework.tasks import ask_faces
from antigone.remains import looking

router = Router()

Coordinate = Annotated[float, Field(strict=True, ge=-1e6, le=1e6)]
Point = Annotated[list[Coordinate], Field(min_length=2, max_length=2)]


class PreparedShown(Shown):
    photograph: str
    version: str = Field(description="Of what was decided about it: sent as If-Match, and to `run_search`.")
    readiness: str
    ready: bool
    width: int
    height: int
    faces: list[dict[str, Any]] = Field(description="In pixels of the upright picture, the most prominent first.")
    taken: int | None = Field(description="Which of the faces, from 1, a search would take.")
    by_hand: bool
    points: list[list[float]] | None = Field(description="The five points of the face that a search would take.")
    hindrance: str
    note: str


class FacesAsked(Shown):
    job: int | None = Field(description="Null where the faces of every photograph were found already.")
    url: str | None


class FaceGiven(Given):
    """`number` of a face that was found, from 1, or five `points`; neither takes back what was chosen."""

    number: Number | None = Field(None, ge=1, le=1000)
    points: Annotated[list[Point], Field(min_length=5, max_length=5)] | None = Field(
        None, description="Right eye, left eye, nose tip, right and left corner of the mouth: the subject's own."
    )


class SuitabilityGiven(Given):
    hindrance: Hindrance | None = Field(description="Why it cannot be compared; null where it can.")
    note: Line = ""


def _shown(of: Prepared) -> PreparedShown:
    sought, face = of.sought, of.face
    return PreparedShown(
        photograph=str(of.photograph.pk),
        version=of.version,
        readiness=of.readiness.value,
        ready=of.ready,
        width=sought.width if sought else 0,
        height=sought.height if sought else 0,
        faces=of.found,
        taken=None if of.taken is None else of.taken + 1,
        by_hand=of.photograph.by_hand,
        points=None if face is None else face["landmarks"],
        hindrance=of.not_suitable.hindrance if of.not_suitable else "",
        note=of.not_suitable.note if of.not_suitable else "",
    )


def _answer(request: Call, number: int, photograph: UUID, response: HttpResponse) -> PreparedShown:
    of = prepared(queries.case_numbered(request.auth, number), photograph, request.auth)
    response["ETag"] = f'"{of.version}"'
    return _shown(of)


@operation(router, "GET", "/cases/{number}/photographs", needs=Permission.SEARCH_RUN, shows=Page[PreparedShown])
def prepared_photographs(request: Call, number: RecordId, walk: Query[Walk]) -> Any:
    """How each photograph of a case stands for a search: the faces found in it, and what was chosen; no picture."""
    case = queries.case_numbered(request.auth, number)
    looking.looked(case.subject, request.auth)
    found = prepared_in(case, request.auth)
    rows = {(each.photograph.added_at.isoformat(), str(each.photograph.pk)): each for each in found}
    return page(request, walk, keyed(rows, _shown))


@operation(
    router, "POST", "/cases/{number}/faces", needs=Permission.SEARCH_RUN, shows=FacesAsked, status=202, creates=True
)
def find_faces(request: Call, number: RecordId) -> Any:
    """Ask that the faces in a case's photographs be found, where that was not done; follow the job that is named."""
    found = queries.case_numbered(request.auth, number)

    def do() -> FacesAsked:
        job = ask_faces(found, request.auth)
        return FacesAsked(job=job.pk if job else None, url=f"/api/v1/jobs/{job.pk}" if job else None)

    return made(request, f"find_faces {number}", do, None)


@operation(
    router,
    "PUT",
    "/cases/{number}/photographs/{photograph}/face",
    needs=Permission.SEARCH_RUN,
    shows=PreparedShown,
    precondition=True,
)
def choose_face(
    request: Call, number: RecordId, photograph: UUID, given: FaceGiven, response: HttpResponse
) -> PreparedShown:
    """Say which face is the subject's, by its number or by five points; with neither, what was chosen is taken back."""
    expects, who = expected_version(request), request.auth
    if given.number is not None and given.points is not None:
        raise invalid("/points", _("Send the number of a face, or points, not both."))
    if given.number is not None:
        choosing.choose_face(number, photograph, given.number, who, expects=expects)
    elif given.points is not None:
        choosing.place_points(number, photograph, given.points, who, expects=expects)
    else:
        choosing.take_back(number, photograph, who, expects=expects)
    return _answer(request, number, photograph, response)


@operation(
    router,
    "PUT",
    "/cases/{number}/photographs/{photograph}/suitability",
    needs=Permission.SEARCH_RUN,
    shows=PreparedShown,
    precondition=True,
)
def judge_suitability(
    request: Call, number: RecordId, photograph: UUID, given: SuitabilityGiven, response: HttpResponse
) -> PreparedShown:
    """Say why a photograph cannot be compared, or that it can: it takes part in searches or not, from now on."""
    expects, who = expected_version(request), request.auth
    if given.hindrance is None:
        choosing.judge_suitable(number, photograph, who, expects=expects)
    else:
        choosing.judge_not_suitable(number, photograph, given.hindrance.value, given.note, who, expects=expects)
    return _answer(request, number, photograph, response)
