"""An incident searched in one go: each case once, under its own mandate, with a summary that tells no outcome."""

from __future__ import annotations

import hashlib
import json
from datetime import date
from typing import Any

import pytest

from antigone.access import services as access
from antigone.casework import services
from antigone.casework.errors import CaseRefused, NotHere, PictureUnusable
from antigone.casework.models import BulkItem, BulkSearch, Case, Outcome, Search
from antigone.casework.searching import bulk, bulk_runs
from antigone.instance import Instance
from antigone.jobs import running
from antigone.jobs import services as jobs
from antigone.jobs.models import Job, State
from antigone.ledger.models import Entry
from antigone.remains import recovering
from antigone.remains import services as remains
from antigone.remains.models import Site, SubjectKind
from antigone.remains.services import Particulars
from tests import factories
from tests.casework.blind_world import enrolled, examiner, jpeg
from tests.casework.searching.test_standing import searched


def site_with(cases: int, *, pictured: int) -> Site:
    who = factories.operator()
    site = recovering.add_site(recovering.NewSite("Field 9", "mass-grave"), who)
    for number in range(cases):
        particulars = Particulars("field", date(2026, 3, 20), "A. R.")
        case = services.open_case(f"LIMEN-B-{number:03}", SubjectKind.DECEASED, particulars, who)
        type(case.subject).objects.filter(pk=case.subject_id).update(site=site)
        if number < pictured:
            picture(case, 700 + number)
    return site


def picture(case: Case, seed: int) -> None:
    original = jpeg(seed)
    new = remains.NewPhotograph(hashlib.sha256(original).hexdigest(), original)
    remains.add_photograph(case.subject, new, factories.operator().actor)


@pytest.fixture
def here(instance: Instance, monkeypatch: pytest.MonkeyPatch) -> Site:
    enrolled(5, 0)
    monkeypatch.setattr(bulk_runs.search, "run", searched)
    return site_with(4, pictured=3)


def work(order: BulkSearch) -> Job:
    running.run(int(order.job or 0))
    return Job.objects.get(pk=order.job)


def test_each_case_with_photographs_is_searched_once(here: Site) -> None:
    who = factories.operator()
    offered = bulk.offer(here.pk, who)
    assert (offered.to_search, offered.answered, offered.without_photograph) == (3, 0, 1)
    order = bulk.ask_bulk(here.pk, who)
    job = work(order)
    assert (job.state, job.done, job.total) == (State.DONE, 3, 3)
    assert job.result == {"bulk": order.pk, "searched": 3, "answered": 0, "refused": 0, "unusable": 0}
    assert Search.objects.count() == 3
    assert {search.actor for search in Search.objects.all()} == {who.actor}
    assert "none_of_these" not in json.dumps(job.result)
    _order, line = bulk.bulk_numbered(order.pk, who)
    assert (line.searched, line.total, line.finished_at is None) == (3, 3, False)
    assert Entry.objects.filter(action="casework:bulk:finish").count() == 1
    with pytest.raises(CaseRefused, match="no answer that stands"):
        bulk.ask_bulk(here.pk, who)


def test_what_is_answered_already_is_left_as_it_is(here: Site) -> None:
    who = factories.operator()
    work(bulk.ask_bulk(here.pk, who))
    picture(Case.objects.order_by("pk")[0], 900)
    order = bulk.ask_bulk(here.pk, who)
    work(order)
    outcomes = sorted(order.items.values_list("outcome", flat=True))
    assert outcomes == [Outcome.ANSWERED, Outcome.ANSWERED, Outcome.SEARCHED]
    assert Search.objects.count() == 4


def test_a_kill_anywhere_loses_nothing_and_doubles_nothing(here: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    order = bulk.ask_bulk(here.pk, factories.operator())
    calls: list[str] = []

    def dies(case: Any, *rest: Any, **named: Any) -> Any:
        calls.append(case.code)
        if len(calls) == 2:
            raise KeyboardInterrupt
        return searched(case, *rest, **named)

    monkeypatch.setattr(bulk_runs.search, "run", dies)
    assert running.run(int(order.job or 0)) == "interrupted"
    assert Search.objects.count() == 1
    running.run(int(order.job or 0))
    assert Search.objects.count() == 3
    assert sorted(calls) == ["LIMEN-B-000", "LIMEN-B-001", "LIMEN-B-001", "LIMEN-B-002"]


def test_a_second_run_of_the_same_case_is_taken_back(here: Site) -> None:
    order = bulk.ask_bulk(here.pk, factories.operator())
    item = BulkItem.objects.filter(bulk=order).order_by("pk")[0]
    bulk_runs._take(item, order, factories.operator())
    stale = BulkItem(pk=item.pk, bulk=order, case=item.case)
    with pytest.raises(bulk_runs._DoneMeanwhile):
        bulk_runs._keep(stale, Outcome.SEARCHED)
    assert Search.objects.count() == 1


def test_refused_and_unreadable_ones_are_said_with_why(here: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    who = factories.operator()
    order = bulk.ask_bulk(here.pk, who)
    services.close_case("LIMEN-B-000", who, "by mistake")

    def unreadable(case: Any, *rest: Any, **named: Any) -> Any:
        if case.code == "LIMEN-B-001":
            raise PictureUnusable("photograph", "No face was found in it.")
        return searched(case, *rest, **named)

    monkeypatch.setattr(bulk_runs.search, "run", unreadable)
    work(order)
    said = {item.case.code: (item.outcome, item.sentence) for item in bulk.items(order, who)}
    assert said["LIMEN-B-000"][0] == Outcome.REFUSED
    assert "closed" in said["LIMEN-B-000"][1]
    assert said["LIMEN-B-001"][0] == Outcome.UNUSABLE
    assert "No face" in said["LIMEN-B-001"][1]
    assert said["LIMEN-B-002"] == (Outcome.SEARCHED, "")


def test_one_at_a_time_and_a_stopped_one_is_out_of_the_way(here: Site) -> None:
    who = factories.operator()
    order = bulk.ask_bulk(here.pk, who)
    with pytest.raises(CaseRefused, match="under way"):
        bulk.ask_bulk(here.pk, who)
    jobs.stop(int(order.job or 0), who.actor)
    again = bulk.ask_bulk(here.pk, who)
    work(again)
    assert Search.objects.count() == 3
    assert [line.pk for line in bulk.bulks_at(here.pk, who)] == [again.pk, order.pk]


def test_another_agency_has_no_such_site_or_order(here: Site) -> None:
    order = bulk.ask_bulk(here.pk, factories.operator())
    stranger = examiner("Dina", access.found_agency("Another", "system:tests"))
    for act in (
        lambda: bulk.offer(here.pk, stranger),
        lambda: bulk.ask_bulk(here.pk, stranger),
        lambda: bulk.bulks_at(here.pk, stranger),
        lambda: bulk.bulk_numbered(order.pk, stranger),
    ):
        with pytest.raises(NotHere):
            act()
