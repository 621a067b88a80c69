"""The pages of the practice room: nothing tells before the seal, everything is told after, and only to oneself."""

from __future__ import annotations

import re
from uuid import UUID, uuid4

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from antigone.access.models import Operator
from antigone.access.rules import Role
from antigone.casework.models import PracticeExercise, PracticePair, PracticePicture, PracticeTruth
from antigone.casework.practice import examining, exercises
from antigone.instance import Instance
from tests.casework.practice.test_exercises import examine, sort_all
from tests.web import people
from tests.web.people import Agencies, ClientAs


@pytest.fixture
def me(client_as: ClientAs) -> Client:
    return client_as(Role.MORTUARY_EXAMINER)


def who_is_new() -> Operator:
    return Operator.objects.latest("pk")


def drawn(client: Client, kind: str = "sorting") -> UUID:
    answer = client.post(reverse("web:practice:begin"), {"kind": kind, "once": str(uuid4())})
    assert answer.status_code == 302
    return PracticeExercise.objects.latest("begun_at").pk


def pictures(page: str) -> list[str]:
    return [url.replace("&amp;", "&") for url in re.findall(r'<img[^>]* src="([^"]+)"', page)]


def secrets_of(key: UUID) -> set[str]:
    files = PracticePicture.objects.filter(pair__exercise=key).values_list("file", flat=True)
    return {file.split("/")[1] for file in files} | set(files)


def test_a_block_is_sorted_and_told_and_nothing_tells_before(me: Client) -> None:
    key = drawn(me)
    hidden = secrets_of(key)
    assert me.get(reverse("web:practice:exercise", args=[key])).status_code == 302
    seen = []
    sort = reverse("web:practice:sort", args=[key])
    page = me.get(sort).content.decode()
    assert not pictures(page), "nothing is shown before somebody lifts the veil"
    page = me.post(reverse("web:practice:sort-show", args=[key])).content.decode()
    for number in range(8):
        assert f"Pair {number + 1} of 8" in page
        shown = pictures(page)
        assert len(shown) == 3
        for url in shown:
            answer = me.get(url)
            assert answer["Content-Type"] == "image/jpeg"
            assert answer["Cache-Control"] == "no-store"
            assert b"Exif" not in answer.content
            seen.append(str(answer.headers))
            assert me.get(url.partition("?")[0]).status_code == 404, "no picture without a veil lifted just now"
        seen.append(page)
        action = re.search(r'action="([^"]+/judge/)"', page)
        lifted = re.search(r'name="lifted" value="([^"]+)"', page)
        assert action is not None
        assert lifted is not None
        data = {"judgement": "keep", "lifted": lifted.group(1), "once": str(uuid4())}
        page = me.post(action.group(1), data).content.decode()
        assert me.post(action.group(1), data).status_code == 200, "a doubled post judges once"
    assert "Everything is judged" in page
    seen += [page, me.get(reverse("web:practice:room")).content.decode(), me.get("/").content.decode()]
    for page in seen:
        assert not [each for each in hidden if each in page]
        assert "one person" not in page.split("How it is drawn")[0]
    done = me.post(reverse("web:practice:sort-finish", args=[key]), {"once": str(uuid4())}, follow=True)
    told = done.content.decode()
    assert "What the truth was" in told
    mates = PracticeTruth.objects.filter(pair__exercise=key, one_person=True).count()
    assert told.count(">you were right<") == mates
    assert told.count(">you were wrong<") == 8 - mates
    assert not [each for each in hidden if each in told], "nobody of the cohort is named by a code either"
    assert me.get(sort).status_code == 302
    assert me.get(reverse("web:practice:record")).status_code == 200


def test_what_was_told_can_be_looked_at_again_and_nothing_else(me: Client) -> None:
    key = drawn(me)
    pair = PracticePair.objects.filter(exercise=key).earliest("place")
    show = reverse("web:practice:told-show", args=[pair.pk])
    assert me.post(show).status_code == 404
    sort_all(key, who_is_new())
    page = me.post(show).content.decode()
    assert len(pictures(page)) == 3
    assert {me.get(url)["Content-Type"] for url in pictures(page)} == {"image/jpeg"}


def test_a_pair_is_examined_at_the_desk_of_cases_under_the_banner_of_practice(me: Client) -> None:
    key = drawn(me, "examining")
    who = who_is_new()
    pair = PracticePair.objects.filter(exercise=key).earliest("place")
    answer = me.post(reverse("web:practice:examine", args=[pair.pk]), follow=True)
    page = answer.content.decode()
    assert "Practice room: these people never lived." in page
    assert "It shows somebody who never lived." in page
    mine = examining.begin(pair.pk, who)
    portrait = reverse("web:practice:desk-lift-portrait", args=[mine])
    assert me.post(portrait).status_code == 422, "no portrait before the analysis is closed"
    same = PracticeTruth.objects.get(pair=pair).one_person
    other = PracticePair.objects.filter(exercise=key).latest("place")
    done = examine(other.pk, who, "-2b" if PracticeTruth.objects.get(pair=other).one_person else "+2b")
    page = me.get(reverse("web:practice:exercise", args=[key])).content.decode()
    assert "Strong words, and it was the other way round" in page
    assert "2 pairs are not told yet" in page
    assert "What the truth was" in me.get(reverse("web:practice:desk", args=[done])).content.decode()
    assert ("Pair 1: one person" if same else "Pair 1: two persons") not in page


