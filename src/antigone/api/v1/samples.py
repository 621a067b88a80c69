"""Samples taken of the dead for the primary identifiers, and what a laboratory answered, in words."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any

from ninja import Query, Router
from pydantic import StringConstraints

from antigone.access.permissions import Permission
from antigone.api.bearer import Call
from antigone.api.operation import Made, made, operation
from antigone.api.paging import Page, Walk, keyed, page
from antigone.api.strict import Day, Given, Name, RecordId, Short, Shown, Text
from antigone.remains import queries, reading, sampling
from antigone.remains.models import Identifier, Sample, SampleKind

router = Router()

Reference = Annotated[Short, StringConstraints(max_length=120)]


class SampleGiven(Given):
    reference: Annotated[Name, StringConstraints(max_length=120)]
    kind: SampleKind
    identifier: Identifier
    taken_by: Name
    kept_at: Name
    taken_from: Short = ""
    taken_on: Day | None = None
    laboratory: Short = ""
    laboratory_reference: Reference = ""


class AnswerGiven(Given):
    result: Annotated[Text, StringConstraints(min_length=1, strip_whitespace=True)]
    result_on: Day | None = None
    laboratory: Short = ""
    laboratory_reference: Reference = ""


class SampleShown(Shown):
    id: int
    reference: str
    kind: str
    identifier: str
    taken_from: str
    taken_on: date | None
    taken_by: str
    kept_at: str
    laboratory: str
    laboratory_reference: str
    result: str
    result_on: date | None
    recorded_by: str
    recorded_at: datetime


@operation(router, "GET", "/subjects/{number}/samples", needs=Permission.SUBJECT_READ, shows=Page[SampleShown])
def list_samples(request: Call, number: RecordId, walk: Query[Walk]) -> Any:
    """The samples of a subject, by their references; no profile is held here."""
    found = reading.samples(queries.subject_numbered(request.auth, number), request.auth)
    return page(request, walk, keyed({(each.reference, each.pk): each for each in found}, _shown))


def _shown(found: Sample) -> SampleShown:
    return SampleShown(id=found.pk, **{name: getattr(found, name) for name in SampleShown.model_fields if name != "id"})


@operation(router, "POST", "/subjects/{number}/samples", needs=Permission.SUBJECT_RECORD, creates=True)
def add_sample(request: Call, number: RecordId, given: SampleGiven) -> Any:
    """Record a sample under the reference that stands on the tube; once in a subject."""
    found = queries.subject_numbered(request.auth, number)

    def do() -> Made:
        new = sampling.NewSample(
            **{**given.model_dump(), "kind": given.kind.value, "identifier": given.identifier.value}
        )
        sample = sampling.add(found, new, request.auth)
        return Made(id=str(sample.pk), url=f"/api/v1/subjects/{number}/samples")

    return made(request, f"add_sample {number}", do, given.model_dump(mode="json"))


@operation(router, "POST", "/samples/{number}/answer", needs=Permission.SUBJECT_RECORD, creates=True)
def answer_sample(request: Call, number: RecordId, given: AnswerGiven) -> Any:
    """Record what the laboratory answered, in words; an answer that is on record is not written over."""
    found = reading.sample(request.auth, number)

    def do() -> Made:
        sample = sampling.answer(found, sampling.Answer(**given.model_dump()), request.auth)
        return Made(id=str(sample.pk), url=f"/api/v1/subjects/{sample.subject_id}/samples")

    return made(request, f"answer_sample {number}", do, given.model_dump(mode="json"))
