"""The overview: each number leads to the list that it counts, and nobody learns from it what they judge blind."""

from __future__ import annotations

import re
from datetime import timedelta

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from antigone.access.models import Agency
from antigone.access.rules import Role
from antigone.casework.models import Case
from tests.web import boardfile, casefile
from tests.web.cases.test_cases import words
from tests.web.people import Agencies, ClientAs

OVERVIEW = "/board/overview/"


def filled(agency: Agency) -> None:
    """Cases of several stages and ages."""
    for days in (1, 20, 100, 400, 500):
        made = casefile.case(agency)
        Case.objects.filter(pk=made.pk).update(opened_at=timezone.now() - timedelta(days=days))
    casefile.case(agency, photographs=1)
    casefile.case(agency, closed=True)
    casefile.search(casefile.case(agency, photographs=1))
    casefile.search(casefile.case(agency, photographs=1), none_of_these=True)
    boardfile.line(boardfile.case(agency), boardfile.person(agency))
    boardfile.proposal(agency)


def test_each_number_leads_to_the_list_that_it_counts(agencies: Agencies, client_as: ClientAs) -> None:
    filled(agencies.ours)
    for role in (Role.BOARD_MEMBER, Role.MORTUARY_EXAMINER, Role.FIELD_RECORDER):
        client = client_as(role)
        html = client.get(OVERVIEW).content.decode()
        counted = re.findall(r'<a href="(/board/overview/[^"]+)">(\d+)<', html)
        assert counted, role
        for url, number in counted:
            listed = re.findall(r'<th scope="row"><a href="/cases/', client.get(url).content.decode())
            assert len(listed) == int(number), (role, url)
        whole = sum(int(number) for url, number in counted if "age=" not in url)
        assert whole == Case.objects.filter(closed_at=None).count()
        assert f"{whole} open cases" in re.sub(r"\s+", " ", html)


def test_the_oldest_stand_first(agencies: Agencies, client_as: ClientAs) -> None:
    filled(agencies.ours)
    said = words(client_as(Role.BOARD_MEMBER), f"{OVERVIEW}photographs/?age=older")
    assert said.index("500 days") < said.index("400 days")
    assert "100 days" not in said


def test_an_examiner_sees_one_stage_for_all_that_follows_a_search(agencies: Agencies, client_as: ClientAs) -> None:
    """Whether leads were found, examined, or put before the board is not to be read out of numbers."""
    filled(agencies.ours)
    examiner = client_as(Role.MORTUARY_EXAMINER)
    said = words(examiner, OVERVIEW)
    for told in ("Before the board", "Ready for the board", "None of these", "To be triaged", "To be examined"):
        assert told not in said, told
    for hidden in ("ready", "before-the-board", "none-of-these", "triage", "examination"):
        assert examiner.get(f"{OVERVIEW}{hidden}/").status_code == 404, hidden
    assert words(examiner, f"{OVERVIEW}answered/").count("VELDRA-A-") == 2


def test_another_agencys_cases_are_in_no_number(agencies: Agencies, client_as: ClientAs) -> None:
    filled(agencies.ours)
    assert "0 open cases" in words(client_as(Role.BOARD_MEMBER, agency=agencies.theirs), OVERVIEW)


def test_what_the_address_does_not_know_is_not_there(agencies: Agencies, client_as: ClientAs) -> None:
    member = client_as(Role.BOARD_MEMBER)
    assert member.get(f"{OVERVIEW}nothing/").status_code == 404
    assert member.get(f"{OVERVIEW}search/?after=%00x").status_code == 404
    assert member.get(f"{OVERVIEW}search/?age=forever").status_code == 200


def test_the_overview_and_the_docket_cost_the_same_for_few_and_for_many(
    agencies: Agencies, client_as: ClientAs
) -> None:
    member = client_as(Role.BOARD_MEMBER)
    boardfile.proposal(agencies.ours)
    asked = []
    for more in (1, 12):
        for _case in range(more):
            casefile.case(agencies.ours)
            boardfile.line(boardfile.case(agencies.ours), boardfile.person(agencies.ours))
        counts = []
        for url in (OVERVIEW, reverse("web:board:docket"), f"{OVERVIEW}ready/", "/"):
            member.get(url)
            with CaptureQueriesContext(connection) as queries:
                assert member.get(url).status_code == 200
            counts.append(len(queries))
        asked.append(counts)
    assert asked[0] == asked[1]
