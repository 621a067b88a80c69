"""The pages of triage: a pair at a time behind its veil, and nothing in them tells what an examiner may not know."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from PIL import Image

from antigone.access.models import Operator
from antigone.casework import services
from antigone.casework.judging import triage
from antigone.casework.models import Comparison, Filler, NamedCandidate, TriageItem
from antigone.ledger.models import Entry
from antigone.missing.models import Person, PersonName
from antigone.web.triage import keeping
from tests.casework.blind_world import NAME, World, sort, world
from tests.web.sorting import CHANCE, said, signed_in, url

HX = {"HX-Request": "true"}


@pytest.fixture
def here(instance: object, monkeypatch: pytest.MonkeyPatch) -> World:
    found = world(monkeypatch)
    for person in Person.objects.all():
        PersonName.objects.create(person=person, text=f"Shevchuk{person.pk}", script="Latn")
    return found


@pytest.fixture
def who(here: World) -> Operator:
    return here.people[0]


@pytest.fixture
def browser(who: Operator) -> Client:
    return signed_in(who)


def begun(browser: Client, here: World) -> UUID:
    answer = browser.post(url("begin", here.search.pk), {"once": str(uuid4())})
    assert answer.status_code == 302
    return UUID(answer["Location"].rstrip("/").rpartition("/")[2])


def of_form(page: str, name: str) -> str:
    found = re.search(rf'name="{name}" value="([^"]*)"', page)
    assert found is not None, name
    return found.group(1)


def shown(page: str) -> UUID:
    """The key of the pair that a page shows."""
    found = re.search(r"/judge/([0-9a-f-]{36})/", page)
    assert found is not None
    return UUID(found.group(1))


def judged(browser: Client, page: str, judgement: str = "keep", **more: Any) -> Any:
    found = re.search(r'action="([^"]*/judge/[^"]*)"', page)
    assert found is not None
    for source in pictures(page):
        browser.get(source)
    given = {"judgement": judgement, "once": of_form(page, "once"), "lifted": of_form(page, "lifted")}
    return browser.post(found.group(1), given | more)


def pictures(page: str) -> list[str]:
    return re.findall(r'<img src="([^"]*)"', page)


def walked(browser: Client, here: World) -> Iterator[tuple[str, str]]:
    """Every pair of a triage as it is shown, with the page that showed it, each judged in turn."""
    key = begun(browser, here)
    page = said(browser.post(url("lift", key)))
    for turn in range(8):
        yield str(shown(page)), page
        page = said(judged(browser, page, ("keep", "set-aside", "cannot-tell")[turn % 3]))
    yield "", page


def test_a_triage_from_the_list_to_its_end(here: World, who: Operator, browser: Client) -> None:
    desk = said(browser.get("/"))
    assert "Pairs to sort, blind" in desk
    assert "LIMEN-A-001" in said(browser.get(url("list")))
    key = begun(browser, here)
    assert begun(browser, here) == key
    cover = said(browser.get(url("block", key)))
    assert "block 1 of 1, 0 of 8 judged" in cover
    assert pictures(cover) == []
    page = said(browser.post(url("lift", key)))
    assert len(pictures(page)) == 2
    assert not TriageItem.objects.filter(shown_at__isnull=False).exists()
    page = said(judged(browser, page, "keep"))
    assert "block 1 of 1, 1 of 8 judged" in page
    assert "kept" in page
    # The pair is the next, and its portrait was not loaded before it was looked at.
    assert TriageItem.objects.filter(shown_at__isnull=False).count() == 1
    for judgement in ("set-aside", "cannot-tell", "keep", "keep", "keep", "keep", "keep"):
        page = said(judged(browser, page, judgement))
    assert "Everything is judged" in page
    times = list(TriageItem.objects.values_list("shown_at", "judged_at"))
    assert all(shown_at and judged_at and shown_at < judged_at for shown_at, judged_at in times)
    assert len({shown_at for shown_at, _judged in times}) == 8
    assert "cannot change it any more" in said(browser.get(url("finish", key)))
    done = browser.post(url("finish", key), {"once": str(uuid4())})
    assert done["Location"] == url("finished", key)
    assert "Your part is finished" in said(browser.get(done["Location"]))
    assert browser.get(url("block", key)).status_code == 422
    assert "nothing for you to sort" in said(browser.get(url("list")))
    assert Entry.objects.filter(action="missing:portrait:look", actor=who.actor).count() == 8


def test_no_page_names_anybody_or_leads_to_a_record(here: World, browser: Client) -> None:
    pages = [said(browser.get("/")), said(browser.get(url("list")))]
    pages += [page for _item, page in walked(browser, here)]
    secret = {str(each) for each in Comparison.objects.values_list("pk", flat=True)}
    secret |= {str(each.portrait) for each in NamedCandidate.objects.all()}
    secret |= {str(each) for each in Comparison.objects.values_list("portrait", flat=True)}
    secret |= {person.ref for person in Person.objects.all()} | {name.text for name in PersonName.objects.all()}
    secret |= {candidate["portrait_sha256"] for candidate in here.search.answer["candidates"]}
    for page in pages:
        assert not [each for each in secret if each in page]
        assert "/missing/" not in page
    for page in pages[2:]:
        assert not re.search(r"\b(score|rank|filler|stranger|candidate|likelihood|posterior)", page)


def test_a_stranger_looks_like_a_candidate_in_page_size_and_headers(here: World, browser: Client) -> None:
    """At one and the same place each pair is one page, but for chance; so are its pictures' headers."""
    key = begun(browser, here)
    filler = TriageItem.objects.get(comparison=Filler.objects.get().comparison_id)
    items = list(TriageItem.objects.order_by("place"))
    pages, sizes, headers = set(), set(), set()
    for first in items:
        order = [first, *(each for each in items if each.pk != first.pk)]
        # Past the constraint that two stand at no one place.
        for start in (1000, 0):
            for place, each in enumerate(order, start=start):
                TriageItem.objects.filter(pk=each.pk).update(place=place)
        page = browser.post(url("lift", key))
        assert shown(said(page)) == first.pk
        pages.add(CHANCE.sub("", said(page)))
        sizes.add(len(page.content))
        portrait = browser.get(next(each for each in pictures(said(page)) if "/portraits/" in each))
        told = {name: value for name, value in portrait.headers.items() if name != "Content-Length"}
        headers.add(
            (str(sorted(page.headers.items() - {("Content-Length", page.headers.get("Content-Length"))})), str(told))
        )
    assert filler in items
    assert len(pages) == 1
    assert len(sizes) == 1
    assert len(headers) == 1


