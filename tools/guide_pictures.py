"""Take the pictures of the user's guide: an instance for practice is made, served and walked in a real Chromium.

    python tools/guide_pictures.py [--instance DIR] [--only NAME ...]

Each picture is one line of the table below: who looks, at what, and what is done there first. A photograph of the dead
is never taken with its veil lifted. The pictures go to docs/images/guide, small and in few colours.
"""

from __future__ import annotations

import argparse
import io
import os
import re
import shutil
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, FilePayload, Page, sync_playwright

HERE = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(HERE))

from antigone.upkeep.opening import point_django_at  # noqa: E402

point_django_at(Path(os.devnull) / "no-instance")  # what imports models waits until Django is started

from antigone.access.rules import Role  # noqa: E402
from antigone.demo import staff  # noqa: E402
from tests.browser import house  # noqa: E402
from tests.browser.keyboard import field  # noqa: E402

OUT = HERE / "docs" / "images" / "guide"
WIDTH, KEPT_WIDTH = 1280, 900
MOST_BYTES = 120_000
COLOURS = (128, 64, 32)
SEARCHED = 3
# The case and the lead whose file the board reads, and what a tracing officer recorded in it.
BOARD_FILE = "/board/cases/2/persons/24/"
LINES = (
    ("dna", "supports", "A bone of the thigh and a sample of the mother agree.", "the sample of the mother",
     ("Laboratory of the tour", "L-0042", "2026-06-02")),
    ("effects", "contradicts", "The coat is not the one that was reported.", "the report of the mother", ()),
)  # fmt: skip
# Every picture of the page is there before it is taken itself.
SHOWN = "Promise.all([...document.images].map((image) => image.decode().catch(() => null)))"

Do = Callable[[Page], None]


@dataclass(frozen=True)
class Picture:
    """The file's name, who looks, at which address, what is done there first, and how much of the page is taken."""

    name: str
    role: Role | None
    path: str
    do: Do = lambda page: None
    height: int = 860


def go(page: Page, name: str, kind: str = "link") -> None:
    """Follow a link or press a button by its name."""
    page.get_by_role(kind, name=name).first.click()  # type: ignore[arg-type]
    page.wait_for_load_state()


def scroll_to(page: Page, selector: str) -> None:
    """Put this near the top of the picture."""
    page.locator(selector).first.evaluate("element => scrollTo(0, element.getBoundingClientRect().top + scrollY - 24)")


def at(selector: str) -> Do:
    return lambda page: scroll_to(page, selector)


def a_body_with_its_code(page: Page) -> None:
    page.locator("details.propose summary").click()
    field(page, "Place, for the code").fill("Orlivka")
    field(page, "Team, for the code").fill("B")
    go(page, "Give out the next code", "button")
    page.get_by_role("radio", name="a body", exact=True).check()
    field(page, "Where exactly").fill("Orlivka, behind the mill, under the third poplar")
    field(page, "Attested by").fill("Dr. T. Ostrevel")
    page.evaluate("scrollTo(0, 0)")


def a_hand_over(page: Page) -> None:
    field(page, "To").fill("Laboratory of the tour")
    field(page, "Where").fill("Kormesh")
    field(page, "Why").fill("for DNA")
    field(page, "Received by").fill("A. Morgun")
    field(page, "Seal put on").fill("S-0107")


def somebody_missing(page: Page, surname: str, given: str, spelling: str) -> None:
    field(page, "Surname").fill(surname)
    field(page, "Given names").fill(given)
    field(page, "The name in other letters").fill(spelling)
    field(page, "Sex").select_option("male")
    field(page, "Date of birth").fill("1985~")
    field(page, "Who reports them missing").fill("Halyna Nestorel")


def a_new_person(page: Page) -> None:
    somebody_missing(page, "Сорокеш", "Андруш", "Andrush Sorokesh")
    page.evaluate("scrollTo(0, 0)")


def warned(page: Page) -> None:
    somebody_missing(page, "Nestorel", "Pavlen", "Павлен Несторел")
    go(page, "Record", "button")
    page.evaluate("scrollTo(0, 0)")


def refused_pictures(page: Page) -> None:
    dot = io.BytesIO()
    Image.new("RGB", (1, 1), "grey").save(dot, "JPEG")
    given: list[FilePayload] = [
        {"name": "letter.jpg", "mimeType": "image/jpeg", "buffer": b"A letter and no picture."},
        {"name": "from-a-chat.jpg", "mimeType": "image/jpeg", "buffer": dot.getvalue()},
    ]
    field(page, "Pictures").set_input_files(given)
    go(page, "Take them in", "button")


def searched_by_name(page: Page) -> None:
    page.keyboard.press("/")
    page.keyboard.type("Несторел")
    page.wait_for_url("**/?q=*")


