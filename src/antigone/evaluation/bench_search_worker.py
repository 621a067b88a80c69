"""The process in which searches are timed; it is told everything by its argument and prints JSON lines."""

from __future__ import annotations

import json
import os
import resource
import secrets
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import faiss
import numpy as np
from numpy.typing import NDArray

from antigone.evaluation import bench_search_peers as peers
from antigone.evaluation.crowd import FULL_UP_TO, Crowd
from antigone.gallery import ScanGallery, Where

K = 50
TOLERANCE = 1e-6
"""A row counts when its float64 score is at least the 50th's less this."""

COPY_UP_TO = 3 << 30
"""Bytes up to which numpy is given its own copy of the vectors; past that it reads the gallery's."""

WARM = 3
OF_THE_HARDER = (
    "data",
    "p50_ms",
    "p99_ms",
    "cpu_p50_ms",
    "recall_at_50",
    "proven_share",
    "mate_at_rank_1",
    "build_s",
    "bytes_per_vector",
    "ratio_to_numpy",
    "cpu_ratio_to_numpy",
    "numpy_float32",
)
EVERYTHING = Where(None, 0)


def measure(job: dict[str, Any], say: Callable[[str], None]) -> dict[str, Any]:
    """Runs one measurement; the result is that of `bench_search.run` without date and machine."""
    faiss.omp_set_num_threads(int(job["threads"]))
    result = _measure(job, Crowd(int(job["size"]), int(job["dim"]), int(job["seed"])), say)
    if int(job["dim"]) > FULL_UP_TO:
        say("the same with variance in all dimensions, which is hardest")
        alone = {**job, "batch": 0, "peers": False}
        hard = _measure(alone, Crowd(int(job["size"]), int(job["dim"]), int(job["seed"]), full_rank=True), say)
        result["full_rank"] = {key: hard[key] for key in OF_THE_HARDER}
    return result


def _measure(job: dict[str, Any], crowd: Crowd, say: Callable[[str], None]) -> dict[str, Any]:
    size, dim, threads = crowd.size, crowd.dimension, int(job["threads"])
    name = f"antigone-bench-{os.getpid()}"
    gallery = ScanGallery(dim, "bench", segment=name, threads=threads)
    apart: list[peers.Apart] = []
    try:
        say(f"building {size:,} x {dim}")
        made = _Timed(crowd.blocks())
        start = time.perf_counter()
        gallery.build(made, 1, size)
        build_s = time.perf_counter() - start - made.seconds
        probes, owners = crowd.probes(int(job["queries"]) + WARM)
        vectors = gallery.base_vectors
        if vectors.nbytes <= COPY_UP_TO:
            vectors = vectors.copy()
        engines: list[peers.Numpy | peers.FaissFlat] = [peers.Numpy(vectors, K)]
        absent: dict[str, str] = {}
        if job["peers"]:
            engines.append(peers.FaissFlat(vectors, K))
            apart, absent = peers.start(vectors, K, threads, say)
        say(f"searching, with {', '.join(engine.name for engine in [*engines, *apart])} in turn")
        figures = _search(gallery, vectors, probes, owners, engines, apart)
        if job["batch"]:
            say(f"{job['batch']:,} searches in one call")
            many = crowd.probes(int(job["batch"]))[0]
            start = time.perf_counter()
            answers = gallery.search(many, K, EVERYTHING)
            seconds = time.perf_counter() - start
            proven = float(np.mean([hits.proven for hits in answers]))
            figures["batch"] = {"searches": len(answers), "seconds": seconds, "proven_share": proven}
        for missing, why in absent.items():
            figures[missing] = {"unavailable": why}
        stats = gallery.stats()
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        del vectors, engines
        say("cold start from the sealed snapshot")
        cold = _cold_start(gallery, name, dim, probes[0])
    finally:
        for engine in apart:
            engine.close()
        gallery.remove_segment()
        Path("/dev/shm", f"{name}.lock").unlink(missing_ok=True)  # noqa: S108
    return {
        "size": size,
        "dim": dim,
        "k": K,
        "queries": int(job["queries"]),
        "threads": threads,
        "seed": int(job["seed"]),
        "data": f"synthetic: unit vectors in 40 weak clusters, variance in {crowd.axes} axes; every query has a mate",
        **figures,
        "build_s": build_s,
        "bytes_per_vector": stats["bytes_per_row"],
        "bits_per_dimension": stats["bits_per_dimension"],
        "shared_segment": stats["shared"],
        "peak_rss_mb": peak,
        **cold,
    }


