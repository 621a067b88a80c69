"""Whatever a role can come to by its links is held to what every page is held to, and keeps the secrets of others."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING

import pytest

from antigone.access.rules import Role
from antigone.demo import people
from tests.browser.crawl import crawl

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

    from tests.browser.house import House

pytestmark = pytest.mark.browser

# Said of a recognition in the cohort's records.
OF_A_CLAIM = ("A neighbour", "somebody from the next street", "telephone's screen")


def names() -> list[str]:
    """How the missing of the cohort are called, in every spelling."""
    with people.manifest().open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    return sorted({row[column] for row in rows for column in ("name", "name_native") if row[column]})


def shows(page: Page, secrets: list[str]) -> list[str]:
    """Which of these words stand on the page, wherever."""
    text = page.content().lower()
    return [each for each in secrets if each.lower() in text]


def an_examiner_learns_no_name(page: Page, path: str) -> None:
    assert shows(page, [*names(), *OF_A_CLAIM]) == [], path
    assert page.locator("img[src*='/pictures/portraits/']").count() == 0, path


def an_auditor_sees_no_record(page: Page, path: str) -> None:
    assert shows(page, [*names(), *OF_A_CLAIM]) == [], path
    assert page.locator("main img").count() == 0, path


def nothing_more(page: Page, path: str) -> None:
    """The other roles are held to what every page is held to."""


CHECKS = {Role.MORTUARY_EXAMINER: an_examiner_learns_no_name, Role.AUDITOR: an_auditor_sees_no_record}


@pytest.mark.parametrize("role", list(Role), ids=str)
def test_every_page_that_a_role_is_led_to(practice: House, browser: Browser, role: Role) -> None:
    person = practice.enter(browser, role)
    seen = crawl(person, CHECKS.get(role, nothing_more))
    assert "/" in seen
    assert len(seen) > 3, seen
    person.context.close()


def test_the_check_for_names_finds_one_where_it_stands(practice: House, browser: Browser) -> None:
    person = practice.enter(browser, Role.BUREAU_CLERK)
    assert shows(person.page("/missing/"), names())
    person.context.close()
