"""Photographs before a search: faces to choose from, points to place, an end of their own, and who may do what."""

from __future__ import annotations

import re
import uuid
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from antigone.access.rules import Role
from antigone.casework.models import Case, NotSuitable, RankedView
from antigone.casework.tasks import FACES, SEARCH
from antigone.jobs.models import Job, State
from antigone.ledger.models import Entry
from antigone.remains.models import Photograph
from antigone.web.cases import desk
from tests.web import casefile, prepared
from tests.web.cases.test_cases import page, words
from tests.web.people import Agencies, ClientAs, somebody


def at(case: Case, photograph: Photograph, name: str = "photograph") -> str:
    return reverse(f"web:cases:{name}", args=[case.pk, photograph.pk])


def search(case: Case) -> str:
    return reverse("web:cases:search", args=[case.pk])


def decide(client: Client, case: Case, photograph: Photograph, name: str, **said: Any) -> Any:
    said.setdefault("version", prepared.version(photograph.pk))
    return client.post(at(case, photograph, name), {"once": str(uuid.uuid4()), **said})


def kept(photograph: Photograph) -> Photograph:
    return Photograph.objects.get(pk=photograph.pk)


def test_the_list_says_how_each_photograph_stands(agencies: Agencies, client_as: ClientAs) -> None:
    case, one = prepared.case(agencies.ours, prepared.face(10), shot="F1")
    two = prepared.photograph(case, prepared.face(10), prepared.face(120), shot="F2")
    none = prepared.photograph(case, shot="F3")
    prepared.photograph(case, sought=False, shot="F4")
    examiner = client_as(Role.MORTUARY_EXAMINER)
    read = words(examiner, search(case))
    for said in (
        "One face stands out", "several faces: choose one", "no face was found", "Faces not looked for yet",
        "2 photographs wait for somebody", "In 1 photograph faces have not been looked for yet",
        "To prepare the photographs above does no such thing",
    ):  # fmt: skip
        assert said in read, said
    html = examiner.get(search(case)).content.decode()
    boxes = {
        found[1]: found[0] for found in re.findall(r'(<input type="checkbox"[^>]*value="([0-9a-f-]+)\.[^>]*>)', html)
    }
    assert "checked" in boxes[str(one.pk)]
    assert "disabled" in boxes[str(two.pk)]
    assert "disabled" in boxes[str(none.pk)]
    assert "a mortuary examiner does it" in words(client_as(Role.TRACING_OFFICER), search(case))


def test_a_face_is_chosen_and_the_next_browser_sees_it(agencies: Agencies, client_as: ClientAs) -> None:
    case, photograph = prepared.case(agencies.ours, prepared.face(10), prepared.face(120))
    examiner = client_as(Role.MORTUARY_EXAMINER)
    read = words(examiner, at(case, photograph))
    assert "Several faces were found, and none stands out" in read
    assert "Face 1 at the left" in read
    assert "Face 2 at the right" in read
    answer = decide(examiner, case, photograph, "photograph-face", face="2")
    assert answer["Location"] == at(case, photograph)
    other = words(client_as(Role.MORTUARY_EXAMINER), at(case, photograph))
    assert "The face that is chosen is compared." in other
    assert "taken now" in other
    assert "A face is chosen" in words(client_as(Role.TRACING_OFFICER), search(case))
    assert kept(photograph).chosen == 1
    assert Entry.objects.filter(action="remains:photograph:choose").count() == 1
    assert not RankedView.objects.exists(), "whoever prepares can still examine"
    decide(examiner, case, photograph, "photograph-take-back")
    assert "Several faces were found" in words(examiner, at(case, photograph))


