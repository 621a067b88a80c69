"""Going through a page with the keyboard alone, as it says where one stands."""

from __future__ import annotations

import re
from collections.abc import Sequence

from playwright.sync_api import FilePayload, Locator, Page

MOST_TABS = 250
HERE = "element => element === document.activeElement"


def field(page: Page, label: str) -> Locator:
    """The field of this label, required or not."""
    return page.get_by_label(re.compile(rf"^{re.escape(label)}( \(optional\))?$"))


def reach(page: Page, what: Locator) -> None:
    """Press Tab until it has the focus, and see that the focus is shown."""
    what.first.wait_for()
    for _each in range(MOST_TABS):
        if what.first.evaluate(HERE):
            shown = "element => { const s = getComputedStyle(element); return s.outlineStyle + s.boxShadow; }"
            assert what.first.evaluate(shown) != "nonenone", f"the focus on {what} is not seen"
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"{what} is not reached with Tab")


def go(page: Page, what: Locator) -> None:
    """Reach it and press Enter, and wait for the page that follows."""
    reach(page, what)
    with page.expect_navigation():
        page.keyboard.press("Enter")


def write(page: Page, label: str, text: str) -> None:
    """Reach a field by its label and type, over what may stand in it."""
    reach(page, field(page, label))
    page.keyboard.press("Control+A")
    page.keyboard.type(text)


def choose(page: Page, label: str, option: str) -> None:
    """Reach a list by its label and type the beginning of an option."""
    found = field(page, label)
    reach(page, found)
    page.keyboard.type(option)
    chosen = found.first.evaluate("element => element.selectedOptions[0].label")
    assert chosen.strip().startswith(option), f"{label}: {chosen} instead of {option}"


def give(page: Page, label: str, files: Sequence[FilePayload]) -> None:
    """Reach a field for files, and open it."""
    reach(page, field(page, label))
    with page.expect_file_chooser() as asked:
        page.keyboard.press("Enter")
    asked.value.set_files(list(files))
