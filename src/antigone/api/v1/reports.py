"""Reports of comparisons and decisions as they were made: a person asks for one, a program reads it by a request."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from ninja import Query, Router
from pydantic import Field

from antigone.api.bearer import Call
from antigone.api.operation import operation
from antigone.api.paging import Page, Walk, page
from antigone.api.strict import RecordId, Shown
from antigone.casework.reporting import reading

router = Router()

WARNING = (
    "Whoever reads what records hold for and against a person, or what a board decided, examines no more in the cases "
    "that it concerns: you, and the person who answers for this token. This look is on record."
)


class ReportLine(Shown):
    id: int
    serial: str
    kind: str
    about: str
    made_at: datetime
    made_by: str
    language: str
    erased: bool


class ReportShown(Shown):
    id: int
    serial: str
    kind: str
    made_at: datetime
    made_by: str
    language: str
    warning: str
    sha256: str
    whole: bool = Field(description="It is what the ledger has the digest of.")
    entry: int | None = Field(description="The index of its making in the ledger.")
    checkpoint: str = Field(description="The first signed checkpoint that covers it; empty until there is one.")
    content: dict[str, Any]


@operation(router, "GET", "/reports", needs=None, shows=Page[ReportLine], refuses=True)
def list_reports(request: Call, walk: Query[Walk]) -> Any:
    """The agency's reports that the token's permissions reach, the newest first; no line names who is missing."""

    def fetch(after: Any, limit: int) -> tuple[list[ReportLine], Any]:
        found = reading.reports(request.auth, after, min(limit, reading.MOST))
        names = [name for name in ReportLine.model_fields if name not in ("id", "kind")]
        lines = [
            ReportLine(id=each.pk, kind=each.kind.value, **{name: getattr(each, name) for name in names})
            for each in found.lines
        ]
        return lines, found.after

    return page(request, walk, fetch)


@operation(router, "POST", "/reports/{number}/look", needs=None, shows=ReportShown, refuses=True)
def look_at_report(request: Call, number: RecordId) -> ReportShown:
    """What a report says, for a token that may read all it is made of; whoever reads it examines no more in its cases.

    Pictures are not in it.
    """
    found = reading.report(number, request.auth)
    if reading.unblinds(found, request.auth):
        reading.forgo(found, request.auth)
    read = reading.read(number, request.auth)
    return ReportShown(
        id=found.pk,
        serial=found.serial,
        kind=found.kind,
        made_at=found.made_at,
        made_by=found.made_by,
        language=found.language,
        warning=WARNING,
        sha256=found.digest,
        whole=read.whole,
        entry=read.place.entry,
        checkpoint=read.place.checkpoint,
        content=read.content,
    )
