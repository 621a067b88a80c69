"""A search that a program prepares: faces chosen by number or by points, pictures kept out, nothing written over."""

from __future__ import annotations

from antigone.casework.models import BulkSearch
from antigone.jobs.models import Job
from tests.api.calling import problem
from tests.api.world import POINTS, World


def _photographs(ours: World) -> str:
    return f"cases/{ours.ids['case']}/photographs"


def _face(ours: World) -> str:
    return f"{_photographs(ours)}/{ours.ids['photograph']}/face"


def test_a_face_is_chosen_by_its_number_by_points_and_taken_back(ours: World) -> None:
    (first,) = ours.program.get(_photographs(ours)).json()["items"]
    assert len(first["faces"]) == 1
    chosen = ours.program.call("PUT", _face(ours), {"number": 1}, If_Match=f'"{first["version"]}"')
    assert chosen.status_code == 200, chosen.content
    assert (chosen.json()["readiness"], chosen.json()["taken"]) == ("chosen", 1)
    assert chosen["ETag"] == f'"{chosen.json()["version"]}"'
    placed = ours.program.call("PUT", _face(ours), {"points": POINTS}, If_Match=chosen["ETag"]).json()
    assert placed["by_hand"]
    assert placed["points"] == POINTS
    back = ours.program.call("PUT", _face(ours), {}, If_Match="*").json()
    assert (back["by_hand"], back["version"]) == (False, first["version"])


def test_what_somebody_else_decided_is_not_written_over(ours: World) -> None:
    (first,) = ours.program.get(_photographs(ours)).json()["items"]
    assert ours.program.call("PUT", _face(ours), {"number": 1}, If_Match="*").status_code == 200
    problem(ours.program.call("PUT", _face(ours), {}, If_Match=first["version"]), 409, "stale")
    problem(ours.program.call("PUT", _face(ours), {}), 428, "no-precondition")
    asked = {"photographs": {ours.ids["photograph"]: first["version"]}}
    problem(ours.program.post(f"cases/{ours.ids['case']}/searches", asked), 409, "stale")
    (now,) = ours.program.get(_photographs(ours)).json()["items"]
    assert now["readiness"] == "chosen"
    asked = {"photographs": {ours.ids["photograph"]: now["version"]}}
    answer = ours.program.post(f"cases/{ours.ids['case']}/searches", asked)
    assert answer.status_code == 202
    assert Job.objects.get(pk=answer.json()["job"]).args["photographs"] == asked["photographs"]


def test_faces_that_are_not_there_and_points_that_make_none_are_refused(ours: World) -> None:
    wrong = ({"number": 2}, {"points": [[1.0, 1.0]] * 5}, {"points": POINTS[:4]}, {"number": 1, "points": POINTS})
    for body in wrong:
        problem(ours.program.call("PUT", _face(ours), body, If_Match="*"), 422, "invalid")
    (now,) = ours.program.get(_photographs(ours)).json()["items"]
    assert now["readiness"] == "one"


def test_a_picture_that_cannot_be_compared_takes_no_part(ours: World) -> None:
    path = f"{_photographs(ours)}/{ours.ids['photograph']}/suitability"
    problem(ours.program.call("PUT", path, {"hindrance": "other"}, If_Match="*"), 422, "invalid")
    kept = ours.program.call("PUT", path, {"hindrance": "covered", "note": "a bandage"}, If_Match="*").json()
    assert (kept["ready"], kept["hindrance"], kept["note"]) == (False, "covered", "a bandage")
    problem(ours.program.post(f"cases/{ours.ids['case']}/searches", {}), 403, "refused")
    back = ours.program.call("PUT", path, {"hindrance": None}, If_Match=kept["version"]).json()
    assert back["ready"]
    assert ours.program.post(f"cases/{ours.ids['case']}/searches", {}).status_code == 202


def test_a_site_is_searched_once_at_a_time(ours: World) -> None:
    path = f"sites/{ours.ids['incident_site']}/bulk-searches"
    asked = ours.program.post(path, {"top": 5})
    assert asked.status_code == 202
    assert BulkSearch.objects.get(pk=asked.json()["id"]).top == 5
    problem(ours.program.post(path, {"top": 5}), 403, "refused")
    shown = ours.program.get(f"bulk-searches/{asked.json()['id']}").json()
    assert (shown["waiting"], shown["total"]) == (1, 1)
    assert [each["id"] for each in ours.program.get(path).json()["items"]] == [asked.json()["id"], ours.ids["bulk"]]


def test_an_answer_says_what_none_of_these_means(ours: World) -> None:
    told = ours.program.post(f"searches/{ours.ids['search']}/look").json()
    assert told["none_of_these_means"][0].startswith("1 of the 4 missing persons")
    assert told["none_of_these_means"][-1] == "“None of these” never closes a case."
