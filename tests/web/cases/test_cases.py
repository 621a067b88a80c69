"""The list of cases and the page of one: what stands there, for whom, and what an examiner is not told."""

from __future__ import annotations

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from antigone.access.models import Agency
from antigone.access.rules import Role
from antigone.casework.models import RankedView, Search
from antigone.ledger.services import record, recorded, refuse
from antigone.remains.models import SubjectKind
from antigone.web.cases import desk
from tests.web import casefile
from tests.web.people import Agencies, ClientAs, somebody

LIST = "/cases/"


def words(client: Client, url: str, status: int = 200) -> str:
    """What a person reads on a page."""
    answer = client.get(url)
    assert answer.status_code == status, url
    main = re.sub(r"(?s)^.*<main", "<main", answer.content.decode())
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", main))


def page(case: object) -> str:
    return reverse("web:cases:case", args=[case.pk])  # type: ignore[attr-defined]


def test_the_list_says_how_each_case_stands(agencies: Agencies, client_as: ClientAs) -> None:
    bare = casefile.case(agencies.ours)
    leads = casefile.case(agencies.ours, photographs=2)
    casefile.search(leads)
    undone = casefile.case(agencies.ours, photographs=1)
    casefile.search(undone)
    Search.objects.filter(case=undone).update(recalled_at=timezone.now(), recalled_why="why")
    closed = casefile.case(agencies.ours, closed=True)
    theirs = casefile.case(agencies.theirs)
    tracer = client_as(Role.TRACING_OFFICER)
    read = words(tracer, LIST)
    for case in (bare, leads, undone, closed):
        assert case.code in read
    assert theirs.code not in read
    assert "Two examinations of the leads, each blind to the other" in read
    assert "A new search: what the last one rested on was decided anew" in read

    def codes(query: str) -> set[str]:
        read = words(tracer, LIST + query)
        return {each.code for each in (bare, leads, undone, closed) if each.code in read}

    assert codes("?state=closed") == {closed.code}
    assert codes("?waits=examination") == {leads.code}
    assert codes("?waits=photographs") == {bare.code}
    assert codes("?only=recalled") == {undone.code}
    assert codes(f"?q={leads.code.lower()}") == {leads.code}
    assert codes("?kind=body-part") == set()


def test_a_list_that_is_empty_says_what_to_do(client_as: ClientAs) -> None:
    recorder = client_as(Role.FIELD_RECORDER)
    assert "There is no case yet" in words(recorder, LIST)
    assert "Open a case" in words(recorder, LIST)
    assert "No case agrees with that" in words(recorder, LIST + "?q=nothing")


@pytest.mark.parametrize(
    "query",
    ["?q=%00", "?q=" + "x" * 5000, "?kind=../..", "?waits=%3Cscript%3E", "?state[]=1", "?q=%E2%80%AE%F0%9F%98%80"],
)
def test_a_list_bears_any_question(client_as: ClientAs, query: str) -> None:
    answer = client_as(Role.TRACING_OFFICER).get(LIST + query)
    assert answer.status_code == 200
    assert b"<script>" not in answer.content.split(b"<main")[1]


@pytest.mark.parametrize("cursor", ["x", "%00", "YWJj", "MjAyNi0xMS0yNFQxMjowMDowMHwx"])
def test_a_place_in_the_list_that_is_none_is_not_here(client_as: ClientAs, cursor: str) -> None:
    assert client_as(Role.TRACING_OFFICER).get(f"{LIST}?after={cursor}").status_code == 404


def test_a_list_goes_on_where_it_ended(agencies: Agencies, client_as: ClientAs) -> None:
    made = {casefile.case(agencies.ours).code for _number in range(32)}
    tracer = client_as(Role.TRACING_OFFICER)
    first = tracer.get(LIST).content.decode()
    following = re.search(r'rel="next" href="([^"]+)"', first)
    assert following is not None
    second = tracer.get(LIST + following[1].replace("&amp;", "&")).content.decode()
    seen = [set(re.findall(r"VELDRA-A-\d+", each)) for each in (first, second)]
    assert seen[0] | seen[1] == made
    assert not seen[0] & seen[1]


def test_a_case_tells_its_story_and_nothing_ranked(agencies: Agencies, client_as: ClientAs) -> None:
    case = casefile.case(agencies.ours, photographs=1)
    search = casefile.search(case)
    with recorded():
        record("casework:case:close", actor=casefile.ACTOR, object=f"case:{case.pk}", reason="a pause of two days")
    refuse("casework:search:refuse", actor=casefile.ACTOR, object=f"case:{case.pk}", code=case.code, why="It is shut.")
    read = words(client_as(Role.TRACING_OFFICER), page(case))
    assert "A photograph was added: shot F1" in read
    assert "Searched with 1 photograph among 4711 portraits of 1234 persons: leads to examine" in read
    assert "The case was closed" in read
    assert "a pause of two days" in read
    assert "A search was refused" in read
    assert "It is shut." in read
    assert f"Number {case.mandate_id}, to identify the dead" in read
    assert "awaited" in read
    for untold in (search.answer["candidates"][0]["person_ref"], "0.8", "log10", "2.3"):
        assert untold not in read, "no score, no candidate"