def test_points_are_typed_and_their_quality_is_told(agencies: Agencies, client_as: ClientAs) -> None:
    case, photograph = prepared.case(agencies.ours)
    examiner = client_as(Role.MORTUARY_EXAMINER)
    assert "No face was found" in words(examiner, at(case, photograph))
    assert "It is reported once there is a face." in words(examiner, at(case, photograph))
    assert decide(examiner, case, photograph, "photograph-points", **prepared.points()).status_code == 302
    read = words(examiner, at(case, photograph))
    for said in (
        "The five points that were placed by hand are compared", "Size of the face", "InterEyeDistance", "HeadPoseYaw",
        "Needs a network trained for it", "What is not computed is not guessed", "Take these points back",
    ):  # fmt: skip
        assert said in read, said
    html = examiner.get(at(case, photograph)).content.decode()
    assert re.search(r'name="point-nose-x" value="80.0"', html)
    assert kept(photograph).by_hand


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"nose_x": "NaN"}, "Enter a number."),
        ({"nose_x": "inf"}, "Enter a number."),
        ({"nose_x": "", "nose_y": "", "left_eye_x": ""}, "Not placed yet: Left eye, Tip of the nose."),
        ({"nose_x": "-1"}, "greater than or equal to 0"),
        ({"nose_x": "1e99"}, "less than or equal to"),
        ({"nose_x": "201"}, "A point lies outside the picture."),
        ({"nose_x": "<script>alert(1)</script>"}, "Enter a number."),
        ({"right_eye_x": "100", "left_eye_x": "60"}, "Right and left are exchanged"),
        (
            dict.fromkeys((f"{key}_{axis}".replace("-", "_") for key in prepared.POINTS for axis in "xy"), "5"),
            "too close",
        ),
    ],
)
def test_points_that_cannot_be_kept_say_why_and_stay_as_typed(
    agencies: Agencies, client_as: ClientAs, changed: dict[str, str], sentence: str
) -> None:
    case, photograph = prepared.case(agencies.ours)
    examiner = client_as(Role.MORTUARY_EXAMINER)
    answer = decide(examiner, case, photograph, "photograph-points", **prepared.points(**changed))
    html = answer.content.decode()
    assert answer.status_code == 422
    assert sentence in html
    assert 'name="point-left-eye-y" value="50"' in html or changed.get("left_eye_y") == "5"
    assert "<script>alert" not in html
    assert kept(photograph).faces == []


def test_a_photograph_comes_to_its_own_end(agencies: Agencies, client_as: ClientAs) -> None:
    case, photograph = prepared.case(agencies.ours, prepared.face(10))
    examiner = client_as(Role.MORTUARY_EXAMINER)
    for said in ({"hindrance": ""}, {"hindrance": "anything"}, {"hindrance": "other", "note": ""}):
        answer = decide(examiner, case, photograph, "not-suitable", **said)
        assert answer.status_code == 422
    assert not NotSuitable.objects.exists()
    decide(examiner, case, photograph, "not-suitable", hindrance="covered", note="a cloth lies over the mouth")
    read = words(examiner, at(case, photograph))
    assert "Not suitable for comparison" in read
    assert "a cloth lies over the mouth" in read
    answer = client_as(Role.TRACING_OFFICER).post(search(case), {"takes": prepared.takes(photograph.pk)})
    assert answer.status_code == 422
    assert not Job.objects.filter(kind=SEARCH).exists()
    decide(examiner, case, photograph, "suitable")
    assert "One face stands out" in words(examiner, search(case))


def test_what_somebody_else_decided_is_shown_and_not_overwritten(agencies: Agencies, client_as: ClientAs) -> None:
    case, photograph = prepared.case(agencies.ours, prepared.face(10), prepared.face(120))
    seen = prepared.version(photograph.pk)
    first, second = client_as(Role.MORTUARY_EXAMINER), client_as(Role.MORTUARY_EXAMINER)
    decide(first, case, photograph, "photograph-face", face="1")
    for name, said in (
        ("photograph-face", {"face": "2"}),
        ("photograph-points", prepared.points()),
        ("not-suitable", {"hindrance": "covered"}),
        ("photograph-take-back", {}),
    ):
        answer = decide(second, case, photograph, name, version=seen, **said)
        assert answer.status_code == 409, name
        assert "Somebody else decided about this photograph" in answer.content.decode(), name
    assert kept(photograph).chosen == 0
    assert not kept(photograph).by_hand