class _Timed:
    """Blocks of rows, with the seconds that making them took, which are not the gallery's."""

    def __init__(self, blocks: Any) -> None:
        self._blocks, self.seconds = blocks, 0.0

    def __iter__(self) -> Any:
        while True:
            start = time.perf_counter()
            block = next(self._blocks, None)
            self.seconds += time.perf_counter() - start
            if block is None:
                return
            yield block


def _search(
    gallery: ScanGallery,
    vectors: NDArray[np.float32],
    probes: NDArray[np.float32],
    owners: NDArray[np.int64],
    engines: list[peers.Numpy | peers.FaissFlat],
    apart: list[peers.Apart],
) -> dict[str, Any]:
    times: dict[str, list[tuple[float, float]]] = {
        n: [] for n in ("scan", "persons", *(e.name for e in [*engines, *apart]))
    }
    recalls, proven, first = [], [], []
    for at, (probe, owner) in enumerate(zip(probes, owners, strict=True)):
        answers, spent = _timed(partial(gallery.search, probe, K, EVERYTHING))
        hits, mark = answers[0], {"scan": spent}
        found: dict[str, Any] = {}
        for engine in engines:
            found[engine.name], mark[engine.name] = _timed(partial(engine.search, probe))
        for other in apart:
            mark[other.name] = other.search(probe)
        people, mark["persons"] = _timed(partial(gallery.search_persons, probe, K, EVERYTHING))
        if at < WARM:
            continue
        for name, spent in mark.items():
            times[name].append(spent)
        exact = vectors[found["numpy_float32"]].astype(np.float64) @ probe.astype(np.float64)
        own = vectors[np.unique(hits.ids)].astype(np.float64) @ probe.astype(np.float64)  # ids are row numbers
        recalls.append(float(np.sum(own >= exact.min() - TOLERANCE)) / K)
        proven.append(hits.proven and people.proven)
        first.append(bool(hits.persons[0] == owner))
    summary = {name: _summary(spent) for name, spent in times.items()}
    scan, persons = summary.pop("scan"), summary.pop("persons")
    return {
        **scan,
        "recall_at_50": float(np.mean(recalls)),
        "proven_share": float(np.mean(proven)),
        "mate_at_rank_1": float(np.mean(first)),
        "persons_p50_ms": persons["p50_ms"],
        "ratio_to_numpy": scan["p50_ms"] / summary["numpy_float32"]["p50_ms"],
        "cpu_ratio_to_numpy": scan["cpu_p50_ms"] / summary["numpy_float32"]["cpu_p50_ms"],
        **summary,
    }


def _timed(work: Callable[[], Any]) -> tuple[Any, tuple[float, float]]:
    cpu, start = time.process_time(), time.perf_counter()
    result = work()
    return result, (time.perf_counter() - start, time.process_time() - cpu)


def _summary(spent: list[tuple[float, float]]) -> dict[str, float]:
    wall, cpu = (np.array(column) * 1e3 for column in zip(*spent, strict=True))
    return {
        "p50_ms": float(np.median(wall)),
        "p99_ms": float(np.percentile(wall, 99)),
        "cpu_p50_ms": float(np.median(cpu)),
    }


def _cold_start(gallery: ScanGallery, name: str, dim: int, probe: NDArray[np.float32]) -> dict[str, float]:
    """Seconds from a sealed snapshot on disk to the first answer; the former segment is let go first."""
    key = secrets.token_bytes(32)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "snapshot"
        start = time.perf_counter()
        gallery.save(path, key)
        saved = time.perf_counter() - start
        gallery.close()
        gallery.remove_segment()
        start = time.perf_counter()
        fresh = ScanGallery(dim, "bench", segment=name)
        fresh.load(path, key)
        fresh.search(probe, K, EVERYTHING)
        cold = time.perf_counter() - start
        fresh.close()
    return {"cold_start_s": cold, "snapshot_s": saved}


def _say(line: str) -> None:
    print(json.dumps({"progress": line}), flush=True)


if __name__ == "__main__":
    print(json.dumps({"result": measure(json.loads(sys.argv[1]), _say)}), flush=True)
