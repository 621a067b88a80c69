"""What a program is shown, whoever answers for it has seen; and what they work blind to, it does not tell them."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from antigone.access import services as access
from antigone.access.models import Operator
from antigone.access.permissions import Permission
from antigone.access.rules import Role
from antigone.casework.errors import ExaminationRefused
from antigone.casework.judging import triage
from antigone.casework.models import Decision, Proposal, RankedView, Search, StandingRun, Vote
from antigone.casework.reporting import blinding, making
from antigone.instance import Instance
from antigone.ledger.models import Entry
from antigone.upkeep.withdrawals import remember_views
from tests import factories
from tests.api.calling import Program, issue, problem
from tests.api.world import World
from tests.casework import blind_world

LOOKS = {
    "searches/{search}/look": "case",
    "standing-runs/{run}/look": "case",
    "cases/{decided}/evidence/look": "decided",
    "decisions/{serial}/look": "decided",
}


def _seen(case: int) -> set[str]:
    return set(RankedView.objects.filter(case=case).values_list("actor", flat=True))


@pytest.mark.parametrize("path", LOOKS)
def test_whoever_answers_for_a_program_has_seen_what_it_was_shown(ours: World, path: str) -> None:
    case = ours.ids[LOOKS[path]]
    assert not _seen(case) & {ours.who.actor, ours.token.operator.actor}
    answer = ours.program.post(path.format(**ours.ids))
    assert answer.status_code == 200, answer.content
    assert "this look is on record" in answer.json()["warning"].lower()
    assert {ours.who.actor, ours.token.operator.actor} <= _seen(case)


def test_a_restore_puts_back_also_whoever_answers_for_a_program(ours: World) -> None:
    case = ours.ids["decided"]
    assert ours.program.post(f"cases/{case}/evidence/look").status_code == 200
    RankedView.objects.filter(case=case).delete()
    assert remember_views() >= 2
    assert {ours.who.actor, ours.token.operator.actor} <= _seen(case)
    assert remember_views() == 0


def test_whoever_reads_a_report_by_a_program_examines_no_more(ours: World) -> None:
    case = ours.ids["decided"]
    maker, reader = (access.add_operator(name, ours.who.agency, "system:tests") for name in ("Maker", "Reader"))
    for who in (maker, reader):
        access.grant_role(who, Role.TRACING_OFFICER, "system:tests")
        access.grant_role(who, Role.MORTUARY_EXAMINER, "system:tests")
    access.grant_role(reader, Role.ADMINISTRATOR, "system:tests")
    concerned = blinding.cases_about(Decision.objects.get(serial=ours.ids["serial"]).subject)
    blinding.forgo(concerned, maker)
    report = making.body_person(case, ours.ids["person"], maker)
    token, secret = issue(reader)
    program = Program(secret)
    assert report.serial in [each["serial"] for each in program.get("reports").json()["items"]]
    assert reader.actor not in _seen(case)
    told = program.post(f"reports/{report.pk}/look").json()
    assert told["whole"]
    assert told["content"]
    assert {reader.actor, token.operator.actor} <= _seen(case)
    assert Entry.objects.filter(action="casework:report:look", actor=token.operator.actor).exists()
    # One that reads no records is told of none.
    other = Program(issue(reader, {Permission.SEARCH_RUN})[1])
    problem(other.get("reports"), 404, "no-such-record")
    problem(other.post(f"reports/{report.pk}/look"), 403, "refused")


def _board_and_examiner(here: blind_world.World) -> tuple[Operator, Program]:
    who = here.people[0]
    for role in (Role.BOARD_MEMBER, Role.ADMINISTRATOR):
        access.grant_role(who, role, "system:tests")
    return who, Program(issue(who)[1])


def _decided(here: blind_world.World) -> Decision:
    now = datetime.now(UTC)
    case = here.case
    put = Proposal.objects.create(
        case=case, person=1, kind="exclude", reasons="The teeth.", quorum=3, proposed_by="operator:1", proposed_at=now,
        state="adopted",
    )  # fmt: skip
    return Decision.objects.create(
        agency=case.agency, case=case, subject=case.subject_id, person=1, kind="exclude", ground="primary",
        proposal=put, year=2026, number=1, serial="EX-1-2026-0001", content={}, digest="0" * 64, decided_at=now,
    )  # fmt: skip


def test_a_program_of_somebody_at_blind_work_is_refused_what_the_board_reads(
    instance: Instance, monkeypatch: pytest.MonkeyPatch
) -> None:
    here = blind_world.world(monkeypatch, count=2, later=0)
    who, program = _board_and_examiner(here)
    made = _decided(here)
    (line,) = program.get("decisions").json()["items"]
    assert (line["person"], line["ref"]) == (None, "")
    triage.begin(here.search.pk, who)
    assert program.get("decisions").json()["items"] == []
    for path in (f"cases/{here.case.pk}/evidence/look", f"decisions/{made.serial}/look"):
        told = problem(program.post(path), 403, "refused")
        assert "ref-0" not in str(told)
    assert not _seen(here.case.pk) & {who.actor}
    blind_world.sort(here, who)
    assert program.post(f"cases/{here.case.pk}/evidence/look").status_code == 200
    assert who.actor in _seen(here.case.pk)


def test_whoever_let_a_program_look_cannot_begin_blind_work(
    instance: Instance, monkeypatch: pytest.MonkeyPatch
) -> None:
    here = blind_world.world(monkeypatch, count=2, later=0)
    who, program = _board_and_examiner(here)
    assert program.post(f"cases/{here.case.pk}/evidence/look").status_code == 200
    with pytest.raises(ExaminationRefused):
        triage.begin(here.search.pk, who)


def test_a_list_names_nobody_to_the_program_of_an_examiner(ours: World) -> None:
    (line,) = ours.program.get("decisions").json()["items"]
    assert (line["person"], line["ref"]) == (None, "")
    assert ours.program.post(f"decisions/{ours.ids['serial']}/look").status_code == 200
    (line,) = ours.program.get("decisions").json()["items"]
    assert (line["person"], line["ref"]) == (ours.ids["person"], "M-1")


def test_the_program_of_an_examiner_is_told_one_stage_for_all_that_follows_a_search(ours: World) -> None:
    def numbers() -> dict[str, int]:
        return {each["stage"]: each["number"] for each in ours.program.get("overview").json()["stages"]}

    after = ("none-of-these", "triage", "examination", "ready", "before-the-board")
    told = numbers()
    assert told["answered"] > 0
    assert not any(told[each] for each in after)
    assert ours.program.get("overview/cases?stage=none-of-these").json()["items"] == []
    access.revoke_role(ours.who, Role.MORTUARY_EXAMINER, "system:tests")
    told = numbers()
    assert told["answered"] == 0
    assert any(told[each] for each in after)


def test_what_a_standing_search_found_is_told_only_to_who_may_know_it(ours: World) -> None:
    StandingRun.objects.filter(pk=ours.ids["run"]).update(found_new=1)
    path = f"cases/{ours.ids['case']}/standing"
    (run,) = ours.program.get(path).json()["runs"]
    assert (run["search"], run["found_new"], run["read_at"]) == (None, None, None)
    assert ours.program.post(f"standing-runs/{ours.ids['run']}/look").status_code == 200
    (run,) = ours.program.get(path).json()["runs"]
    assert run["found_new"] == 1
    assert Search.objects.filter(pk=run["search"], case=ours.ids["case"]).exists()


def test_whose_an_order_of_samples_is_is_not_told_to_who_may_judge_blind(ours: World) -> None:
    path = f"subjects/{ours.ids['subject']}/sampling-orders"
    (order,) = ours.program.get(path).json()["items"]
    assert (order["why"], order["by"], order["on"]) == ("", "", None)
    assert ours.program.post(f"searches/{ours.ids['search']}/look").status_code == 200
    (order,) = ours.program.get(path).json()["items"]
    assert order["why"] == "the face is changed"
    (take,) = ours.program.get("sampling-orders").json()["items"]
    assert take["identifiers"] == ["dna"]


def test_nobodys_vote_is_told_to_a_program(ours: World) -> None:
    """Its holder may have one to give, and gives it before reading the others."""
    put = Proposal.objects.create(
        case_id=ours.ids["decided"], person=ours.ids["person"], kind="identify", reasons="The ring.", quorum=3,
        proposed_by=ours.who.actor, proposed_at=datetime.now(UTC),
    )  # fmt: skip
    Vote.objects.create(
        proposal=put, actor="operator:77", choice="no", reasons="Unspoken", basis="0" * 64, cast_at=datetime.now(UTC)
    )
    answer = ours.program.post(f"cases/{ours.ids['decided']}/evidence/look")
    first: dict[str, Any] = answer.json()["proposals"][0]
    assert (first["reasons"], first["state"]) == ("The ring.", "open")
    assert "Unspoken" not in answer.content.decode()
    assert "operator:77" not in answer.content.decode()


def test_a_program_lists_no_case_of_another_agency_in_bulk(worlds: tuple[World, World]) -> None:
    ours, theirs = worlds
    listed = ours.program.get(f"bulk-searches/{ours.ids['bulk']}/cases").json()["items"]
    assert [each["case"] for each in listed] == [ours.ids["unsearched"]]
    problem(ours.program.get(f"bulk-searches/{theirs.ids['bulk']}/cases"), 404, "no-such-record")
    assert factories.operator().agency_id != ours.who.agency_id
