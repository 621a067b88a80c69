"""Missing persons for the tests of pages, recorded as the pages record them."""

from __future__ import annotations

import uuid
from typing import Any

from antigone.access.models import Agency, Operator
from antigone.access.rules import Role
from antigone.description.given import Given
from antigone.intake import services as intake
from antigone.intake.filing import Agreed, Filing
from antigone.intake.models import Enquiry
from antigone.intake.tellers import Contact, Teller
from antigone.missing import recording, services
from antigone.missing.models import Holding, Person, Relative
from antigone.missing.recording import NewPerson
from tests.web.people import somebody

BASIS = "family-choice"


def tracer(agency: Agency) -> Operator:
    """Somebody who records and merges."""
    return somebody(agency, Role.TRACING_OFFICER, name=f"a tracer of {agency.name}")


def holding(agency: Agency, name: str = "Families") -> Holding:
    """A holding that a second person approved."""
    known = Holding.objects.filter(agency=agency, name=name).first()
    if known is not None:
        return known
    opened = services.open_holding(name, tracer(agency))
    if opened.approved_at is None:
        services.approve_holding(opened, somebody(agency, Role.BUREAU_CLERK, name=f"a clerk of {agency.name}"))
        opened.refresh_from_db()
    return opened


def reporter(name: str = "Olha Kovalenko") -> Teller:
    return Teller(
        names=(name,), relation="mother", contacts=(Contact("phone", "+380 50 000 00 00"),), contact_by=("own-agency",)
    )


def person(
    agency: Agency,
    surname: str = "Kovalenko",
    given: str = "Ivan",
    *,
    ref: str = "",
    into: str = "Families",
    **more: str,
) -> Person:
    """A person with a name, and what else is stated by key: person(agency, sex="male", birth_date="1990")."""
    said: list[tuple[str, Given]] = [
        ("name", Given({"kind": "current", "surname": surname, "given": given}, basis=BASIS, source="the mother"))
    ]
    said += [(key.replace("__", "."), Given(value, basis=BASIS, source="the mother")) for key, value in more.items()]
    new = NewPerson(said, ref or f"M-{uuid.uuid4().hex[:8]}", reporter())
    return recording.record_person(holding(agency, into), new, tracer(agency))


def relative(agency: Agency) -> Relative:
    """The reporter of a new person."""
    return person(agency).relatives.get()


def enquiry(agency: Agency, surname: str = "Bondar", **more: Any) -> Enquiry:
    """An enquiry that was filed at the counter."""
    from django.utils import timezone

    filing = Filing(
        reporter("Maria Bondar"),
        [
            ("name", Given({"kind": "current", "surname": surname, "given": "Petro"}, basis=BASIS)),
            ("event.place", Given("Izium", basis=BASIS)),
        ],
        Agreed("2", timezone.now().date()),
        **more,
    )
    return intake.file(filing, tracer(agency)).enquiry
