"""The frame and its components in a real Chromium: light, dark, narrow, without scripts, on paper; and the veil."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from antigone.access.rules import Role
from antigone.web.models import Draft
from tests.web import browsing, records
from tests.web.people import Agencies, ClientAs

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tests.web.browsing import Visitor

pytestmark = pytest.mark.browser

WHITE = "rgb(255, 255, 255)"


def test_every_component_is_held_to_what_pages_are_held_to(visit: Visitor, client_as: ClientAs) -> None:
    somebody = visit.as_seen_by(client_as(Role.AUDITOR))
    for path in ("/", "/about/", "/about/design/", "/about/design/statements/"):
        browsing.hold(somebody, path)


def test_paper_shows_the_matter_alone(visit: Visitor, client_as: ClientAs) -> None:
    page = visit.as_seen_by(client_as(Role.AUDITOR)).open("/about/design/", scheme="dark")
    page.emulate_media(media="print")
    assert not page.locator(".nav").is_visible()
    assert not page.locator(".filters").is_visible()
    assert page.locator(".signatures").is_visible()
    assert ground(page) == WHITE


def ground(page: Page) -> str:
    return str(page.evaluate("getComputedStyle(document.body).backgroundColor"))


def test_it_is_dark_where_the_system_or_somebody_says_so_and_never_on_paper(
    visit: Visitor, client_as: ClientAs
) -> None:
    somebody = visit.as_seen_by(client_as(Role.AUDITOR))
    page = somebody.open("/about/", scheme="light")
    light = ground(page)
    assert ground(somebody.open("/about/", scheme="dark")) != light
    page.get_by_role("button", name="Dark", exact=True).click()
    page.wait_for_load_state()
    assert ground(page) == ground(somebody.open("/about/", scheme="dark"))
    page.emulate_media(media="print")
    assert ground(page) == WHITE
    page.emulate_media(media="screen", color_scheme="dark")
    page.get_by_role("button", name="Light", exact=True).click()
    page.wait_for_load_state()
    assert ground(page) == light
    assert somebody.faults == []


def test_the_first_tab_leads_past_the_menu(visit: Visitor, client_as: ClientAs) -> None:
    page = visit.as_seen_by(client_as(Role.AUDITOR)).open("/about/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"


def test_faults_take_the_focus_and_lead_to_their_input(visit: Visitor, client_as: ClientAs) -> None:
    page = visit.as_seen_by(client_as(Role.AUDITOR)).open("/about/design/statements/")
    page.fill("[name='desc.stature//value-cm']", "tall")
    page.click("form.sheet button.button--main")
    expect(page.locator("#faults")).to_be_focused()
    page.click("#faults a")
    assert page.evaluate("document.activeElement.name") == "desc.stature//value-cm"
    assert page.input_value("[name='desc.stature//value-cm']") == "tall"


def test_a_search_goes_into_the_address_as_one_types(visit: Visitor, client_as: ClientAs) -> None:
    page = visit.as_seen_by(client_as(Role.AUDITOR)).open("/about/design/")
    page.keyboard.press("/")
    page.keyboard.type("olena")
    page.wait_for_url("**/about/design/?q=olena*")


def veiled(visit: Visitor, client_as: ClientAs, agencies: Agencies, monkeypatch: pytest.MonkeyPatch) -> Visitor:
    """Somebody whose style guide shows a photograph that is there."""
    photograph = records.photograph(agencies.ours)
    monkeypatch.setattr("antigone.web.about.design._photograph", lambda: photograph)
    return visit.as_seen_by(client_as(Role.MORTUARY_EXAMINER))


def test_a_lifted_veil_comes_back_when_one_leaves(
    visit: Visitor, client_as: ClientAs, agencies: Agencies, monkeypatch: pytest.MonkeyPatch
) -> None:
    somebody = veiled(visit, client_as, agencies, monkeypatch)
    page = somebody.open("/about/design/")
    for leaving in ("window.dispatchEvent(new Event('blur'))", "document.querySelector('[data-cover]').click()"):
        assert page.locator(".veil img").count() == 0
        page.click(".veil button")
        expect(page.locator(".veil img")).to_have_js_property("complete", True)
        assert page.evaluate("document.querySelector('.veil img').naturalWidth") > 0
        page.evaluate(leaving)
        page.wait_for_selector(".veil button")
    assert page.locator(".veil img").count() == 0
    # Nothing of it stays in the browser.
    assert page.evaluate("localStorage.length") == 0
    assert "img" not in page.evaluate("JSON.stringify(Object.assign({}, sessionStorage))")
    assert somebody.faults == []


def test_a_veil_is_lifted_without_scripts_too(
    visit: Visitor, client_as: ClientAs, agencies: Agencies, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = veiled(visit, client_as, agencies, monkeypatch).open("/about/design/", scripts=False)
    page.click(".veil button")
    page.wait_for_selector(".veil img")
    assert page.url.endswith("/lift/")


def test_what_is_typed_is_kept_while_one_types(visit: Visitor, client_as: ClientAs) -> None:
    page = visit.as_seen_by(client_as(Role.TRACING_OFFICER)).open("/about/design/statements/")
    page.fill("[name='desc.words//value']", "a red coat")
    page.wait_for_selector(".sheet__draft:not(:empty)", timeout=10_000)
    assert Draft.objects.filter(form_key="design:statements").exists()
    page.reload()
    page.click("text=Go on with it")
    assert page.input_value("[name='desc.words//value']") == "a red coat"
