"""What an agreement about one thing must not tell of another."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.test import Client
from django.urls import reverse
from django.utils import timezone

from antigone.access import agreements
from antigone.access.models import Agency, Agreement
from antigone.access.rules import Role
from antigone.access.scope import Scope
from antigone.missing import reports
from antigone.missing.models import Person
from antigone.remains import resting
from tests.web import found, missed
from tests.web.people import Agencies, ClientAs, somebody


def agreed(discloses: Agency, receives: Agency, *scopes: Scope) -> Agreement:
    """An agreement in force."""
    ours = somebody(discloses, Role.ADMINISTRATOR, name=f"administrator of {discloses.name}")
    theirs = somebody(receives, Role.ADMINISTRATOR, name=f"administrator of {receives.name}")
    until = timezone.now().date() + timedelta(days=30)
    made = agreements.propose(ours, receives, scopes, "a treaty", until)
    agreements.accept(theirs, made)
    return made


def read(client: Client, person: Person) -> Any:
    return client.get(f"/missing/{person.pk}/")


def test_persons_without_relatives_name_no_reporter(agencies: Agencies, client_as: ClientAs) -> None:
    person = missed.person(agencies.theirs, "Shevchenko")
    agreed(agencies.theirs, agencies.ours, Scope.PERSONS)
    answer = read(client_as(Role.TRACING_OFFICER), person)
    assert answer.status_code == 200
    assert "Shevchenko" in answer.content.decode()
    assert "Olha Kovalenko" not in answer.content.decode()
    # Nor does what stands beside each datum, here or in its history.
    assert "the mother" not in answer.content.decode()
    assert (
        "the mother" not in client_as(Role.TRACING_OFFICER).get(f"/missing/{person.pk}/history/name/").content.decode()
    )
    theirs = client_as(Role.TRACING_OFFICER, agency=agencies.theirs)
    assert "the mother" in read(theirs, person).content.decode()


def test_what_was_withdrawn_is_disclosed_no_more(agencies: Agencies, client_as: ClientAs) -> None:
    person = missed.person(agencies.theirs, "Shevchenko")
    agreed(agencies.theirs, agencies.ours, Scope.PERSONS)
    ours = client_as(Role.TRACING_OFFICER)
    assert "Shevchenko" in ours.get("/missing/").content.decode()
    reports.close(person.ref, "Families", "withdrawn", missed.tracer(agencies.theirs))
    assert "Shevchenko" not in ours.get("/missing/").content.decode()
    assert "Ivan" not in ours.get("/missing/?q=Shevchenko").content.decode()
    assert read(ours, person).status_code == 404
    # Their own agency still sees what became of it.
    theirs = client_as(Role.TRACING_OFFICER, agency=agencies.theirs)
    assert read(theirs, person).status_code == 200


def test_an_agreement_that_ended_tells_nothing(agencies: Agencies, client_as: ClientAs) -> None:
    person = missed.person(agencies.theirs, "Shevchenko")
    made = agreed(agencies.theirs, agencies.ours, *Scope)
    ours = client_as(Role.TRACING_OFFICER)
    assert read(ours, person).status_code == 200
    # One way only.
    mine = missed.person(agencies.ours, "Lysenko")
    theirs = client_as(Role.TRACING_OFFICER, agency=agencies.theirs)
    assert read(theirs, mine).status_code == 404
    agreements.end(somebody(agencies.ours, name=f"administrator of {agencies.ours.name}"), made, "it is over")
    assert read(ours, person).status_code == 404
    assert "Shevchenko" not in ours.get("/missing/").content.decode()


def test_an_agreement_changes_nothing_for_them(agencies: Agencies, client_as: ClientAs) -> None:
    person = missed.person(agencies.theirs, "Shevchenko")
    relative = person.relatives.get()
    agreed(agencies.theirs, agencies.ours, *Scope)
    ours = client_as(Role.TRACING_OFFICER, Role.DATA_PROTECTION_REVIEWER)
    for path in (
        f"/missing/{person.pk}/close/", f"/missing/{person.pk}/erase/", f"/missing/{person.pk}/reopen/",
        f"/missing/{person.pk}/relatives/new/", f"/missing/relatives/{relative.pk}/",
        f"/missing/relatives/{relative.pk}/withdraw/", f"/missing/{person.pk}/portraits/add/",
    ):  # fmt: skip
        assert ours.get(path).status_code == 404, path
        assert ours.post(path, {"reason": "because", "state": "withdrawn"}).status_code == 404, path


def test_remains_without_photographs_show_neither_pixels_nor_kin(agencies: Agencies, client_as: ClientAs) -> None:
    body = found.body(agencies.theirs, "LIMEN-A-007")
    photograph, paper = found.photograph(body), found.document(body)
    item = found.item(body, approved=True)
    found.claim(body)
    found.release(body)
    resting.choose_later_fragments(
        body, "each-time", found.staff(agencies.theirs), chosen_by="Zlata Kin", relation="sister",
        chosen_on=found.DAY,
    )  # fmt: skip
    living = found.photograph(found.living(agencies.theirs))
    ours = client_as(Role.MORTUARY_EXAMINER, Role.BOARD_MEMBER, Role.TRACING_OFFICER)
    assert ours.get(f"/remains/{body.pk}/").status_code == 404
    agreed(agencies.theirs, agencies.ours, Scope.REMAINS)
    answer = ours.get(f"/remains/{body.pk}/")
    assert answer.status_code == 200
    for word in ("Zlata", "a sister", "a neighbour"):
        assert word not in answer.content.decode(), word
    for lift in (
        reverse("web:photograph-lift", args=[photograph.pk]),
        reverse("web:photograph-lift", args=[living.pk]),
        reverse("web:remains:document-lift", args=[paper.pk]),
        reverse("web:remains:item-lift", args=[item.pk]),
    ):
        assert ours.post(lift).status_code == 404, lift
    for path in (f"/remains/{body.pk}/claims/", f"/remains/{body.pk}/items/", f"/remains/{living.subject_id}/"):
        assert ours.get(path).status_code == 404, path
    # With an agreement about photographs the veil lifts, for the dead alone.
    agreed(agencies.theirs, agencies.ours, Scope.PHOTOGRAPHS)
    assert ours.post(reverse("web:photograph-lift", args=[photograph.pk])).status_code == 200
    assert ours.post(reverse("web:photograph-lift", args=[living.pk])).status_code == 404
    for path in (f"/remains/{body.pk}/photographs/add/", f"/remains/{body.pk}/release/"):
        assert ours.get(path).status_code == 404, path
