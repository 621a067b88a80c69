"""Leads before the board: a prior that moves, one entry a sitting, a prior kept, and who never reaches any of it."""

from __future__ import annotations

import re
import uuid
from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from antigone.access.rules import Role
from antigone.casework.models import Comparison, Examination, KeptPrior, Lineup, RankedView
from antigone.evidence import LikelihoodRatio
from antigone.evidence.posterior import Prior, posterior
from antigone.ledger.models import Entry
from antigone.web.board.prior import percent
from tests.web import boardfile, casefile, people
from tests.web.cases.test_cases import words
from tests.web.people import Agencies, ClientAs


def case_url(pk: int) -> str:
    return reverse("web:board:case", args=[pk])


def shares(html: str) -> list[str]:
    """The posteriors of the leads, as the page says them."""
    return re.findall(r'data-label="Posterior"><strong>([^<]*)</strong>', html)


@pytest.mark.parametrize(
    ("missing", "without", "unreported"), [(50, 0, "0"), (4000, 1500, "2.5"), (9_999_999, 7, "99")]
)
def test_the_page_says_what_the_arithmetic_of_the_evidence_says(
    agencies: Agencies, client_as: ClientAs, missing: int, without: int, unreported: str
) -> None:
    """With a script and without one, the server reckons: there is one arithmetic."""
    search = boardfile.searched(agencies.ours)
    prior = Prior("x", missing, without, float(Decimal(unreported)) / 100)
    ratio = LikelihoodRatio(2.3, -1.5, 3.0)
    found = posterior(prior, [ratio] * 3)
    expected = [percent(each) for each in (*found.shares, found.none_of_these)]
    member = client_as(Role.BOARD_MEMBER)
    asked: dict[str, str | int] = {"missing": missing, "without": without, "unreported": unreported}
    whole = member.get(case_url(search.case_id), asked)
    part = member.get(case_url(search.case_id), asked, headers={"HX-Request": "true"})
    assert shares(whole.content.decode()) == shares(part.content.decode()) == expected
    assert b"<html" not in part.content
    assert len(part.content) < len(whole.content)


def test_moving_the_prior_is_one_entry_and_keeping_it_another(agencies: Agencies, client_as: ClientAs) -> None:
    search = boardfile.searched(agencies.ours)
    member, url = client_as(Role.BOARD_MEMBER), case_url(search.case_id)
    for missing in (100, 200, 400, 800):
        member.get(url, {"missing": missing, "without": 0, "unreported": 0}, headers={"HX-Request": "true"})
    assert Entry.objects.filter(action="casework:posterior:read").count() == 1
    assert "Nobody has chosen this prior" in words(member, url)
    given = {
        "missing": 800, "without": 100, "unreported": "1.5", "population": "the missing of Veldra",
        "reason": "the register of May", "search": search.pk, "once": str(uuid.uuid4()),
    }  # fmt: skip
    keep = reverse("web:board:keep", args=[search.case_id])
    assert {member.post(keep, given)["Location"] for _twice in range(2)} == {url}
    kept = KeptPrior.objects.get()
    assert (kept.missing, kept.without_portrait, kept.unreported) == (800, 100, 0.015)
    said = words(member, url)
    assert "the register of May" in said
    assert "Counted: 800 missing, 100 of them without a portrait; 1.50 %" in said
    assert 'value="800"' in member.get(url).content.decode()
    assert "trying" in words(member, f"{url}?missing=900&without=100&unreported=1.5")


def test_what_cannot_be_a_prior_says_why(agencies: Agencies, client_as: ClientAs) -> None:
    search = boardfile.searched(agencies.ours)
    member, url = client_as(Role.BOARD_MEMBER), case_url(search.case_id)
    for asked, sentence in (
        ("missing=0&without=0&unreported=0", "greater than or equal to 1"),
        ("missing=10&without=11&unreported=0", "More without a portrait than are missing"),
        ("missing=10&without=8&unreported=0", "More people are on the list"),
        ("missing=10&without=0&unreported=100", "less than or equal to 99"),
        ("missing=1e9&without=%00&unreported=nan", "Enter a"),
        (f"missing={'9' * 400}&without=0&unreported=0", "less than or equal to"),
    ):
        assert sentence in words(member, f"{url}?{asked}"), asked
        fragment = member.get(f"{url}?{asked}", headers={"HX-Request": "true"})
        assert fragment.status_code == 200
        assert sentence in fragment.content.decode(), asked
    assert not Entry.objects.filter(action="casework:posterior:read").exists()


def test_the_exercise_stands_before_everything_else(
    agencies: Agencies, client_as: ClientAs, monkeypatch: pytest.MonkeyPatch
) -> None:
    from antigone.casework import board
    from tests.evidence.calibrations import a_calibration

    living = a_calibration()
    monkeypatch.setattr(board, "in_force", lambda _agency: type("InForce", (), {"calibrations": (living,)})())
    search = boardfile.searched(agencies.ours)
    for each in search.answer["candidates"]:
        each["evidence"]["calibration"] = {"digest": living.digest}
    search.save()
    html = client_as(Role.BOARD_MEMBER).get(case_url(search.case_id)).content.decode()
    assert html.index("no basis for a decision") < html.index("Persons before the board") < html.index("Posterior")


