"""A request that arrives twice is done once: in a row, with other contents, and at the same moment."""

from __future__ import annotations

import threading
import uuid
from typing import Any

import pytest
from django.db import connections

from antigone.api.strict import LARGEST
from antigone.remains.models import Photograph, RecognitionClaim, Site
from tests.api.calling import Program, picture, problem
from tests.api.pictures import jpeg
from tests.api.world import World

SITE = {"name": "Ruin", "kind": "ruin"}


def test_the_same_key_and_contents_are_answered_as_the_first(ours: World) -> None:
    key = str(uuid.uuid4())
    answers = [ours.program.post("sites", SITE, key=key) for _ in range(3)]
    assert [answer.status_code for answer in answers] == [201, 201, 201]
    assert len({answer.content for answer in answers}) == 1
    assert Site.objects.filter(name="Ruin").count() == 1


def test_the_order_of_fields_makes_no_other_contents(ours: World) -> None:
    key = str(uuid.uuid4())
    first = ours.program.post("sites", SITE, key=key)
    second = ours.program.post("sites", dict(reversed(SITE.items())), key=key)
    assert first.json() == second.json()


def test_the_same_key_with_other_contents_is_refused(ours: World) -> None:
    key = str(uuid.uuid4())
    assert ours.program.post("sites", SITE, key=key).status_code == 201
    problem(ours.program.post("sites", {**SITE, "name": "Another"}, key=key), 422, "key-used")
    problem(ours.program.post("codes", {"place": "A", "team": "B"}, key=key), 422, "key-used")
    assert not Site.objects.filter(name="Another").exists()


def test_a_key_is_of_one_token(ours: World, worlds: tuple[World, World]) -> None:
    key = str(uuid.uuid4())
    _, theirs = worlds
    assert ours.program.post("sites", SITE, key=key).status_code == 201
    assert theirs.program.post("sites", {**SITE, "name": "Of theirs"}, key=key).status_code == 201


@pytest.mark.parametrize("key", [None, " " * 3 + "\t", "x" * 201, "клю\u0301ч\u2028"])
def test_nothing_is_made_without_a_key(ours: World, key: str | None) -> None:
    answer = ours.program.call("POST", "sites", SITE, key=key)
    problem(answer, 400, "malformed")
    assert not Site.objects.filter(name="Ruin").exists()


def test_what_was_refused_keeps_no_key(ours: World) -> None:
    key = str(uuid.uuid4())
    problem(ours.program.post("sites", {**SITE, "latitude": 1.5}, key=key), 422, "invalid")
    assert ours.program.post("sites", SITE, key=key).status_code == 201


def test_a_picture_sent_twice_is_one_photograph(ours: World) -> None:
    path, key = f"subjects/{ours.ids['subject']}/photographs", str(uuid.uuid4())
    before = Photograph.objects.count()
    first = ours.program.post(path, form={"shot": "F2", "picture": picture(jpeg(5))}, key=key)
    again = ours.program.post(path, form={"shot": "F2", "picture": picture(jpeg(5))}, key=key)
    assert first.status_code == again.status_code == 201
    assert first.json() == again.json()
    problem(ours.program.post(path, form={"shot": "F2", "picture": picture(jpeg(6))}, key=key), 422, "key-used")
    assert Photograph.objects.count() == before + 1


def test_two_at_the_same_moment_make_one(ours: World) -> None:
    path = f"/api/v1/subjects/{ours.ids['subject']}/claims"
    claim = {"claimant": "A", "named": "B", "shown": "effects", "said_on": "2026-05-03", "heard_by": "C"}
    key, start = str(uuid.uuid4()), threading.Barrier(4)
    answers: list[Any] = []

    def send() -> None:
        program = Program(ours.program.secret)
        start.wait()
        try:
            answers.append(program.post(path, claim, key=key))
        finally:
            connections.close_all()

    threads = [threading.Thread(target=send) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [answer.status_code for answer in answers] == [201] * 4, [answer.content for answer in answers]
    assert len({answer.content for answer in answers}) == 1
    assert RecognitionClaim.objects.count() == 1


def test_two_who_state_at_the_same_moment_are_told_apart(ours: World) -> None:
    path = f"/api/v1/subjects/{ours.ids['subject']}/statements/sex"
    start = threading.Barrier(2)
    answers: list[Any] = []

    def send(value: str) -> None:
        program = Program(ours.program.secret)
        start.wait()
        try:
            body = {"value": value, "basis": "statute", "how": "estimated"}
            answers.append(program.call("PUT", path, body, If_Match=f'"{ours.ids["statement"]}"'))
        finally:
            connections.close_all()

    threads = [threading.Thread(target=send, args=(value,)) for value in ("female", "other")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    won, lost = sorted(answers, key=lambda answer: answer.status_code)
    assert won.status_code == 200
    assert problem(lost, 409, "stale")["current"]["id"] == won.json()["id"]
    assert won["ETag"] == f'"{won.json()["id"]}"'


def test_a_statement_is_stated_on_what_was_seen(ours: World) -> None:
    path = f"subjects/{ours.ids['subject']}/statements/sex"
    body = {"value": "female", "basis": "statute", "how": "estimated"}
    problem(ours.program.call("PUT", path, body), 428, "no-precondition")
    problem(ours.program.call("PUT", path, body, If_Match='"x"'), 400, "malformed")
    stale = problem(ours.program.call("PUT", path, body, If_Match='"0"'), 409, "stale")
    assert stale["current"]["value"] == "male"
    first = ours.program.call("PUT", path, body, If_Match=stale["current"]["etag"])
    assert first.status_code == 200
    assert first.json()["replaces"] == stale["current"]["id"]
    history = ours.program.get(path).json()["items"]
    assert [each["value"] for each in history] == ["female", "male"]
    withdrawal = {"statement": first.json()["id"], "reason": "said of another"}
    assert ours.program.post(f"{path}/withdraw", withdrawal).status_code == 204
    problem(ours.program.post(f"{path}/withdraw", withdrawal), 409, "stale")
    problem(ours.program.post(f"{path}/withdraw", {**withdrawal, "statement": LARGEST}), 404, "no-such-record")
    problem(ours.program.call("PUT", path, {**body, "value": "sideways"}, If_Match='"0"'), 422, "invalid")
