"""The examination desk in a real browser: two faces of one size, moved together or alone, marked by keyboard alone."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Page

from antigone.casework.models import Examination, FreeMark
from antigone.missing.models import Portrait
from antigone.remains.models import Photograph
from tests.casework.blind_world import World, examine, sort, world
from tests.web import browsing, sorting
from tests.web.browsing import Visitor
from tests.web.examining import looking
from tests.web.examining.looking import keys

pytestmark = pytest.mark.browser

# Of one picture the eyes are close and slanting, of the other wide apart and level.
SLANTING = {"landmarks": [[6.0, 12.0], [12.0, 8.0]]}
LEVEL = {"landmarks": [[5.0, 10.0], [19.0, 10.0]]}

EYES = """side => {
  const layer = document.querySelector(`[data-pane=${side}] [data-layer]`);
  const [a, b, c, d, e, f] = layer.style.transform.match(/-?[\\d.e-]+/g).map(Number);
  const [width, height] = [parseFloat(layer.style.width), parseFloat(layer.style.height)];
  const [ax, ay, bx, by] = layer.dataset.eyes.split(" ").map(Number);
  const at = (x, y) => [a * x * width + c * y * height + e, b * x * width + d * y * height + f];
  return [...at(ax, ay), ...at(bx, by)];
}"""


@pytest.fixture
def here(visit: Visitor, monkeypatch: pytest.MonkeyPatch) -> World:
    made = world(monkeypatch, count=2, later=0)
    for who in made.people[:2]:
        sort(made, who)
    Photograph.objects.update(faces=[SLANTING], chosen=0)
    Portrait.objects.update(face=LEVEL)
    return made


def eyes(page: Page, side: str) -> list[float]:
    found: Any = page.evaluate(EYES, side)
    return [float(each) for each in found]


def shown(page: Page) -> None:
    page.get_by_role("button", name="Show both pictures").click()
    for side in ("a", "b"):
        page.wait_for_selector(f"[data-pane={side}] .layer.is-live")


def test_two_faces_lie_at_one_eye_distance_and_level_and_move_together(here: World, visit: Visitor) -> None:
    client = sorting.signed_in(here.people[0])
    desk = looking.to_comparison(client, keys(here)[0])
    seen = visit.as_seen_by(client)
    page = seen.open(desk)
    shown(page)
    assert eyes(page, "a") == pytest.approx(eyes(page, "b"), abs=0.6)
    right_x, right_y, left_x, left_y = eyes(page, "a")
    assert right_y == pytest.approx(left_y, abs=0.6)
    assert left_x > right_x
    still = eyes(page, "a")
    frame = page.locator("[data-pane=b] [data-frame]")
    frame.focus()
    for key in ("+", "+", "]", "ArrowLeft", "ArrowUp"):
        page.keyboard.press(key)
    moved = eyes(page, "a")
    assert moved != pytest.approx(still, abs=5)
    assert moved == pytest.approx(eyes(page, "b"), abs=0.6)
    page.mouse.move(*[frame.bounding_box()[name] + 90 for name in ("x", "y")])  # type: ignore[index]
    page.mouse.wheel(0, -200)
    page.mouse.down()
    page.mouse.move(*[frame.bounding_box()[name] + 130 for name in ("x", "y")])  # type: ignore[index]
    page.mouse.up()
    assert eyes(page, "a") == pytest.approx(eyes(page, "b"), abs=0.6)
    page.get_by_label("Move both together").uncheck()
    before = eyes(page, "a")
    page.locator("[data-pane=b] [data-do=in]").click()
    assert eyes(page, "a") == before
    assert eyes(page, "b") != pytest.approx(before, abs=5)
    page.get_by_role("button", name="Put everything back").click()
    assert eyes(page, "a") == pytest.approx(still, abs=0.6)
    assert eyes(page, "b") == pytest.approx(still, abs=0.6)
    # Lighter in one alone; nothing of one picture is ever laid over the other.
    page.locator("[data-pane=a] [data-filter=brightness]").fill("180")
    assert "brightness(180%)" in page.locator("[data-pane=a] img").get_attribute("style")  # type: ignore[operator]
    assert "brightness(100%)" in page.locator("[data-pane=b] img").get_attribute("style")  # type: ignore[operator]
    assert page.locator("[data-pane=a] img").count() == page.locator("[data-pane=b] img").count() == 1
    # Leaving the window covers both.
    page.evaluate("dispatchEvent(new Event('blur'))")
    assert page.locator(".pane img").count() == 0
    assert seen.faults == []


def test_an_examination_by_keyboard_alone(here: World, visit: Visitor) -> None:
    client = sorting.signed_in(here.people[0])
    seen = visit.as_seen_by(client)
    page = seen.open("/examinations/")

    def press(name: str, role: Any = "button") -> None:
        page.get_by_role(role, name=name).first.focus()
        page.keyboard.press("Enter")

    press("Begin")
    page.wait_for_url("**/examinations/*-*/")
    page.get_by_label("Yes:").focus()
    page.keyboard.press("Space")
    press("Go on")
    page.wait_for_selector("#components")
    press("Show the photograph")
    page.wait_for_selector("[data-pane=a] .layer.is-live")
    for number in (4, 10):
        page.locator(f"#c{number}").get_by_label("visible", exact=True).focus()
        page.keyboard.press("Space")
        page.locator(f"#c{number} textarea").focus()
        page.keyboard.type("well seen")
        page.locator(f"#note-{number}").focus()
        page.keyboard.press("Enter")
        page.wait_for_selector(f"#c{number}.is-noted")
    assert page.locator("#noted").inner_text() == "2 of 19 noted"
    for tool, strokes in (
        ("Ring", ["ArrowUp", "+", "Enter"]),
        ("Arrow", ["Enter", "Shift+ArrowRight", "Shift+ArrowDown", "Enter"]),
        ("Line", ["Enter", "Shift+ArrowLeft", "Enter"]),
        ("Freehand", ["Enter", "ArrowLeft", "ArrowDown", "ArrowRight", "Enter"]),
    ):
        press(tool)
        page.locator("[data-pane=a] [data-frame]").focus()
        for stroke in strokes:
            page.keyboard.press(stroke)
        page.keyboard.type(f"by {tool}")
        page.keyboard.press("Enter")
        page.wait_for_selector(f"[data-mark] :text('by {tool}')")
    assert list(FreeMark.objects.order_by("pk").values_list("shape", flat=True)) == [
        "ellipse", "arrow", "polyline", "polyline",
    ]  # fmt: skip
    assert page.locator("[data-pane=a] svg g").count() == 4
    # Typed, never noted, and the browser closes: it is there again.
    with page.expect_response("**/keep/"):
        page.locator("#c12 textarea").focus()
        page.keyboard.type("a cleft")
    url = page.url
    page.context.close()
    page = seen.open(url.replace(seen.base, ""))
    assert page.locator("#c12 textarea").input_value() == "a cleft"
    press("Close the analysis", "link")
    press("Close it")
    page.wait_for_selector("[data-lift-both]:not([hidden])")
    press("Show both pictures")
    page.wait_for_selector("[data-pane=b] .layer.is-live")
    page.locator("#c10 summary").focus()
    page.keyboard.press("Enter")
    page.locator("#c10").get_by_label("visible", exact=True).focus()
    page.keyboard.press("Space")
    page.locator("#c10").get_by_label("The two compared").select_option("alike")
    page.locator("#note-10").focus()
    page.keyboard.press("Enter")
    page.wait_for_selector("#c10.is-noted")
    press("Go on to the conclusion", "link")
    page.get_by_label("+1a").focus()
    page.keyboard.press("Space")
    page.locator("#id_reasons").focus()
    page.keyboard.type("the ears")
    press("Read the summary")
    page.wait_for_url("**/summary/")
    page.get_by_label("I have read").focus()
    page.keyboard.press("Space")
    page.get_by_role("button", name="Seal", exact=True).focus()
    page.keyboard.press("Enter")
    page.wait_for_selector("text=Digest")
    assert Examination.objects.get().digest in page.content()
    assert seen.faults == []


def test_every_page_of_the_desk_is_held_to_what_all_pages_are(here: World, visit: Visitor) -> None:
    client = sorting.signed_in(here.people[0])
    seen = visit.as_seen_by(client)
    first, second = keys(here)
    browsing.hold(seen, "/examinations/")
    desk = looking.begun(client, first)
    browsing.hold(seen, desk)
    client.post(f"{desk}assess/", {"suitable": "yes"})
    browsing.hold(seen, desk)
    desk = looking.to_comparison(client, second)
    browsing.hold(seen, desk)
    page = seen.open(desk)
    assert page.locator(".viewer").is_visible()
    page.emulate_media(media="print")
    assert not page.locator(".viewer").is_visible()
    assert page.locator("#components").is_visible()
    browsing.hold(seen, f"{desk}conclude/")
    client.post(f"{desk}components/10/", {"c10-seen_b": "yes", "c10-verdict": "alike"})
    client.post(f"{desk}conclude/", {"level": "+1a", "reasons": "the ears"})
    browsing.hold(seen, f"{desk}summary/")
    client.post(f"{desk}summary/", {"read": "on"})
    browsing.hold(seen, desk)
    client.post(f"{looking.begun(client, first)}give-up/", {"reason": "ill"})
    for who in here.people[1:]:
        examine(first, who, "+1a")
    examine(second, here.people[1], "exclusion")
    examine(second, here.people[2], "+1a")
    browsing.hold(seen, f"/examinations/findings/{here.search.pk}/ask/")
    client.post(f"/examinations/findings/{here.search.pk}/ask/")
    browsing.hold(seen, f"/examinations/findings/{here.search.pk}/")
