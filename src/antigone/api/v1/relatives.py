"""Who told of a missing person and who waits for them, and what they agreed to; a withdrawal counts at once."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any

from ninja import Query, Router
from pydantic import Field, StringConstraints

from antigone.access.permissions import Permission
from antigone.api.bearer import Call
from antigone.api.operation import Made, made, operation
from antigone.api.paging import Page, Walk, keyed, page
from antigone.api.strict import Day, Given, Line, Name, RecordId, Short, Shown, Text, YesNo
from antigone.intake.choices import Audience, Channel, ConsentGiven, Relation
from antigone.intake.filing import Agreed
from antigone.intake.tellers import MOST_CONTACTS, MOST_NAMES, Contact, Teller
from antigone.missing import consents, queries, relatives
from antigone.missing.models import Relative

router = Router()


class ContactGiven(Given):
    channel: Channel
    value: Annotated[Line, StringConstraints(min_length=1, max_length=300)]


class RelativeGiven(Given):
    names: list[Name] = Field(min_length=1, max_length=MOST_NAMES)
    relation: Relation
    reporter: YesNo = False
    contacts: list[ContactGiven] = Field(default_factory=list, max_length=MOST_CONTACTS)
    language: Annotated[Short, StringConstraints(max_length=35)] = ""
    preferred: Channel | None = None
    hours: Short = ""
    contact_by: list[Audience] = Field(
        default_factory=list, max_length=8, description="Who may contact them; with none they are not contacted."
    )
    adverse: YesNo = Field(False, description="Under an adverse party's power: no agency here contacts them by itself.")
    note: Annotated[Text, StringConstraints(max_length=2000)] = ""

    def teller(self) -> Teller:
        return Teller(
            names=tuple(self.names),
            relation=self.relation.value,
            contacts=tuple(Contact(each.channel.value, each.value) for each in self.contacts),
            language=self.language,
            preferred=self.preferred.value if self.preferred else "",
            hours=self.hours,
            contact_by=tuple(each.value for each in self.contact_by),
            adverse=self.adverse,
            note=self.note,
        )


class ConsentGivenNow(Given):
    wording: Annotated[Name, StringConstraints(max_length=64)]
    given_on: Day
    given_how: ConsentGiven


class Withdrawal(Given):
    reason: Short = ""


class ContactShown(Shown):
    channel: str
    value: str


class ConsentShown(Shown):
    wording: str
    given_on: date
    given_how: str
    recorded_at: datetime
    withdrawn_at: datetime | None
    withdrawn_reason: str


class ShareShown(Shown):
    audience: str
    partner: str | None


class RelativeShown(Shown):
    id: int
    names: list[str]
    relation: str
    reporter: bool
    contacts: list[ContactShown]
    language: str
    preferred: str
    hours: str
    contact_by: list[str]
    adverse: bool
    note: str
    consents: list[ConsentShown]
    shares: list[ShareShown] = Field(description="With whom, beside this agency, they let what they gave be shared.")
    recorded_at: datetime


class Withheld(Shown):
    portraits: int = Field(description="How many portraits are searched and shown to other agencies no more, at once.")


# Names and numbers of families go to programs that record them, and to no other that only reads.
@operation(router, "GET", "/persons/{number}/relatives", needs=Permission.PERSON_RECORD, shows=Page[RelativeShown])
def list_relatives(request: Call, number: RecordId, walk: Query[Walk]) -> Any:
    """Who told of a person and who waits for them, who reported first; with what they agreed to and let be shared."""
    found = queries.relatives(request.auth, queries.person(request.auth, number))
    return page(request, walk, keyed({(not each.reporter, each.pk): each for each in found}, _shown))


def _shown(found: Relative) -> RelativeShown:
    return RelativeShown(
        id=found.pk,
        names=found.names,
        relation=found.relation,
        reporter=found.reporter,
        contacts=[ContactShown(**each) for each in found.contacts],
        language=found.language,
        preferred=found.preferred,
        hours=found.hours,
        contact_by=found.contact_by,
        adverse=found.adverse,
        note=found.note,
        consents=[
            ConsentShown(**{name: getattr(each, name) for name in ConsentShown.model_fields})
            for each in sorted(found.consents.all(), key=lambda each: each.pk)
        ],
        shares=[
            ShareShown(audience=each.audience, partner=each.partner.name if each.partner else None)
            for each in sorted(found.shares.all(), key=lambda each: each.pk)
            if each.ended_at is None
        ],
        recorded_at=found.recorded_at,
    )


@operation(router, "POST", "/persons/{number}/relatives", needs=Permission.PERSON_RECORD, creates=True)
def record_relative(request: Call, number: RecordId, given: RelativeGiven) -> Any:
    """Record someone who reported a person or is kin of them, and how, in which language and by whom to be reached."""
    found = queries.person(request.auth, number)

    def do() -> Made:
        relative = relatives.record_relative(found, given.teller(), request.auth, reporter=given.reporter)
        return Made(id=str(relative.pk), url=f"/api/v1/persons/{relative.person_id}/relatives")

    return made(request, f"record_relative {number}", do, given.model_dump(mode="json"))


@operation(router, "POST", "/relatives/{number}/consents", needs=Permission.PERSON_RECORD, creates=True)
def record_consent(request: Call, number: RecordId, given: ConsentGivenNow) -> Any:
    """Record that a relative agrees to a version of the wording; what they gave may be searched (again)."""
    found = queries.relative(request.auth, number)

    def do() -> Made:
        agreed = Agreed(given.wording, given.given_on, given.given_how.value)
        consent = consents.record_consent(found, agreed, request.auth)
        return Made(id=str(consent.pk), url=f"/api/v1/persons/{found.person_id}/relatives")

    return made(request, f"record_consent {number}", do, given.model_dump(mode="json"))


@operation(router, "POST", "/relatives/{number}/consents/withdraw", needs=Permission.PERSON_RECORD, shows=Withheld)
def withdraw_consent(request: Call, number: RecordId, given: Withdrawal) -> Withheld:
    """A relative withdraws: what they gave is searched and shared no more, at once; asked again it changes nothing."""
    found = queries.relative(request.auth, number)
    return Withheld(portraits=consents.withdraw_consent(found, request.auth, given.reason))
