"""What prints: the matter alone, without menus, and never a photograph of the dead, lifted or not."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from antigone.access.rules import Role

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

    from tests.browser.house import House

pytestmark = pytest.mark.browser

PAGES = (
    (Role.FIELD_RECORDER, "/remains/1/"),
    (Role.FIELD_RECORDER, "/remains/1/form/"),
    (Role.FIELD_RECORDER, "/remains/1/labels/"),
    (Role.MORTUARY_EXAMINER, "/cases/1/"),
    (Role.BUREAU_CLERK, "/missing/2/"),
    (Role.BUREAU_CLERK, "/missing/"),
    (Role.AUDITOR, "/audit/refusals/"),
)


def on_paper(page: Page) -> None:
    """What every page that is printed is held to."""
    page.emulate_media(media="print", color_scheme="dark")
    for unwanted in (".nav", ".crumbs", ".filters", ".head__deeds", ".footer__choices", "main form button"):
        for each in page.locator(unwanted).all():
            assert not each.is_visible(), f"{page.url} prints {unwanted}: {each.inner_text()[:60]!r}"
    assert page.locator("main").inner_text().strip(), f"{page.url} prints nothing"
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"


@pytest.mark.parametrize(("role", "path"), PAGES, ids=lambda each: str(each))
def test_a_page_prints_the_matter_alone(practice: House, browser: Browser, role: Role, path: str) -> None:
    person = practice.enter(browser, role)
    on_paper(person.page(path))
    person.context.close()


def test_a_photograph_of_the_dead_does_not_print_even_when_its_veil_is_lifted(
    practice: House, browser: Browser
) -> None:
    examiner = practice.enter(browser, Role.MORTUARY_EXAMINER)
    page = examiner.page("/remains/1/")
    page.locator(".veil button").first.click()
    face = page.locator(".veil img")
    expect(face).to_be_visible()
    on_paper(page)
    assert not face.is_visible()
    examiner.context.close()
