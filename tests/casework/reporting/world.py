"""Records for reports: two of the missing and two remains, told by families and found on tables, in one agency."""

from __future__ import annotations

from typing import Any

from antigone.access.models import Agency, Operator
from antigone.access.rules import Role
from antigone.casework.models import Case
from antigone.description.given import Given
from antigone.missing import describing as persons
from antigone.missing.models import Person
from antigone.remains import describing as remains
from antigone.remains.models import Subject
from tests.web import casefile, found, missed
from tests.web.people import somebody

FAMILY, LAW = "family-choice", "convention-duty"


def board(agency: Agency, name: str = "") -> Operator:
    """A member of the board, who examines nothing."""
    return somebody(agency, Role.BOARD_MEMBER, name=name or f"a member of {agency.name}")


def told(person: Person, key: str, value: Any, **more: Any) -> None:
    """State something of a missing person, as their mother says."""
    given = Given(value, **{"basis": FAMILY, "source": "the mother", "said_on": "2026-05", **more})
    persons.state(person, key, given, missed.tracer(person.holding.agency))


def seen(subject: Subject, key: str, value: Any, **more: Any) -> None:
    """State something of remains, as the examination found."""
    given = Given(value, **{"basis": LAW, "how": "observed", "source": "Dr A. Holub", **more})
    remains.state(subject, key, given, found.staff(subject.agency))


def person(agency: Agency, surname: str = "Коваленко", given: str = "Іван", ref: str = "") -> Person:
    """Somebody missed: sex, stature, a tattoo, a ring, hair, teeth."""
    made = missed.person(agency, surname, given, ref=ref, sex="male", birth__date="1990-03-14")
    told(made, "desc.stature", {"cm": 178, "taken": "family"})
    told(made, "desc.hair_colour", ["brown"])
    told(made, "desc.facial_hair", None, certainty="absent")
    told(made, "mark", {"kind": "tattoo", "region": "forearm", "side": "left", "words": "an anchor"})
    told(made, "effect", {"item": "ring", "inscription": "O.K. 2015"})
    told(made, "event.date", "2026-03-02")
    told(made, "desc.eye_colour", None, certainty="unknown")
    return made


def body(agency: Agency, code: str = "") -> Subject:
    """Remains: sex, age, stature, a tattoo, the forearm looked at."""
    made = found.body(agency, code)
    seen(made, "sex", "male")
    seen(made, "sex.method", "skeleton")
    seen(made, "desc.age", {"years": {"low": 30, "high": 45}})
    seen(made, "desc.stature", {"cm": 176, "taken": "bones"}, how="estimated")
    seen(made, "mark", {"kind": "tattoo", "region": "forearm", "side": "left", "words": "an anchor, blurred"})
    seen(made, "desc.hair_colour", ["black"])
    seen(made, "desc.eye_colour", "brown")
    return made


def case_about(subject: Subject) -> Case:
    """A case of the subject's own agency."""
    from django.utils import timezone

    return Case.objects.create(
        code=subject.code, subject=subject, agency=subject.agency, mandate=casefile.mandate(subject.agency),
        opened_by="system:tests", opened_at=timezone.now(),
    )  # fmt: skip
