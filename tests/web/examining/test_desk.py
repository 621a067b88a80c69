"""The examination desk in a browser's eyes: every stage by its forms, and nothing of anybody else's work."""

from __future__ import annotations

import re
from uuid import UUID

import pytest
from django.test import Client
from django.urls import reverse

from antigone.access.models import Operator
from antigone.casework.judging import scale
from antigone.casework.models import Comparison, Examination, FreeMark, Stage
from antigone.instance import Instance
from antigone.ledger.models import Entry
from antigone.missing.models import Portrait
from antigone.remains.models import Photograph
from tests.casework.blind_world import NAME, World, sort, world
from tests.web import people

FACE = {"landmarks": [[8.0, 10.0], [16.0, 10.0], [12.0, 14.0], [9.0, 18.0], [15.0, 18.0]], "box": [4, 4, 16, 18]}


def in_browser(who: Operator) -> Client:
    """A browser in which one of the world's people is signed in."""
    from allauth.mfa.models import Authenticator
    from django.contrib.auth.models import User

    user = User.objects.create(username=f"account-{who.pk}", password="unusable")
    Authenticator.objects.create(user=user, type=Authenticator.Type.TOTP, data={"secret": "none"})
    Operator.objects.filter(pk=who.pk).update(account=user)
    return people.client_of(Operator.objects.select_related("agency").get(pk=who.pk))


@pytest.fixture
def here(instance: Instance, monkeypatch: pytest.MonkeyPatch) -> World:
    """Two candidates, both kept by both, and one photograph of the subject."""
    made = world(monkeypatch, count=2, later=0)
    for who in made.people[:2]:
        sort(made, who)
    Photograph.objects.update(faces=[FACE], chosen=0)
    Portrait.objects.update(face=FACE)
    return made


def keys(here: World) -> list[UUID]:
    return list(Comparison.objects.filter(lineup=here.lineup).order_by("pk").values_list("pk", flat=True))


def page(client: Client, address: str, **headers: str) -> str:
    answer = client.get(address, headers=headers or None)
    assert answer.status_code == 200, (address, answer.status_code)
    return answer.content.decode()


def begun(here: World, client: Client, place: int = 0) -> str:
    """Begin by the list's button; the address of the desk."""
    answer = client.post(reverse("web:examining:begin", args=[keys(here)[place]]))
    assert answer.status_code == 302
    return str(answer["Location"])


def lifted(client: Client, address: str) -> bytes:
    """Lift a veil as the script does, and fetch the picture that it leads to."""
    answer = client.post(address, headers={"HX-Request": "true"})
    assert answer.status_code == 200
    (url,) = re.findall(r'src="([^"]+)"', answer.content.decode())
    picture = client.get(url.replace("&amp;", "&"))
    assert picture.status_code == 200
    assert picture["Cache-Control"] == "no-store"
    return picture.content


def test_a_whole_examination_by_its_forms_from_the_list_to_the_seal(here: World) -> None:
    client = in_browser(here.people[0])
    listed = page(client, reverse("web:examining:list"))
    assert listed.count(here.case.code) >= 2
    desk = begun(here, client)
    assert begun(here, client) == desk, "begun once"
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
