"""`antigone serve` before a real Chromium, and people who come in by its door."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import Browser, BrowserContext, Page

from antigone.access.rules import Role
from antigone.demo.staff import SignIn

# An answer that was refused on purpose is told by the browser as a fault of its own.
EXPECTED = re.compile(r"Failed to load resource: the server responded with a status of (409|422|403|404)")


@contextmanager
def served(root: Path) -> Iterator[str]:
    """The pages of an instance and its worker, by the command that serves them; yields their address."""
    command = [sys.executable, "-m", "antigone", "-i", str(root), "serve", "--port", "0"]
    server = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env={**os.environ, "PYTHONUNBUFFERED": "1"})
    assert server.stdout is not None
    try:
        said = server.stdout.readline()
        address = re.search(r"http://[^/\s]+", said)
        assert address is not None, f"antigone serve did not start: {said!r}"
        # A security key and a second factor hold for a name, not for a number.
        yield address[0].replace("127.0.0.1", "localhost")
    finally:
        server.send_signal(signal.SIGTERM)
        server.wait(timeout=30)


@dataclass
class Person:
    """Somebody with a browser of their own, in which they have signed in."""

    context: BrowserContext
    base: str
    # What the console complains of, and what was asked of any other machine.
    faults: list[str] = field(default_factory=list)

    def page(self, path: str | None = None) -> Page:
        """A new tab; at `path`, when one is given."""
        page = self.context.new_page()
        # Asked for early: a dialogue that opens before the browser knows that it is awaited would be seen by nobody.
        page.on("filechooser", lambda _opened: None)
        if path is not None:
            page.goto(self.base + path)
        return page


@dataclass
class House:
    """A served instance: who works in it, and a browser for each who comes."""

    root: Path
    base: str
    sign_ins: Sequence[SignIn]
    _states: dict[str, object] = field(default_factory=dict)

    def one(self, role: Role, number: int = 0) -> SignIn:
        """The `number`th of those who hold this role."""
        return [each for each in self.sign_ins if each.role is role][number]

    def enter(self, browser: Browser, role: Role, number: int = 0) -> Person:
        """A browser in which they signed in by the form; who did before goes on in that session."""
        one = self.one(role, number)
        person = visitor(browser, self.base, state=self._states.get(one.name))
        if one.name not in self._states:
            sign_in(person, one.name, one.passphrase)
            self._states[one.name] = person.context.storage_state()
        return person


def visitor(browser: Browser, base: str, state: object = None) -> Person:
    """A browser of somebody who has not signed in, or of whoever `state` remembers."""
    context = browser.new_context(viewport={"width": 1280, "height": 900}, storage_state=state)  # type: ignore[arg-type]
    context.set_default_timeout(20_000)
    person = Person(context, base)
    context.on("console", lambda said: person.faults.append(said.text) if _complaint(said.type, said.text) else None)
    context.on("weberror", lambda error: person.faults.append(str(error.error)))
    context.on("request", lambda asked: None if asked.url.startswith(base) else person.faults.append(asked.url))
    return person


def _complaint(kind: str, text: str) -> bool:
    return kind == "error" and not EXPECTED.match(text)


def sign_in(person: Person, name: str, passphrase: str) -> Page:
    """Sign in by the form, as far as the passphrase leads."""
    page = person.page("/sign-in/")
    page.get_by_label("Name").fill(name)
    page.get_by_label("Passphrase").fill(passphrase)
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_load_state()
    return page
