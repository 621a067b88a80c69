"""A clerk records a missing person with the keyboard alone: two scripts, a warning, portraits, and found again."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import pytest
from PIL import Image

from antigone.access.rules import Role
from antigone.demo.people import COHORT
from tests.browser import keyboard
from tests.web import browsing

if TYPE_CHECKING:
    from playwright.sync_api import Browser, FilePayload, Page

    from tests.browser.house import House

pytestmark = pytest.mark.browser


def record(page: Page, surname: str, given: str, spelling: str) -> None:
    """From anywhere by the menu to the form, and fill it."""
    keyboard.go(page, page.get_by_role("link", name="Missing persons", exact=True))
    keyboard.go(page, page.get_by_role("link", name="Record a person"))
    keyboard.write(page, "Surname", surname)
    keyboard.write(page, "Given names", given)
    keyboard.write(page, "The name in other letters", spelling)
    keyboard.choose(page, "Sex", "male")
    keyboard.write(page, "Date of birth", "1987~")
    keyboard.write(page, "Who reports them missing", "Halyna Kovaliova")
    keyboard.choose(page, "What they are to the person", "mother")
    keyboard.go(page, page.get_by_role("button", name="Record", exact=True))


def picture(name: str, data: bytes) -> FilePayload:
    return {"name": name, "mimeType": "image/jpeg", "buffer": data}


def dot() -> bytes:
    """A picture of one pixel."""
    out = io.BytesIO()
    Image.new("RGB", (1, 1), "grey").save(out, "JPEG")
    return out.getvalue()


def test_a_person_is_recorded_and_found_by_another_spelling(practice: House, browser: Browser) -> None:
    clerk = practice.enter(browser, Role.BUREAU_CLERK)
    page = clerk.page("/")
    record(page, "Ковальов", "Сергій", "Serhii Kovalov")
    assert page.get_by_role("heading", level=1).inner_text().startswith("Ковальов Сергій")
    assert page.get_by_text("Serhii Kovalov").first.is_visible()

    keyboard.go(page, page.get_by_role("link", name="Missing persons", exact=True).first)
    page.keyboard.press("/")  # the shortcut to the search
    page.keyboard.type("Сергей Ковалёв")
    page.wait_for_url("**/missing/?q=*")
    page.locator("#results").get_by_role("link", name="Ковальов Сергій").wait_for()
    assert clerk.faults == []
    clerk.context.close()


def test_a_record_like_it_is_warned_of_and_never_hindered(practice: House, browser: Browser) -> None:
    clerk = practice.enter(browser, Role.BUREAU_CLERK)
    page = clerk.page("/")
    record(page, "Nestorel", "Pavlen", "Павлен Несторел")
    assert page.get_by_text("They may be on record already").is_visible()
    assert browsing.serious(page) == []
    assert page.get_by_role("link", name="Pavlen Nestorel").or_(page.get_by_text("M-0002")).first.is_visible()
    assert keyboard.field(page, "Who reports them missing").input_value() == "Halyna Kovaliova"
    keyboard.go(page, page.get_by_role("button", name="Record anyway"))
    assert page.get_by_text("Recorded under the reference").is_visible()
    assert clerk.faults == []
    clerk.context.close()


def test_a_picture_that_cannot_be_used_is_refused_in_a_sentence_and_the_form_keeps_its_words(
    practice: House, browser: Browser
) -> None:
    clerk = practice.enter(browser, Role.BUREAU_CLERK)
    page = clerk.page("/")
    record(page, "Тестенко", "Роман", "Roman Testenko")
    # A family's portrait is held on a consent that stands on record.
    keyboard.go(page, page.get_by_role("link", name="Record consent"))
    keyboard.write(page, "Version of the wording", "invented-wording-1")
    keyboard.reach(page, keyboard.field(page, "Given on"))
    page.keyboard.type("05012026")
    keyboard.choose(page, "How it was given", "signed")
    keyboard.go(page, page.locator("form.sheet .button--main"))
    keyboard.go(page, page.get_by_role("link", name="Add portraits").first)
    keyboard.give(
        page,
        "Pictures",
        [
            picture("letter.jpg", b"This is a letter and no picture."),
            picture("dot.jpg", dot()),
            picture("portrait.jpg", (COHORT / "portraits" / "M-0003" / "1.jpg").read_bytes()),
        ],
    )
    keyboard.write(page, "Who took it", "A cousin, in May")
    keyboard.write(page, "Where it was taken", "At home, in the garden")
    keyboard.go(page, page.get_by_role("button", name="Take them in"))

    assert browsing.serious(page) == []
    refused = page.locator(".notice--refusal")
    for name in ("letter.jpg", "dot.jpg"):
        sentence = refused.get_by_role("listitem").filter(has_text=name).inner_text()
        assert len(sentence) > len(name) + 30, sentence
        assert sentence.rstrip().endswith("."), sentence
        assert "/" not in sentence.replace("and/or", ""), f"a path stands in: {sentence}"
    assert "portrait.jpg" not in refused.inner_text()
    assert page.get_by_text("1 portrait is on record.").is_visible()
    assert keyboard.field(page, "Who took it").input_value() == "A cousin, in May"
    assert keyboard.field(page, "Where it was taken").input_value() == "At home, in the garden"

    keyboard.go(page, page.get_by_role("link", name="See them"))
    shown = page.locator("img[src*='/pictures/portraits/']")
    assert shown.count() == 1
    assert shown.evaluate("image => image.decode().then(() => image.naturalWidth)") > 0
    assert clerk.faults == []
    clerk.context.close()
