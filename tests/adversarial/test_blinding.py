"""Tries of whoever may still judge blind, at every door of the house, to learn what a search or a colleague found."""

from __future__ import annotations

import re
from uuid import uuid4

import pytest
from click.testing import CliRunner
from django.conf import settings
from django.test import Client
from django.urls import reverse

from antigone.access import services as access
from antigone.access.models import Operator
from antigone.access.rules import Role
from antigone.casework import story
from antigone.casework.judging import desk
from antigone.casework.judging.unread import veil_for
from antigone.casework.models import Comparison, Examination, Lineup, RankedView, Triage
from antigone.cli.main import main
from antigone.instance import Instance
from antigone.ledger import reading
from antigone.ledger import services as ledger
from antigone.ledger.models import Entry
from antigone.missing.models import Person, Portrait
from tests.adversarial import blinded
from tests.adversarial.blinded import BESIDE, ask, person
from tests.casework.blind_world import NAME, World, examine
from tests.web import sorting
from tests.web.examining import looking

READERS = ("examiner and auditor", "examiner and reviewer", "founder")
"""Who examines, and may read the ledger too."""


@pytest.fixture
def here(instance: Instance, monkeypatch: pytest.MonkeyPatch) -> World:
    return blinded.in_flight(monkeypatch)


def others_work(here: World, *, settled: bool = False) -> None:
    """Ada and Bohdan conflict on the one pair, so that a third is called; with `settled` all comes to its end."""
    first, second = looking.keys(here)
    examine(first, here.people[0], "exclusion")
    examine(first, here.people[1], "+1a")
    if settled:
        examine(first, here.people[2], "+1a")
        for who in here.people[:2]:
            examine(second, who, "+1a")


def open_to(client: Client, here: World) -> list[str]:
    """The addresses that answer this person with more than a refusal, of all that there are."""
    found = []
    for address in blinded.addresses(here):
        answer = client.get(address)
        assert answer.status_code < 500, address
        if answer.status_code not in (403, 404, 405):
            found.append(address)
    return found


def who_is(name: str) -> Operator:
    return blinded.elsewhere() if name == "of another agency" else person(name)


OTHERS = (*list(BESIDE)[1:], "of another agency")


@pytest.mark.slow
@pytest.mark.parametrize("name", ["examiner", *OTHERS])
def test_no_page_changes_by_what_others_seal(here: World, name: str) -> None:
    """Words, headers, redirects, sizes and the number of queries: on the same work they are the same."""
    who = who_is(name)
    client = sorting.signed_in(who)
    # Reading the ledger adds to it: its pages have tests of their own below.
    read = [each for each in open_to(client, here) if not each.startswith("/audit/")]
    assert "/examinations/" in read
    assert len(read) > 15
    for address in read:
        client.get(address)
    before = {address: ask(client, address) for address in read}
    others_work(here)
    after = {address: ask(client, address) for address in read}
    assert {each for each in read if before[each] != after[each]} == set()
    assert not RankedView.objects.filter(actor=who.actor).exists()
    assert len(desk.to_examine(who)) == 2, "still blind, after all of it"
    candidates = [*Person.objects.values_list("ref", flat=True)]
    never = [NAME.decode(), here.search.contract]
    never += [each.hex for each in Portrait.objects.values_list("pk", flat=True)]
    never += [score for lead in here.search.answer["candidates"] if len(score := str(lead["score"])) > 4]
    for address, said in after.items():
        told = said.body + said.headers
        assert [word for word in never if word in told] == [], address
        # A record of the missing may be read by who may: never beside the case, unless both were asked for.
        if here.case.code in told and "/persons/" not in address:
            assert [ref for ref in candidates if ref in told] == [], address


def test_nothing_stays_in_a_browser(here: World) -> None:
    """No page of blind work is kept for the way back, nor asked for again by what a browser had kept of it."""
    client = sorting.signed_in(person("examiner"))
    led = ["/", "/cases/", f"/cases/{here.case.pk}/", "/triage/", "/examinations/", "/examinations/ended/"]
    begun = looking.begun(client, looking.keys(here)[0])
    for address in (*led, begun):
        answer = client.get(address)
        assert answer.status_code == 200
        assert answer["Cache-Control"] == "no-store", address
        assert not {"ETag", "Last-Modified"} & set(answer.headers), address
        again = client.get(
            address, headers={"If-Modified-Since": "Tue, 24 Nov 2099 00:00:00 GMT", "If-None-Match": "*"}
        )
        assert again.status_code == 200, address
        assert set(answer.cookies) <= {settings.CSRF_COOKIE_NAME, settings.SESSION_COOKIE_NAME}, address


def test_what_is_another_s_and_what_is_nowhere_answer_alike(here: World) -> None:
    """For each key of the case in each place of an address: no door tells that there is such a thing."""
    client = sorting.signed_in(person("examiner"))
    examine(looking.keys(here)[0], here.people[0], "exclusion")
    theirs = [Triage.objects.get(actor=here.people[0].actor).pk, Examination.objects.get().pk]
    theirs += [Portrait.objects.earliest("pk").pk]
    # The first request of a session does work of its own.
    client.get("/")
    rooms = ("examinations/", "triage/", "missing/", "pictures/")
    for text, kinds in blinded.patterns(blinded.get_resolver()):
        if list(kinds.values()) != ["uuid"] or not text.startswith(rooms):
            continue
        for key in theirs:
            said = [ask(client, "/" + re.sub(r"<uuid:\w+>", str(each), text)) for each in (key, uuid4())]
            assert said[0] == said[1], (text, key)


