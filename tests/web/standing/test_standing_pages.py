"""Pages of standing searches: what a reader is told, what an examiner is not, and what is asked first."""

from __future__ import annotations

import re

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from antigone.access.rules import Role
from antigone.casework.models import Ending, Outcome, RankedView, StandingRun, StandingSearch
from antigone.jobs.models import Job
from antigone.web.standing import desk
from tests.web import casefile, standing_file
from tests.web.people import Agencies, ClientAs, client_of, somebody


def words(client: Client, url: str, status: int = 200) -> str:
    answer = client.get(url)
    assert answer.status_code == status, url
    main = re.sub(r"(?s)^.*<main", "<main", answer.content.decode())
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", main))


def body(page: str) -> str:
    """A page without what every sending of it draws anew."""
    return re.sub(r'(nonce|value|content)="[^"]*"', "", page)


def case_page(standing: StandingSearch) -> str:
    return reverse("web:standing:case", args=[standing.case_id])


def test_it_is_set_once_and_ended_with_a_reason(agencies: Agencies, client_as: ClientAs) -> None:
    case = casefile.case(agencies.ours, photographs=1)
    who = client_as(Role.TRACING_OFFICER)
    page = reverse("web:standing:case", args=[case.pk])
    assert "It is not kept standing" in words(who, page)
    keep = reverse("web:standing:keep", args=[case.pk])
    assert "cannot examine it" in words(who, keep)
    once = {"once": "11111111-1111-1111-1111-111111111111"}
    first, second = who.post(keep, once), who.post(keep, once)
    assert (first.status_code, second.status_code) == (302, 302)
    assert StandingSearch.objects.filter(case=case).count() == 1
    assert Job.objects.filter(kind="casework:standing").count() == 1
    assert "Kept standing since" in words(who, page)
    end = reverse("web:standing:end", args=[case.pk])
    assert who.post(end, {"reason": ""}).status_code == 422
    assert who.post(end, {"reason": "it was found <b>otherwise</b>"}).status_code == 302
    read = words(who, page)
    assert "it was ended by hand" in read
    assert "it was found &lt;b&gt;otherwise" in read
    assert reverse("web:standing:case", args=[case.pk]) in who.get(f"/cases/{case.pk}/").content.decode()


def test_an_examiner_reads_that_it_ran_and_nothing_of_what_came_of_it(agencies: Agencies, client_as: ClientAs) -> None:
    run = standing_file.ran(standing_file.kept(agencies.ours), new=3)
    blind = somebody(agencies.ours, Role.MORTUARY_EXAMINER)
    seen = client_of(blind)
    with_new = seen.get(case_page(run.standing)).content.decode()
    StandingRun.objects.filter(pk=run.pk).update(found_new=0)
    without = seen.get(case_page(run.standing)).content.decode()
    assert body(with_new) == body(without)
    assert "runs came to is not said here" in with_new
    assert f"/standing/runs/{run.pk}/" not in with_new
    StandingRun.objects.filter(pk=run.pk).update(found_new=3)
    assert desk.ran(blind) == []
    assert "Standing searches that ran again" not in words(seen, "/")
    # Opening whom it found is asked first, and nothing is shown before.
    ask = reverse("web:standing:news-ask", args=[run.pk])
    assert "cannot examine it" in words(seen, ask)
    assert seen.get(reverse("web:standing:news", args=[run.pk])).status_code == 302
    assert not RankedView.objects.filter(case=run.standing.case, actor=blind.actor).exists()


def test_what_is_new_is_shown_to_whoever_forgoes_examining(agencies: Agencies, client_as: ClientAs) -> None:
    run = standing_file.ran(standing_file.kept(agencies.ours), new=2)
    officer = somebody(agencies.ours, Role.TRACING_OFFICER)
    who = client_of(officer)
    (line,) = desk.ran(officer)
    assert line.badge == "2 new"
    assert "2 leads were not there before" in words(who, case_page(run.standing)).lower()
    ask = reverse("web:standing:news-ask", args=[run.pk])
    assert who.post(ask).headers["Location"] == reverse("web:standing:news", args=[run.pk])
    assert RankedView.objects.filter(case=run.standing.case, actor=officer.actor).exists()
    read = words(who, reverse("web:standing:news", args=[run.pk]))
    assert run.search is not None
    refs = [each["person_ref"] for each in run.search.answer["candidates"]]
    assert [ref in read for ref in refs] == [True, True, False]
    assert desk.ran(officer) == []


def test_the_desk_tells_of_one_that_stopped(agencies: Agencies, client_as: ClientAs) -> None:
    kept = standing_file.kept(agencies.ours)
    StandingSearch.objects.filter(pk=kept.pk).update(ended_at=timezone.now(), ended_why=Ending.MANDATE)
    read = words(client_as(Role.TRACING_OFFICER), "/")
    assert "Standing searches that stopped" in read
    assert "no mandate for such a search is in force any more" in read
    assert "stopped" not in words(client_as(Role.TRACING_OFFICER, agency=agencies.theirs), "/")


def test_a_site_is_searched_in_one_go(agencies: Agencies, client_as: ClientAs) -> None:
    site = standing_file.site(agencies.ours, cases=3)
    who = client_as(Role.TRACING_OFFICER)
    page = reverse("web:standing:site", args=[site.pk])
    assert page in who.get(reverse("web:sites:site", args=[site.pk])).content.decode()
    assert "3 cases have photographs and no answer that stands" in words(who, page)
    search = reverse("web:standing:search", args=[site.pk])
    assert "cannot examine them" in words(who, search)
    once = {"once": "22222222-2222-2222-2222-222222222222"}
    first, second = who.post(search, once), who.post(search, once)
    assert first.headers["Location"] == second.headers["Location"]
    assert Job.objects.filter(kind="casework:bulk").count() == 1
    assert "Search the photographs of an incident" in words(who, first.headers["Location"])
    # One is under way: a second asking is refused with a sentence.
    assert "under way" in re.sub(r"<[^>]+>", " ", who.post(search).content.decode())


def test_a_bulk_search_says_what_was_refused_and_no_outcome(agencies: Agencies, client_as: ClientAs) -> None:
    order = standing_file.bulk(agencies.ours)
    read = words(client_as(Role.MORTUARY_EXAMINER), reverse("web:standing:bulk", args=[order.pk]))
    assert "The case is closed." in read
    assert "none of these" not in read.lower()
    assert "lead" not in read.lower()


def test_three_and_thirty_cost_the_same(agencies: Agencies, client_as: ClientAs) -> None:
    few, many = (standing_file.bulk(agencies.ours, (Outcome.REFUSED,) * number) for number in (3, 30))
    who = client_as(Role.TRACING_OFFICER)
    who.get(reverse("web:standing:bulk", args=[few.pk]))
    counts = []
    for order in (few, many):
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert who.get(reverse("web:standing:bulk", args=[order.pk])).status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1]
    counts = []
    kept = standing_file.kept(agencies.ours)
    for _round in range(2):
        standing_file.ran(kept)
        with CaptureQueriesContext(connection) as queries:
            who.get(case_page(kept))
        counts.append(len(queries))
    assert counts[0] == counts[1]