def test_an_examiner_reads_that_a_search_was_made_and_no_more(agencies: Agencies, client_as: ClientAs) -> None:
    told = ("none of these", "leads to examine", "New portraits", "Two examinations")
    examiner = client_as(Role.MORTUARY_EXAMINER)
    for none in (True, False):
        case = casefile.case(agencies.ours, photographs=1)
        casefile.search(case, none_of_these=none)
        for url in (page(case), LIST):
            read = words(examiner, url)
            assert not [each for each in told if each.lower() in read.split("Clear all")[-1].lower()], url
        read = words(examiner, page(case))
        assert "Searched with 1 photograph among 4711 portraits of 1234 persons" in read
        assert "What they came to is not said here" in read
    pages = [words(examiner, page(each.case)) for each in Search.objects.order_by("pk")]
    one, other = (re.sub(r"VELDRA-A-\d+|\d+ \w+ 2\d+, \d\d:\d\d|Number \d+", "", each) for each in pages)
    assert one == other, "the two outcomes read the same"


def test_nobody_without_the_need_is_told_either(agencies: Agencies, client_as: ClientAs) -> None:
    case = casefile.case(agencies.ours, photographs=1)
    casefile.search(case)
    for role in (Role.FIELD_RECORDER, Role.LIAISON_OFFICER, Role.DATA_PROTECTION_REVIEWER):
        read = words(client_as(role), page(case))
        assert "leads to examine" not in read
        assert "Ranked output" not in read
    assert "leads to examine" in words(client_as(Role.BOARD_MEMBER), page(case))


def test_what_can_be_done_stands_only_where_it_can_be(agencies: Agencies, client_as: ClientAs) -> None:
    case = casefile.case(agencies.ours, photographs=1)
    deeds = {
        Role.FIELD_RECORDER: ("Close it",),
        Role.TRACING_OFFICER: ("Search",),
        Role.LIAISON_OFFICER: (),
    }
    for role, expected in deeds.items():
        html = client_as(role).get(page(case)).content.decode()
        assert ("Close it" in html) == ("Close it" in expected), role
        assert (reverse("web:cases:search", args=[case.pk]) in html) == ("Search" in expected), role


def test_a_living_persons_case_is_there_for_care_and_tracing_alone(agencies: Agencies, client_as: ClientAs) -> None:
    case = casefile.case(agencies.ours, kind=SubjectKind.UNABLE)
    assert "a living person" in words(client_as(Role.TRACING_OFFICER), page(case)).lower()
    assert client_as(Role.BOARD_MEMBER).get(page(case)).status_code == 404
    assert case.code not in words(client_as(Role.BOARD_MEMBER), LIST)


def test_pages_cost_the_same_however_many_cases(agencies: Agencies, client_as: ClientAs) -> None:
    client = client_as(Role.MORTUARY_EXAMINER)
    case = casefile.case(agencies.ours, photographs=1)
    casefile.search(case)

    def cost(url: str) -> int:
        client.get(url)
        with CaptureQueriesContext(connection) as taken:
            client.get(url)
            return len(taken)

    urls = (LIST, LIST + "?waits=answered", page(case), "/")
    for _number in range(2):
        casefile.search(casefile.case(agencies.ours, photographs=1))
    few = [cost(url) for url in urls]
    for _number in range(27):
        casefile.search(casefile.case(agencies.ours, photographs=1))
        casefile.search(case)
    assert [cost(url) for url in urls] == few


def test_the_desk_has_what_somebody_can_do_something_about(agencies: Agencies) -> None:
    ours: Agency = agencies.ours
    bare, pictured, undone = (casefile.case(ours, photographs=number) for number in (0, 1, 2))
    casefile.search(undone)
    Search.objects.filter(case=undone).update(recalled_at=timezone.now(), recalled_why="decided anew")
    living = casefile.case(ours, kind=SubjectKind.UNABLE)
    tracer = somebody(ours, Role.TRACING_OFFICER)
    recorder = somebody(ours, Role.FIELD_RECORDER)
    assert [(each.title, each.note) for each in desk.recalled(tracer)] == [(undone.code, "decided anew")]
    assert [each.title for each in desk.unsearched(tracer)] == [pictured.code]
    assert [each.title for each in desk.without_photograph(recorder)] == [bare.code, living.code]
    clerk = somebody(ours, Role.BUREAU_CLERK)
    assert desk.recalled(clerk) == desk.unsearched(clerk) == desk.without_photograph(clerk) == []
    assert not RankedView.objects.exists()
