"""Two people at one record, a double click, a browser that is lost halfway: nothing twice and nothing lost."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from antigone.access.rules import Role
from tests.browser.keyboard import field
from tests.web import browsing

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

    from tests.browser.house import House, Person

pytestmark = pytest.mark.browser

A_PERSON = re.compile(r"/missing/\d+/$")
STATURE = "[name='desc.stature//value-cm']"


def recorded(person: Person, surname: str) -> Page:
    """Record somebody new of this surname, and stand on their page."""
    page = person.page("/missing/new/")
    fill(page, surname)
    page.get_by_role("button", name="Record", exact=True).click()
    page.wait_for_url(A_PERSON)
    return page


def fill(page: Page, surname: str) -> None:
    field(page, "Surname").fill(surname)
    field(page, "Who reports them missing").fill("Halyna of the tests")


def found(person: Person, surname: str) -> int:
    """How many of this name the list shows."""
    page = person.page(f"/missing/?q={surname}")
    return page.locator("#results tbody tr").count()


def test_two_at_one_block_are_given_both_answers_and_lose_neither(practice: House, browser: Browser) -> None:
    clerk, tracer = practice.enter(browser, Role.BUREAU_CLERK), practice.enter(browser, Role.TRACING_OFFICER)
    record = recorded(clerk, "Dvoienko").url.removeprefix(clerk.base)
    block = f"{record}block/desc/"
    theirs, mine = clerk.page(block), tracer.page(block)
    for page, stature in ((theirs, "171"), (mine, "181")):
        page.locator(STATURE).fill(stature)
        page.locator("[name$='/source']:visible").first.fill("a sister")
    mine.locator("[name='desc.words//value']").fill("a scar that two people saw")
    for page in (theirs, mine):
        page.locator("form.sheet .button--main").first.click()
        page.wait_for_load_state()

    assert mine.get_by_text("Somebody was here at the same time").is_visible()
    assert browsing.serious(mine) == []
    assert "171" in mine.content()
    assert "181" in mine.content()
    mine.get_by_role("radio", name="What you wrote").check()
    mine.get_by_role("button", name="Save with these answers").click()
    mine.wait_for_url(f"{tracer.base}{record}*")
    assert "181" in mine.content()
    assert "a scar that two people saw" in mine.content()
    # What was not chosen is in the history.
    past = tracer.page(f"{record}history/desc.stature/")
    assert "171" in past.content()
    assert [*clerk.faults, *tracer.faults] == []
    for each in (clerk, tracer):
        each.context.close()


def test_a_double_click_records_one(practice: House, browser: Browser) -> None:
    clerk = practice.enter(browser, Role.BUREAU_CLERK)
    page = clerk.page("/missing/new/")
    fill(page, "Odynenko")
    page.get_by_role("button", name="Record", exact=True).dblclick()
    page.wait_for_url(A_PERSON)
    assert found(clerk, "Odynenko") == 1
    assert clerk.faults == []
    clerk.context.close()


def test_a_form_that_is_sent_again_from_the_past_records_nothing_more(practice: House, browser: Browser) -> None:
    clerk = practice.enter(browser, Role.BUREAU_CLERK)
    page = recorded(clerk, "Nazadenko")
    page.go_back()
    if not field(page, "Surname").input_value():
        fill(page, "Nazadenko")
    page.get_by_role("button", name="Record", exact=True).click()
    page.wait_for_load_state()
    assert found(clerk, "Nazadenko") == 1
    clerk.context.close()


def test_what_was_typed_is_offered_after_the_browser_was_lost(practice: House, browser: Browser) -> None:
    clerk = practice.enter(browser, Role.BUREAU_CLERK)
    page = clerk.page("/missing/new/")
    fill(page, "Zahublenko")
    page.locator(".sheet__draft:not(:empty)").wait_for()
    clerk.context.close()  # the lid is shut

    again = practice.enter(browser, Role.BUREAU_CLERK)
    page = again.page("/missing/new/")
    assert page.get_by_text("You began this before").is_visible()
    assert browsing.serious(page) == []
    assert field(page, "Surname").input_value() == ""
    page.get_by_role("link", name="Go on with it").click()
    page.wait_for_load_state()
    assert field(page, "Surname").input_value() == "Zahublenko"
    assert field(page, "Who reports them missing").input_value() == "Halyna of the tests"
    # It is hers alone.
    tracer = practice.enter(browser, Role.TRACING_OFFICER)
    assert not tracer.page("/missing/new/").get_by_text("You began this before").is_visible()
    page.get_by_role("button", name="Record", exact=True).click()
    page.wait_for_url(A_PERSON)
    assert not again.page("/missing/new/").get_by_text("You began this before").is_visible()
    for each in (again, tracer):
        each.context.close()
