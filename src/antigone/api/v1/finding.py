"""Finding records as one types: names, codes, marks and effects, over spellings and scripts; never by face."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

from ninja import Query, Router
from pydantic import StringConstraints

from antigone.access.permissions import Permission
from antigone.api.bearer import Call
from antigone.api.operation import operation
from antigone.api.paging import Page, Walk, page
from antigone.api.strict import RecordId, Shown
from antigone.missing import finding as missing
from antigone.missing import own
from antigone.remains import finding as remains
from antigone.remains import queries

router = Router()


class Typed(Walk):
    text: Annotated[str, StringConstraints(min_length=1, max_length=200)]


class PersonHit(Shown):
    id: int
    ref: str
    holding: str
    names: list[str]
    sex: str
    birth_date: str
    last_seen_on: str
    last_seen_place: str
    state: str
    likeness: float
    because: list[str]
    through: list[str]


class SubjectHit(Shown):
    id: int
    code: str
    kind: str
    place: str
    site: str
    recovered_on: date | None
    aliases: list[str]
    carried: list[str]
    likeness: float
    because: list[str]


def _person(hit: missing.Hit) -> PersonHit:
    return PersonHit(
        id=hit.pk,
        ref=hit.ref,
        holding=hit.holding,
        names=list(hit.names),
        sex=hit.sex,
        birth_date=hit.birth_date,
        last_seen_on=hit.last_seen_on,
        last_seen_place=hit.last_seen_place,
        state=hit.state,
        likeness=hit.likeness,
        because=[each.value for each in hit.because],
        through=list(hit.through),
    )


def _subject(hit: remains.Hit) -> SubjectHit:
    return SubjectHit(
        id=hit.pk,
        code=hit.code,
        kind=hit.kind,
        place=hit.place,
        site=hit.site,
        recovered_on=hit.recovered_on,
        aliases=list(hit.aliases),
        carried=list(hit.carried),
        likeness=hit.likeness,
        because=[each.value for each in hit.because],
    )


@operation(router, "GET", "/persons/find", needs=Permission.PERSON_READ, shows=Page[PersonHit])
def find_persons(request: Call, walk: Query[Typed]) -> Any:
    """The missing whom what was typed may mean, the likeliest first; how alike names are says nothing of who it is."""

    def fetch(after: Any, limit: int) -> tuple[list[PersonHit], Any]:
        found = missing.find(request.auth, walk.text, limit=limit + 1, after=after)
        return [_person(each) for each in found[:limit]], found[limit - 1].cursor if len(found) > limit else None

    return page(request, walk, fetch)


@operation(router, "GET", "/persons/{number}/duplicates", needs=Permission.PERSON_READ, shows=list[PersonHit])
def person_duplicates(request: Call, number: RecordId) -> list[PersonHit]:
    """Records that may be of the same person: a warning, never a bar; people decide whether to merge them."""
    return [_person(each) for each in missing.duplicates(own.person_for(number, request.auth, Permission.PERSON_READ))]


@operation(router, "GET", "/subjects/find", needs=Permission.SUBJECT_READ, shows=Page[SubjectHit])
def find_subjects(request: Call, walk: Query[Typed]) -> Any:
    """The remains that what was typed may mean: codes, sites, marks, effects, a name on a paper that was carried."""

    def fetch(after: Any, limit: int) -> tuple[list[SubjectHit], Any]:
        found = remains.find(request.auth, walk.text, limit=limit + 1, after=after)
        return [_subject(each) for each in found[:limit]], found[limit - 1].cursor if len(found) > limit else None

    return page(request, walk, fetch)


@operation(router, "GET", "/subjects/{number}/duplicates", needs=Permission.SUBJECT_READ, shows=list[SubjectHit])
def subject_duplicates(request: Call, number: RecordId) -> list[SubjectHit]:
    """Records that may be of the same body: a warning, never a bar."""
    return [_subject(each) for each in remains.duplicates(queries.subject_numbered(request.auth, number), request.auth)]
