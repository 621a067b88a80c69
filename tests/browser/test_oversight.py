"""Who watches over the records: a sample drawn by chance behind veils, and each refusal read by the auditor."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from antigone.access.rules import Role
from tests.browser import keyboard

if TYPE_CHECKING:
    from playwright.sync_api import Browser

    from tests.browser.house import House

pytestmark = pytest.mark.browser


def test_a_reviewer_draws_a_sample_and_sees_nothing_unasked(practice: House, browser: Browser) -> None:
    reviewer = practice.enter(browser, Role.DATA_PROTECTION_REVIEWER)
    page = reviewer.page("/")
    keyboard.go(page, page.get_by_role("link", name="Review", exact=True))
    keyboard.go(page, page.get_by_role("link", name="Draw a sample").first)
    keyboard.go(page, page.locator("form.sheet .button--main"))
    expect(page.get_by_role("heading", level=1)).to_have_text(re.compile(r"Sample \d+"))
    lines = page.locator("table.records tbody tr")
    assert lines.count() > 0
    # What allowed each stands beside it, before any is looked at.
    for words in lines.all_inner_texts():
        assert "Mandate" in words, words
    keyboard.go(page, page.get_by_role("link", name="Look at the next"))
    assert page.locator("main img").count() == 0
    lift = page.locator(".veil button")
    keyboard.reach(page, lift)
    page.keyboard.press("Enter")
    expect(page.locator(".veil img")).to_have_count(1)
    page.evaluate("window.dispatchEvent(new Event('blur'))")
    expect(page.locator(".veil img")).to_have_count(0)
    assert reviewer.faults == []
    reviewer.context.close()


def test_an_auditor_reads_who_was_refused_what(practice: House, browser: Browser) -> None:
    clerk = practice.enter(browser, Role.BUREAU_CLERK)
    page = clerk.page("/remains/")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    assert page.locator("table.records").count() == 0, "a clerk was shown the dead"

    auditor = practice.enter(browser, Role.AUDITOR)
    page = auditor.page("/")
    keyboard.go(page, page.get_by_role("link", name="Ledger", exact=True))
    keyboard.go(page, page.get_by_role("link", name="Refusals", exact=True))
    line = page.get_by_role("listitem").or_(page.get_by_role("row")).filter(has_text="Jonna Feld")
    line = line.filter(has_text="remains:subject:read")
    expect(line.first).to_be_visible()
    assert page.locator("main img").count() == 0
    keyboard.go(page, line.first.get_by_role("link", name=re.compile(r"Entry \d+")))
    expect(page.get_by_text("Jonna Feld").first).to_be_visible()
    assert [*clerk.faults, *auditor.faults] == []
    for each in (clerk, auditor):
        each.context.close()
