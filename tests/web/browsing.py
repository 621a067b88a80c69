"""A real Chromium before the pages of the test's instance, and what every page is held to in it."""

from __future__ import annotations

import os
import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from unittest import mock

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler
from django.db import connections
from django.test import Client
from playwright.sync_api import Browser, Page, sync_playwright
from waitress.server import create_server

# A tablet upright, a laptop, and a laptop at 200 %.
WIDTHS = (1280, 820, 640)


@contextmanager
def chromium() -> Iterator[Browser]:
    """The machine's Chromium; skips, loudly, where there is none."""
    path = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if path is None:
        pytest.skip("NOT CHECKED: there is no Chromium on this machine")
    # Playwright's loop stands in this thread while it waits; what the tests ask the database is not async for that.
    with mock.patch.dict(os.environ, DJANGO_ALLOW_ASYNC_UNSAFE="1"), sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox", "--disable-gpu"])
        try:
            yield browser
        finally:
            browser.close()
            # Beside a loop Django keeps connections of its own: left open, they would lead the next test to this
            # test's instance.
            connections.close_all()


@contextmanager
def served() -> Iterator[str]:
    """The pages of the instance in a thread of their own; yields their address."""
    server = create_server(WSGIHandler(), host="127.0.0.1", port=0, threads=4)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    try:
        yield f"http://localhost:{server.effective_port}"
    finally:
        server.close()
        thread.join(timeout=10)


@dataclass
class Visitor:
    """One person's browser: open(path) goes to a page and returns it."""

    browser: Browser
    base: str
    cookie: str = ""
    faults: list[str] = field(default_factory=list)

    def open(self, path: str, *, width: int = 1280, scheme: str = "light", scripts: bool = True) -> Page:
        """A page as this person sees it; what the console complains of is kept in `faults`."""
        context = self.browser.new_context(
            viewport={"width": width, "height": 900},
            color_scheme="dark" if scheme == "dark" else "light",
            java_script_enabled=scripts,
        )
        if self.cookie:
            context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": self.cookie, "url": self.base}])
        page = context.new_page()
        page.on("console", lambda said: self.faults.append(said.text) if said.type == "error" else None)
        page.on("pageerror", lambda error: self.faults.append(str(error)))
        # Nothing is asked of any other machine.
        page.on("request", lambda asked: None if asked.url.startswith(self.base) else self.faults.append(asked.url))
        page.goto(self.base + path)
        return page

    def as_seen_by(self, client: Client) -> Visitor:
        """The browser of whoever is signed in in this test client."""
        return Visitor(self.browser, self.base, client.cookies[settings.SESSION_COOKIE_NAME].value)


def serious(page: Page) -> list[str]:
    """What axe-core finds serious or critical on a page, with the first elements at fault."""
    found = Axe().run(page).response["violations"]
    return [
        f"{each['id']}: {each['help']}: {[node['html'][:120] for node in each['nodes']][:3]}"
        for each in found
        if each["impact"] in ("serious", "critical")
    ]


def sideways(page: Page) -> int:
    """By how many pixels a page is wider than its window."""
    return int(page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth"))


def hold(visitor: Visitor, path: str) -> None:
    """What every page is held to: axe in light and dark, no sideways scroll at any width, a silent console."""
    for scheme in ("light", "dark"):
        page = visitor.open(path, scheme=scheme)
        assert serious(page) == [], f"{path} in {scheme}"
        page.context.close()
    for width in WIDTHS:
        page = visitor.open(path, width=width)
        assert sideways(page) <= 0, f"{path} at {width}"
        page.context.close()
    assert visitor.faults == [], path
