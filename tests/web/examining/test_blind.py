"""Tries to see through the veil between examiners: pages, fragments, headers, addresses, orders, messages, drafts."""

from __future__ import annotations

import re
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from antigone.access import agreements
from antigone.access import services as access
from antigone.access.rules import Role
from antigone.access.scope import Scope
from antigone.casework import services
from antigone.casework.judging import examination
from antigone.casework.models import Comparison, Examination, RankedView
from antigone.instance import Instance
from antigone.ledger.models import Entry
from antigone.missing.models import Person, Portrait
from antigone.remains.models import Photograph
from antigone.web.pictures import tokens
from tests import factories
from tests.casework.blind_world import NAME, World, examine, examiner, sort, world
from tests.web import sorting
from tests.web.examining import looking
from tests.web.examining.looking import bare, begun, keys, page


@pytest.fixture
def here(instance: Instance, monkeypatch: pytest.MonkeyPatch) -> World:
    """Two candidates, both kept by both of the first two."""
    made = world(monkeypatch, count=2, later=0)
    for who in made.people[:2]:
        sort(made, who)
    looking.with_eyes()
    return made


@pytest.fixture
def ada(here: World) -> Client:
    return sorting.signed_in(here.people[0])


@pytest.fixture
def bohdan(here: World) -> Client:
    return sorting.signed_in(here.people[1])


def led_to(here: World) -> list[str]:
    """Where an examiner is led to, beside their own desk."""
    return [
        "/", reverse("web:examining:list"), reverse("web:examining:ended"), reverse("web:examining:found"),
        reverse("web:triage:list"), reverse("web:cases:list"), reverse("web:cases:case", args=[here.case.pk]),
        reverse("web:remains:subject", args=[here.case.subject_id]), reverse("web:jobs"),
    ]  # fmt: skip


def test_nothing_that_the_second_is_led_to_changes_when_the_first_seals(here: World, bohdan: Client) -> None:
    before = [bare(bohdan, address) for address in led_to(here)]
    for place in (0, 1):
        examine(keys(here)[place], here.people[0], ("exclusion", "+1a")[place])
    # A look at the subject's record adds one of one's own; nothing else.
    assert [bare(bohdan, address) for address in led_to(here)] == before


def test_the_desk_is_the_same_whatever_the_first_found(here: World, bohdan: Client) -> None:
    touched, untouched = keys(here)
    examine(touched, here.people[0], "exclusion")
    seen = []
    for comparison in (touched, untouched):
        desk = looking.to_comparison(bohdan, comparison)
        bohdan.post(f"{desk}components/10/", {"c10-seen_b": "yes", "c10-verdict": "alike"})
        stages = [bare(bohdan, desk), bare(bohdan, f"{desk}conclude/")]
        bohdan.post(f"{desk}conclude/", {"level": "+1a", "reasons": "the ears"})
        stages.append(bare(bohdan, f"{desk}summary/"))
        # The one makes a conflict with what is sealed, the other is the first: the seal answers alike.
        answer = bohdan.post(f"{desk}summary/", {"read": "on"})
        stages += [str(answer.status_code), bare(bohdan, desk), bare(bohdan, reverse("web:examining:found"))]
        seen.append(stages)
    assert seen[0] == seen[1]
    assert not re.search("third|conflict", "".join(seen[0]))


def test_a_third_finds_a_task_like_any_other(here: World) -> None:
    conflicting, untouched = keys(here)
    examine(conflicting, here.people[0], "exclusion")
    examine(conflicting, here.people[1], "+1a")
    chiara = sorting.signed_in(here.people[2])
    rows = re.findall(
        r"<tr><th scope=\"row\".*?</tr>", looking.OWN.sub("", page(chiara, reverse("web:examining:list"))), re.S
    )
    assert len(rows) == 2
    assert re.sub(r", \d<", "<", rows[0]) == re.sub(r", \d<", "<", rows[1])
    assert bare(chiara, begun(chiara, conflicting)) == bare(chiara, begun(chiara, untouched))


def test_no_page_names_ranks_or_scores_anybody(here: World, ada: Client) -> None:
    desk = looking.to_comparison(ada, keys(here)[0])
    ada.post(f"{desk}components/10/", {"c10-seen_b": "yes", "c10-verdict": "alike"})
    ada.post(f"{desk}conclude/", {"level": "0", "reasons": "the ears"})
    said = "".join(page(ada, address) for address in (reverse("web:examining:list"), desk, f"{desk}summary/"))
    lift = re.findall(r'action="([^"]+/lift/)"', page(ada, desk))
    for address in lift:
        answer = ada.post(address, headers={"HX-Request": "true"})
        said += answer.content.decode() + str(sorted(answer.items()))
    ada.post(f"{desk}summary/", {"read": "on"})
    said += page(ada, desk)
    never = [str(each) for each in Portrait.objects.values_list("pk", flat=True)]
    never += [each.hex for each in Portrait.objects.values_list("pk", flat=True)]
    never += [*Person.objects.values_list("ref", flat=True), NAME.decode(), here.search.contract]
    never += [each.name for each in here.people[1:]]
    never += [score for lead in here.search.answer["candidates"] if len(score := str(lead["score"])) > 4]
    never += ["rank", "Rank", "posterior", "likelihood", "candidate", "recognis", "log10", "/missing/"]
    for word in never:
        assert word not in said, word


