"""The pages of cases in a real browser: no serious fault of access, no sideways scroll, a silent console."""

from __future__ import annotations

import pytest
from django.urls import reverse

from antigone.access.rules import Role
from antigone.remains.models import Photograph
from tests.web import browsing, casefile, prepared
from tests.web.browsing import Visitor
from tests.web.people import Agencies, ClientAs

pytestmark = pytest.mark.browser


def test_the_pages_of_a_case(agencies: Agencies, visit: Visitor, client_as: ClientAs) -> None:
    case = casefile.case(agencies.ours, photographs=1)
    search = casefile.search(case, leads=3)
    seen = visit.as_seen_by(client_as(Role.TRACING_OFFICER))
    client_as(Role.TRACING_OFFICER).post(reverse("web:cases:ranked-ask", args=[search.pk]))
    browsing.hold(seen, "/cases/")
    browsing.hold(seen, reverse("web:cases:case", args=[case.pk]))
    browsing.hold(seen, reverse("web:cases:search", args=[case.pk]))
    browsing.hold(seen, reverse("web:cases:ranked", args=[search.pk]))


def test_opening_and_closing(agencies: Agencies, visit: Visitor, client_as: ClientAs) -> None:
    case, subject = casefile.case(agencies.ours), casefile.subject(agencies.ours)
    seen = visit.as_seen_by(client_as(Role.FIELD_RECORDER))
    browsing.hold(seen, "/cases/new/")
    browsing.hold(seen, reverse("web:cases:about", args=[subject.pk]))
    browsing.hold(seen, reverse("web:cases:close", args=[case.pk]))


def test_the_pages_before_a_search(agencies: Agencies, visit: Visitor, client_as: ClientAs) -> None:
    case, photograph = prepared.case(agencies.ours, prepared.face(10), prepared.face(120))
    seen = visit.as_seen_by(client_as(Role.MORTUARY_EXAMINER))
    browsing.hold(seen, reverse("web:cases:search", args=[case.pk]))
    url = reverse("web:cases:photograph", args=[case.pk, photograph.pk])
    browsing.hold(seen, url)
    for scheme, width in (("light", 1280), ("dark", 1280), ("light", 820), ("light", 640)):
        page = seen.open(url, scheme=scheme, width=width)
        page.get_by_role("button", name="Show this photograph").click()
        page.wait_for_selector("[data-tools]:not([hidden])")
        assert browsing.serious(page) == [], f"lifted, in {scheme}"
        assert browsing.sideways(page) <= 0, f"lifted, at {width}"
        page.context.close()
    assert seen.faults == []


def test_points_are_placed_by_keyboard_and_by_mouse(agencies: Agencies, visit: Visitor, client_as: ClientAs) -> None:
    case, photograph = prepared.case(agencies.ours)
    seen = visit.as_seen_by(client_as(Role.MORTUARY_EXAMINER))
    page = seen.open(reverse("web:cases:photograph", args=[case.pk, photograph.pk]))
    page.get_by_role("button", name="Show this photograph").click()
    page.wait_for_selector("[data-tools]:not([hidden])")
    page.wait_for_load_state("networkidle")

    def point(at: int) -> list[str]:
        return [page.locator(f'input[data-point="{at}"][data-axis="{axis}"]').input_value() for axis in "xy"]

    # By keyboard: the first from the middle of the picture, by ones, tens and tenths.
    page.get_by_role("button", name="1 Right eye").focus()
    for key in ("ArrowLeft", "Shift+ArrowLeft", "Shift+ArrowUp", "Alt+ArrowRight"):
        page.keyboard.press(key)
    assert point(0) == ["89.1", "70"]
    said = page.locator("[data-say]")
    said.filter(has_text="Right eye: 89.1 from the left, 70 from the top").wait_for(state="attached")
    # Moves in one go are taken back in one go; on a slow machine they are not one.
    for _time in range(5):
        page.keyboard.press("Control+z")
    assert point(0) == ["", ""]
    said.filter(has_text="There is nothing to take back").wait_for(state="attached")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.dataset.name") == "Left eye"
    page.keyboard.press("5")
    assert page.evaluate("document.activeElement.dataset.name") == "Left corner of the mouth"

    # By mouse: one after another in their order, then one drawn to another place.
    page.keyboard.press("1")
    frame = page.locator("[data-stage] img").bounding_box()
    assert frame is not None

    def on_screen(x: float, y: float) -> tuple[float, float]:
        scale = frame["width"] / prepared.WIDTH
        return frame["x"] + (x + 0.5) * scale, frame["y"] + (y + 0.5) * scale

    for x, y in prepared.POINTS.values():
        page.mouse.click(*on_screen(x, y))
    assert [point(at) for at in range(5)] == [[str(x), str(y)] for x, y in prepared.POINTS.values()]
    page.mouse.move(*on_screen(*prepared.POINTS["nose"]))
    page.mouse.down()
    page.mouse.move(*on_screen(90, 85), steps=3)
    page.mouse.up()
    assert point(2) == ["90", "85"]
    page.mouse.move(*on_screen(90, 85))
    page.mouse.down()
    page.mouse.move(*on_screen(-500, 85), steps=2)
    page.mouse.up()
    assert point(2)[0] == "0", "a point stays in the picture"
    for _time in range(2):
        page.get_by_role("button", name="Undo").click()
    page.evaluate("window.dispatchEvent(new Event('blur'))")
    page.wait_for_selector("[data-stage]", state="detached")
    assert point(2) == ["80", "75"], "the veil comes back, and nothing that was placed is lost"
    page.get_by_role("button", name="Keep these points").click()
    page.get_by_text("The five points are kept.").wait_for()
    kept = Photograph.objects.get(pk=photograph.pk)
    assert kept.by_hand
    assert kept.faces[0]["landmarks"] == [[x, y] for x, y in prepared.POINTS.values()]
    assert seen.faults == []
