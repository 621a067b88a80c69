"""The examination desk in a browser's eyes: every stage by its forms, and nothing of anybody else's work."""

from __future__ import annotations

import re
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from antigone.casework.judging import scale
from antigone.casework.models import Comparison, Examination, FreeMark, Stage
from antigone.instance import Instance
from antigone.ledger.models import Entry
from antigone.missing import erasure
from antigone.missing.models import Person
from antigone.remains.models import Photograph
from antigone.web.models import Draft
from tests import factories
from tests.casework.blind_world import NAME, World, sort, world
from tests.web import sorting
from tests.web.examining import looking
from tests.web.examining.looking import begun, keys, lifted, page


@pytest.fixture
def here(instance: Instance, monkeypatch: pytest.MonkeyPatch) -> World:
    """Two candidates, both kept by both, and one photograph of the subject."""
    made = world(monkeypatch, count=2, later=0)
    for who in made.people[:2]:
        sort(made, who)
    looking.with_eyes()
    return made


def test_a_whole_examination_by_its_forms_from_the_list_to_the_seal(here: World) -> None:
    client = sorting.signed_in(here.people[0])
    listed = page(client, reverse("web:examining:list"))
    assert listed.count(here.case.code) >= 2
    desk = begun(client, keys(here)[0])
    assert begun(client, keys(here)[0]) == desk, "begun once"
    first = page(client, desk)
    assert "First the photograph of the subject alone" in first
    assert "portrait/" not in first
    photograph = re.findall(r'action="([^"]+/lift/)"', first)[0]
    assert NAME not in lifted(client, photograph)
    answer = client.post(f"{desk}assess/", {"suitable": "yes"})
    assert answer.status_code == 302
    answer = client.post(f"{desk}components/10/", {"c10-seen": "yes", "c10-note": "a long lobe"})
    assert answer["Location"] == f"{desk}#c10"
    line = client.post(f"{desk}components/5/", {"c5-seen": "no"}, headers={"HX-Request": "true"}).content.decode()
    assert "2 of 19 noted" in line
    assert 'id="c5"' in line
    faulty = client.post(f"{desk}components/6/", {"c6-note": "?"}, headers={"HX-Request": "true"}).content.decode()
    assert "field__fault" in faulty
    assert "2 of 19 noted" in faulty
    assert "2 of the 19 components are noted" in page(client, f"{desk}close-analysis/")
    assert client.post(f"{desk}close-analysis/").status_code == 302
    second = page(client, desk)
    assert second.count('data-pane="') == 2
    early = client.post(f"{desk}components/10/", {"c10-seen_b": "yes", "c10-verdict": "alike"})
    assert early.status_code == 422
    assert "Look at the portrait first" in early.content.decode()
    assert NAME not in lifted(client, f"{desk}portrait/lift/")
    answer = client.post(f"{desk}components/10/", {"c10-seen_b": "yes", "c10-verdict": "alike", "c10-weight": "great"})
    assert answer.status_code == 302
    answer = client.post(
        f"{desk}marks/",
        {"side": "b", "shape": "arrow", "points": "[[0.1,0.1],[0.3,0.3]]", "note": "the notch"},
        headers={"HX-Request": "true"},
    )
    assert "Portrait 1" in answer.content.decode()
    assert "the notch" in answer.content.decode()
    conclusion = page(client, f"{desk}conclude/")
    # What validation does not bear is shown as not available, with the reason.
    assert re.search(r'value="\+2b"\s+disabled', conclusion)
    assert re.search(r'value="exclusion"\s+disabled', conclusion)
    assert "No calibration on this agency" in conclusion
    refused = client.post(f"{desk}conclude/", {"level": "+2b", "reasons": "the ears"})
    assert refused.status_code == 422
    assert "nothing stronger" in refused.content.decode()
    assert client.post(f"{desk}conclude/", {"level": "+1a", "reasons": "the ears"})["Location"] == f"{desk}summary/"
    summary = page(client, f"{desk}summary/")
    for said in ("the ears", scale.words("+1a"), "a long lobe", "the notch", "alike"):
        assert said in summary, said
    assert client.post(f"{desk}summary/", {"once": "t-1"}).status_code == 422, "not without having read it"
    for _ in range(2):
        assert client.post(f"{desk}summary/", {"read": "on", "once": "t-2"})["Location"] == desk
    sealed = page(client, desk)
    mine = Examination.objects.get(actor=here.people[0].actor)
    assert mine.stage == Stage.SEALED
    assert mine.digest in sealed
    assert "the ears" in sealed
    assert Entry.objects.filter(action="casework:examination:seal").count() == 1
    assert client.post(f"{desk}marks/", {"side": "b", "shape": "arrow", "points": "[[0,0],[1,1]]"}).status_code != 500
    assert FreeMark.objects.count() == 1


@pytest.fixture
def ada(here: World) -> Client:
    return sorting.signed_in(here.people[0])


def test_what_is_typed_comes_back_and_goes_once_it_is_noted(here: World, ada: Client) -> None:
    desk = begun(ada, keys(here)[0])
    ada.post(f"{desk}assess/", {"suitable": "yes"})
    key = re.findall(r'hx-post="(/drafts/[^"]+components/keep/)"', page(ada, desk))[0]
    typed = {"c4-note": "a high hairline", "c5-seen": "yes", "c5-note": "", "c6-note": ""}
    assert ada.post(key, typed).status_code == 200
    again = page(ada, desk)
    assert "a high hairline" in again
    assert again.count("typed, not noted yet") == 2
    assert "2 components have something typed" in page(ada, f"{desk}close-analysis/")
    ada.post(f"{desk}components/4/", {"c4-seen": "yes", "c4-note": "a high hairline"})
    assert page(ada, desk).count("typed, not noted yet") == 1
    # Another person's draft under the same key is their own.
    assert sorting.signed_in(here.people[1]).post(key, {"c4-note": "not theirs"}).status_code == 200
    assert "not theirs" not in page(ada, desk)
    ada.post(f"{desk}give-up/", {"reason": "ill"})
    assert not Draft.objects.filter(operator=here.people[0]).exists()
    assert "came to an end without a seal" in page(ada, desk)


