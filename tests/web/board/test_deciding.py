"""The path of a question in the pages: evidence, question, votes, a signed decision, its revocation."""

from __future__ import annotations

import re
import uuid
from collections.abc import Mapping

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from antigone.access.rules import Role
from antigone.casework.deciding import evidence, proposing
from antigone.casework.models import Decision, EvidenceLine, Proposal, QuorumSetting, Vote
from antigone.ledger.models import Entry
from tests.web import boardfile, people
from tests.web.cases.test_cases import words
from tests.web.people import Agencies, ClientAs


def send(client: Client, url: str, given: Mapping[str, object], *, times: int = 1) -> str:
    """Send a form, so many times with one token; where one goes."""
    data = {"once": str(uuid.uuid4()), **given}
    places = {client.post(url, data)["Location"] for _time in range(times)}
    assert len(places) == 1
    return places.pop()


def basis(client: Client, url: str) -> str:
    found = re.search(r'name="basis" value="([0-9a-f]{64})"', client.get(url).content.decode())
    assert found is not None
    return found[1]


def test_from_evidence_to_a_signed_decision(agencies: Agencies, client_as: ClientAs) -> None:
    case, person = boardfile.case(agencies.ours), boardfile.person(agencies.ours)
    tracer = client_as(Role.TRACING_OFFICER)
    named = reverse("web:board:named", args=[case.pk])
    new = send(tracer, named, {"ref": person.ref})
    line = {
        "kind": "dna", "finding": "supports", "words": "The profile agrees.", "origin": "sample S-1",
        "laboratory": "State laboratory", "reference": "2026/114", "dated": "2026-06-01", "log10_lr": "7.2",
    }  # fmt: skip
    assert send(tracer, new, line, times=2) == reverse("web:cases:case", args=[case.pk])
    send(tracer, new, {"kind": "marks", "finding": "contradicts", "words": "No scar there.", "origin": "the mother"})
    assert EvidenceLine.objects.count() == 2

    members = [people.client_of(who) for who in boardfile.members(agencies.ours)]
    file = reverse("web:board:file", args=[case.pk, person.pk])
    said = words(members[0], file)
    assert said.index("1 line against") < said.index("1 line for")
    assert "No scar there." in said
    assert "State laboratory" in said
    put = reverse("web:board:propose", args=[case.pk, person.pk])
    question = send(members[0], put, {"kind": "identify", "reasons": "The profile."}, times=2)
    assert Proposal.objects.count() == 1
    said = words(members[0], question)
    assert "It cannot be voted on yet" in said
    keys = re.findall(r'name="read" value="([^"]+)"', members[0].get(question).content.decode())
    assert len(keys) == 1
    read = reverse("web:board:read", args=[Proposal.objects.get().pk])
    send(members[0], read, {"read": keys})

    send(
        members[0], question, {"choice": "no", "reasons": "The scar troubles me.", "basis": basis(members[0], question)}
    )
    # Before one's own vote, nobody reads how or why another voted.
    said = words(members[1], question)
    assert "The scar troubles me." not in said
    assert "1 vote is given" in said
    send(members[1], question, {"choice": "yes", "reasons": "I compared it.", "basis": basis(members[1], question)})
    assert "The scar troubles me." in words(members[1], question)
    last = {"choice": "yes", "reasons": "So did I.", "basis": basis(members[2], question)}
    decision = send(members[2], question, last, times=2)
    made = Decision.objects.get()
    assert decision == reverse("web:board:decision", args=[made.serial])
    said = words(members[3], decision)
    for part in (
        "dissent",
        "The scar troubles me.",
        "2 for, 1 against",
        "agrees",
        made.digest,
        person.ref,
        "No scar there.",
    ):
        assert part in said, part
    assert made.serial in words(members[3], reverse("web:board:register"))

    revoke = reverse("web:board:revoke", args=[made.serial])
    assert "every notice that rested on it is recalled" in words(members[0], revoke)
    again = send(members[0], revoke, {"reasons": "The sample was mixed up."}, times=2)
    for who in members[:3]:
        place = send(who, again, {"choice": "yes", "reasons": "It was.", "basis": basis(who, again)})
    assert "/decisions/RV-" in place
    assert "Revoked" in words(members[0], decision)
    assert "revoked" in words(members[0], f"{reverse('web:board:register')}?state=revoked")


