"""Everything that a role can come to by following links, and what each page is held to on the way."""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Callable
from urllib.parse import urldefrag, urlsplit

from django.urls import Resolver404, resolve
from playwright.sync_api import Page

from tests.browser.house import Person
from tests.web import browsing

MOST_PAGES = 60
# Of a list's records some are enough: their pages are one page.
MOST_OF_A_ROUTE = 3
# One route looks alike to most roles: axe, which takes longest, reads it as this many of them see it.
MOST_ROLES = 3
LINKS = "[...document.querySelectorAll('a[href]:not([download])')].map((link) => link.href)"

Check = Callable[[Page, str], None]
_read_by_axe = Counter[str]()


def crawl(person: Person, check: Check) -> list[str]:
    """Follow every link of the same origin from the desk on, by GET; `check` each page, and hold it to what all are."""
    page = person.page()
    waiting, met, routes = deque(["/"]), {"/": "the menu"}, Counter[str]()
    seen: list[str] = []
    while waiting and len(seen) < MOST_PAGES:
        path = waiting.popleft()
        route = route_of(path)
        if route is None or routes[route] >= MOST_OF_A_ROUTE:
            continue
        routes[route] += 1
        answer = page.goto(person.base + path)
        assert answer is not None, path
        assert answer.status < 400, f"{path}, to which {met[path]} leads, answers {answer.status}"
        seen.append(path)
        whole = routes[route] == 1 and _read_by_axe[route] < MOST_ROLES
        _read_by_axe[route] += whole
        _hold(page, path, person, whole=whole)
        check(page, path)
        for link in page.evaluate(LINKS):
            found = urldefrag(link)[0].removeprefix(person.base)
            if link.startswith(person.base + "/") and found not in met:
                met[found] = path
                waiting.append(found)
    page.close()
    return seen


def route_of(path: str) -> str | None:
    """The name of an address's route; None for what is no page (a file of the design, say)."""
    try:
        return resolve(urlsplit(path).path).view_name
    except Resolver404:
        return None


def _hold(page: Page, path: str, person: Person, *, whole: bool) -> None:
    """A title, one first heading, no sideways scroll, a silent console; with `whole`, axe too in light and dark."""
    assert page.title().removesuffix("· Antigone").strip(), f"{path} has no title"
    assert page.locator("h1").count() == 1, f"{path} has {page.locator('h1').count()} first headings"
    assert page.locator("img[src*='/pictures/photographs/']").count() == 0, f"{path} shows the dead without a veil"
    for width in browsing.WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        assert browsing.sideways(page) <= 0, f"{path} scrolls sideways at {width}"
    page.set_viewport_size({"width": 1280, "height": 900})
    if whole:
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
            assert browsing.serious(page) == [], f"{path} in {scheme}"
        page.emulate_media(color_scheme="light")
    assert person.faults == [], path
