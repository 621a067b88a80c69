"""What a program is never given: the living, another agency's records, people's decisions, faces by the dozen."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from antigone.access import agreements
from antigone.access import services as access
from antigone.access.models import Token
from antigone.access.permissions import Permission
from antigone.access.rules import FOR_PEOPLE_ALONE, Role
from antigone.access.scope import Scope
from antigone.casework.models import RankedView
from antigone.ledger.models import Entry
from antigone.remains import services as remains
from antigone.remains.services import Particulars
from tests.api.calling import problem
from tests.api.test_document import OPERATIONS
from tests.api.world import World


def test_no_operation_does_what_people_alone_decide() -> None:
    needed = {
        each
        for _method, _path, described in OPERATIONS.values()
        for scheme in described.get("security", [])
        for scopes in scheme.values()
        for each in scopes
    }
    assert needed
    assert not needed & {str(each) for each in FOR_PEOPLE_ALONE}
    assert not [name for name, (method, _p, _d) in OPERATIONS.items() if method == "DELETE"]


def test_no_operation_judges_decides_or_orders() -> None:
    """Nothing sorts, examines, practises, records evidence, asks a board, votes, signs or revokes."""
    deeds = (
        "triage",
        "examin",
        "practice",
        "vote",
        "proposal",
        "quorum",
        "exhibit",
        "incident",
        "revo",
        "uphold",
        "sign",
    )
    for name, (_method, path, _described) in OPERATIONS.items():
        assert not [deed for deed in deeds if deed in name or deed in path], name
    judged = {
        name: (method, path)
        for name, (method, path, described) in OPERATIONS.items()
        if set(described["tags"]) & {"board", "reports"} or "sampling-orders" in path or "standing" in path
    }
    assert len(judged) == 11
    assert all(method == "GET" or path.endswith("/look") for method, path in judged.values())


def test_bytes_come_from_a_look_alone_and_one_at_a_time() -> None:
    giving = {
        name: (method, path)
        for name, (method, path, described) in OPERATIONS.items()
        for answer in described["responses"].values()
        if any(kind.startswith("image/") for kind in answer.get("content", {}))
    }
    assert sorted(giving) == ["look_at_found_document", "look_at_photograph", "look_at_portrait"]
    assert all(method == "POST" and path.endswith("/{number}/look") for method, path in giving.values())


def test_no_picture_is_sent_to_find_somebody() -> None:
    """A picture goes into a record that exists; what is asked with it is asked through a case."""
    taking = [path for _m, path, described in OPERATIONS.values() if "multipart" in str(described.get("requestBody"))]
    assert len(taking) == 3
    assert all(path.startswith(("/api/v1/subjects/{number}/", "/api/v1/persons/{number}/")) for path in taking)
    assert OPERATIONS["run_search"][1].startswith("/api/v1/cases/{number}/")


def test_a_living_person_is_not_there_for_programs(ours: World) -> None:
    given = Particulars(attested_by="Dr Surgeon", attested_at=datetime.now(UTC) - timedelta(hours=1))
    living = remains.open_subject("OURS-L-001", "unable-to-state-identity", given, ours.who.actor)
    problem(ours.program.get(f"subjects/{living.pk}"), 404, "no-such-record")
    assert living.pk not in [each["id"] for each in ours.program.get("subjects").json()["items"]]
    assert living.pk not in [each["id"] for each in ours.program.get("subjects/find?text=OURS-L-001").json()["items"]]
    body = {"code": "OURS-L-002", "kind": "unable-to-state-identity"}
    problem(ours.program.post("subjects", body), 422, "invalid")
    problem(ours.program.post("cases", body), 422, "invalid")


def test_an_agreement_discloses_to_people_and_not_to_programs(ours: World, worlds: tuple[World, World]) -> None:
    _, theirs = worlds
    made = agreements.propose(
        theirs.who,
        ours.who.agency,
        list(Scope),
        "a treaty",
        date.today() + timedelta(days=9),  # noqa: DTZ011
    )
    agreements.accept(ours.who, made)
    assert ours.program.get("agreements").json()["items"][0]["in_force"]
    for path in ("persons/{person}", "subjects/{subject}", "portraits/{portrait}", "photographs/{photograph}"):
        problem(ours.program.get(path.format(**theirs.ids)), 404, "no-such-record")
    assert theirs.ids["person"] not in [each["id"] for each in ours.program.get("persons").json()["items"]]


def test_who_sees_a_ranked_answer_is_warned_and_on_record(ours: World) -> None:
    answer = ours.program.post(f"searches/{ours.ids['search']}/look").json()
    assert "cannot examine" in answer["warning"]
    assert RankedView.objects.filter(case=ours.ids["case"], actor=f"token:{ours.token.pk}").exists()
    listed = ours.program.get(f"cases/{ours.ids['case']}/searches").json()["items"]
    assert set(listed[0]) == {"id", "at", "by", "generation", "none_of_these", "recalled_at", "recalled_why"}


def test_what_a_search_came_to_is_told_only_to_who_may_know_it(ours: World) -> None:
    """Whoever examines, or reads cases and searches nothing, is told that there was a search, by their program too."""
    case = f"cases/{ours.ids['case']}"
    assert ours.program.get(case).json()["none_of_these"] is None
    access.revoke_role(ours.who, Role.MORTUARY_EXAMINER, "system:tests")
    assert ours.program.get(f"{case}/searches").json()["items"][0]["none_of_these"] is not None
    Token.objects.filter(pk=ours.token.pk).update(permissions=[Permission.CASE_READ.value])
    assert ours.program.get(f"{case}/searches").json()["items"][0]["none_of_these"] is None
    assert ours.program.get(case).json()["none_of_these"] is None
    assert not {"examination", "portraits"} & set(ours.program.get(case).json()["waits"])


def test_opening_a_record_is_a_look(ours: World) -> None:
    for path, action in (("persons/{person}", "missing:person:look"), ("subjects/{subject}", "remains:subject:look")):
        before = Entry.objects.filter(action=action).count()
        assert ours.program.get(path.format(**ours.ids)).status_code == 200
        assert Entry.objects.filter(action=action).count() == before + 1


def test_nothing_personal_is_kept_with_the_key_of_a_request(ours: World) -> None:
    from antigone.access.models import Once

    body = {"ref": "Unspoken", "statements": [{"key": "birth.words", "value": "Unspoken", "basis": "family-choice"}]}
    assert ours.program.post(f"holdings/{ours.ids['holding']}/persons", body).status_code == 201
    rows = list(Once.objects.all())
    assert rows
    for row in rows:
        assert "Unspoken" not in f"{row.what} {row.outcome} {row.given}"
