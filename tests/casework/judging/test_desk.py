"""The desk of blind work: as much of it as fits a page, oldest first, without the answers that it must not tell."""

from __future__ import annotations

import uuid
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.db.models import Model
from django.test.utils import CaptureQueriesContext

from antigone.casework.judging import desk
from antigone.casework.models import Case, Comparison, Lineup, NamedCandidate, Search
from antigone.instance import Instance
from antigone.remains.models import Subject
from tests.casework.blind_world import World, sort, world


@pytest.fixture
def here(instance: Instance, monkeypatch: pytest.MonkeyPatch) -> World:
    return world(monkeypatch, count=3, later=2)


def like(row: Model, **other: object) -> Any:
    """A new row like another, but for what is given."""
    columns = [each.attname for each in row._meta.concrete_fields if not each.primary_key]
    return type(row)(**{name: getattr(row, name) for name in columns} | other)


def add_cases(here: World, count: int) -> list[Search]:
    """So many further cases, each opened before the one before it, with a search that names somebody."""
    of = here.case
    subjects = Subject.objects.bulk_create([like(of.subject, code=f"S-{uuid.uuid4()}") for _ in range(count)])
    cases = Case.objects.bulk_create(
        like(of, code=f"C-{uuid.uuid4()}", subject_id=each.pk, opened_at=of.opened_at - timedelta(days=number))
        for number, each in enumerate(subjects, 1)
    )
    searches = Search.objects.bulk_create(like(here.search, case_id=each.pk, job=None) for each in cases)
    NamedCandidate.objects.bulk_create(
        NamedCandidate(search=each, rank=1, person=1, portrait=uuid.uuid4()) for each in searches
    )
    return searches


def test_the_desk_offers_a_page_of_the_oldest_to_sort_and_reads_no_kept_answer(
    here: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(desk, "MOST", 3)
    who = here.people[0]
    with CaptureQueriesContext(connection) as one:
        assert [each.search for each in desk.to_sort(who)] == [here.search.pk]
    searches = add_cases(here, 8)
    with CaptureQueriesContext(connection) as many:
        found = desk.to_sort(who)
    assert [each.search for each in found] == [each.pk for each in reversed(searches[-3:])]
    assert len(many) == len(one)
    assert any("LIMIT 3" in each["sql"] and "casework_search" in each["sql"] for each in many.captured_queries)
    assert not [each["sql"] for each in many.captured_queries if '"answer"' in each["sql"]]


def test_the_desk_offers_a_page_to_examine_and_reads_no_kept_answer(
    here: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(desk, "MOST", 2)
    for who in here.people[:2]:
        sort(here, who)
    portrait = Comparison.objects.filter(outcome="").values_list("portrait", flat=True)[0]
    of = Lineup.objects.get()
    lineups = Lineup.objects.bulk_create(like(of, search_id=each.pk) for each in add_cases(here, 4))
    Comparison.objects.bulk_create(Comparison(lineup=each, portrait=portrait) for each in lineups)
    with CaptureQueriesContext(connection) as asked:
        found = desk.to_examine(here.people[2])
    assert len(found) == 2
    codes = dict(Comparison.objects.values_list("pk", "lineup__search__case__code"))
    assert all(each.case == codes[each.comparison] for each in found)
    assert not [each["sql"] for each in asked.captured_queries if '"answer"' in each["sql"]]


def test_a_portrait_that_several_cases_compare_is_on_the_desk_for_each_of_them(here: World) -> None:
    for who in here.people[:2]:
        sort(here, who)
    first = Comparison.objects.filter(outcome="")[0]
    lineup = like(Lineup.objects.get(), search_id=add_cases(here, 1)[0].pk)
    lineup.save()
    second = Comparison.objects.create(lineup=lineup, portrait=first.portrait)
    on_desk = {each.comparison for each in desk.to_examine(here.people[2])}
    assert {first.pk, second.pk} <= on_desk
