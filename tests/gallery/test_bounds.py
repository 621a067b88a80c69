"""The bound that the proof rests on: no row's exact score lies above what the sum over its code says."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from antigone.gallery import blocks, quantiser
from antigone.gallery.quantiser import Quantiser
from antigone.gallery.scanner import Scanner, kernel_agrees, positions_needed


def _unit(vectors):
    return (vectors / np.linalg.norm(vectors, axis=1, keepdims=True)).astype(np.float32)


def _sums(fitted, table, codes):
    return table[np.arange(fitted.columns), codes].sum(axis=1, dtype=np.float64)


@st.composite
def crowds(draw):
    rng = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    d = draw(st.integers(2, 70))
    spread = rng.random(d) ** draw(st.sampled_from([0, 1, 4])) + draw(st.sampled_from([0, 1e-6, 1e-3]))
    vectors = rng.standard_normal((draw(st.integers(2, 300)), d)) * spread + draw(
        st.sampled_from([0, 0.5])
    ) * rng.random(d)
    if draw(st.booleans()):
        vectors[0] = np.eye(d)[draw(st.integers(0, d - 1))]  # a row far outside what the others are like
    vectors[np.linalg.norm(vectors, axis=1) == 0, 0] = 1
    probe = rng.standard_normal(d) if draw(st.booleans()) else vectors[-1]
    return _unit(vectors), (probe * draw(st.sampled_from([1.0, 1.0, 3.0]))).astype(np.float32), draw(st.booleans())


@settings(max_examples=100, deadline=None)
@given(crowds())
def test_no_score_lies_above_its_code(made):
    vectors, probe, fine = made
    fitted = Quantiser.fit(vectors[: max(2, len(vectors) // 2)], fine)
    codes, outside = fitted.encode(vectors)
    assert codes.max() < 16
    tables = fitted.tables(probe)
    assert tables.table.min(axis=1).max() == 0  # the kernel's own offset must be zero
    assert tables.table.max() == 255  # and its own scale one
    assert tables.table.max(axis=1).sum() < 65_536
    exact = vectors.astype(np.float64) @ probe.astype(np.float64)
    bound = tables.offset + tables.step * _sums(fitted, tables.table, codes)
    assert np.all((bound >= exact) | outside)
    # What the search does with it: a row that reaches a score has the sum that is asked for.
    for score in exact[:5]:
        reached = _sums(fitted, tables.table, codes) >= tables.sum_for(score)
        assert np.all(reached | outside | (exact < score))


@pytest.mark.parametrize("fine", [False, True])
def test_the_bound_is_close_enough_to_be_of_use(fine):
    rng = np.random.default_rng(3)
    vectors = _unit(rng.standard_normal((20_000, 128)))
    fitted = Quantiser.fit(vectors, fine)
    codes, outside = fitted.encode(vectors)
    assert outside.mean() < 0.005
    tables = fitted.tables(vectors[7])
    gap = tables.offset + tables.step * _sums(fitted, tables.table, codes) - vectors.astype(np.float64) @ vectors[7]
    assert gap.mean() < (0.1 if fine else 0.14)


@pytest.mark.parametrize("rank", [3, 20, 60])
def test_rows_of_low_rank_are_coded_on_their_axes_and_bounded(rank):
    rng = np.random.default_rng(rank)
    vectors = rng.standard_normal((4_000, rank)) @ rng.standard_normal((rank, 128)) + 0.3 * rng.standard_normal(128)
    vectors = _unit(vectors + 0.001 * rng.standard_normal(vectors.shape))
    vectors[:5] = _unit(rng.standard_normal((5, 128)))  # rows outside the span of all others
    fitted = Quantiser.fit(vectors[100:], True)
    assert fitted.axes is not None
    assert fitted.coded <= rank + 8
    codes, outside = fitted.encode(vectors)
    for probe in (vectors[3], vectors[700], _unit(rng.standard_normal((1, 128)))[0]):
        tables = fitted.tables(probe)
        assert tables.table.max() == 255
        bound = tables.offset + tables.step * _sums(fitted, tables.table, codes)
        exact = vectors.astype(np.float64) @ probe.astype(np.float64)
        assert np.all((bound >= exact) | outside)
        assert (bound - exact)[~outside].mean() < 0.2


@pytest.mark.parametrize("columns", [8, 36, 132, 644])
def test_the_kernel_adds_as_assumed(columns):
    assert kernel_agrees(columns)


@given(st.integers(0, 2**32 - 1), st.integers(1, 12), st.integers(1, 6))
def test_packing_is_undone_and_blanking_touches_its_rows_alone(seed, pairs, groups):
    rng = np.random.default_rng(seed)
    codes = rng.integers(0, 16, (groups * blocks.BLOCK, 2 * pairs), dtype=np.uint8)
    packed = blocks.pack(codes)
    every = np.arange(len(codes))
    assert np.array_equal(blocks.unpack(packed, 2 * pairs, every), codes)
    gone = rng.choice(len(codes), rng.integers(0, len(codes)), replace=False)
    blocks.blank(packed, 2 * pairs, gone)
    codes[gone] = 0
    assert np.array_equal(blocks.unpack(packed, 2 * pairs, every), codes)


def test_a_scan_of_a_part_finds_the_rows_of_the_part():
    rng = np.random.default_rng(5)
    rows, columns = 32 * 13 + 3, quantiser.columns(10, False)
    codes = rng.integers(0, 16, (positions_needed(rows), columns), dtype=np.uint8)
    codes[:, -1] = 0
    body = np.concatenate([blocks.pack(codes), np.arange(len(codes), dtype=np.int64).view(np.uint8)])
    room = np.zeros(body.size + 64, dtype=np.uint8)
    memory = room[-room.ctypes.data % 64 :][: body.size]
    memory[:] = body
    table = rng.integers(0, 200, (columns, 16)).astype(np.float32)
    table[:, 3] = 0
    table[-1] = 0
    table[-1, 15] = 255
    sums = table[np.arange(columns), codes[:rows]].sum(axis=1)
    for first, count in ((0, rows), (128, 128), (256, rows - 256)):
        part = Scanner(memory, 0, len(codes) * columns // 2, columns, first, count)
        least = int(np.median(sums))
        wanted = np.flatnonzero(sums[first : first + count] >= least) + first
        assert np.array_equal(np.sort(part.at_least(table, least)), wanted)
    assert part.at_least(table, 70_000).size == 0