def test_a_doubled_form_decides_once(agencies: Agencies, client_as: ClientAs) -> None:
    case, photograph = prepared.case(agencies.ours, prepared.face(10), prepared.face(120))
    examiner = client_as(Role.MORTUARY_EXAMINER)
    given = {"once": str(uuid.uuid4()), "version": prepared.version(photograph.pk), "face": "2"}
    answers = [examiner.post(at(case, photograph, "photograph-face"), given) for _time in range(2)]
    assert {answer["Location"] for answer in answers} == {at(case, photograph)}
    assert Entry.objects.filter(action="remains:photograph:choose").count() == 1


@pytest.mark.parametrize("face", ["", "0", "3", "-1", "x", "9" * 400, "١"])
def test_a_face_that_is_not_there_is_not_chosen(agencies: Agencies, client_as: ClientAs, face: str) -> None:
    case, photograph = prepared.case(agencies.ours, prepared.face(10), prepared.face(120))
    answer = decide(client_as(Role.MORTUARY_EXAMINER), case, photograph, "photograph-face", face=face)
    assert answer.status_code == (302 if face == "١" else 422)


def test_the_picture_is_behind_its_veil_until_a_look_is_on_record(agencies: Agencies, client_as: ClientAs) -> None:
    case, photograph = prepared.case(agencies.ours, prepared.face(10), prepared.face(120))
    examiner = client_as(Role.MORTUARY_EXAMINER)
    html = examiner.get(at(case, photograph)).content.decode()
    assert "<img" not in html
    assert not Entry.objects.filter(action="remains:photograph:look").exists()
    whole = examiner.post(at(case, photograph, "photograph-lift"))
    part = examiner.post(at(case, photograph, "photograph-lift"), headers={"HX-Request": "true"})
    assert Entry.objects.filter(action="remains:photograph:look").count() == 2
    for answer in (whole, part):
        html = answer.content.decode()
        assert html.count("<rect") == 2
        assert 'viewBox="0 0 200 160"' in html
        image = re.search(r'src="(/pictures/[^"]+)"', html)
        assert image is not None
        shown = examiner.get(image[1])
        assert (shown.status_code, shown["Cache-Control"]) == (200, "no-store")
    assert "<html" not in part.content.decode()
    tracer = client_as(Role.TRACING_OFFICER)
    read = words(tracer, at(case, photograph))
    assert "Your roles do not open photographs" in read
    assert "Keep these points" not in read
    assert tracer.post(at(case, photograph, "photograph-lift")).status_code == 403


def test_a_photograph_of_another_case_is_not_here(agencies: Agencies, client_as: ClientAs) -> None:
    case, _photograph = prepared.case(agencies.ours, prepared.face(10))
    _other, elsewhere = prepared.case(agencies.ours, prepared.face(10))
    examiner = client_as(Role.MORTUARY_EXAMINER)
    assert examiner.get(at(case, elsewhere)).status_code == 404
    for name in ("photograph-lift", "photograph-face", "photograph-points", "not-suitable", "suitable"):
        assert decide(examiner, case, elsewhere, name, face="1", **prepared.points()).status_code == 404, name


def test_a_search_takes_what_was_ticked_as_it_was_seen(agencies: Agencies, client_as: ClientAs) -> None:
    case, one = prepared.case(agencies.ours, prepared.face(10))
    two = prepared.photograph(case, prepared.face(10), prepared.face(120), shot="F2")
    examiner, tracer = client_as(Role.MORTUARY_EXAMINER), client_as(Role.TRACING_OFFICER)
    before = prepared.takes(two.pk)
    decide(examiner, case, two, "photograph-face", face="2")
    for given, sentence in (
        ({}, "Choose at least one photograph"),
        ({"takes": [prepared.takes(one.pk), before]}, "changed since this search was asked for"),
        ({"takes": ["x", "../..", f"{uuid.uuid4()}.0"]}, "changed since this search was asked for"),
    ):
        answer = tracer.post(search(case), given)
        assert answer.status_code == 422
        assert sentence in answer.content.decode()
    assert not Job.objects.exists()
    answer = tracer.post(search(case), {"takes": prepared.takes(two.pk)})
    assert answer["Location"] == page(case)
    assert Job.objects.get().args["photographs"] == {str(two.pk): prepared.version(two.pk)}


