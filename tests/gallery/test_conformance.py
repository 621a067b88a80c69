"""What every gallery driver must do: find what is there, see what the filter lets through, forget what is deleted."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import numpy as np
import pytest

from antigone.gallery import FOREVER, Rows, RowsRefused, Where


def _beside(name: str):
    spec = importlib.util.spec_from_file_location(f"gallery_{name}", Path(__file__).with_name(f"{name}.py"))
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


people, drivers = _beside("people"), _beside("drivers")
TODAY, ANYONE = people.TODAY, people.ANYONE
SIZES = {"compared": (700, 24), "scanned": (24_000, 24), "scanned-fine": (21_000, 256)}


RUNS = [
    *(("compared", driver) for driver in drivers.DRIVERS if driver != "scan-three-threads"),
    *(("scanned", driver) for driver in drivers.DRIVERS),
    ("scanned-fine", "scan-shared"),
]


@pytest.fixture(scope="module", params=RUNS, ids="-".join)
def run(request):
    return request.param


@pytest.fixture(scope="module")
def rows(run):
    return people.crowd(*SIZES[run[0]])


@pytest.fixture
def empty(run, rows, tmp_path):
    return drivers.DRIVERS[run[1]](rows.dimension, tmp_path)


@pytest.fixture
def gallery(empty, rows):
    empty.build([rows.take(np.arange(0, len(rows), 2)), rows.take(np.arange(1, len(rows), 2))], 5, len(rows))
    return empty


@pytest.mark.parametrize(
    "where",
    [
        ANYONE,
        Where(frozenset({1, 2, 3}), TODAY),
        Where(frozenset({4}), TODAY - 1),
        Where(None, TODAY, frozenset(range(0, 20_000, 3))),
        Where(frozenset({1, 2, 3}), TODAY, frozenset(range(10_000))),
    ],
)
def test_answers_are_the_first_of_the_float64_order(gallery, rows, where):
    probes = people.probes_of(rows, 6)
    for probe, hits in zip(probes, gallery.search(probes, 50, where), strict=True):
        people.same_rows(hits, rows, probe, 50, where)
        assert hits.generation == 5


def test_many_probes_give_the_answers_of_each(gallery, rows):
    probes = people.probes_of(rows, 40, seed=5)
    for probe, hits in zip(probes, gallery.search(probes, 10, ANYONE), strict=True):
        people.same_rows(hits, rows, probe, 10, ANYONE)


def test_filters_run_before_the_ranking(gallery, rows):
    probe = people.probes_of(rows, 1)
    first = gallery.search(probe, 1, ANYONE)[0]
    holding = int(rows.holdings[rows.ids == first.ids[0]][0])
    others = Where(frozenset({0, 1, 2, 3, 4} - {holding}), TODAY)
    hits = gallery.search(probe, 20, others)[0]
    assert len(hits.ids) == 20
    assert not np.isin(rows.holdings[np.isin(rows.ids, hits.ids)], [holding]).any()
    assert gallery.search(probe, 5, Where(frozenset(), TODAY))[0].ids.size == 0


def test_a_day_past_until_is_not_found(gallery, rows):
    past = rows.take(np.flatnonzero((rows.until < TODAY) & rows.searchable)[:1])
    assert gallery.search(past.vectors, 1, Where(None, TODAY - 1))[0].ids[0] == past.ids[0]
    assert gallery.search(past.vectors, 1, ANYONE)[0].ids[0] != past.ids[0]


def test_an_upsert_shows_in_the_next_search_and_replaces(gallery, rows):
    stranger = people.unit(np.random.default_rng(9).standard_normal((1, rows.dimension)))
    new = Rows([10**9], [7], [0], [FOREVER], [True], stranger)
    gallery.upsert(new, 6)
    hits = gallery.search(stranger, 3, ANYONE)[0]
    assert (hits.ids[0], hits.persons[0], hits.generation) == (10**9, 7, 6)
    gallery.upsert(Rows([10**9], [8], [0], [FOREVER], [True], -stranger), 7)
    again = gallery.search(stranger, 3, ANYONE)[0]
    assert again.ids[0] != 10**9
    assert gallery.search(-stranger, 1, ANYONE)[0].persons[0] == 8
    hidden = Rows([10**9], [8], [0], [FOREVER], [False], -stranger)
    gallery.upsert(hidden, 8)
    assert gallery.search(-stranger, 1, ANYONE)[0].ids[0] != 10**9


def test_an_upsert_of_a_row_of_the_base_replaces_it(gallery, rows):
    one = rows.take(np.flatnonzero((rows.until >= TODAY) & rows.searchable)[:1])
    moved = Rows(one.ids, one.persons, one.holdings, one.until, one.searchable, -one.vectors)
    gallery.upsert(moved, 6)
    assert gallery.search(one.vectors, 1, ANYONE)[0].ids[0] != one.ids[0]
    assert gallery.search(-one.vectors, 1, ANYONE)[0].ids[0] == one.ids[0]
    assert len(gallery) == len(rows)


def test_a_deletion_shows_at_once_and_can_be_verified(gallery, rows):
    seen = np.flatnonzero((rows.until >= TODAY) & rows.searchable)[5:8]
    gone = rows.take(seen)
    assert not gallery.verify_absent(gone.ids).absent
    assert set(gallery.verify_absent(gone.ids).found_ids) == set(gone.ids)
    gallery.delete(gone.ids, 6)
    gallery.delete(gone.ids, 6)  # idempotent
    gallery.delete([12345678], 7)
    assert gallery.generation == 7
    left = rows.take(~np.isin(rows.ids, gone.ids))
    for probe, hits in zip(gone.vectors, gallery.search(gone.vectors, 20, ANYONE), strict=True):
        people.same_rows(hits, left, probe, 20, ANYONE)
    assert gallery.verify_absent(gone.ids).absent
    gallery.purge()
    assert gallery.verify_absent(gone.ids).absent
    assert len(gallery) == len(left)
    for probe, hits in zip(gone.vectors, gallery.search(gone.vectors, 20, ANYONE), strict=True):
        people.same_rows(hits, left, probe, 20, ANYONE)


def test_a_merge_changes_no_answer(gallery, rows):
    extra = people.crowd(300, rows.dimension, seed=77)
    extra = Rows(extra.ids + 10**7, extra.persons + 10**6, *(getattr(extra, f) for f in _REST))
    gallery.upsert(extra, 6)
    gallery.delete(rows.ids[:50], 7)
    everything = Rows.joined([rows.take(np.arange(50, len(rows))), extra], rows.dimension)
    probes = people.probes_of(everything, 4, seed=3)
    for _ in range(2):
        for probe, hits in zip(probes, gallery.search(probes, 30, ANYONE), strict=True):
            people.same_rows(hits, everything, probe, 30, ANYONE)
            assert hits.generation == 7
        assert gallery.merge()


def test_more_asked_than_there_are(gallery, rows):
    probe = people.probes_of(rows, 1)
    few = Where(frozenset({2}), TODAY)
    people.same_rows(gallery.search(probe, len(rows), few)[0], rows, probe[0], len(rows), few)


def test_fewer_rows_than_were_announced(empty, rows):
    for count in (0, 1, 300):
        few = rows.take(np.arange(count))
        empty.build([few], 2, len(rows))
        people.same_rows(empty.search(rows.vectors[:1], 7, ANYONE)[0], few, rows.vectors[0], 7, ANYONE)
    with pytest.raises(RowsRefused):
        empty.build([rows], 3, len(rows) - 1)


def test_an_empty_gallery_answers(empty, rows):
    probe = people.probes_of(rows, 1)
    hits = empty.search(probe, 5, ANYONE)[0]
    assert (hits.ids.size, hits.searched, hits.proven) == (0, 0, True)
    persons = empty.search_persons(probe, 5, ANYONE)
    assert (persons.persons.size, persons.searched_persons, persons.proven) == (0, 0, True)
    empty.upsert(rows.take(np.arange(5)), 1)
    assert len(empty) == 5
    assert empty.search(probe, 3, Where(None, 0))[0].ids.size <= 3


def test_rows_that_cannot_be_are_refused(empty, rows):
    good = rows.take(np.arange(3))
    parts = [getattr(good, name) for name in ("ids", "persons", *_REST)]
    with pytest.raises(RowsRefused):
        Rows(*parts[:-1], good.vectors * 2)
    with pytest.raises(RowsRefused):
        Rows(*parts[:-1], good.vectors * np.nan)
    with pytest.raises(RowsRefused):
        Rows(np.zeros(3), *parts[1:])
    with pytest.raises(RowsRefused):
        empty.build([good, good], 1)
    with pytest.raises(RowsRefused):
        empty.upsert(Rows(*parts[:-1], people.unit(np.ones((3, rows.dimension + 1)))), 1)


def test_a_probe_that_is_no_vector_is_an_error(gallery, rows):
    with pytest.raises(ValueError, match="no number"):
        gallery.search(np.full((1, rows.dimension), np.nan, dtype=np.float32), 5, ANYONE)
    with pytest.raises(ValueError, match="probes must be"):
        gallery.search(np.ones((1, rows.dimension + 1), dtype=np.float32), 5, ANYONE)


def test_calibration_keeps_answers(gallery, rows):
    probes = people.probes_of(rows, 8, seed=11)
    measured = gallery.calibrate(probes)
    assert 0 <= measured.recall <= 1
    assert measured.queries == 8
    for probe, hits in zip(probes, gallery.search(probes, 50, ANYONE), strict=True):
        people.same_rows(hits, rows, probe, 50, ANYONE)


_REST = ("holdings", "until", "searchable", "vectors")
