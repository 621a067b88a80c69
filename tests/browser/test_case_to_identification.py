"""The whole path in a real browser: a photograph, a search, blind examiners who conflict, a third, and a board."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from antigone.access.rules import Role
from tests.browser import procedure
from tests.browser.keyboard import field
from tests.browser.test_paper import on_paper

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

    from tests.browser.house import House, Person

pytestmark = pytest.mark.browser

RANDOM = re.compile(
    r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|[A-Za-z0-9]{64}|token=[^\"&]+|\d{1,2} \w+ \d{4}, \d{2}:\d{2}"
)
FIRST, SECOND, THIRD = "a lobe that hangs free", "an antihelix of another build", "the tragus and the lobe agree"
IDENTIFICATION = re.compile(r"^ID-\d+-\d{4}-\d{4}$")


def bare(page: Page) -> str:
    """What a page says, without random keys and moments."""
    return RANDOM.sub("", page.locator("main").inner_html())


def from_above(house: House, role: Role, name: str) -> None:
    """Give somebody one more role."""
    with procedure.records(house.root):
        from antigone.access import administer
        from antigone.access.models import Operator
        from antigone.demo import staff

        administer.grant_role(staff.named(Role.ADMINISTRATOR), Operator.objects.get(name=name), role)


def test_conflict_third_examiner_and_a_board_of_three(practice: House, browser: Browser) -> None:
    recorder = practice.enter(browser, Role.FIELD_RECORDER)
    of = procedure.open_case(recorder, practice.root, "VELDRA-W-001", "KORMESH-B-001", "M-0011")
    examiners = [practice.enter(browser, Role.MORTUARY_EXAMINER, number) for number in range(3)]
    procedure.prepare(examiners[0], of.code)
    procedure.search(practice.enter(browser, Role.TRACING_OFFICER), of.code)

    assert procedure.triage(examiners[0], of) == procedure.triage(examiners[1], of) >= 8

    # The second sees the same before and after the first, and of the first nothing.
    before = bare(procedure.to_examine(examiners[1]))
    assert procedure.examine_all(examiners[0], of, "+1a", FIRST) >= 1
    listed = procedure.to_examine(examiners[1])
    assert bare(listed) == before
    listed.get_by_role("button", name=re.compile(f"^Begin.*{of.code}")).first.click()
    for trace in (FIRST, practice.one(Role.MORTUARY_EXAMINER).name, of.ref):
        assert trace not in listed.content()
    listed.get_by_role("link", name="Give it up").click()
    listed.get_by_role("link", name="Cancel").click()
    listed.close()
    third = procedure.to_examine(examiners[2])
    assert of.code not in third.locator("main").inner_text()

    # They conflict, and the third is called, who is not told why.
    _go_on(examiners[1], of)
    procedure.examine_all(examiners[1], of, "exclusion", SECOND)
    third.reload()
    assert third.get_by_role("button", name=re.compile(f"^Begin.*{of.code}")).count() == 1
    assert procedure.examine_all(examiners[2], of, "+1a", THIRD) == 1
    third.reload()
    assert of.code in third.locator("section, main").first.inner_text()

    board = [practice.enter(browser, Role.BOARD_MEMBER, number) for number in range(3)]
    recording = practice.enter(browser, Role.BOARD_MEMBER, 3)
    procedure.record_dna(recording, of)
    asked = procedure.propose(board[0], of)
    _no_vote(recording, asked)
    _examiner_has_no_vote(practice, examiners[1], asked)

    procedure.vote(board[0], of, "yes", "The DNA is of the mother's line.").close()
    file = procedure.to_file(board[1], of)
    expect(file.locator(".side--against")).to_contain_text(practice.one(Role.MORTUARY_EXAMINER, 1).name)
    expect(file.locator(".side--for")).to_contain_text(practice.one(Role.MORTUARY_EXAMINER, 2).name)
    page = procedure.vote(board[1], of, "no", "One examiner saw another ear.")
    expect(page.get_by_text("Your vote is given.")).to_be_visible()
    page = procedure.vote(board[2], of, "yes", "A difference of a photograph, not of an ear.")
    serial = page.get_by_role("heading", level=1).inner_text()
    assert IDENTIFICATION.search(serial), serial
    expect(page.get_by_text("dissent", exact=True)).to_be_visible()
    expect(page.get_by_text("agrees", exact=True)).to_be_visible()
    _report_prints(page)
    assert _closed(practice, of) is True

    _revoked(board, of, page, serial)
    assert _closed(practice, of) is False
    opened = procedure.to_case(board[0], of.code)
    expect(opened.get_by_text("This case is closed")).to_have_count(0)
    for person in (recorder, *examiners, *board):
        assert person.faults == []
        person.context.close()


def test_two_who_agree_and_a_board(practice: House, browser: Browser) -> None:
    recorder = practice.enter(browser, Role.FIELD_RECORDER)
    of = procedure.open_case(recorder, practice.root, "VELDRA-W-002", "KORMESH-A-006", "M-0009")
    procedure.search(practice.enter(browser, Role.TRACING_OFFICER), of.code)
    examiners = [practice.enter(browser, Role.MORTUARY_EXAMINER, number) for number in range(2)]
    for each in examiners:
        procedure.triage(each, of)
    for each in examiners:
        assert procedure.examine_all(each, of, "+1a", FIRST) >= 1
    assert of.code not in _main(procedure.to_examine(practice.enter(browser, Role.MORTUARY_EXAMINER, 2)))
    board = [practice.enter(browser, Role.BOARD_MEMBER, number) for number in range(3)]
    procedure.record_dna(practice.enter(browser, Role.BOARD_MEMBER, 3), of)
    procedure.propose(board[0], of)
    for member in board:
        page = procedure.vote(member, of, "yes", "The DNA is of the mother's line.")
    assert IDENTIFICATION.search(page.get_by_role("heading", level=1).inner_text())
    for person in (recorder, *examiners, *board):
        assert person.faults == []
        person.context.close()


def _main(page: Page) -> str:
    return page.locator("main").inner_text()


def _go_on(examiner: Person, of: procedure.Search) -> None:
    """Take up the examination that was begun, to its seal."""
    page = procedure.to_examine(examiner)
    page.get_by_role("link", name=re.compile(f"^Go on.*{of.code}")).click()
    procedure.examine(page, "exclusion", SECOND)
    page.close()


def _examiner_has_no_vote(house: House, examiner: Person, asked: str) -> None:
    """Whoever examined has no vote, whatever other role they are given."""
    page = examiner.page()
    page.goto(asked)
    assert page.get_by_role("button", name="Give my vote").count() == 0
    from_above(house, Role.BOARD_MEMBER, house.one(Role.MORTUARY_EXAMINER, 1).name)
    page.close()
    _no_vote(examiner, asked)


def _no_vote(person: Person, asked: str) -> None:
    page = person.page()
    page.goto(asked)
    procedure.forgo(page)
    expect(page.get_by_text("You have no vote here")).to_be_visible()
    assert page.get_by_role("button", name="Give my vote").count() == 0
    page.close()


def _report_prints(decision: Page) -> None:
    decision.get_by_role("link", name="The report, to print").click()
    decision.get_by_role("button", name="Make the report").click()
    report = decision.locator("article.report")
    expect(report).to_contain_text("LT-2026-0117")
    expect(report).to_contain_text("One examiner saw another ear.")
    assert report.locator("img").count() == 0
    on_paper(decision)
    assert decision.pdf(format="A4").startswith(b"%PDF")
    decision.emulate_media(media="screen", color_scheme="light")


def _revoked(board: list[Person], of: procedure.Search, page: Page, serial: str) -> None:
    page.goto(page.url.partition("/reports/")[0] + f"/board/decisions/{serial}/")
    page.get_by_role("link", name="Put its revocation before the board").click()
    field(page, "Reasons").fill("The laboratory withdrew its report: the sample was of another body.")
    page.get_by_role("button", name="Put it before the board").click()
    for member in board:
        last = procedure.vote(member, of, "yes", "The line it rested on is gone.")
    expect(last.get_by_role("heading", level=1)).to_contain_text("RV-")
    page.goto(page.url.partition("/board/")[0] + f"/board/decisions/{serial}/")
    expect(page.get_by_text("Nothing is to rest on it.")).to_be_visible()


def _closed(house: House, of: procedure.Search) -> bool:
    with procedure.records(house.root):
        from antigone.casework.models import Case

        return Case.objects.get(pk=of.case).closed_at is not None
