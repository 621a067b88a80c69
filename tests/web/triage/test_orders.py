"""Orders of samples and incidents on the pages: what each person reads, and that nothing is told of pictures."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from antigone.access.rules import Role
from antigone.casework.judging import incidents
from antigone.casework.models import Incident, SamplingOrder
from antigone.missing.models import Person
from antigone.remains.models import Sample
from tests import factories
from tests.casework.blind_world import World, sort, world
from tests.web import people
from tests.web.people import Agencies
from tests.web.sorting import CHANCE, said, signed_in, url

WHY = "Bone is all that is left."


@pytest.fixture
def here(instance: object, monkeypatch: pytest.MonkeyPatch) -> World:
    return world(monkeypatch)


@pytest.fixture
def recorder(here: World) -> Client:
    return people.client_of(people.somebody(here.case.agency, Role.FIELD_RECORDER))


def ordered(of: Client, here: World, *kinds: str, why: str = WHY, once: str = "") -> object:
    given = {"identifiers": kinds, "why": why, "once": once or str(uuid4())}
    return of.post(url("order", here.case.subject_id), given)


def test_an_order_is_on_the_record_and_on_the_desk_until_a_sample_is_taken(here: World, recorder: Client) -> None:
    once = str(uuid4())
    for _click in range(2):
        ordered(recorder, here, "dna", "prints", once=once)
    assert SamplingOrder.objects.count() == 2
    record = reverse("web:remains:subject", args=[here.case.subject_id])
    page = said(recorder.get(record))
    assert WHY in page
    assert "to be taken" in page
    desk = said(recorder.get("/"))
    assert "Samples to take" in desk
    assert "ordered: friction ridges, DNA" in desk
    form = said(recorder.get(reverse("web:remains:sample-new", args=[here.case.subject_id]) + "?identifier=dna"))
    assert '<option value="dna" selected>' in form
    tube = {"reference": "D-1", "kind": "bone", "identifier": "dna", "taken_by": "A. R.", "kept_at": "freezer 2"}
    recorder.post(reverse("web:remains:sample-new", args=[here.case.subject_id]), tube | {"once": str(uuid4())})
    assert SamplingOrder.objects.get(identifier="dna").sample == Sample.objects.get()
    assert "ordered: friction ridges<" in said(recorder.get("/")).replace("\n", "")


def test_words_that_name_somebody_come_back_with_the_form(here: World, recorder: Client) -> None:
    ref = Person.objects.order_by("pk")[0].ref
    answer = ordered(recorder, here, "dna", why=f"It is {ref}")
    assert answer.status_code == 422  # type: ignore[attr-defined]
    assert "somebody on record" in said(answer)
    assert ref in said(answer)
    assert not SamplingOrder.objects.exists()


def test_who_may_judge_blind_cannot_tell_whose_order_it_is(here: World, recorder: Client) -> None:
    """The record, the desk and the order page of a second examiner are the same whoever ordered, and whatever for."""
    incidents.declare("A ship sank.", factories.operator())
    one, other, _third = here.people
    watching, record = signed_in(other), reverse("web:remains:subject", args=[here.case.subject_id])
    pages = [record, "/", url("order", here.case.subject_id)]
    ordered(recorder, here, "dna")
    routine = [CHANCE.sub("", said(watching.get(each))) for each in pages]
    SamplingOrder.objects.all().delete()
    sort(here, one, keep=True)
    ordered(signed_in(one), here, "dna", why="Before it is buried.")
    assert [CHANCE.sub("", said(watching.get(each))) for each in pages] == routine
    assert "to be taken" in routine[0]
    assert "Before it is buried" not in routine[0]
    assert not [each for each in routine if one.name in each]


def test_the_page_of_ones_end_offers_samples_whatever_was_judged(here: World) -> None:
    one, other, _third = here.people
    pages = []
    for who, keep in ((one, True), (other, False)):
        key, browser = sort(here, who, keep=keep), signed_in(who)
        before = said(browser.get(url("finished", key)))
        assert "once you have sealed an examination" in before
        assert url("order", here.case.subject_id) not in before
        refused = said(browser.get(url("order", here.case.subject_id)))
        assert "Not by you, not now" in refused
        found = incidents.declare("A ship sank.", factories.operator())
        page = said(browser.get(url("finished", key)))
        assert "your finished triage is enough" in page
        assert url("order", here.case.subject_id) in page
        assert "Who is identified, by whom and on what" in said(browser.get(url("order", here.case.subject_id)))
        pages.append(CHANCE.sub("", page).replace(who.name, ""))
        Incident.objects.filter(pk=found.pk).delete()
    assert pages[0] == pages[1]


def test_an_incident_is_declared_and_ended(here: World, agencies: Agencies) -> None:
    board = people.client_of(people.somebody(here.case.agency, Role.BOARD_MEMBER))
    once = str(uuid4())
    for _click in range(2):
        assert board.post(url("incident"), {"why": "A ship sank.", "once": once}).status_code == 302
    assert Incident.objects.count() == 1
    assert "An incident is under way" in said(board.get("/"))
    theirs = people.client_of(people.somebody(agencies.theirs, Role.BOARD_MEMBER))
    assert "No incident is under way" in said(theirs.get(url("incident")))
    assert board.post(url("incident"), {"why": "Another."}).status_code == 422
    assert board.post(url("incident-end"), {"why": ""}).status_code == 422
    board.post(url("incident-end"), {"why": "All are ashore.", "once": str(uuid4())})
    assert incidents.under_way(here.case.agency_id) is None
    assert "Incident mode" not in said(board.get("/"))