def test_a_photograph_that_is_not_suitable_goes_to_the_seal_without_the_portrait(here: World, ada: Client) -> None:
    desk = begun(ada, keys(here)[0])
    refused = ada.post(f"{desk}assess/", {"suitable": "no"})
    assert refused.status_code == 422
    assert "Give your reasons" in refused.content.decode()
    answer = ada.post(f"{desk}assess/", {"suitable": "no", "reasons": "advanced decomposition"})
    assert answer["Location"] == f"{desk}summary/"
    assert ada.get(desk)["Location"] == f"{desk}summary/"
    summary = page(ada, f"{desk}summary/")
    assert "not suitable for comparison" in summary
    assert ada.post(f"{desk}portrait/lift/").status_code == 422
    assert ada.get(f"{desk}conclude/").status_code == 302
    ada.post(f"{desk}summary/", {"read": "on"})
    assert "advanced decomposition" in page(ada, desk)


def test_eyes_come_with_the_picture_and_lay_two_at_one_size(here: World, ada: Client) -> None:
    desk = begun(ada, keys(here)[0])
    lift = re.findall(r'action="([^"]+/lift/)"', page(ada, desk))[0]
    shown = ada.post(lift, headers={"HX-Request": "true"}).content.decode()
    # Eyes at 8 and 16 of 24 pixels.
    assert 'data-eyes="0.3333 0.4167 0.6667 0.4167"' in shown
    Photograph.objects.update(faces=[])
    unknown = ada.post(lift, headers={"HX-Request": "true"}).content.decode()
    assert 'data-eyes=""' in unknown
    assert "bring it to size by hand" in unknown


def test_without_scripts_both_pictures_stand_on_the_page_after_two_lifts(here: World, ada: Client) -> None:
    desk = looking.to_comparison(ada, keys(here)[0])
    lift = re.findall(r'action="([^"]+/lift/)"', page(ada, desk))
    one = ada.post(lift[0])["Location"]
    lifted_one = page(ada, one.partition("#")[0])
    assert lifted_one.count("<img") == 1
    (second,) = re.findall(r'action="([^"]+/lift/[^"]*)"', lifted_one)
    two = ada.post(second.replace("&amp;", "&"))["Location"]
    assert page(ada, two.partition("#")[0]).count("<img") == 2


HOSTILE = [
    "", "null", "{}", "[]", "[[1]]", "[[0.1,0.2]]", '[["a","b"],["c","d"]]', "[[NaN,0],[1,1]]", "[[Infinity,0],[1,1]]",
    "[[1e999,0],[1,1]]", "[[2,2],[3,3]]", "[" * 5000, "[[0,0]," * 600, "[[0.1,0.1],[0.2,0.2],[0.3,0.3]]", '"x"', "7",
]  # fmt: skip


def test_marks_that_are_none_are_refused_in_a_sentence(here: World, ada: Client) -> None:
    desk = looking.to_comparison(ada, keys(here)[0])
    for points in HOSTILE:
        sent = {"side": "b", "shape": "arrow", "points": points}
        answer = ada.post(f"{desk}marks/", sent, headers={"HX-Request": "true"})
        assert answer.status_code == 200, points
        assert "field__fault" in answer.content.decode(), points
        assert ada.post(f"{desk}marks/", sent).status_code == 302, points
    picture = str(uuid4())
    sent = {"side": "a", "shape": "arrow", "points": "[[0,0],[1,1]]", "picture": picture}
    assert ada.post(f"{desk}marks/", sent).status_code == 404
    for number in (0, 20, 999):
        assert ada.post(f"{desk}components/{number}/", {}).status_code == 404
    assert ada.get(f"{desk}?photo=999&subject=x&portrait=%00").status_code == 200
    assert not FreeMark.objects.exists()


def test_the_list_costs_the_same_for_three_as_for_thirty(here: World, ada: Client) -> None:
    address = reverse("web:examining:list")

    def cost() -> int:
        ada.get(address)
        with CaptureQueriesContext(connection) as asked:
            assert ada.get(address).status_code == 200
        return len(asked)

    def more(number: int) -> None:
        for one in range(number):
            Examination.objects.create(
                comparison=Comparison.objects.create(lineup=here.lineup, portrait=portraits[one % 2]),
                actor=here.people[0].actor, agency=here.people[0].agency, begun_at=here.search.at,
                stage=Stage.SEALED if one % 2 else Stage.ANALYSIS, ended_at=here.search.at if one % 2 else None,
            )  # fmt: skip

    portraits = [each.portrait for each in here.lineup.comparisons.all()]
    more(3)
    few = cost()
    more(27)
    assert cost() == few


def test_an_erasure_takes_what_was_typed_at_the_desk(here: World, ada: Client) -> None:
    desk = begun(ada, keys(here)[0])
    ada.post(f"{desk}assess/", {"suitable": "yes"})
    key = Examination.objects.get().pk
    ada.post(f"/drafts/examining:{key}:components/keep/", {"c4-note": "a scar"})
    assert Draft.objects.exists()
    person = Comparison.objects.get(pk=keys(here)[0]).person
    erasure.erase_person(Person.objects.get(pk=person), factories.operator(), "asked for")
    assert not Draft.objects.exists()
    assert "came to an end without a seal" in page(ada, desk)
