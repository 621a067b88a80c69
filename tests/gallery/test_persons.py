"""The search of persons against a float64 comparison of everything."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from antigone.gallery import FOREVER, Rows, ScanGallery, Where, max_of_best, mean_of_best, weighted_mean_of_best

spec = importlib.util.spec_from_file_location("gallery_people", Path(__file__).with_name("people.py"))
people = importlib.util.module_from_spec(spec)
spec.loader.exec_module(people)
TODAY, ANYONE = people.TODAY, people.ANYONE


def _agrees(found, rows, photos, k, where, aggregate):
    persons, totals = people.brute_persons(rows, photos, where, aggregate)
    k = min(k, len(persons))
    assert found.proven
    assert found.searched_persons == len(persons)
    assert len(found.persons) == k
    assert np.allclose(found.scores, totals[:k], atol=1e-12)
    by_person = dict(zip(persons.tolist(), totals.tolist(), strict=True))
    assert np.allclose([by_person[p] for p in found.persons.tolist()], found.scores, atol=1e-12)
    scores = photos.astype(np.float64) @ rows.vectors.astype(np.float64).T
    assert found.by_photo.shape == (k, len(photos))
    if k:
        assert np.allclose(aggregate(found.by_photo.T), found.scores, atol=1e-12)
    for person, best, height in zip(found.persons, found.best_ids, found.best_scores, strict=True):
        at = int(np.flatnonzero(rows.ids == best)[0])
        assert rows.persons[at] == person
        assert abs(scores[:, at].max() - height) < 1e-12
        seen = where.mask(rows.ids, rows.holdings, rows.until, rows.searchable) & (rows.persons == person)
        assert height >= scores[:, seen].max() - 1e-12


def test_a_stranger_never_outranks_the_mate_because_of_a_sign():
    """Golden: the mate is nearest, strangers are orthogonal, and the mate's mirror image comes last."""
    mate = np.zeros(8, dtype=np.float32)
    mate[0] = 1
    others = np.eye(8, dtype=np.float32)[1:]
    vectors = np.vstack([others, mate[None], -mate[None]])
    rows = Rows(np.arange(9), np.arange(9) + 100, np.zeros(9), np.full(9, FOREVER), np.ones(9), vectors)
    gallery = ScanGallery(8)
    gallery.build([rows], 1)
    photo = people.unit(mate[None] + 0.2 * others[:1])
    found = gallery.search_persons(photo, 9, ANYONE)
    assert found.persons[0] == 107
    assert found.scores[0] > 0.9
    assert found.persons[-1] == 108
    assert found.scores[-1] < -0.9
    hits = gallery.search(photo, 9, ANYONE)[0]
    assert hits.persons[0] == 107
    assert hits.persons[-1] == 108


def test_the_mate_comes_first_in_a_crowd_that_is_scanned():
    rows = people.crowd(24_000, 32, per_person=3)
    gallery = ScanGallery(32)
    gallery.build([rows], 1)
    assert gallery.stats()["scans_codes"]
    for at in (17, 5000, 23_000):
        if not rows.searchable[at] or rows.until[at] < TODAY:
            continue
        photos = people.unit(rows.vectors[at] + 0.03 * np.random.default_rng(at).standard_normal((2, 32)))
        assert gallery.search_persons(photos, 10, ANYONE).persons[0] == rows.persons[at]


@pytest.fixture(scope="module")
def scanned():
    rows = people.crowd(24_000, 24, per_person=3)
    gallery = ScanGallery(24)
    gallery.build([rows], 1)
    extra = people.crowd(200, 24, seed=8)
    # Some of the added rows belong to persons of the base, some replace its rows.
    added = Rows(
        np.concatenate([rows.ids[:40], extra.ids[40:] + 10**7]),
        np.concatenate([rows.persons[:40], rows.persons[100:180], extra.persons[120:] + 10**6]),
        extra.holdings,
        extra.until,
        extra.searchable,
        extra.vectors,
    )
    gallery.upsert(added, 2)
    gallery.delete(rows.ids[200:260], 3)
    kept = rows.take(~np.isin(rows.ids, np.concatenate([added.ids, rows.ids[200:260]])))
    return gallery, Rows.joined([kept, added], 24)


