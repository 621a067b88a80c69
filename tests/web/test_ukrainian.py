"""The pages as somebody reads them in Ukrainian: no sentence of the source shows through."""

from __future__ import annotations

import re
from dataclasses import dataclass
from html.parser import HTMLParser
from pathlib import Path

import polib
import pytest
from django.conf import settings
from django.urls import reverse

import antigone
from tests.web.people import Agencies, ClientAs
from tests.web.routes import ROUTES
from tests.web.table import Route

PACKAGE = Path(antigone.__file__).parent
SPACE = re.compile(r"\s+")
PLACE = re.compile(r"%\(\w+\)[a-z]|\{\w+\}")
WORD = re.compile(r"[a-z]{2}")
ENDS = " .,:"
MARK = re.compile(r"<[^>]*>")
SPOKEN = ("title", "alt", "placeholder", "aria-label", "data-label", "label")


class Words(HTMLParser):
    """Every text of a page that a person reads or hears, between tags and in their attributes."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self._silent = 0
        self._code: str | None = None
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._silent += tag in ("script", "style")
        self._code = dict(attrs).get("value") if tag == "option" else None
        self.found += [value for key, value in attrs if key in SPOKEN and value]

    def handle_endtag(self, tag: str) -> None:
        self._silent -= tag in ("script", "style")

    def handle_data(self, data: str) -> None:
        # A choice that is called by its code is called so in every language.
        if data.strip() and not self._silent and data.strip() != self._code:
            self.found.append(SPACE.sub(" ", data.strip()))


@dataclass(frozen=True)
class Source:
    """What the source says where Ukrainian says something else: whole, or with what stands in its places."""

    whole: frozenset[str]
    open: tuple[tuple[re.Pattern[str], int], ...]

    def says(self, text: str) -> bool:
        """Whether a text of a page is English of the source, and not something that people wrote."""
        bare = text.strip(ENDS)
        # One small word alone may be a code or a value.
        if bare in self.whole and not (bare.islower() and " " not in bare):
            return True
        # Where most of a text is what stands in the places, the match says nothing.
        return any(2 * letters > len(bare) and pattern.fullmatch(bare) for pattern, letters in self.open)


@pytest.fixture(scope="module")
def english() -> Source:
    whole: set[str] = set()
    opened = []
    for catalogue in PACKAGE.glob("*/locale/uk/LC_MESSAGES/django.po"):
        for entry in polib.pofile(str(catalogue)):
            for text in {entry.msgid, entry.msgid_plural or entry.msgid} - {entry.msgstr}:
                for part in filter(WORD.search, MARK.split(text)):
                    pieces = PLACE.split(SPACE.sub(" ", part.strip(ENDS)))
                    if len(pieces) == 1:
                        whole.add(pieces[0])
                    else:
                        pattern = ".+".join(re.escape(each) for each in pieces)
                        opened.append((re.compile(pattern), sum(map(len, pieces))))
                        # The ledger marks each value: its words stand between them.
                        whole.update(each.strip(ENDS) for each in pieces if " " in each.strip(ENDS))
    return Source(frozenset(whole), tuple(opened))


def ours() -> dict[str, list[Route]]:
    """Every page that is read, by area."""
    areas: dict[str, list[Route]] = {}
    for route in ROUTES:
        if route.method == "get" and route.right == 200:
            space = route.name.split(":")
            areas.setdefault(space[-2] if len(space) > 1 else "entrance", []).append(route)
    return areas


def left_in_english(route: Route, agencies: Agencies, client_as: ClientAs, english: Source) -> list[str]:
    client = client_as(route.right_role())
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "uk"
    made = route.kwargs(agencies.ours) if route.kwargs else {}
    answer = client.get(reverse(route.name, kwargs=dict(made)) + route.query)
    assert answer.status_code == 200, route.name
    if answer.streaming or "text/html" not in answer.get("Content-Type", ""):
        return []
    return [text for text in Words(answer.content.decode()).found if english.says(text)]


def test_no_english_shows_through_in_any_area(english: Source, agencies: Agencies, client_as: ClientAs) -> None:
    for routes in ours().values():
        route = routes[len(routes) // 2]
        assert left_in_english(route, agencies, client_as, english) == [], route.name


@pytest.mark.slow
@pytest.mark.parametrize("area", sorted(ours()))
def test_no_english_shows_through_on_any_page(
    area: str, english: Source, agencies: Agencies, client_as: ClientAs
) -> None:
    for route in ours()[area]:
        assert left_in_english(route, agencies, client_as, english) == [], route.name