def test_a_vote_on_evidence_that_changed_is_not_given_and_keeps_what_was_typed(
    agencies: Agencies, client_as: ClientAs
) -> None:
    put = boardfile.proposal(agencies.ours)
    member, url = client_as(Role.BOARD_MEMBER), reverse("web:board:proposal", args=[put.pk])
    seen = basis(member, url)
    assert put.person is not None
    evidence.record_line(put.case_id, put.person, boardfile.RING, boardfile.recorder(agencies.ours))
    answer = member.post(
        url, {"choice": "yes", "reasons": "Typed with care.", "basis": seen, "once": str(uuid.uuid4())}
    )
    html = answer.content.decode()
    assert answer.status_code == 409
    assert "The evidence changed" in html
    assert "Typed with care." in html
    assert seen not in html
    assert not Vote.objects.exists()
    send(member, url, {"choice": "yes", "reasons": "Typed with care.", "basis": basis(member, url)})
    assert Vote.objects.count() == 1


def test_a_vote_without_reasons_or_words_that_are_none_is_not_given(agencies: Agencies, client_as: ClientAs) -> None:
    put = boardfile.proposal(agencies.ours)
    member, url = client_as(Role.BOARD_MEMBER), reverse("web:board:proposal", args=[put.pk])
    for given in ({"choice": "yes", "reasons": " "}, {"choice": "perhaps", "reasons": "x"}, {"reasons": "x\x00"}):
        answer = member.post(url, {"basis": basis(member, url), **given})
        assert answer.status_code == 422, given
    assert not Vote.objects.exists()


def test_who_recorded_the_primary_result_reads_that_they_have_no_vote(agencies: Agencies, client_as: ClientAs) -> None:
    case, person = boardfile.case(agencies.ours), boardfile.person(agencies.ours)
    first, second, *_others = boardfile.members(agencies.ours)
    evidence.record_line(case.pk, person.pk, boardfile.DNA, first)
    put = proposing.propose(case.pk, person.pk, "identify", "The profile.", (), second)
    html = people.client_of(first).get(reverse("web:board:proposal", args=[put.pk])).content.decode()
    assert "You have no vote here" in html
    assert 'name="choice"' not in html


def test_a_line_is_withdrawn_with_a_reason_and_stays_readable(agencies: Agencies, client_as: ClientAs) -> None:
    made = boardfile.decision(agencies.ours)
    line = EvidenceLine.objects.get()
    member = client_as(Role.BOARD_MEMBER)
    url = reverse("web:board:line-withdraw", args=[line.pk])
    assert "It stays readable" in words(member, url)
    file = send(member, url, {"reason": "The sample was another."}, times=2)
    said = words(member, file)
    assert "The sample was another." in said
    assert "A profile of the femur" in said
    assert Entry.objects.filter(action="casework:evidence:withdraw").count() == 1
    decision = reverse("web:board:decision", args=[made.serial])
    assert "To be looked at again" in words(member, decision)
    assert made.serial in words(member, "/")
    send(member, reverse("web:board:uphold", args=[made.serial]), {"reason": "The second sample agrees."})
    assert "To be looked at again" not in words(member, decision)


def test_dissent_is_a_vote_against_what_was_decided_and_nothing_else(agencies: Agencies, client_as: ClientAs) -> None:
    member, (_first, second, third, fourth) = client_as(Role.BOARD_MEMBER), boardfile.members(agencies.ours)
    asked = {}
    for state, choices in (
        ("adopted", ("abstain", "yes", "yes")), ("dissented", ("no", "yes", "yes")), ("rejected", ("no", "no", "yes")),
    ):  # fmt: skip
        asked[state] = boardfile.proposal(agencies.ours)
        for who, choice in zip((second, third, fourth), choices, strict=True):
            boardfile.vote(asked[state], who, choice)
    asked["withdrawn"] = boardfile.proposal(agencies.ours)
    boardfile.vote(asked["withdrawn"], second)
    proposing.withdraw(asked["withdrawn"].pk, "It was put too early.", second)
    badges = {
        state: member.get(reverse("web:board:proposal", args=[put.pk])).content.decode().count(">dissent<")
        for state, put in asked.items()
    }
    assert badges == {"adopted": 0, "dissented": 1, "rejected": 1, "withdrawn": 0}