@pytest.mark.parametrize("aggregate", [mean_of_best, max_of_best])
@pytest.mark.parametrize("photos", [1, 2, 5])
@pytest.mark.parametrize("where", [ANYONE, Where(frozenset({0, 2, 3}), TODAY), Where(frozenset({1}), TODAY)])
def test_scanned_gallery_agrees_with_float64(scanned, aggregate, photos, where):
    gallery, rows = scanned
    rng = np.random.default_rng(photos)
    for at in rng.integers(0, len(rows), 3):
        shots = people.unit(rows.vectors[at] + 0.1 * rng.standard_normal((photos, 24)))
        _agrees(gallery.search_persons(shots, 20, where, aggregate), rows, shots, 20, where, aggregate)


def test_photographs_of_different_people_agree_too(scanned):
    gallery, rows = scanned
    shots = people.probes_of(rows, 4, seed=21)
    _agrees(gallery.search_persons(shots, 50, ANYONE), rows, shots, 50, ANYONE, mean_of_best)


def test_an_aggregate_of_ones_own(scanned):
    gallery, rows = scanned
    shots = people.probes_of(rows, 3, seed=22)

    def least(best):
        return best.min(axis=0) ** 3

    _agrees(gallery.search_persons(shots, 10, ANYONE, least), rows, shots, 10, ANYONE, least)


@st.composite
def small_galleries(draw):
    n = draw(st.integers(1, 40))
    seed = draw(st.integers(0, 2**32 - 1))
    rng = np.random.default_rng(seed)
    kinds = draw(st.integers(1, 12))  # few distinct vectors make ties
    vectors = people.unit(rng.standard_normal((kinds, 6)))[rng.integers(0, kinds, n)]
    rows = Rows(
        rng.permutation(n),
        rng.integers(0, draw(st.integers(1, 20)), n),
        rng.integers(0, 3, n),
        rng.choice([TODAY - 1, TODAY, FOREVER], n),
        rng.random(n) > 0.2,
        vectors,
    )
    photos = people.unit(rng.standard_normal((draw(st.integers(1, 4)), 6)))
    return rows, photos, draw(st.integers(1, n)), draw(st.integers(1, 25))


@settings(max_examples=60, deadline=None)
@given(small_galleries(), st.sampled_from([mean_of_best, max_of_best]), st.sampled_from([None, {0}, {0, 1}]))
def test_any_small_gallery_agrees_with_float64(made, aggregate, holdings):
    rows, photos, built, k = made
    where = Where(None if holdings is None else frozenset(holdings), TODAY)
    gallery = ScanGallery(6)
    gallery.build([rows.take(np.arange(built))], 1)
    gallery.upsert(rows.take(np.arange(built, len(rows))), 2)
    _agrees(gallery.search_persons(photos, k, where, aggregate), rows, photos, k, where, aggregate)
    for photo, hits in zip(photos, gallery.search(photos, k, where), strict=True):
        people.same_rows(hits, rows, photo, k, where)


@settings(deadline=None, max_examples=25)
@given(st.integers(0, 10_000), st.lists(st.floats(0.05, 1), min_size=1, max_size=3))
def test_weighted_photographs_agree_with_a_comparison_of_everything(seed, raw):
    weights = np.array(raw) / np.sum(raw)
    random = np.random.default_rng(seed)
    vectors = people.unit(random.normal(size=(300, 16)).astype(np.float32))
    rows = Rows(np.arange(300), np.arange(300) // 2, np.zeros(300), np.full(300, FOREVER), np.ones(300), vectors)
    gallery = ScanGallery(rows.vectors.shape[1])
    gallery.build([rows], 1)
    photos = people.unit(
        np.random.default_rng(seed + 1).normal(size=(len(weights), rows.vectors.shape[1])).astype(np.float32)
    )
    aggregate = weighted_mean_of_best(weights)
    _agrees(gallery.search_persons(photos, 7, ANYONE, aggregate), rows, photos, 7, ANYONE, aggregate)


def test_weights_that_let_a_photograph_count_for_nothing_are_refused():
    for wrong in ([0.0, 1.0], [0.5, 0.6], [[0.5], [0.5]]):
        with pytest.raises(ValueError, match="sum to 1"):
            weighted_mean_of_best(np.array(wrong))