def test_nothing_of_another_person_s_examination_opens(here: World, ada: Client, bohdan: Client) -> None:
    desk = looking.to_comparison(ada, keys(here)[0])
    picture = Photograph.objects.get().pk
    for address in (desk, f"{desk}portrait/", f"{desk}close-analysis/", f"{desk}conclude/", f"{desk}summary/",
                    f"{desk}give-up/", f"{desk}photographs/{picture}/"):  # fmt: skip
        assert bohdan.get(address).status_code == 404, address
    for address in ("assess/", "components/10/", "marks/", "marks/1/rub-out/", "close-analysis/", "conclude/",
                    "summary/", "give-up/", "portrait/lift/", f"photographs/{picture}/lift/"):  # fmt: skip
        sent = {"suitable": "yes", "c10-seen_b": "yes", "c10-verdict": "none", "level": "0", "reasons": "x",
                "read": "on", "reason": "x", "side": "b", "shape": "arrow", "points": "[[0,0],[1,1]]"}  # fmt: skip
        there = bohdan.post(f"{desk}{address}", sent)
        nowhere = bohdan.post(f"/examinations/{uuid4()}/{address}", sent)
        assert (there.status_code, nowhere.status_code) == (404, 404), address
        assert looking.OWN.sub("", there.content.decode()) == looking.OWN.sub("", nowhere.content.decode())
    assert Examination.objects.get(actor=here.people[0].actor).stage == "comparison"


def test_the_portrait_does_not_come_before_the_analysis_is_closed_even_with_a_token(here: World, ada: Client) -> None:
    desk = begun(ada, keys(here)[0])
    ada.post(f"{desk}assess/", {"suitable": "yes"})
    key = Examination.objects.get().pk
    token = tokens.token_for(here.people[0], f"examining.{key}", key)
    looks = Entry.objects.filter(actor=here.people[0].actor, object__startswith="portrait")
    before = looks.count()
    assert ada.get(f"{desk}portrait/?token={token}").status_code == 422
    assert ada.post(f"{desk}portrait/lift/", headers={"HX-Request": "true"}).status_code == 422
    assert "data-eyes" not in page(ada, f"{desk}?portrait={token}")
    assert ada.get(f"{desk}conclude/").status_code == 302
    assert before > 0, "sorting looked at portraits"
    assert looks.count() == before
    assert Examination.objects.get().portrait_shown_at is None


def test_a_token_opens_one_picture_for_one_person(here: World, ada: Client, bohdan: Client) -> None:
    mine, other = looking.to_comparison(ada, keys(here)[0]), looking.to_comparison(ada, keys(here)[1])
    key = Examination.objects.get(comparison=keys(here)[0], actor=here.people[0].actor).pk
    good = tokens.token_for(here.people[0], f"examining.{key}", key)
    assert ada.get(f"{mine}portrait/?token={good}").status_code == 200
    assert ada.get(f"{other}portrait/?token={good}").status_code == 404
    assert bohdan.get(f"{mine}portrait/?token={good}").status_code == 404
    assert ada.get(f"{mine}portrait/").status_code == 404
    for wrong in ("", "x", good[:-1], tokens.token_for(here.people[1], f"examining.{key}", key)):
        assert ada.get(f"{mine}portrait/?token={wrong}").status_code == 404


def test_whoever_saw_ranked_output_goes_on_with_nothing(here: World, ada: Client) -> None:
    desk = looking.to_comparison(ada, keys(here)[0])
    picture = Photograph.objects.get().pk
    RankedView.objects.create(case=here.case, actor=here.people[0].actor, search=here.search, at=here.search.at)
    assert here.case.code not in page(ada, reverse("web:examining:list"))
    for address, sent in (
        (f"{desk}portrait/lift/", {}), (f"{desk}photographs/{picture}/lift/", {}),
        (f"{desk}components/10/", {"c10-seen_b": "yes", "c10-verdict": "alike"}),
        (f"{desk}conclude/", {"level": "0", "reasons": "x"}),
        (reverse("web:examining:begin", args=[keys(here)[1]]), {}),
    ):  # fmt: skip
        answer = ada.post(address, sent)
        assert answer.status_code == 422, address
        assert "cannot judge blind" in answer.content.decode(), address


