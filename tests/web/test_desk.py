"""The desk: sections of the areas, for whom they are meant, bounded, and an empty one that says what to do."""

from __future__ import annotations

import pytest
from django.urls import reverse

from antigone.access.models import Operator
from antigone.access.permissions import Permission
from antigone.access.rules import Role
from antigone.web import navigation
from antigone.web.desk import sections
from antigone.web.desk.sections import SHOWN, Awaiting
from tests.web.people import Agencies, ClientAs, somebody


@pytest.fixture(autouse=True)
def known(monkeypatch: pytest.MonkeyPatch) -> None:
    """Only the sections of the test."""
    monkeypatch.setattr(sections, "_SECTIONS", {})


def many(count: int) -> sections.Contribution:
    def awaiting(who: Operator) -> list[Awaiting]:
        return [Awaiting(f"Record {number} for {who.name}", "/") for number in range(count)]

    return awaiting


def test_a_section_is_shown_to_whom_it_is_meant_for(client_as: ClientAs) -> None:
    sections.section("b", "Later", order=30)(many(1))
    sections.section("a", "Urgent", order=10, any_of=[Permission.RETENTION_REVIEW])(many(1))
    page = client_as(Role.DATA_PROTECTION_REVIEWER).get("/").content.decode()
    assert page.index("Urgent") < page.index("Later")
    page = client_as(Role.TRACING_OFFICER).get("/").content.decode()
    assert "Urgent" not in page
    assert "Later" in page


def test_a_desk_shows_a_few_and_leads_to_the_rest(agencies: Agencies) -> None:
    sections.section("a", "Many", order=10, more="web:about")(many(SHOWN + 1))
    (shown,) = sections.shown_to(somebody(agencies.ours, Role.AUDITOR))
    assert len(shown.items) == SHOWN
    assert shown.more == reverse("web:about")
    sections.section("b", "Many of one kind", order=20, more="web:about?kind=one")(many(SHOWN + 1))
    assert sections.shown_to(somebody(agencies.ours, Role.AUDITOR))[1].more == f"{reverse('web:about')}?kind=one"


def test_an_empty_desk_says_so(client_as: ClientAs) -> None:
    sections.section("a", "Nothing here", order=10)(many(0))
    page = client_as(Role.AUDITOR).get("/").content.decode()
    assert "Nothing here" not in page
    assert "Nothing awaits you" in page


def test_two_sections_cannot_have_one_name() -> None:
    sections.section("a", "One", order=10)(many(1))

    def other(who: Operator) -> list[Awaiting]:
        return []

    with pytest.raises(ValueError, match="two sections"):
        sections.section("a", "Two", order=10)(other)


def test_the_menu_holds_what_the_permissions_open(monkeypatch: pytest.MonkeyPatch) -> None:
    places = (
        navigation.Place("Desk", "web:desk"),
        navigation.Place("About", "web:about", (Permission.LEDGER_READ,)),
        navigation.Place("Components", "web:design", (Permission.PERSON_READ, Permission.SUBJECT_READ)),
        navigation.Place("Not served here", "web:nothing-of-the-kind"),
    )
    monkeypatch.setattr(navigation, "PLACES", places)
    entries = navigation.entries({Permission.SUBJECT_READ}, reverse("web:design-statements"))
    assert [(entry.label, entry.here) for entry in entries] == [("Desk", False), ("Components", True)]
