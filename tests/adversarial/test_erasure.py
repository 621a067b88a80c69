"""After an erasure nothing anywhere in the database says who it was."""

from __future__ import annotations

import uuid
from datetime import timedelta
from typing import Any

from django.db import connection
from django.test import Client
from django.utils import timezone

from antigone.access.rules import Role
from antigone.description.given import Given
from antigone.intake.filing import Agreed
from antigone.missing import (
    consents,
    describing,
    erasure,
    kinship,
    merging,
    registers,
    relatives,
    reviews,
    services,
)
from antigone.missing.models import Portrait
from antigone.missing.services import Giving
from antigone.web.models import Draft
from tests.factories import contract, portrait, unit
from tests.web import missed
from tests.web.people import Agencies, ClientAs, somebody

MARK = "Zyxomark"


def everything() -> dict[str, list[str]]:
    """Every row of every table as text, by table."""
    with connection.cursor() as cursor:
        found: dict[str, list[str]] = {}
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')
            found[table] = [str(row) for row in cursor.fetchall()]
    return found


def places_of(mark: str) -> list[str]:
    return [f"{table}: {row[:300]}" for table, rows in everything().items() for row in rows if mark in row.casefold()]


def test_an_erased_person_is_named_nowhere(agencies: Agencies, client_as: ClientAs) -> None:
    ours = agencies.ours
    tracer, reviewer = missed.tracer(ours), somebody(ours, Role.DATA_PROTECTION_REVIEWER)
    person = missed.person(ours, MARK, MARK, ref=f"{MARK}-1")
    other = missed.person(ours, MARK, "Twin", ref=f"{MARK}-2")
    neighbour = missed.person(ours, "Bondar", "Petro")
    describing.state(person, "event.place", Given(f"{MARK} street", basis="family-choice", source=MARK), tracer)
    first = describing.state(person, "birth.words", Given(MARK, basis="family-choice"), tracer)
    describing.withdraw_statement(first, tracer, reason=f"{MARK} is not so")
    told = relatives.record_relative(person, missed.reporter(f"{MARK} Mother"), tracer)
    relatives.change_relative(told, missed.reporter(f"{MARK} Mama"), tracer)
    consents.record_consent(told, Agreed("1", timezone.now().date()), tracer)
    kinship.record_kinship(person, neighbour, "sibling", tracer, said_by=f"{MARK} senior")
    entered = registers.Entered(kind="court-missing", authority=f"{MARK} court", number=f"{MARK}/7", note=MARK)
    registers.end_fact(registers.record_fact(person, entered, tracer), tracer, reason=f"{MARK} lives")
    services.add_portraits(
        person.holding, contract(), [portrait(person.ref, unit(3))],
        Giving(basis="family-consent", given_by=f"{MARK} giver", giver=told), tracer.actor,
    )  # fmt: skip
    consents.withdraw_consent(told, tracer, f"{MARK} is angry")
    merging.merge(person, other, tracer, reason=f"both are {MARK}")
    reviews.renew_person(person, reviewer, review_on=timezone.now().date() + timedelta(days=90), reason=MARK)
    client = client_as(Role.TRACING_OFFICER)
    _typed(client, f"missing:person:{person.pk}:identity")
    _typed(client, f"missing:person:{neighbour.pk}:identity")
    assert places_of(MARK.casefold())

    erasure.erase_person(person, reviewer, "as they asked")
    assert places_of(MARK.casefold()) == []
    # What was typed and not sent is sealed, and goes too; that of another person stays.
    assert list(Draft.objects.values_list("form_key", flat=True)) == [f"missing:person:{neighbour.pk}:identity"]


def _typed(client: Client, key: str) -> None:
    assert client.post(f"/drafts/{key}/keep/", {"words": MARK, "once": str(uuid.uuid4())}).status_code == 200


def test_what_is_kept_on_in_the_last_moment_is_not_erased(agencies: Agencies, monkeypatch: Any) -> None:
    """The daily job reads what is past its grace, then erases it; a review between the two counts."""
    ours = agencies.ours
    tracer, reviewer = missed.tracer(ours), somebody(ours, Role.DATA_PROTECTION_REVIEWER)
    person = missed.person(ours)
    giving = Giving(basis="own-service", citation="Order 1", given_by="the army")
    services.add_portraits(person.holding, contract(), [portrait(person.ref, unit(3))], giving, tracer.actor)
    today = timezone.now().date()
    Portrait.objects.update(until=today - timedelta(days=60))
    erase = services.erase_portraits

    def late(portraits: Any, actor: str, reason: str) -> Any:
        kept = Portrait.objects.get()
        reviews.renew(kept, reviewer, until=today + timedelta(days=30), reason="still needed")
        return erase(portraits, actor, reason)

    monkeypatch.setattr(services, "erase_portraits", late)
    reviews.expire(today)
    assert Portrait.objects.get().until == today + timedelta(days=30)