def test_findings_are_told_when_all_is_sealed_and_end_the_blind_work(here: World, ada: Client, bohdan: Client) -> None:
    asked = reverse("web:examining:findings-ask", args=[here.search.pk])
    shown = reverse("web:examining:findings", args=[here.search.pk])
    first, second = keys(here)
    assert ada.get(asked).status_code == 403, "sealed nothing yet"
    looking.to_seal(ada, first, "exclusion")
    examine(first, here.people[1], "+1a")
    for address in (asked, shown):
        for client in (ada, bohdan):
            answer = client.get(address)
            assert answer.status_code == 422
            assert "Not everything of this search" in answer.content.decode()
    assert here.case.code not in page(ada, reverse("web:examining:found"))
    examine(first, here.people[2], "exclusion")
    looking.to_seal(ada, second, "+1a")
    examine(second, here.people[1], "+1a")
    assert here.case.code in page(ada, reverse("web:examining:found"))
    assert "findings to read" in page(ada, "/")
    assert ada.get(shown)["Location"] == asked, "asked before"
    assert "no longer blind" in page(ada, asked)
    assert not RankedView.objects.filter(actor=here.people[0].actor).exists()
    assert ada.post(asked)["Location"] == shown
    told = page(ada, shown)
    for word in (
        "two conflicted, a third was called",
        "as it was signed",
        "Bohdan",
        "Chiara",
        "set aside by both",
        "+1a",
    ):
        assert word in told, word
    assert RankedView.objects.filter(actor=here.people[0].actor, case=here.case).exists()
    # One's own stays readable, and leads to what they came to.
    mine = Examination.objects.get(comparison=first, actor=here.people[0].actor)
    assert asked in page(ada, reverse("web:examining:desk", args=[mine.pk]))


def test_the_second_sits_elsewhere_under_an_agreement(here: World, ada: Client) -> None:
    agency = access.found_agency("Elsewhere", "system:tests")
    outside = examiner("Dina", agency)
    dina = sorting.signed_in(outside)
    first = keys(here)[0]
    begin = reverse("web:examining:begin", args=[first])
    assert dina.post(begin).status_code == 404
    there = access.add_operator("head of Elsewhere", agency, "system:tests")
    access.grant_role(there, Role.ADMINISTRATOR, "system:tests")
    scopes = [Scope.CASES, Scope.PHOTOGRAPHS, Scope.PORTRAITS]
    until = access.year_after(agreements.timezone.now().date())
    agreements.accept(there, agreements.propose(factories.operator(), agency, scopes, "a treaty", until))
    Portrait.objects.update(basis="partner-agreement")
    assert here.case.code in page(dina, reverse("web:examining:list"))
    looking.to_seal(dina, first, "+1a")
    looking.to_seal(ada, first, "+1a")
    assert Comparison.objects.get(pk=first).outcome == "support-same"
    # What of ours they were not given to see stays closed to them.
    assert dina.get(reverse("web:examining:findings", args=[here.search.pk])).status_code == 422
    third = access.found_agency("Third", "system:tests")
    stranger = sorting.signed_in(examiner("Eva", third))
    assert stranger.get(reverse("web:examining:findings-ask", args=[here.search.pk])).status_code == 404


def test_what_a_person_may_read_is_asked_anew_at_every_step(here: World, ada: Client) -> None:
    desk = looking.to_comparison(ada, keys(here)[0])
    services.close_case(here.case.code, factories.operator(), "over")
    answer = ada.post(f"{desk}portrait/lift/")
    assert answer.status_code == 422
    services.reopen_case(here.case.code, factories.operator(), "again")
    Portrait.objects.update(withheld_at=here.search.at)
    assert ada.post(f"{desk}portrait/lift/").status_code == 404
    for role in access.roles_of(here.people[0]):
        access.revoke_role(here.people[0], role, "system:tests")
    assert ada.get(desk).status_code == 403


def test_a_sealed_one_is_never_reopened(here: World, ada: Client) -> None:
    desk = looking.to_seal(ada, keys(here)[0], "+1a")
    digest = Examination.objects.get(actor=here.people[0].actor).digest
    for address in (
        "assess/",
        "components/10/",
        "marks/",
        "conclude/",
        "close-analysis/",
        "give-up/",
        "portrait/lift/",
    ):
        sent = {"suitable": "yes", "c10-seen": "yes", "level": "0", "reasons": "x", "reason": "x", "side": "b",
                "shape": "arrow", "points": "[[0,0],[1,1]]"}  # fmt: skip
        assert ada.post(f"{desk}{address}", sent).status_code in (302, 422), address
    assert Examination.objects.get(actor=here.people[0].actor).digest == digest
    assert digest in page(ada, desk)
    assert examination.view(Examination.objects.get(actor=here.people[0].actor).pk, here.people[0]).level == "+1a"