def test_a_ratio_that_was_withheld_says_why_and_a_bound_is_said(agencies: Agencies, client_as: ClientAs) -> None:
    search = boardfile.searched(agencies.ours)
    first, second, _third = search.answer["candidates"]
    first["evidence"] |= {"log10_lr": None, "withheld": [{"reason": "kin", "sentence": "A relative is missing too."}]}
    second["evidence"] |= {"log10_lr": 3.0, "at_bound": "high"}
    search.save()
    said = words(client_as(Role.BOARD_MEMBER), case_url(search.case_id))
    assert "withheld: why" in said
    assert "A relative is missing too." in said
    assert "at its bound" in said
    assert "Withheld: A relative is missing too." in said
    assert "bounds -1.5 to +3.0" in said
    assert "against the proposition that another person is shown" in said


def test_who_has_not_seen_is_asked_and_then_examines_no_more(agencies: Agencies, client_as: ClientAs) -> None:
    search = casefile.search(casefile.case(agencies.ours, photographs=1))
    member, who = client_as(Role.BOARD_MEMBER), people.somebody(agencies.ours, Role.BOARD_MEMBER)
    ask = reverse("web:board:ask", args=[search.case_id])
    assert member.get(case_url(search.case_id))["Location"] == ask
    assert "cannot examine this case" in words(member, ask)
    assert not RankedView.objects.filter(actor=who.actor).exists()
    assert member.post(ask, {"once": str(uuid.uuid4())})["Location"] == case_url(search.case_id)
    assert RankedView.objects.filter(actor=who.actor, case=search.case).exists()
    assert member.get(ask)["Location"] == case_url(search.case_id)


def doors(pk: int, person: int) -> list[str]:
    return [
        reverse("web:board:docket"),
        reverse("web:board:register"),
        *(reverse(f"web:board:{name}", args=[pk]) for name in ("case", "ask", "keep", "aside")),
        *(reverse(f"web:board:{name}", args=[pk, person]) for name in ("file", "propose")),
    ]


def test_whoever_examines_reaches_nothing_of_the_board(agencies: Agencies, client_as: ClientAs) -> None:
    search = boardfile.searched(agencies.ours)
    person = search.named.order_by("rank").values_list("person", flat=True)[0]
    examiner: Client = client_as(Role.MORTUARY_EXAMINER)
    for url in (*doors(search.case_id, person), reverse("web:board:line", args=[search.case_id, person])):
        answer = examiner.get(url)
        assert answer.status_code == 403, url
        assert search.answer["candidates"][0]["person_ref"].encode() not in answer.content
    assert "Board" not in re.findall(r'<a href="/board/"[^>]*>([^<]*)', examiner.get("/").content.decode())


def test_one_of_the_board_with_blind_work_left_is_kept_out_until_it_is_sealed(
    agencies: Agencies, client_as: ClientAs
) -> None:
    """Somebody who holds both roles: the pages would tell them what they are to judge blind."""
    case = casefile.case(agencies.ours, photographs=1)
    search = casefile.search(case, leads=2)
    both = client_as(Role.BOARD_MEMBER, Role.MORTUARY_EXAMINER)
    who = people.somebody(agencies.ours, Role.BOARD_MEMBER, Role.MORTUARY_EXAMINER)
    now = timezone.now()
    lineup = Lineup.objects.create(search=search, made_at=now, basis="passing", nonce="n")
    work = Examination.objects.create(
        comparison=Comparison.objects.create(lineup=lineup), actor=who.actor, agency=agencies.ours, begun_at=now
    )
    person = search.named.order_by("rank").values_list("person", flat=True)[0]
    ref = search.answer["candidates"][0]["person_ref"]
    for url in doors(case.pk, person)[2:]:
        answer = both.get(url)
        assert answer.status_code == 422, url
        assert ref.encode() not in answer.content
        assert b"blind work" in answer.content
    assert not RankedView.objects.filter(actor=who.actor).exists()
    Examination.objects.filter(pk=work.pk).update(stage="sealed", ended_at=now)
    assert both.get(case_url(case.pk))["Location"] == reverse("web:board:ask", args=[case.pk])


def test_another_agencys_case_is_not_here(agencies: Agencies, client_as: ClientAs) -> None:
    search = boardfile.searched(agencies.ours)
    person = search.named.order_by("rank").values_list("person", flat=True)[0]
    theirs = client_as(Role.BOARD_MEMBER, agency=agencies.theirs)
    assert {theirs.get(url).status_code for url in doors(search.case_id, person)[2:]} == {404}
