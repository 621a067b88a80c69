"""A recorder takes in a body with the keyboard alone, and an examiner lifts a veil on purpose, and it comes back."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from antigone.access.rules import Role
from antigone.demo.people import COHORT
from antigone.upkeep.opening import point_django_at
from tests.browser import keyboard
from tests.web import browsing

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Browser, Page

    from tests.browser.house import House

pytestmark = pytest.mark.browser

PHOTOGRAPHS = COHORT / "photographs" / "KORMESH-A-001"
A_FACE = "img[src*='/pictures/photographs/']"


def moment(page: Page, label: str, digits: str, hour: str) -> None:
    """Write a day and a time into the parts of one field."""
    keyboard.reach(page, keyboard.field(page, label))
    page.keyboard.type(digits)
    page.keyboard.press("Tab")
    page.keyboard.type(hour)


def save(page: Page) -> None:
    keyboard.go(page, page.locator("form.sheet .button--main"))


def test_a_body_is_recorded_photographed_and_handed_over(practice: House, browser: Browser) -> None:
    recorder = practice.enter(browser, Role.FIELD_RECORDER)
    page = recorder.page("/")
    keyboard.go(page, page.get_by_role("link", name="Remains", exact=True))
    keyboard.go(page, page.get_by_role("link", name=re.compile("Record a body")))

    # The code is given out; what was typed before stays.
    keyboard.reach(page, page.locator("details.propose summary"))
    page.keyboard.press("Enter")
    keyboard.write(page, "Place, for the code", "Orlivka")
    keyboard.write(page, "Team, for the code", "B")
    keyboard.go(page, page.get_by_role("button", name="Give out the next code"))
    code = keyboard.field(page, "Code").input_value()
    assert code.startswith("ORLIVKA-B-"), code
    keyboard.reach(page, page.get_by_role("radio", name="a body", exact=True))
    page.keyboard.press("Space")
    keyboard.write(page, "Site", "Orlivka, behind the mill")
    keyboard.choose(page, "If the site is new: what it is", "field grave")
    keyboard.write(page, "Where exactly", "Orlivka, under the third poplar")
    keyboard.reach(page, keyboard.field(page, "Recovered on"))
    page.keyboard.type("05022026")
    keyboard.write(page, "Attested by", "Dr. T. Ostrevel")
    save(page)
    expect(page.get_by_role("heading", level=1)).to_contain_text(code)

    # What the coach misses is asked for, and no more once it is there.
    assert "F1" in page.locator(".coach__code").all_inner_texts()
    keyboard.go(page, page.get_by_role("link", name=re.compile(r"^Add\s*: F1$")))
    keyboard.give(
        page,
        "Photographs",
        [{"name": "1.jpg", "mimeType": "image/jpeg", "buffer": (PHOTOGRAPHS / "1.jpg").read_bytes()}],
    )
    assert keyboard.field(page, "Shot").evaluate("select => select.value") == "F1"
    moment(page, "Taken at", "05022026", "1130AM")
    keyboard.choose(page, "Is the card with the code to be seen?", "yes")
    save(page)
    expect(page.get_by_text("1 photograph is on record.")).to_be_visible()
    assert "F1" not in page.locator(".coach__code").all_inner_texts()
    assert page.locator(A_FACE).count() == 0

    keyboard.go(page, page.get_by_role("link", name="Hand over the body"))
    for label, text in (
        ("From", "Recovery team B"),
        ("To", "Mortuary of Orlivka"),
        ("Where", "Orlivka"),
        ("Why", "brought to the mortuary"),
        ("Handed over by", "Ilka Torven"),
        ("Received by", "A. Morgun"),
        ("Seal put on", "S-9001"),
    ):
        keyboard.write(page, label, text)
    moment(page, "When", "05022026", "0600PM")
    save(page)
    expect(page.get_by_text("Mortuary of Orlivka").first).to_be_visible()
    assert recorder.faults == []
    recorder.context.close()


def test_a_file_that_is_no_photograph_is_refused_and_the_others_are_kept(practice: House, browser: Browser) -> None:
    recorder = practice.enter(browser, Role.FIELD_RECORDER)
    page = recorder.page("/remains/?q=KORMESH-A-002")
    page.locator("#results").get_by_role("link", name="KORMESH-A-002").first.click()
    page.get_by_role("link", name="Add photographs").first.click()
    keyboard.field(page, "Photographs").set_input_files(
        [
            {"name": "F1.jpg", "mimeType": "image/jpeg", "buffer": b"<svg onload='alert(1)'/>"},
            {"name": "F2.jpg", "mimeType": "image/jpeg", "buffer": (PHOTOGRAPHS / "2.jpg").read_bytes()},
        ]
    )
    keyboard.field(page, "Note").fill("by the light of a lamp")
    page.get_by_role("button", name="Take them in").click()
    refused = page.locator(".notice--refusal").inner_text()
    assert "F1.jpg" in refused
    assert "F2.jpg" not in refused
    assert keyboard.field(page, "Note").input_value() == "by the light of a lamp"
    assert recorder.faults == []
    recorder.context.close()


def looks(root: Path) -> int:
    """How many looks at photographs the ledger has."""
    from django.db import connections

    from antigone.ledger.models import Entry

    point_django_at(root)
    connections.close_all()
    try:
        return Entry.objects.filter(action="remains:photograph:look").count()
    finally:
        connections.close_all()


def test_a_veil_is_lifted_by_a_deliberate_press_and_comes_back_on_leaving(practice: House, browser: Browser) -> None:
    examiner = practice.enter(browser, Role.MORTUARY_EXAMINER)
    page = examiner.page("/remains/?q=KORMESH-A-001")
    page.locator("#results").get_by_role("link", name="KORMESH-A-001").first.click()
    page.locator(".veil").first.wait_for()
    before = looks(practice.root)
    assert page.locator(A_FACE).count() == 0
    leaving = (
        "window.dispatchEvent(new Event('blur'))",
        "Object.defineProperty(document, 'hidden', {value: true, configurable: true});"
        "document.dispatchEvent(new Event('visibilitychange'));"
        "delete document.hidden",
    )
    for number, left in enumerate(leaving, start=1):
        keyboard.reach(page, page.locator(".veil button").first)
        page.keyboard.press("Enter")
        face = page.locator(A_FACE)
        expect(face).to_have_count(1)
        assert face.evaluate("image => image.decode().then(() => image.naturalWidth)") > 0
        assert looks(practice.root) == before + number
        assert browsing.serious(page) == []
        page.evaluate(left)
        expect(page.locator(A_FACE)).to_have_count(0)
    page.reload()
    assert page.locator(A_FACE).count() == 0
    assert looks(practice.root) == before + len(leaving)
    assert examiner.faults == []
    examiner.context.close()
