"""What courts and official registers say of a missing person, with its number; taken back, and never changed."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any

from ninja import Query, Router
from pydantic import StringConstraints

from antigone.access.permissions import Permission
from antigone.api.bearer import Call
from antigone.api.operation import Made, made, operation
from antigone.api.paging import Page, Walk, keyed, page
from antigone.api.problems import invalid
from antigone.api.strict import Given, Name, RecordId, Short, Shown, Text
from antigone.description.errors import BadStatement
from antigone.intake.filing import past_date
from antigone.missing import queries, registers
from antigone.missing.models import RegisterFact, RegisterKind

router = Router()


class FactGiven(Given):
    kind: RegisterKind
    authority: Name
    number: Annotated[Short, StringConstraints(max_length=100)] = ""
    # A date may be known in part, as in the statements.
    dated: Annotated[Short, StringConstraints(max_length=32)] = ""
    note: Annotated[Text, StringConstraints(max_length=registers.NOTE_LENGTH)] = ""


class FactEnded(Given):
    reason: Annotated[Short, StringConstraints(min_length=1, strip_whitespace=True)]


class FactShown(Shown):
    id: int
    kind: str
    authority: str
    number: str
    dated: str
    note: str
    recorded_by: str
    recorded_at: datetime
    ended_at: datetime | None
    end_reason: str


@operation(router, "GET", "/persons/{number}/register-facts", needs=Permission.PERSON_READ, shows=Page[FactShown])
def register_facts(request: Call, number: RecordId, walk: Query[Walk]) -> Any:
    """What registers and courts say of a person, in the order in which it was recorded; what was taken back too."""
    found = queries.person(request.auth, number)
    rows = {(each.pk,): each for each in found.register_facts.order_by("pk")}
    return page(request, walk, keyed(rows, _shown))


def _shown(found: RegisterFact) -> FactShown:
    return FactShown(**{name: getattr(found, "pk" if name == "id" else name) for name in FactShown.model_fields})


@operation(router, "POST", "/persons/{number}/register-facts", needs=Permission.PERSON_RECORD, creates=True)
def record_register_fact(request: Call, number: RecordId, given: FactGiven) -> Any:
    """Record what a register or a court says of a person; that a court declared somebody dead identifies nobody."""
    found = queries.person(request.auth, number)
    if given.dated.strip():
        try:
            past_date(given.dated)
        except BadStatement as fault:
            raise invalid("/dated", fault.sentence) from None

    def do() -> Made:
        entered = registers.Entered(**{**given.model_dump(), "kind": given.kind.value})
        fact = registers.record_fact(found, entered, request.auth)
        return Made(id=str(fact.pk), url=f"/api/v1/persons/{fact.person_id}/register-facts")

    return made(request, f"record_register_fact {number}", do, given.model_dump(mode="json"))


@operation(router, "POST", "/register-facts/{number}/end", needs=Permission.PERSON_RECORD)
def end_register_fact(request: Call, number: RecordId, given: FactEnded) -> None:
    """Take back what was recorded of a register, with a reason; once taken back there is no such record to end."""
    registers.end_fact(registers.one(number, request.auth), request.auth, reason=given.reason)
