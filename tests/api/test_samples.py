"""Samples and papers by program: an answer is never written over, and a picture is behind its veil."""

from __future__ import annotations

from antigone.imaging import decode
from antigone.ledger.models import Entry
from tests.api.calling import problem
from tests.api.pictures import jpeg
from tests.api.world import World

NEW = {"reference": "T-1", "kind": "tooth", "identifier": "dna", "taken_by": "F", "kept_at": "a freezer"}
ANSWER = {"result": "a profile was made, kept by the laboratory", "result_on": "2026-05-20", "laboratory": "Lab"}


def test_a_sample_is_recorded_answered_and_never_answered_twice(ours: World) -> None:
    path = f"subjects/{ours.ids['subject']}/samples"
    made = ours.program.post(path, NEW, key="a tube")
    assert made.status_code == 201, made.content
    assert ours.program.post(path, NEW, key="a tube").json() == made.json()
    problem(ours.program.post(path, NEW), 409, "conflict")
    answer = f"samples/{made.json()['id']}/answer"
    assert ours.program.post(answer, ANSWER, key="an answer").status_code == 201
    assert ours.program.post(answer, ANSWER, key="an answer").status_code == 201
    problem(ours.program.post(answer, {"result": "another"}), 409, "conflict")
    found = {each["reference"]: each for each in ours.program.get(path).json()["items"]}
    assert set(found) == {"S-1", "T-1"}
    assert {name: found["T-1"][name] for name in (NEW | ANSWER)} == NEW | ANSWER


def test_a_sample_is_handed_over_in_a_chain_of_its_own(ours: World) -> None:
    path, sample = f"subjects/{ours.ids['subject']}/custody", ours.ids["sample"]
    step = {
        "from_holder": "team A",
        "to_holder": "laboratory",
        "place": "the gate",
        "reason": "analysis",
        "at": "2026-05-02T10:00:00Z",
        "handed_by": "a driver",
        "received_by": "a keeper",
        "sample": sample,
    }
    assert ours.program.post(path, step).status_code == 201
    chains = {each["chain"]: each["holder"] for each in ours.program.get(path).json()["items"]}
    assert chains == {f"sample:{sample}": "laboratory"}
    other = f"subjects/{ours.ids['caseless']}/custody"
    problem(ours.program.post(other, step), 404, "no-such-record")


def test_the_picture_of_a_paper_is_looked_at_by_a_deed_that_is_on_record(ours: World) -> None:
    looks = Entry.objects.filter(action="remains:document:look")
    before = looks.count()
    answer = ours.program.post(f"documents/{ours.ids['document']}/look", key=None)
    assert decode(answer.content).pixels.shape == decode(jpeg(3)).pixels.shape
    assert answer["Content-Type"] == "image/jpeg"
    assert looks.count() == before + 1
    bare = {"kind": "letter", "where_on_body": "boot", "found_by": "D"}
    made = ours.program.post(f"subjects/{ours.ids['subject']}/documents", bare).json()["id"]
    problem(ours.program.post(f"documents/{made}/look", key=None), 404, "no-such-record")
    assert looks.count() == before + 1
