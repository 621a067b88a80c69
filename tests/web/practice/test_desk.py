"""A pair of an exercise is examined at the desk from the first look to the seal, and then told, without scripts."""

from __future__ import annotations

import re
from uuid import uuid4

from django.test import Client
from django.urls import reverse

from antigone.access.models import Operator
from antigone.access.rules import Role
from antigone.casework.models import PracticeExercise, PracticePair, PracticePicture, Stage
from antigone.casework.practice import examining
from tests.web.people import ClientAs


def test_from_the_first_look_to_the_truth(client_as: ClientAs) -> None:
    me = client_as(Role.MORTUARY_EXAMINER)
    me.post(reverse("web:practice:begin"), {"kind": "examining"})
    exercise = PracticeExercise.objects.get()
    who = Operator.objects.get(pk=int(exercise.actor.partition(":")[2]))
    pair = PracticePair.objects.filter(exercise=exercise).earliest("place")
    files = PracticePicture.objects.filter(pair__exercise=exercise).values_list("file", flat=True)
    hidden = {name for file in files for name in (file, file.split("/")[1])}
    answer = me.post(reverse("web:practice:examine", args=[pair.pk]), follow=True)
    key = examining.begin(pair.pk, who)
    desk = reverse("web:practice:desk", args=[key])
    assert answer.redirect_chain[-1][0] == desk
    seen = [answer.content.decode()]

    def post(name: str, *args: object, **data: str) -> str:
        given = me.post(reverse(f"web:practice:{name}", args=[key, *args]), {"once": str(uuid4()), **data}, follow=True)
        assert given.status_code == 200, (name, given.status_code)
        seen.append(given.content.decode())
        return seen[-1]

    photograph = examining.view(key, who).photographs[0]
    _look(me, post("desk-lift", photograph))
    post("desk-assess", suitable="yes")
    post("desk-component", 9, **{"c9-seen": "yes", "c9-note": "a broad root"})
    post("desk-close")
    _look(me, post("desk-lift-portrait"))
    post("desk-component", 9, **{"c9-seen_b": "yes", "c9-verdict": "alike", "c9-weight": "some"})
    post("desk-conclude", level="+2a", reasons="the root and the tip of the nose")
    assert examining.view(key, who).stage == Stage.EVALUATION
    for page in seen:
        assert not [each for each in hidden if each in page]
        assert "What the truth was" not in page
        assert "Practice room: these people never lived." in page
    assert "What the truth was" in post("desk-summary", read="on")
    page = me.get(reverse("web:practice:exercise", args=[exercise.pk])).content.decode()
    assert re.search(r">you were (right|wrong)<", page)
    assert "You noted as alike: Nose." in page
    assert "2 pairs are not told yet" in page


def _look(client: Client, page: str) -> None:
    found = [url.replace("&amp;", "&") for url in re.findall(r'src="(/practice/desk/[^"]+)"', page)]
    assert found
    for url in found:
        answer = client.get(url)
        assert answer["Content-Type"] == "image/jpeg"
        assert answer["Cache-Control"] == "no-store"
