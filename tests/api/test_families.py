"""Relatives, consents and registers by program: what is recorded comes back, and a withdrawal counts at once."""

from __future__ import annotations

from django.utils import timezone

from antigone.access.permissions import Permission
from antigone.ledger.models import Entry
from antigone.missing.models import Portrait, Relative
from antigone.missing.searched import Searched, searched
from tests.api.calling import Program, issue, problem
from tests.api.world import World

FATHER = {
    "names": ["Ivan Kovalenko", "Іван Коваленко"],
    "relation": "father",
    "reporter": True,
    "contacts": [{"channel": "phone", "value": "+380 00 000 00 00"}],
    "language": "uk",
    "contact_by": ["own-agency"],
}
AGREED = {"wording": "consent-1", "given_on": "2026-05-03", "given_how": "telephone"}


def test_a_relative_is_recorded_and_read_back(ours: World) -> None:
    path = f"persons/{ours.ids['person']}/relatives"
    made = ours.program.post(path, FATHER)
    assert made.status_code == 201, made.content
    first, second = ours.program.get(path).json()["items"]
    assert first["id"] == int(made.json()["id"])
    assert {name: first[name] for name in FATHER} == FATHER
    assert not first["consents"]
    assert [each["wording"] for each in second["consents"]] == ["consent-1"]


def test_names_and_numbers_of_families_go_to_no_program_that_only_reads(ours: World) -> None:
    reading = Program(issue(ours.who, {Permission.PERSON_READ})[1])
    problem(reading.get(f"persons/{ours.ids['person']}/relatives"), 403, "refused")
    assert "Olha" not in reading.get(f"persons/{ours.ids['person']}").content.decode()


def test_what_is_wrong_with_a_relative_is_told_part_by_part(ours: World) -> None:
    path = f"persons/{ours.ids['person']}/relatives"
    wrong = {**FATHER, "names": [], "relation": "cousin", "contacts": [{"channel": "network", "value": ""}]}
    told = problem(ours.program.post(path, wrong), 422, "invalid")["errors"]
    assert {each["pointer"] for each in told} == {
        "/names",
        "/relation",
        "/contacts/0/channel",
        "/contacts/0/value",
    }
    unreadable = {**FATHER, "names": ["Ivan\u2028Kovalenko"]}
    told = problem(ours.program.post(path, unreadable), 422, "invalid")["errors"]
    assert [each["pointer"] for each in told] == ["/names"]
    assert Relative.objects.filter(person=ours.ids["person"]).count() == 1


def test_a_withdrawal_counts_at_once_and_agreeing_again_undoes_it(ours: World) -> None:
    relative, portrait = ours.ids["relative"], Portrait.objects.get(pk=ours.ids["portrait"])
    Portrait.objects.filter(pk=portrait.pk).update(giver=relative)
    withdrawn = ours.program.post(f"relatives/{relative}/consents/withdraw", {"reason": "by telephone"}, key=None)
    assert withdrawn.json() == {"portraits": 1}
    portrait.refresh_from_db()
    today = timezone.now().date()
    assert searched(portrait.person, [portrait], today)[portrait.pk] == Searched.WITHHELD
    assert Entry.objects.filter(action="missing:consent:withdraw").exists()
    assert ours.program.post(f"relatives/{relative}/consents/withdraw", {}, key=None).json() == {"portraits": 0}
    (now,) = ours.program.get(f"persons/{ours.ids['person']}/relatives").json()["items"]
    assert now["consents"][0]["withdrawn_at"]
    assert now["consents"][0]["withdrawn_reason"] == "by telephone"
    assert ours.program.post(f"relatives/{relative}/consents", AGREED).status_code == 201
    portrait.refresh_from_db()
    assert portrait.withheld_at is None


def test_a_consent_of_tomorrow_is_refused(ours: World) -> None:
    tomorrow = {**AGREED, "given_on": "2999-01-01"}
    problem(ours.program.post(f"relatives/{ours.ids['relative']}/consents", tomorrow), 409, "conflict")


def test_what_a_register_says_is_recorded_and_taken_back(ours: World) -> None:
    path = f"persons/{ours.ids['person']}/register-facts"
    fact = {"kind": "court-dead", "authority": "a district court", "number": "2-17/26", "dated": "2026-05", "note": ""}
    made = ours.program.post(path, fact)
    assert made.status_code == 201, made.content
    listed = ours.program.get(path).json()["items"]
    assert {name: listed[-1][name] for name in fact} == fact
    for dated in ("in May", "2999-01-01"):
        told = problem(ours.program.post(path, {**fact, "dated": dated}), 422, "invalid")["errors"]
        assert [each["pointer"] for each in told] == ["/dated"]
    state = ours.program.get(f"persons/{ours.ids['person']}").json()["state"]
    assert state == "open"
    end = f"register-facts/{made.json()['id']}/end"
    assert ours.program.post(end, {"reason": "another of the same name"}).status_code == 204
    problem(ours.program.post(end, {"reason": "again"}), 404, "no-such-record")
    assert ours.program.get(path).json()["items"][-1]["end_reason"] == "another of the same name"
