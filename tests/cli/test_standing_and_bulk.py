"""Standing searches and searches in bulk in the terminal; whoever may not know what they came to is not told."""

from __future__ import annotations

import pytest

from antigone.access import services as access
from antigone.casework.models import StandingRun
from antigone.casework.searching import bulk_runs, sides, standing_runs
from antigone.instance import Instance
from tests import factories
from tests.casework.blind_world import examiner, world
from tests.casework.searching.test_bulk import site_with
from tests.casework.searching.test_standing import enrol_one, searched, work
from tests.cli.test_lists import said


def test_a_search_is_kept_standing_and_ended(instance: Instance, monkeypatch: pytest.MonkeyPatch) -> None:
    here = world(monkeypatch, count=3, later=0)
    monkeypatch.setattr(sides, "contract_in_use", lambda: factories.contract())
    monkeypatch.setattr(standing_runs.search, "run", searched)
    code = here.case.code
    assert "not kept standing" in said(instance, "case", "standing", code)
    assert "you answer for it" in said(instance, "case", "stand", code)
    work()
    enrol_one(77)
    work()
    text = said(instance, "case", "standing", code)
    assert "is kept standing since" in text
    assert "portraits came" in text
    assert "1 new" in text
    # An examiner reads that it ran, and nothing of what came of it.
    blind = said(instance, "--as", "Ada", "case", "standing", code)
    assert "portraits came" in blind
    assert "new" not in blind
    assert StandingRun.objects.get().read_at is None
    shown = said(instance, "case", "standing", code, "--new")
    assert "new-077" in shown
    assert StandingRun.objects.get().read_at is not None
    said(instance, "case", "unstand", code, "--reason", "no more")
    assert "it was ended by hand" in said(instance, "case", "standing", code)
    said(instance, "case", "unstand", code, status=5)


def test_a_site_is_searched_in_one_go(instance: Instance, monkeypatch: pytest.MonkeyPatch) -> None:
    factories.enrol({"M-1": factories.unit(1)})
    monkeypatch.setattr(bulk_runs.search, "run", searched)
    site = site_with(2, pictured=2)
    assert "None was asked for yet" in said(instance, "case", "site-searches", site.name)
    text = said(instance, "case", "search-site", site.name, "--here")
    assert "2 searched, 0 left as they were answered, 0 refused" in text
    assert "M-1" not in text
    assert "2 searched" in said(instance, "case", "site-searches", site.name)
    said(instance, "case", "search-site", site.name, status=5)
    said(instance, "case", "search-site", "nowhere", status=2)
    examiner("Dina", access.found_agency("Another", "system:tests"))
    said(instance, "--as", "Dina", "case", "site-searches", site.name, status=2)