def test_no_key_of_a_pair_is_in_the_page_before_its_turn(here: World, browser: Client) -> None:
    keys = None
    for item, page in walked(browser, here):
        keys = keys or [str(each) for each in TriageItem.objects.order_by("place").values_list("pk", flat=True)]
        if item:
            assert {each for each in keys if each in page} == set(keys[: keys.index(item) + 1])


def test_pictures_are_pixels_and_kept_by_nobody(here: World, browser: Client) -> None:
    page = said(browser.post(url("lift", begun(browser, here))))
    for source in pictures(page):
        answer = browser.get(source)
        assert answer.status_code == 200
        assert answer["Cache-Control"] == "no-store"
        assert "ETag" not in answer
        assert "Last-Modified" not in answer
        assert "filename" not in answer["Content-Disposition"]
        assert NAME not in answer.content
        assert not Image.open(io.BytesIO(answer.content)).getexif()


def test_going_back_and_loading_again_shows_a_cover(here: World, browser: Client) -> None:
    key = begun(browser, here)
    page = said(browser.post(url("lift", key)))
    item = shown(page)
    for address in (url("block", key), f"{url('block', key)}?lifted={of_form(page, 'lifted')}"):
        again = browser.get(address)
        assert again["Cache-Control"] == "no-store"
        assert pictures(said(again)) == []
    for address in (url("lift", key), url("judge", key, item), url("undo", key)):
        assert browser.get(address).status_code == 405
    # A pair of the block is judged anew from a cover of its own; any other key is not here.
    judged(browser, page)
    assert "you judged: kept" in said(browser.get(f"{url('block', key)}?pair={item}"))
    for wrong in ("1", "' OR 1=1", str(uuid4()), str(key)):
        assert browser.get(url("block", key), {"pair": wrong}).status_code == 404


