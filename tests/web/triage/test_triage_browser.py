"""Triage in a real browser: by keys, focus moving on, the veil down when one leaves, and all of it without scripts."""

from __future__ import annotations

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from antigone.casework.judging import incidents, triage
from antigone.casework.models import TriageItem
from tests import factories
from tests.casework.blind_world import World, world
from tests.web import browsing
from tests.web.browsing import Visitor
from tests.web.sorting import signed_in

pytestmark = pytest.mark.browser

SHOWN = ".sorting-pair[data-lifted] img"


@pytest.fixture
def here(instance: object, monkeypatch: pytest.MonkeyPatch) -> World:
    return world(monkeypatch)


def lift(page: Page) -> None:
    page.get_by_role("button", name="Show the pair").click()
    stands(page)


def stands(page: Page) -> None:
    """Both pictures of a pair are there: before, no judgement is sent."""
    page.wait_for_selector(SHOWN)
    for each in page.locator(SHOWN).all():
        each.evaluate("each => each.decode()")


def judged(page: Page, number: int) -> None:
    expect(page.locator("#sorting-progress")).to_have_text(f"block 1 of 1, {number} of 8 judged")


def test_the_pages_hold(here: World, visit: Visitor) -> None:
    who = here.people[0]
    key = triage.begin(here.search.pk, who)
    seen = visit.as_seen_by(signed_in(who))
    browsing.hold(seen, reverse("web:triage:list"))
    browsing.hold(seen, reverse("web:triage:block", args=[key]))
    incidents.declare("A ship sank.", factories.operator())
    founder = visit.as_seen_by(signed_in(factories.operator()))
    browsing.hold(founder, reverse("web:triage:order", args=[here.case.subject_id]))
    browsing.hold(founder, reverse("web:triage:incident"))


def test_a_shown_pair_holds(here: World, visit: Visitor) -> None:
    who = here.people[0]
    path = reverse("web:triage:block", args=[triage.begin(here.search.pk, who)])
    seen = visit.as_seen_by(signed_in(who))
    for width, scheme in ((1280, "light"), (1280, "dark"), (820, "light"), (640, "light")):
        page = seen.open(path, width=width, scheme=scheme)
        lift(page)
        assert browsing.serious(page) == []
        assert browsing.sideways(page) <= 0
        one, other = (each.bounding_box() for each in page.locator(".sorting-pair__row").all())
        assert one is not None
        assert other is not None
        assert (one["y"], one["height"]) == (other["y"], other["height"])
        page.context.close()
    assert seen.faults == []


def test_a_block_by_keys(here: World, visit: Visitor) -> None:
    who = here.people[0]
    seen = visit.as_seen_by(signed_in(who))
    page = seen.open(reverse("web:triage:list"))
    page.get_by_role("button", name="Begin").click()
    page.wait_for_selector(".sorting-pair")
    # A key judges nothing that is not shown.
    page.keyboard.press("k")
    judged(page, 0)
    lift(page)
    photograph = page.locator(".sorting-pair__row img").first.element_handle()
    assert photograph is not None
    page.keyboard.press("k")
    judged(page, 1)
    expect(page.locator("#pair-head")).to_be_focused()
    expect(page.locator("#pair-head")).to_have_text("Pair 2 of 8")
    # The photograph stays where it is, and is not loaded and looked at once more.
    assert photograph.evaluate("each => each.isConnected")
    stands(page)
    page.keyboard.press("u")
    judged(page, 0)
    for number, key in enumerate("ksckkksc", start=1):
        stands(page)
        page.keyboard.press(key)
        judged(page, number)
    expect(page.get_by_role("heading", name="Everything is judged")).to_be_focused()
    page.get_by_role("link", name="Finish").click()
    page.get_by_role("button", name="Finish").click()
    expect(page.get_by_role("heading", name="Sorted: LIMEN-A-001")).to_be_visible()
    assert seen.faults == []
    # Going back shows no pair again: the triage is finished.
    page.go_back()
    page.go_back()
    assert page.locator("img").count() == 0


def test_the_veil_is_down_again_when_one_leaves_and_the_next_pair_waits(here: World, visit: Visitor) -> None:
    who = here.people[0]
    page = visit.as_seen_by(signed_in(who)).open(reverse("web:triage:block", args=[triage.begin(here.search.pk, who)]))
    lift(page)
    page.keyboard.press("s")
    judged(page, 1)
    page.wait_for_selector(SHOWN)
    page.evaluate("dispatchEvent(new Event('blur'))")
    page.wait_for_selector(SHOWN, state="detached")
    assert page.locator("img").count() == 0
    page.keyboard.press("k")
    judged(page, 1)
    lift(page)
    expect(page.locator("#pair-head")).to_have_text("Pair 2 of 8")
    page.goto(page.url.partition("/triage/")[0] + "/")
    page.go_back()
    page.wait_for_selector(".sorting-pair")
    assert page.locator("img").count() == 0


def test_one_key_held_down_judges_one_pair(here: World, visit: Visitor) -> None:
    who = here.people[0]
    page = visit.as_seen_by(signed_in(who)).open(reverse("web:triage:block", args=[triage.begin(here.search.pk, who)]))
    lift(page)
    page.keyboard.down("k")
    for _repeat in range(5):
        page.keyboard.down("k")
    page.keyboard.up("k")
    judged(page, 1)
    assert TriageItem.objects.exclude(judgement="").count() == 1
    page.context.close()


def test_a_block_without_scripts(here: World, visit: Visitor) -> None:
    who = here.people[0]
    path = reverse("web:triage:block", args=[triage.begin(here.search.pk, who)])
    page = visit.as_seen_by(signed_in(who)).open(path, scripts=False)
    page.get_by_role("button", name="Show the pair").click()
    for number in range(1, 9):
        page.wait_for_load_state("load")
        page.get_by_role("button", name="Set aside").click()
        judged(page, number)
    page.get_by_role("button", name="Undo the last").click()
    judged(page, 7)
    page.get_by_role("button", name="Show the pair").click()
    page.wait_for_load_state("load")
    page.get_by_role("button", name="Cannot tell").click()
    judged(page, 8)
    page.get_by_role("link", name="Finish").click()
    page.get_by_role("button", name="Finish").click()
    expect(page.get_by_role("heading", name="Sorted: LIMEN-A-001")).to_be_visible()
    assert set(TriageItem.objects.values_list("judgement", flat=True)) == {"set-aside", "cannot-tell"}