def a_sample(page: Page) -> None:
    go(page, "Draw a sample")
    if page.locator("form.sheet").count():
        page.locator("form.sheet .button--main").click()
        page.wait_for_load_state()
    page.wait_for_timeout(500)


def begun_to_sort(page: Page) -> None:
    """The first case that can be sorted, begun, with its first pair behind the veil."""
    page.get_by_role("button", name="Begin").or_(page.get_by_role("button", name="Go on")).first.click()
    page.get_by_role("button", name="Show the pair").wait_for()


def an_analysis(page: Page) -> None:
    """A pair of the practice room at the desk, which is the desk of a case: the photograph of the subject alone."""
    draw = page.locator("button[value=examining]")
    if draw.count():
        draw.click()
        page.wait_for_load_state()
    else:
        go(page, "Go on")
    page.locator("main table button, main table a").first.click()
    page.wait_for_load_state()
    if page.get_by_role("button", name="Go on").count():
        page.get_by_role("radio").first.check()
        go(page, "Go on", "button")
    page.get_by_role("heading", name="Components").wait_for()


def forgone(page: Page) -> None:
    """Say, where it is asked, that one will not examine this case."""
    said = page.get_by_role("button", name="I will not examine this case; show it")
    if said.count():
        said.click()
        page.wait_for_load_state()


def a_prior(page: Page) -> None:
    forgone(page)
    field(page, "Missing in the population concerned").fill("400")
    field(page, "Of these, without a portrait").fill("120")
    field(page, "Somebody whom nobody reported, in %").fill("10")
    go(page, "Work it out", "button")
    page.get_by_text("A prior that you are trying").wait_for()
    page.get_by_role("heading", name="Leads, before and after the face").evaluate(
        "element => scrollTo(0, element.getBoundingClientRect().top + scrollY - 24)"
    )


def a_file(page: Page) -> None:
    forgone(page)
    page.get_by_role("heading", name="Against, and for").evaluate(
        "element => scrollTo(0, element.getBoundingClientRect().top + scrollY - 24)"
    )


R = Role
PICTURES = (
    # The first day.
    Picture("sign-in", None, "/sign-in/", height=620),
    Picture("welcome", None, "/sign-in/welcome/", height=760),
    Picture("second-factor", R.ADMINISTRATOR, "/sign-in/second-factor/", height=760),
    Picture("add-somebody", R.ADMINISTRATOR, "/administration/people/new/", height=1000),
    # Administrator.
    Picture("people", R.ADMINISTRATOR, "/administration/", height=900),
    Picture("person-of-the-staff", R.ADMINISTRATOR, "/administration/", lambda page: go(page, "Jonna Feld"), 1000),
    Picture("mandates", R.ADMINISTRATOR, "/administration/mandates/", height=760),
    # Field recorder.
    Picture("desk-recorder", R.FIELD_RECORDER, "/", height=1000),
    Picture("record-a-body", R.FIELD_RECORDER, "/remains/new/", a_body_with_its_code, 1000),
    Picture("coach", R.FIELD_RECORDER, "/remains/1/", height=1000),
    Picture("photographs-add", R.FIELD_RECORDER, "/remains/1/photographs/add/", height=900),
    Picture("hand-over", R.FIELD_RECORDER, "/remains/1/custody/hand-over/", a_hand_over, 1000),
    # Mortuary examiner.
    Picture("veiled", R.MORTUARY_EXAMINER, "/remains/1/", at(".tiles--veils"), 820),
    Picture("case", R.MORTUARY_EXAMINER, "/cases/2/", height=1000),
    Picture("sorting", R.MORTUARY_EXAMINER, "/triage/", begun_to_sort, 860),
    Picture("examination", R.MORTUARY_EXAMINER, "/practice/", an_analysis, 900),
    Picture("open-a-case", R.MORTUARY_EXAMINER, "/cases/new/", height=1000),
    # Bureau clerk.
    Picture("missing-list", R.BUREAU_CLERK, "/missing/", searched_by_name, 700),
    Picture("record-a-person", R.BUREAU_CLERK, "/missing/new/", a_new_person, 1000),
    Picture("duplicate-warning", R.BUREAU_CLERK, "/missing/new/", warned, 820),
    Picture("portraits-refused", R.BUREAU_CLERK, "/missing/2/portraits/add/", refused_pictures, 820),
    Picture("enquiry", R.BUREAU_CLERK, "/enquiries/new/", height=860),
    # Tracing officer.
    Picture("person", R.TRACING_OFFICER, "/missing/2/", height=1100),
    Picture("person-portraits", R.TRACING_OFFICER, "/missing/2/", at("#portraits"), 760),
    Picture("merge", R.TRACING_OFFICER, "/missing/2/merge/", height=700),
    # Board member.
    Picture("prior", R.BOARD_MEMBER, "/board/cases/2/", a_prior, 1000),
    Picture("board-file", R.BOARD_MEMBER, BOARD_FILE, a_file, 900),
    Picture("ranked-question", R.BOARD_MEMBER, "/cases/searches/2/", height=760),
    # Liaison officer.
    Picture("claims", R.LIAISON_OFFICER, "/remains/1/claims/new/", height=1000),
    # Data-protection reviewer.
    Picture("review", R.DATA_PROTECTION_REVIEWER, "/review/", height=860),
    Picture("sample", R.DATA_PROTECTION_REVIEWER, "/review/", a_sample, 860),
    # Auditor.
    Picture("refusals", R.AUDITOR, "/audit/refusals/", height=760),
    Picture("verify", R.AUDITOR, "/audit/verify/", height=860),
    # On paper.
    Picture("body-form", R.FIELD_RECORDER, "/remains/1/form/", lambda page: on_paper(page), 1000),
    Picture("labels", R.FIELD_RECORDER, "/remains/1/labels/", lambda page: on_paper(page), 700),
)