def test_faces_are_looked_for_once(agencies: Agencies, client_as: ClientAs) -> None:
    case, _photograph = prepared.case(agencies.ours, sought=False)
    examiner, ask = client_as(Role.MORTUARY_EXAMINER), reverse("web:cases:find-faces", args=[case.pk])
    assert examiner.post(ask)["Location"] == search(case)
    job = Job.objects.get(kind=FACES)
    assert f'id="job-{job.pk}"' in examiner.get(search(case)).content.decode()
    Job.objects.update(state=State.DONE)
    done, _kept = prepared.case(agencies.ours, prepared.face(10))
    examiner.post(reverse("web:cases:find-faces", args=[done.pk]))
    assert Job.objects.count() == 1
    assert "Nothing is to be done." in words(examiner, search(done))


def test_a_closed_case_is_shown_and_nothing_is_decided_in_it(agencies: Agencies, client_as: ClientAs) -> None:
    case = casefile.case(agencies.ours, closed=True)
    photograph = prepared.photograph(case, prepared.face(10), prepared.face(120))
    examiner = client_as(Role.MORTUARY_EXAMINER)
    assert "Keep these points" not in words(examiner, at(case, photograph))
    assert "Search with these" not in words(examiner, search(case))
    answer = decide(examiner, case, photograph, "photograph-face", face="1")
    assert answer.status_code == 422
    assert "The case is closed" in answer.content.decode()


def test_the_pages_cost_the_same_however_many_photographs(agencies: Agencies, client_as: ClientAs) -> None:
    examiner = client_as(Role.MORTUARY_EXAMINER)
    case, photograph = prepared.case(agencies.ours, prepared.face(10))

    def cost(url: str) -> int:
        examiner.get(url)
        with CaptureQueriesContext(connection) as taken:
            examiner.get(url)
        return len(taken)

    cost_of: Callable[[], list[int]] = lambda: [cost(url) for url in (search(case), at(case, photograph))]  # noqa: E731
    for _number in range(2):
        prepared.photograph(case, prepared.face(10))
    few = cost_of()
    for _number in range(27):
        prepared.photograph(case, prepared.face(10), prepared.face(120))
    assert cost_of() == few


def test_a_case_without_a_photograph_to_compare_waits_for_one(agencies: Agencies, client_as: ClientAs) -> None:
    case, photograph = prepared.case(agencies.ours, prepared.face(10))
    examiner = client_as(Role.MORTUARY_EXAMINER)
    list_of = reverse("web:cases:list")
    assert "A first search" in words(examiner, page(case))
    decide(examiner, case, photograph, "not-suitable", hindrance="covered")
    assert "Photographs that can be compared" in words(examiner, page(case))
    assert case.code in words(examiner, f"{list_of}?waits=photographs")
    assert case.code not in words(examiner, f"{list_of}?waits=search")
    who = somebody(agencies.ours, Role.FIELD_RECORDER)
    assert [each.title for each in desk.without_photograph(who)] == [case.code]


def test_the_desk_has_the_photographs_that_wait_for_a_choice(agencies: Agencies) -> None:
    case, _one = prepared.case(agencies.ours, prepared.face(10))
    several = prepared.photograph(case, prepared.face(10), prepared.face(120), shot="F2")
    prepared.photograph(case, shot="F3")
    prepared.photograph(case, prepared.face(60, 100), prepared.face(2, 12), shot="F4")
    prepared.case(agencies.theirs)
    examiner = somebody(agencies.ours, Role.MORTUARY_EXAMINER)
    assert [(each.title, each.note) for each in desk.undecided(examiner)] == [
        (f"{case.code} · F2", "several faces: choose one"),
        (f"{case.code} · F3", "no face was found"),
    ]
    assert desk.undecided(examiner)[0].url == at(case, several)
    assert desk.undecided(somebody(agencies.ours, Role.TRACING_OFFICER)) == [], "who opens no photograph chooses none"