def foreign_lines(who: Operator) -> list[int]:
    """The entries that this person is told, but for their own."""
    told = reading.open_entries(veil_for(who)).exclude(actor=who.actor)
    return list(told.order_by("pk").values_list("pk", flat=True))


@pytest.mark.parametrize("name", READERS)
def test_the_ledger_tells_no_examiner_that_others_work(here: World, name: str) -> None:
    who = person(name)
    client = sorting.signed_in(who)
    before = foreign_lines(who)
    others_work(here)
    assert foreign_lines(who) == before
    sealed = Examination.objects.exclude(ended_at=None).first()
    assert sealed is not None
    pages = [reverse("web:audit:entries"), reverse("web:audit:refusals")]
    about = [f"examination:{sealed.pk}", f"comparison:{looking.keys(here)[0]}", f"lineup:{here.lineup.pk}"]
    about += [f"portrait:{Portrait.objects.earliest('pk').pk}", f"triage:{Triage.objects.earliest('pk').pk}"]
    pages += [f"{reverse('web:audit:about')}?object={each}" for each in about]
    pages += [f"{pages[0]}?who={here.people[0].actor}", f"{pages[0]}?action=casework:examination:seal"]
    told = "".join(looking.page(client, address).partition('<div id="results"')[2] or "" for address in pages)
    told += "".join(looking.page(client, address) for address in pages[1:])
    for word in ("sealed", "needs another", "was lined up", "Bohdan</a> looked"):
        assert word not in told, word
    assert "You may still judge blind" in told
    ledger.sequence()
    for entry in Entry.objects.filter(action__startswith="casework:examination:", actor=here.people[0].actor):
        for place in ("entry", "proof"):
            assert client.get(reverse(f"web:audit:{place}", args=[entry.index])).status_code == 404
    run = Entry.objects.get(action="casework:search:run")
    assert client.get(reverse("web:audit:entry", args=[run.index])).status_code == 404, "its payload says the outcome"


def test_one_s_own_seal_does_not_tell_by_the_ledger_that_it_conflicts(here: World) -> None:
    """The entry of the call for a third is written under whoever sealed last."""
    both = here.people[1]
    access.grant_role(both, Role.AUDITOR, "system:tests")
    examine(looking.keys(here)[0], here.people[0], "exclusion")
    examine(looking.keys(here)[0], both, "+1a")
    assert Entry.objects.filter(action="casework:comparison:third").exists()
    told = reading.open_entries(veil_for(both))
    assert not told.filter(action__startswith="casework:comparison:").exists()
    assert told.filter(action="casework:examination:seal", actor=both.actor).exists(), "their own work they read"


def test_the_ledger_is_whole_for_who_does_not_examine_and_once_all_is_settled(here: World) -> None:
    both, auditor = person("examiner and auditor"), access.add_operator("A", here.case.agency, "system:tests")
    access.grant_role(auditor, Role.AUDITOR, "system:tests")
    others_work(here, settled=True)
    assert Lineup.objects.get().settled_at is not None
    for who in (both, auditor):
        assert veil_for(who) is None
        assert reading.open_entries(veil_for(who)).count() == Entry.objects.count()
        assert "sealed" in looking.page(sorting.signed_in(who), reverse("web:audit:entries"))


def test_whoever_forgoes_examining_reads_the_whole_ledger(here: World) -> None:
    both = person("examiner and auditor")
    assert veil_for(both) is not None
    RankedView.objects.create(case=here.case, actor=both.actor, search=here.search, at=here.search.at)
    assert veil_for(both) is None


WORDS = (
    ("ledger", "show"), ("ledger", "show", "--case", "LIMEN-A-001"), ("case", "list"), ("case", "list", "--open"),
    ("case", "standing", "LIMEN-A-001"), ("jobs", "list", "--all"),
)  # fmt: skip


@pytest.mark.parametrize("name", ["examiner", "founder"])
def test_the_terminal_says_the_same_before_and_after(instance: Instance, here: World, name: str) -> None:
    who = person(name)

    def said() -> list[str]:
        answers = [CliRunner().invoke(main, ["-i", str(instance.root), *words, "--as", who.name]) for words in WORDS]
        # What one was refused oneself is an entry, and so is each look.
        lines = "\n".join(f"{answer.exit_code}\n{answer.output}" for answer in answers).splitlines()
        return [re.sub(r"^ *(\d+|pending)  ", "", line) for line in lines if who.actor not in line]

    said()
    before = said()
    others_work(here)
    assert said() == before
    assert not [line for line in before for each in here.people if each.actor in line and "examination" in line]


def test_the_story_of_a_case_tells_no_examiner_that_leads_were_weighed(here: World) -> None:
    """That the board read a posterior says that there is somebody to weigh."""
    who, board = person("examiner"), access.add_operator("B", here.case.agency, "system:tests")
    access.grant_role(board, Role.BOARD_MEMBER, "system:tests")
    before = story.story(here.case, who)
    with ledger.recorded():
        for action, payload in (
            ("casework:posterior:read", {"population": "all of the valley"}),
            ("casework:posterior:refuse", {"code": here.case.code, "why": "no lead"}),
            ("casework:answer:redact", {"searches": [here.search.pk]}),
        ):
            ledger.record(action, actor=board.actor, object=f"case:{here.case.pk}", **payload)
    assert story.story(here.case, who) == before
    assert len(story.story(here.case, board).events) == len(before.events) + 3


def test_no_order_of_the_desk_tells_who_was_there(here: World) -> None:
    who = person("examiner")
    before = desk.to_examine(who)
    others_work(here)
    assert desk.to_examine(who) == before
    assert not Comparison.objects.filter(settled_at__isnull=False).exists()