def on_paper(page: Page) -> None:
    page.emulate_media(media="print")
    page.evaluate("document.body.style.margin = '2.5rem'")  # the margin that paper has


def small(shot: bytes) -> bytes:
    """The picture 900 wide, in as many colours as fit in its size."""
    picture = Image.open(io.BytesIO(shot)).convert("RGB")
    picture = picture.resize((KEPT_WIDTH, round(picture.height * KEPT_WIDTH / picture.width)), Image.Resampling.LANCZOS)
    for colours in COLOURS:
        out = io.BytesIO()
        picture.quantize(colours, dither=Image.Dither.NONE).save(out, "PNG", optimize=True)
        if out.tell() <= MOST_BYTES:
            break
    return out.getvalue()


def take(picture: Picture, home: house.House, browser: Browser) -> bytes:
    """One picture, as this person sees it."""
    person = house.visitor(browser, home.base) if picture.role is None else home.enter(browser, picture.role)
    page = person.page()
    page.set_viewport_size({"width": WIDTH, "height": picture.height})
    page.goto(home.base + picture.path)
    picture.do(page)
    assert page.locator("img[src*='/pictures/photographs/']").count() == 0, picture.name
    page.evaluate(SHOWN)
    shot = page.screenshot()
    person.context.close()
    return shot


def record_lines(home: house.House, browser: Browser) -> None:
    """A tracing officer records a line for and a line against: the board has a file to read."""
    officer = home.enter(browser, Role.TRACING_OFFICER)
    for kind, finding, words, origin, laboratory in LINES:
        page = officer.page(f"{BOARD_FILE}evidence/")
        field(page, "Of what it is").select_option(kind)
        page.get_by_role("radio", name=finding, exact=True).check()
        field(page, "What was found").fill(words)
        field(page, "Where it comes from").fill(origin)
        for label, value in zip(("Laboratory", "Its reference", "Dated"), laboratory, strict=False):
            field(page, label).fill(value)
        go(page, "Record the line", "button")
        assert page.get_by_text("The line is in the file.").count(), kind
    officer.context.close()


def ask_for_what_is_not_open(home: house.House, browser: Browser) -> None:
    """A clerk asks for records of the dead and is refused: the auditor has something to read."""
    clerk = home.enter(browser, Role.BUREAU_CLERK)
    clerk.page("/remains/")
    clerk.context.close()


def main() -> int:
    """Take them all, or those that are named."""
    asked = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    asked.add_argument("--instance", type=Path, help="an instance for practice that was made before")
    asked.add_argument("--only", nargs="*", help="the names of the pictures to take")
    said = asked.parse_args()
    chromium = shutil.which("chromium")
    if chromium is None:
        print("There is no Chromium on this machine. Nothing was taken.")
        return 2
    OUT.mkdir(parents=True, exist_ok=True)
    faults = 0
    with tempfile.TemporaryDirectory() as folder:
        root = said.instance or Path(folder) / "instance"
        if said.instance is None:
            from antigone.demo.practice import made

            sign_ins = made(root, searched=SEARCHED)[1]
        else:
            sign_ins = staff.kept(root / "reports")
        # Made before the browser's loop stands in this thread: what asks the database is not async.
        with sync_playwright() as playwright, house.served(root) as base:
            browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
            home = house.House(root, base, sign_ins)
            ask_for_what_is_not_open(home, browser)
            if said.instance is None:
                record_lines(home, browser)
            for picture in PICTURES:
                if said.only and picture.name not in said.only:
                    continue
                try:
                    kept = small(take(picture, home, browser))
                except Exception as fault:  # the others are still wanted; how many failed is the exit status
                    print(f"{picture.name}: {re.sub(chr(10) + '.*', '', str(fault), flags=re.DOTALL)}")
                    faults += 1
                    continue
                (OUT / f"{picture.name}.png").write_bytes(kept)
                print(f"{picture.name}: {len(kept) // 1000} kB")
            browser.close()
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
