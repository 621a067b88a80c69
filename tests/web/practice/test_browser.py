"""The practice room in a real browser: a block by single keys, and every page held to axe, widths and silence."""

from __future__ import annotations

import pytest

from antigone.access.models import Operator
from antigone.access.rules import Role
from antigone.casework.models import PracticeExercise
from antigone.casework.practice import exercises
from tests.casework.practice.test_exercises import examine
from tests.web import browsing
from tests.web.browsing import Visitor
from tests.web.people import ClientAs

pytestmark = [pytest.mark.browser, pytest.mark.slow]

LOADED = "[...document.querySelectorAll('.sorting-pair img')].every((each) => each.naturalWidth)"


def test_a_block_by_keys_then_the_truth_and_the_record(visit: Visitor, client_as: ClientAs) -> None:
    me = visit.as_seen_by(client_as(Role.MORTUARY_EXAMINER))
    who = Operator.objects.latest("pk")
    browsing.hold(me, "/practice/")
    page = me.open("/practice/")
    page.locator("button[value=sorting]").click()
    page.get_by_role("button", name="Show the pair").press("Enter")
    for number, key in enumerate("ksckskks", start=1):
        page.get_by_role("heading", name=f"Pair {number} of 8").wait_for()
        while not page.evaluate(LOADED):
            page.wait_for_timeout(50)
        assert browsing.sideways(page) <= 0
        page.keyboard.press(key)
    page.get_by_role("link", name="Seal the block").press("Enter")
    page.get_by_role("button", name="Seal it").press("Enter")
    page.get_by_role("heading", name="What the truth was").wait_for()
    page.get_by_role("button", name="Show the pictures").first.press("Enter")
    page.locator(".told__pictures img").first.wait_for()
    assert browsing.serious(page) == []
    finished = PracticeExercise.objects.get()
    browsing.hold(me, f"/practice/{finished.pk}/")
    key = exercises.begin("examining", who)
    examine(exercises.standing(key, who).examinable[0].pair, who, "+1a")
    browsing.hold(me, f"/practice/{key}/")
    browsing.hold(me, "/practice/record/")


def test_a_block_without_scripts(visit: Visitor, client_as: ClientAs) -> None:
    me = visit.as_seen_by(client_as(Role.MORTUARY_EXAMINER))
    page = me.open("/practice/", scripts=False)
    page.locator("button[value=sorting]").click()
    page.get_by_role("button", name="Show the pair").click()
    for number in range(1, 9):
        page.get_by_role("heading", name=f"Pair {number} of 8").wait_for()
        page.get_by_role("button", name="Set aside").click()
    page.get_by_role("link", name="Seal the block").click()
    page.get_by_role("button", name="Seal it").click()
    page.get_by_role("button", name="Show the pictures").first.click()
    assert page.locator(".told__pictures img").count() == 3
    assert me.faults == []