def test_nobody_reads_anybody_elses(me: Client, client_as: ClientAs, agencies: Agencies) -> None:
    key = drawn(me)
    sort_all(key, who_is_new())
    pair = PracticePair.objects.filter(exercise=key).earliest("place").pk
    colleague = people.client_of(people.somebody(agencies.ours, Role.MORTUARY_EXAMINER, name="A colleague"))
    for other in (colleague, client_as(Role.MORTUARY_EXAMINER, agency=agencies.theirs)):
        for name, args in (("exercise", [key]), ("leave", [key]), ("sort", [key])):
            assert other.get(reverse(f"web:practice:{name}", args=args)).status_code == 404
        assert other.post(reverse("web:practice:told-show", args=[pair])).status_code == 404
        assert "Nothing counts yet" in other.get(reverse("web:practice:record")).content.decode()
    board = client_as(Role.BOARD_MEMBER)
    assert board.get(reverse("web:practice:record")).status_code == 403


def test_a_key_of_practice_opens_no_page_of_real_work_and_the_reverse(me: Client) -> None:
    key = drawn(me, "examining")
    pair = PracticePair.objects.filter(exercise=key).earliest("place").pk
    mine = examining.begin(pair, who_is_new())
    for url in (
        reverse("web:examining:desk", args=[mine]),
        reverse("web:triage:block", args=[key]),
        reverse("web:practice:desk", args=[uuid4()]),
    ):
        assert me.get(url).status_code == 404


def test_an_exercise_is_drawn_once_and_left_once(me: Client) -> None:
    once = str(uuid4())
    for _twice in range(2):
        me.post(reverse("web:practice:begin"), {"kind": "sorting", "once": once})
    assert PracticeExercise.objects.count() == 1
    refused = me.post(reverse("web:practice:begin"), {"kind": "both"}, follow=True)
    assert "You have begun another exercise" in refused.content.decode()
    hostile = me.post(reverse("web:practice:begin"), {"kind": "<script>"}, follow=True)
    assert "<script>" not in hostile.content.decode().partition("<main")[2]
    assert "Practice that you have begun" in me.get("/").content.decode()
    key = PracticeExercise.objects.get().pk
    left = me.post(reverse("web:practice:leave", args=[key]), {"once": once + "x"}, follow=True)
    assert "You left the exercise" in left.content.decode()
    assert "of them nothing is told" in me.get(reverse("web:practice:exercise", args=[key])).content.decode()


def test_without_the_pictures_the_room_says_so(me: Client, monkeypatch: pytest.MonkeyPatch, instance: Instance) -> None:
    monkeypatch.setattr(settings, "PRACTICE_PICTURES", instance.root / "nothing-here", raising=False)
    page = me.get(reverse("web:practice:room")).content.decode()
    assert "The pictures for practice are not in this installation" in page
    assert "Draw it" not in page
    assert "Leave this exercise" not in page


def test_an_exercise_whose_pictures_are_gone_can_be_left(
    me: Client, monkeypatch: pytest.MonkeyPatch, instance: Instance
) -> None:
    key = drawn(me)
    monkeypatch.setattr(settings, "PRACTICE_PICTURES", instance.root / "nothing-here", raising=False)
    shown = me.post(reverse("web:practice:sort-show", args=[key])).content.decode()
    assert {me.get(url).status_code for url in pictures(shown)} == {422}
    assert "Leave this exercise" in me.get(reverse("web:practice:room")).content.decode()
    assert me.post(reverse("web:practice:leave", args=[key]), {"once": str(uuid4())}).status_code == 302
    assert me.get(reverse("web:practice:exercise", args=[key])).status_code == 200


def test_the_record_costs_the_same_with_one_exercise_and_with_four(me: Client) -> None:
    key = drawn(me)
    who = who_is_new()
    sort_all(key, who)
    urls = [reverse("web:practice:room"), reverse("web:practice:record")]
    before = [_queries(me, url) for url in urls]
    for _more in range(3):
        sort_all(exercises.begin("sorting", who), who)
    assert [_queries(me, url) for url in urls] == before


def _queries(client: Client, url: str) -> int:
    with CaptureQueriesContext(
        connection,
    ) as asked:
        assert client.get(url).status_code == 200
    return len(asked)
