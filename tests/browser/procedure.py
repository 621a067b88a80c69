"""The acts of the procedure as people do them in the pages, from the photograph of a body to a vote of the board."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, expect

from antigone.demo.people import COHORT
from antigone.upkeep.opening import point_django_at
from tests.browser.house import Person
from tests.browser.keyboard import field

EARS = 10
CODE = re.compile(r"/(\d+)/?$")


@contextmanager
def records(root: Path) -> Iterator[None]:
    """The records behind the pages, for what no page may say: who is who."""
    from django.db import connections

    point_django_at(root)
    connections.close_all()
    try:
        yield
    finally:
        connections.close_all()


@dataclass(frozen=True)
class Search:
    """A search of a case that was opened in the pages, and who the cohort's truth says it is of."""

    root: Path
    code: str
    case: int
    person: int
    ref: str

    def of_mate(self, address: str) -> bool:
        """Whether the pair of this desk, or of this form of triage, is of the right person."""
        from antigone.casework.models import Examination, TriageItem

        key = re.findall(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", address)[-1]
        with records(self.root):
            kept: Any = Examination if "/examinations/" in address else TriageItem
            return bool(kept.objects.get(pk=key).comparison.person == self.person)


def to_case(person: Person, code: str) -> Page:
    """Go to a case by the menu and the list."""
    page = person.page("/")
    page.locator("nav").get_by_role("link", name="Cases", exact=True).click()
    field(page, "Code").fill(code)
    page.locator("#results").get_by_role("link", name=code).click()
    return page


def open_case(recorder: Person, root: Path, code: str, body: str, truth: str) -> Search:
    """Open a case under a new code, and take in the photographs of a body of the cohort."""
    page = recorder.page("/")
    page.locator("nav").get_by_role("link", name="Cases", exact=True).click()
    page.get_by_role("link", name="Open a case").click()
    field(page, "Code").fill(code)
    field(page, "Who").select_option(label="a body")
    field(page, "Place of recovery").fill("the quay at Veldra")
    field(page, "Date of recovery").fill("2026-01-20")
    field(page, "Attested by").fill("Dr. T. Ostrevel")
    page.get_by_role("button", name="Open the case").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(code)
    case = CODE.search(page.url)
    assert case is not None
    page.get_by_role("link", name="The record of the subject").first.click()
    page.get_by_role("link", name="Add photographs").first.click()
    field(page, "Photographs").set_input_files(sorted((COHORT / "photographs" / body).glob("*.jpg")))
    field(page, "Shot").select_option(label="not of the list")
    page.get_by_role("button", name="Take them in").click()
    expect(page.get_by_text(re.compile(r"photographs? (is|are) on record"))).to_be_visible()
    with records(root):
        from antigone.missing.models import Person as Missing

        person = Missing.objects.get(ref=truth).pk
    page.close()
    return Search(root, code, int(case[1]), person, truth)


def prepare(examiner: Person, code: str) -> None:
    """Find the faces in a case's photographs, and look at the points of one; nothing ranked is seen."""
    page = to_case(examiner, code)
    page.get_by_role("link", name="Search", exact=True).click()
    page.get_by_role("button", name="Look for faces now").click()
    expect(page.get_by_text("One face stands out").first).to_be_visible(timeout=60_000)
    page.get_by_role("link", name="Faces and points").first.click()
    page.get_by_role("button", name="Show this photograph").click()
    page.wait_for_selector("[data-tools]:not([hidden])")
    page.close()


def search(officer: Person, code: str) -> None:
    """Search with what was prepared, and wait for the answer to be on the page of the case."""
    page = to_case(officer, code)
    page.get_by_role("link", name="Search", exact=True).click()
    page.get_by_role("button", name="Search with these photographs").click()
    expect(page.get_by_text("leads to examine").or_(page.get_by_text("none of these")).first).to_be_visible(
        timeout=60_000
    )
    page.close()


def triage(examiner: Person, of: Search) -> int:
    """Sort every pair by the buttons, keep the right person alone, and finish; the number of pairs."""
    page = examiner.page("/")
    page.locator("nav").get_by_role("link", name="Sorting", exact=True).click()
    page.get_by_role("button", name=re.compile(f"^Begin.*{of.code}")).click()
    page.get_by_role("button", name="Show the pair").click()
    number = 0
    done = page.get_by_role("heading", name="Everything is judged")
    pair = page.locator(".sorting-pair[data-lifted]")
    while True:
        pair.or_(done).first.wait_for()
        if done.is_visible():
            break
        number += 1
        for picture in page.locator(".sorting-pair[data-lifted] img").all():
            picture.evaluate("each => each.decode()")
        form = page.locator(".sorting-pair form").first.get_attribute("action")
        assert form is not None
        button = page.get_by_role("button", name="Keep" if of.of_mate(form) else "Set aside")
        was = page.locator("#pair-head").inner_text()
        button.click()
        expect(page.locator("#pair-head")).not_to_have_text(was)
    page.get_by_role("link", name="Finish").click()
    page.get_by_role("button", name="Finish").click()
    expect(page.get_by_role("heading", name=f"Sorted: {of.code}")).to_be_visible()
    page.close()
    return number


def to_examine(examiner: Person) -> Page:
    """The list of what there is to examine, by the menu."""
    page = examiner.page("/")
    page.locator("nav").get_by_role("link", name="Examinations", exact=True).click()
    return page


def examine_all(examiner: Person, of: Search, level: str, saying: str) -> int:
    """Examine everything of a case to the seal: the right person to this conclusion, strangers to exclusion."""
    page = to_examine(examiner)
    number = 0
    while (begin := page.get_by_role("button", name=re.compile(f"^Begin.*{of.code}"))).count():
        begin.first.click()
        page.wait_for_url("**/examinations/*-*/")
        if of.of_mate(page.url):
            examine(page, level, saying)
        else:
            examine(page, "exclusion", "The ears are of another build.")
        number += 1
        page.get_by_role("link", name="Back to the list").click()
    page.close()
    return number


def examine(page: Page, level: str, saying: str) -> None:
    """One examination from its assessment to its seal, with the ears noted."""
    line = page.locator(f"#c{EARS}")
    page.get_by_label("Yes:").check()
    page.get_by_role("button", name="Go on").click()
    page.get_by_role("button", name="Show the photograph").first.click()
    page.wait_for_selector("[data-pane=a] .layer.is-live")
    line.get_by_label("visible", exact=True).check()
    line.get_by_label("What is seen").fill(saying)
    line.get_by_role("button", name="Note it").click()
    page.wait_for_selector(f"#c{EARS}.is-noted")
    page.get_by_role("link", name="Close the analysis").click()
    page.get_by_role("button", name="Close it").click()
    page.get_by_role("button", name="Show both pictures").click()
    page.wait_for_selector("[data-pane=b] .layer.is-live")
    line.locator("summary").click()
    line.get_by_label("visible", exact=True).check()
    if level == "exclusion":
        line.get_by_label("The two compared").select_option("different")
        line.get_by_label("What may explain a difference").select_option("unexplained")
        line.get_by_label("the difference is one of structure").check()
    else:
        line.get_by_label("The two compared").select_option("alike")
    line.get_by_role("button", name="Note it").click()
    page.wait_for_selector(f"#c{EARS}.is-noted")
    page.get_by_role("link", name="Go on to the conclusion").click()
    page.locator(f"input[name=level][value='{level}']").check()
    field(page, "Reasons").fill(saying)
    page.get_by_role("button", name="Read the summary").click()
    page.get_by_label("I have read").check()
    page.get_by_role("button", name="Seal", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Sealed examination")


def to_file(member: Person, of: Search) -> Page:
    """From the board's docket to the file of the person whom the examiners' findings are about."""
    page = member.page("/")
    page.locator("nav").get_by_role("link", name="Board", exact=True).click()
    page.get_by_role("link", name=of.code).first.click()
    forgo(page)
    page.get_by_role("link", name=of.ref, exact=True).first.click()
    return page


def forgo(page: Page) -> None:
    """Say that one will not examine the case, if one is asked."""
    asked = page.get_by_role("button", name=re.compile("^I will not examine this case"))
    if asked.count():
        asked.click()


def record_dna(member: Person, of: Search) -> None:
    """Record what a laboratory found, with its name and its reference."""
    page = to_file(member, of)
    page.get_by_role("link", name="Record a line of evidence").click()
    field(page, "Of what it is").select_option(label="DNA")
    page.get_by_role("radio", name="supports", exact=True).check()
    field(page, "What was found").fill("The profile of the bone sample agrees with that of the mother at 21 loci.")
    field(page, "Where it comes from").fill(f"Sample {of.code}-D1")
    field(page, "Laboratory").fill("Laboratory of the tour")
    field(page, "Its reference").fill("LT-2026-0117")
    field(page, "Dated").fill("2026-02-03")
    field(page, "log10 of its likelihood ratio").fill("6.2")
    page.locator("form.sheet button[type=submit]").click()
    expect(page.get_by_text("LT-2026-0117").first).to_be_visible()
    page.close()


def propose(member: Person, of: Search) -> str:
    """Put to the board that the subject is this person, all that speaks against it read; its address."""
    page = to_file(member, of)
    page.get_by_role("link", name="Put a question to the board").click()
    page.get_by_role("radio", name=re.compile("^identification")).check()
    field(page, "Reasons").fill("DNA agrees with the mother; the face was examined by three, of whom one set it aside.")
    for box in page.locator("form.sheet input[name=read]").all():
        box.check()
    page.get_by_role("button", name="Put it before the board").click()
    page.wait_for_url("**/board/proposals/*/")
    url = page.url
    page.close()
    return url


def vote(member: Person, of: Search, choice: str, reasons: str) -> Page:
    """Vote from the docket on the first question of a case that awaits one."""
    page = member.page("/")
    page.locator("nav").get_by_role("link", name="Board", exact=True).click()
    page.locator("section[aria-labelledby=mine-head]").get_by_role("link", name=of.code).click()
    forgo(page)
    page.get_by_role("radio", name=choice, exact=True).check()
    field(page, "My reasons").fill(reasons)
    page.get_by_role("button", name="Give my vote").click()
    return page