def test_a_report_is_offered_of_what_has_one(agencies: Agencies, client_as: ClientAs) -> None:
    member, (_first, second, *others) = client_as(Role.BOARD_MEMBER), boardfile.members(agencies.ours)
    case = boardfile.case(agencies.ours)
    aside = proposing.propose(case.pk, None, "set-aside", "Nothing more is to be had.", (), second)
    kept = [boardfile.vote(aside, who) for who in (second, *others)][-1]
    assert kept is not None
    for made, offered in ((boardfile.decision(agencies.ours), True), (kept, False)):
        page = member.get(reverse("web:board:decision", args=[made.serial]))
        assert page.status_code == 200
        assert ("The report, to print" in page.content.decode()) is offered


def test_the_form_of_a_line_says_beside_its_kind_what_it_costs(agencies: Agencies, client_as: ClientAs) -> None:
    case, person = boardfile.case(agencies.ours), boardfile.person(agencies.ours)
    url = reverse("web:board:line", args=[case.pk, person.pk])
    html = client_as(Role.TRACING_OFFICER).get(url).content.decode()
    assert html.index("whoever records one has no vote on it") < html.index('name="finding"')


def test_the_board_declares_an_incident_from_its_page(client_as: ClientAs) -> None:
    docket = client_as(Role.BOARD_MEMBER).get(reverse("web:board:docket")).content.decode()
    assert f'<a class="button" href="{reverse("web:triage:incident")}">Incident mode</a>' in docket


def test_hostile_words_are_words(agencies: Agencies, client_as: ClientAs) -> None:
    case, person = boardfile.case(agencies.ours), boardfile.person(agencies.ours)
    member = client_as(Role.BOARD_MEMBER)
    new = reverse("web:board:line", args=[case.pk, person.pk])
    line = {"kind": "effects", "finding": "supports", "words": "<script>alert(1)</script>", "origin": "<b>x</b>"}
    html = member.get(send(member, new, line)).content.decode()
    assert "<script>alert" not in html
    assert "&lt;script&gt;" in html
    for wrong in ({"kind": "face"}, {"words": "\x00"}, {"log10_lr": "inf"}, {"depends_on": "4711"}, {"dated": "x"}):
        assert member.post(new, {**line, **wrong}).status_code == 422, wrong
    assert EvidenceLine.objects.count() == 1


def test_the_quorum_is_set_with_a_reason(agencies: Agencies, client_as: ClientAs) -> None:
    administrator, url = client_as(Role.ADMINISTRATOR), reverse("web:board:quorum")
    send(administrator, url, {"number": "5", "reason": "more eyes"}, times=2)
    assert QuorumSetting.objects.get().number == 5
    assert administrator.post(url, {"number": "1", "reason": "fewer"}).status_code == 422
    assert "Now 5 votes" in words(administrator, url)


def test_a_file_costs_the_same_with_few_lines_and_with_many(agencies: Agencies, client_as: ClientAs) -> None:
    case, person = boardfile.case(agencies.ours), boardfile.person(agencies.ours)
    member, file = client_as(Role.BOARD_MEMBER), reverse("web:board:file", args=[case.pk, person.pk])
    asked = []
    for number in (3, 27):
        for _line in range(number):
            boardfile.line(case, person, boardfile.RING)
        member.get(file)
        with CaptureQueriesContext(connection) as queries:
            assert member.get(file).status_code == 200
        asked.append(len(queries))
    assert asked[0] == asked[1]


def test_what_examiners_found_stands_in_the_file_once_all_is_settled(
    agencies: Agencies, monkeypatch: pytest.MonkeyPatch
) -> None:
    from tests.casework.deciding import board_world

    bench = board_world.examined(monkeypatch, levels=("+1a", "+1a"))
    reader = people.somebody(bench.case.agency, Role.BOARD_MEMBER, name="a reader")
    said = words(people.client_of(reader), reverse("web:board:file", args=[bench.case.pk, bench.person.pk]))
    assert "Support for one person" in said
    assert "The findings give weak support" in said
    assert bench.world is not None
    for who in bench.world.people[:2]:
        assert who.name in said
    said = words(people.client_of(reader), reverse("web:board:case", args=[bench.case.pk]))
    assert "support for one person" in said
    assert bench.person.ref in said
