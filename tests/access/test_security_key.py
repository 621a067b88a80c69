"""A security key in a real browser: set up, and asked for at the next sign-in; and the pages on the way."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from shutil import which
from socketserver import ThreadingMixIn
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

import pytest

from antigone.access import invitations
from antigone.access.models import Operator
from antigone.instance import Instance
from antigone.ledger.models import Entry
from tests.access.signing import PASSPHRASE

pytestmark = [pytest.mark.browser, pytest.mark.slow]


class Threads(ThreadingMixIn, WSGIServer):
    daemon_threads = True


class Quiet(WSGIRequestHandler):
    def log_message(self, *args: object) -> None:
        """Say nothing."""


@pytest.fixture
def served(instance: Instance, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """The address under which the instance is served; browsers let a key be used on this name."""
    from django.core.servers.basehttp import get_internal_wsgi_application

    # Playwright runs a loop of its own in this thread.
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
    server = make_server("127.0.0.1", 0, get_internal_wsgi_application(), server_class=Threads, handler_class=Quiet)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://localhost:{server.server_port}"
    server.shutdown()
    server.server_close()


def test_a_key_is_set_up_and_opens(served: str) -> None:
    chromium = which("chromium") or which("google-chrome")
    if chromium is None:
        pytest.skip("NOT CHECKED: there is no Chromium on this machine")
    from playwright.sync_api import sync_playwright

    who = Operator.objects.get()
    code = invitations.issue(who, "system:test")
    faults: list[str] = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        context = browser.new_context()
        page = context.new_page()
        page.on("console", lambda said: faults.append(said.text) if said.type in ("error", "warning") else None)
        page.on("pageerror", lambda fault: faults.append(str(fault)))
        page.on("request", lambda asked: None if asked.url.startswith(served) else faults.append(asked.url))
        key = context.new_cdp_session(page)
        key.send("WebAuthn.enable")
        options = {
            "protocol": "ctap2",
            "transport": "usb",
            "hasResidentKey": True,
            "hasUserVerification": True,
            "isUserVerified": True,
            "automaticPresenceSimulation": True,
        }
        key.send("WebAuthn.addVirtualAuthenticator", {"options": options})
        page.goto(f"{served}/sign-in/welcome/")
        page.fill("[name=code]", code)
        page.fill("[name=passphrase]", PASSPHRASE)
        page.fill("[name=again]", PASSPHRASE)
        page.press("[name=again]", "Enter")
        page.wait_for_url("**/second-factor/")
        page.click("text=Add a security key")
        page.click("#mfa_webauthn_add")
        page.wait_for_url("**/recovery/")
        assert page.locator(".codes code").count() == 10
        page.goto(f"{served}/sign-in/out/")
        page.click("main button")
        page.wait_for_url("**/sign-in/")
        page.fill("[name=login]", who.name)
        page.fill("[name=password]", PASSPHRASE)
        page.press("[name=password]", "Enter")
        page.wait_for_url("**/ask/")
        page.click("#mfa_webauthn_authenticate")
        page.wait_for_url(f"{served}/")
        browser.close()
    assert faults == []
    assert Entry.objects.filter(action="access:second-factor:add").count() == 2, "the key, and the recovery codes"
