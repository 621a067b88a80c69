"""Coming in for real work: an invitation, a second factor, recovery codes; and being shown out by an administrator."""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from playwright.sync_api import expect

from antigone.access.rules import Role
from antigone.instance import Instance
from tests.browser import house
from tests.browser.keyboard import field
from tests.web import browsing

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser

PASSPHRASE = "seven grey herons at dusk"


@pytest.fixture
def served(instance: Instance) -> Iterator[str]:
    """An instance for real work, which asks for a second factor."""
    with house.served(instance.root) as base:
        yield base


def invited(name: str, role: Role) -> str:
    """Somebody with a role; returns the code that was handed to them."""
    from antigone.access import invitations, services
    from antigone.access.models import Operator

    founder = Operator.objects.get(name="tester")
    who = services.add_operator(name, founder.agency, founder.actor)
    services.grant_role(who, role, founder.actor)
    return invitations.issue(who, founder.actor)


def shown_by_the_app(secret: str, ahead: int = 0) -> str:
    """What an authenticator app shows now, or one half minute later for each step ahead."""
    return str(format_hotp_value(hotp_value(secret, int(time.time()) // 30 + ahead)))


def press(page: Page, name: str) -> None:
    with page.expect_navigation():
        page.get_by_role("button", name=name, exact=True).click()


def come_in(person: house.Person, code: str) -> tuple[str, list[str]]:
    """Redeem a code and set up an app, as the pages lead; returns the app's secret and the recovery codes."""
    page = person.page("/sign-in/welcome/")
    field(page, "Code").fill(code.lower())
    field(page, "Passphrase").fill(PASSPHRASE)
    field(page, "The passphrase again").fill(PASSPHRASE)
    press(page, "Go on")
    assert "A passphrase alone opens nothing here" in page.content()
    # Nothing else opens before.
    page.goto(person.base + "/missing/")
    assert page.url.endswith("/sign-in/second-factor/")
    page.get_by_role("link", name="Set up an app").click()
    secret = page.locator("figcaption code").inner_text()
    field(page, "The six digits").fill(shown_by_the_app(secret))
    press(page, "Set it up")
    codes = page.locator(".codes code").all_inner_texts()
    assert browsing.serious(page) == []
    with page.expect_navigation():
        page.get_by_role("link", name="I have kept them").click()
    assert page.get_by_role("heading", level=1).is_visible()
    page.close()
    return secret, codes


def sign_out(person: house.Person) -> None:
    page = person.page("/")
    press(page, "Sign out")
    page.goto(person.base + "/")
    assert "/sign-in/" in page.url
    page.close()


def test_a_second_factor_is_set_up_asked_for_and_recovered(served: str, browser: Browser) -> None:
    code = invited("Olena", Role.BUREAU_CLERK)
    olena = house.visitor(browser, served)
    secret, codes = come_in(olena, code)
    assert len(codes) == 10
    sign_out(olena)

    page = house.sign_in(olena, "Olena", PASSPHRASE)
    assert page.get_by_role("heading", name="Second factor").is_visible()
    elsewhere = olena.page("/missing/")
    assert "/sign-in/" in elsewhere.url, "a passphrase alone opened a page"
    elsewhere.close()
    field(page, "Code").fill("000000")
    press(page, "Sign in")
    assert "This code opens nothing" in page.content()
    assert browsing.serious(page) == []
    field(page, "Code").fill(shown_by_the_app(secret, 1))
    press(page, "Sign in")
    assert page.url == served + "/"
    page.close()
    sign_out(olena)

    # The telephone is lost.
    page = house.sign_in(olena, "Olena", PASSPHRASE)
    field(page, "Code").fill(codes[0])
    press(page, "Sign in")
    assert page.url == served + "/"
    page.close()
    sign_out(olena)
    page = house.sign_in(olena, "Olena", PASSPHRASE)
    field(page, "Code").fill(codes[0])
    press(page, "Sign in")
    assert "This code opens nothing" in page.content(), "a recovery code opened twice"
    assert olena.faults == []


def test_an_administrator_ends_a_session_and_the_next_click_leads_to_the_door(served: str, browser: Browser) -> None:
    clerk, administrator = house.visitor(browser, served), house.visitor(browser, served)
    codes = invited("Olena", Role.BUREAU_CLERK), invited("Nela", Role.ADMINISTRATOR)
    come_in(clerk, codes[0])
    come_in(administrator, codes[1])
    hers = clerk.page("/missing/")
    expect(hers.get_by_role("heading", level=1)).to_have_text("Missing persons")

    page = administrator.page("/administration/")
    with page.expect_navigation():
        page.get_by_role("link", name="Olena", exact=True).click()
    with page.expect_navigation():
        page.get_by_role("link", name="End all that are open").click()
    press(page, "End them now")
    assert "1 session was ended." in page.content()

    hers.reload()
    assert "/sign-in/" in hers.url
    assert [*clerk.faults, *administrator.faults] == []
