"""The board in a real browser: the slider by keyboard, without scripts, and what every page is held to."""

from __future__ import annotations

import pytest
from django.urls import reverse

from antigone.access.rules import Role
from tests.web import boardfile, browsing
from tests.web.browsing import Visitor
from tests.web.people import Agencies, ClientAs

pytestmark = pytest.mark.browser


def test_the_slider_moves_the_posterior_by_keyboard(agencies: Agencies, visit: Visitor, client_as: ClientAs) -> None:
    search = boardfile.searched(agencies.ours)
    url = reverse("web:board:case", args=[search.case_id])
    seen = visit.as_seen_by(client_as(Role.BOARD_MEMBER))
    page = seen.open(url)
    first = page.locator("#posterior tbody tr").first.locator("strong")
    before, number = first.inner_text(), page.locator("#id_missing").input_value()
    slider = page.get_by_label("Move the number of the missing")
    slider.focus()
    for _press in range(30):
        page.keyboard.press("ArrowRight")
    more = page.locator("#id_missing").input_value()
    assert int(more) > int(number)
    assert slider.get_attribute("aria-valuetext") == more
    page.wait_for_function(
        "text => document.querySelector('#posterior tbody tr strong').innerText !== text", arg=before, timeout=10_000
    )
    # The address without a script says the same as the slider did.
    without = page.locator("#id_without").input_value()
    plain = seen.open(f"{url}?missing={more}&without={without}&unreported=0", scripts=False)
    assert plain.locator("#posterior tbody tr").first.locator("strong").inner_text() == first.inner_text()
    assert not plain.get_by_label("Move the number of the missing").is_visible()
    plain.locator("#id_missing").fill("5000")
    plain.get_by_role("button", name="Work it out").click()
    assert "1 in 5,000" in plain.locator("#posterior").inner_text()
    assert seen.faults == []


def test_keeping_a_prior_takes_the_numbers_along(agencies: Agencies, visit: Visitor, client_as: ClientAs) -> None:
    search = boardfile.searched(agencies.ours)
    page = visit.as_seen_by(client_as(Role.BOARD_MEMBER)).open(reverse("web:board:case", args=[search.case_id]))
    page.locator("#id_missing").fill("4321")
    page.get_by_role("button", name="Keep this prior").click()
    page.wait_for_url("**/prior/**")
    assert page.locator("#id_missing").input_value() == "4321"


def test_the_pages_of_the_board(agencies: Agencies, visit: Visitor, client_as: ClientAs) -> None:
    put, made = boardfile.proposal(agencies.ours), boardfile.decision(agencies.ours)
    search = boardfile.searched(agencies.ours)
    seen = visit.as_seen_by(client_as(Role.BOARD_MEMBER))
    for url in (
        reverse("web:board:docket"),
        reverse("web:board:overview"),
        reverse("web:board:register"),
        reverse("web:board:case", args=[search.case_id]),
        reverse("web:board:keep", args=[search.case_id]),
        reverse("web:board:file", args=[put.case_id, put.person]),
        reverse("web:board:line", args=[put.case_id, put.person]),
        reverse("web:board:propose", args=[put.case_id, put.person]),
        reverse("web:board:proposal", args=[put.pk]),
        reverse("web:board:decision", args=[made.serial]),
        reverse("web:board:revoke", args=[made.serial]),
    ):
        browsing.hold(seen, url)