def test_a_picture_has_no_address_without_the_veil_nor_for_anybody_else(
    here: World, browser: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = said(browser.post(url("lift", begun(browser, here))))
    other = signed_in(here.people[1])
    addresses = pictures(page)
    for address in addresses:
        bare, _mark, token = address.partition("?")
        assert browser.get(bare).status_code == 404
        assert browser.get(f"{bare}?token={token[6:]}x").status_code == 404
        assert other.get(address).status_code == 404
    # The token of the one picture opens no other, and no portrait that has not had its turn.
    photograph, portrait = addresses
    assert browser.get(f"{photograph.partition('?')[0]}?{portrait.partition('?')[2]}").status_code == 404
    later = TriageItem.objects.order_by("-place")[0]
    assert browser.get(f"{url('portrait', later.triage_id, later.pk)}?{portrait.partition('?')[2]}").status_code == 404
    assert not TriageItem.objects.filter(shown_at__isnull=False).exists()
    monkeypatch.setattr("antigone.web.pictures.tokens.HOLDS", timedelta(seconds=-1))
    assert [browser.get(address).status_code for address in addresses] == [404, 404]


def test_the_veil_is_down_after_a_time_of_no_use(here: World, browser: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    key = begun(browser, here)
    page = said(browser.post(url("lift", key)))
    monkeypatch.setattr(keeping, "LIFTED_FOR", timedelta(seconds=-1))
    after = said(judged(browser, page))
    assert "1 of 8 judged" in after
    assert pictures(after) == []
    # What another person's form carries lifts nothing either.
    monkeypatch.undo()
    page = said(browser.post(url("lift", key)))
    forged = keeping.lifted_now(here.people[1], key)
    assert pictures(said(judged(browser, page, lifted=forged))) == []


def test_a_double_click_judges_once(here: World, who: Operator, browser: Client) -> None:
    page = said(browser.post(url("lift", begun(browser, here))))
    item = shown(page)
    first = said(judged(browser, page, "keep"))
    when = TriageItem.objects.get(pk=item).judged_at
    second = said(judged(browser, page, "keep"))
    assert shown(first) == shown(second) != item
    assert TriageItem.objects.get(pk=item).judged_at == when
    assert Entry.objects.filter(action="casework:triage:judge", actor=who.actor).count() == 1
    assert judged(browser, page, "set-aside").status_code == 409
    assert TriageItem.objects.get(pk=item).judgement == "keep"


def test_the_last_judgement_is_taken_back(here: World, browser: Client) -> None:
    key = begun(browser, here)
    assert browser.post(url("undo", key), {"once": str(uuid4())}).status_code == 422
    page = said(browser.post(url("lift", key)))
    item = shown(page)
    page = said(judged(browser, page))
    given = {"once": str(uuid4()), "lifted": of_form(page, "lifted")}
    for _click in range(2):
        page = said(browser.post(url("undo", key), given))
        assert shown(page) == item
        assert "0 of 8 judged" in page
    assert Entry.objects.filter(action="casework:triage:undo").count() == 1


def test_what_htmx_asks_for_is_the_pair_alone_and_as_blind(here: World, browser: Client) -> None:
    key = begun(browser, here)
    fragment = said(browser.post(url("lift", key), headers=HX))
    assert "<html" not in fragment
    assert len(pictures(fragment)) == 2
    assert fragment.count("hx-swap-oob") == 2
    assert not [each for each in Person.objects.values_list("ref", flat=True) if each in fragment]


def test_nothing_that_the_other_does_changes_a_page_of_mine(here: World, browser: Client) -> None:
    def pages(of: Client, key: UUID) -> list[str]:
        found = [of.get("/"), of.get(url("list")), of.get(url("finished", key))]
        return [CHANCE.sub("", said(each)) for each in found]

    one, other, _third = here.people
    key = sort(here, one, keep=True)
    before = pages(browser, key)
    theirs = triage.begin(here.search.pk, other)
    # Begun elsewhere and judged: nobody sees it.
    item = triage.block(theirs, other).items[0]
    triage.portrait(item.key, other)
    triage.judge(item.key, "keep", other)
    assert pages(browser, key) == before
    sort(here, other, keep=False)
    after = pages(browser, key)
    # The page of one's own end says the same; an examination comes to the desk for everybody alike.
    assert after[1:] == before[1:]


def test_whoever_has_seen_ranked_output_sorts_nothing(here: World, who: Operator, browser: Client) -> None:
    key = begun(browser, here)
    page = said(browser.post(url("lift", key)))
    services.look_at_answer(here.search.pk, who)
    assert browser.get(url("block", key)).status_code == 422
    assert browser.post(url("lift", key)).status_code == 422
    assert judged(browser, page).status_code == 422
    assert browser.get(url("finish", key)).status_code == 422
    assert [browser.get(each).status_code for each in pictures(page)] == [422, 422]
    assert "LIMEN-A-001" not in said(browser.get(url("list")))


def test_anothers_triage_is_not_there(here: World, browser: Client) -> None:
    key = begun(browser, here)
    item = shown(said(browser.post(url("lift", key))))
    other = signed_in(here.people[1])
    for address in (url("block", key), url("finish", key), url("finished", key)):
        assert other.get(address).status_code == 404
    for address in (url("lift", key), url("judge", key, item), url("undo", key)):
        answer = other.post(address, {"judgement": "keep", "once": str(uuid4())})
        assert answer.status_code == 404
        assert "LIMEN" not in said(answer)


def test_single_keys_can_be_turned_off(here: World, browser: Client) -> None:
    key = begun(browser, here)
    assert 'aria-keyshortcuts="K"' in said(browser.post(url("lift", key)))
    answer = browser.post(url("keys"), {"keys": "off", "next": url("block", key)})
    assert answer["Location"] == url("block", key)
    page = said(browser.post(url("lift", key)))
    assert "data-key" not in page
    assert "<kbd>" not in page
    assert browser.post(url("keys"), {"keys": "on", "next": "//elsewhere"})["Location"] == url("list")
    assert 'data-key="K"' in said(browser.post(url("lift", key)))


def test_a_block_costs_the_same_whatever_its_size(here: World, browser: Client) -> None:
    key = begun(browser, here)

    def cost(address: str, *, post: bool = False) -> int:
        with CaptureQueriesContext(connection) as asked:
            assert (browser.post(address) if post else browser.get(address)).status_code == 200
        return len(asked)

    cost(url("block", key))
    large = cost(url("block", key)), cost(url("lift", key), post=True), cost(url("list"))
    TriageItem.objects.filter(place__gte=2).delete()
    assert (cost(url("block", key)), cost(url("lift", key), post=True), cost(url("list"))) == large
