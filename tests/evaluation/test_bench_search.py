"""The measurement of searches: its data, its keys, and that it would notice a wrong answer."""

from __future__ import annotations

import json

import numpy as np
import pytest

from antigone.evaluation import bench_search, bench_search_worker
from antigone.evaluation.crowd import BLOCK, Crowd
from antigone.gallery import ScanGallery


def test_the_same_seed_makes_the_same_crowd_and_probes_have_a_mate():
    crowd = Crowd(3_000, 64, 4)
    rows, again = next(crowd.blocks()), next(Crowd(3_000, 64, 4).blocks())
    assert np.array_equal(rows.vectors, again.vectors)
    probes, owners = crowd.probes(40)
    assert np.allclose(np.linalg.norm(probes, axis=1), 1, atol=1e-5)
    genuine = [
        float((rows.vectors[rows.persons == owner] @ probe).max()) for probe, owner in zip(probes, owners, strict=True)
    ]
    impostor = rows.vectors[:500] @ probes.T
    assert 0.5 < np.mean(genuine) < 0.75
    assert abs(impostor.mean()) < 0.05
    assert not np.array_equal(next(Crowd(3_000, 64, 5).blocks()).vectors, rows.vectors)


def test_blocks_join_to_one_crowd():
    crowd = Crowd(BLOCK + 10, 8, 1)
    blocks = list(crowd.blocks())
    assert [len(block) for block in blocks] == [BLOCK, 10]
    assert len({int(i) for block in blocks for i in block.ids}) == BLOCK + 10
    assert not set(blocks[0].persons.tolist()) & set(blocks[1].persons.tolist())


def test_a_small_measurement_has_its_keys_and_is_json():
    told: list[str] = []
    result = bench_search.run(1_500, 32, queries=6, batch=20, progress=told.append)
    assert result["recall_at_50"] == 1.0
    assert result["proven_share"] == 1.0
    for key in ("p50_ms", "p99_ms", "build_s", "bytes_per_vector", "cold_start_s", "ratio_to_numpy"):
        assert result[key] > 0
    assert result["numpy_float32"]["p50_ms"] > 0
    assert result["batch"]["searches"] == 20
    assert json.loads(json.dumps(result)) == result
    assert told
    assert "numpy_float32" in bench_search.render_text(result)


def test_a_wrong_answer_lowers_recall(monkeypatch: pytest.MonkeyPatch):
    honest = ScanGallery.search

    def worse(self, probes, k, where):
        return honest(self, -probes, k, where)  # the least alike

    monkeypatch.setattr(ScanGallery, "search", worse)
    job = {"size": 600, "dim": 16, "queries": 3, "threads": 1, "seed": 1, "batch": 0, "peers": False}
    result = bench_search_worker.measure(job, lambda line: None)
    assert result["recall_at_50"] < 0.5
    assert result["mate_at_rank_1"] == 0.0
