"""How quick exact search is, and whether it is exact: the scan beside numpy float32 and other people's engines."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from typing import Any

from antigone.evaluation.surroundings import machine, software, today

Progress = Callable[[str], None]

BARS = {"recall_at_50": 1.0, "proven_share": 1.0, "ratio_to_numpy": 0.25}
"""Every answer proven and right; the median at most a quarter of numpy float32's in the same run."""


def run(
    size: int,
    dim: int,
    peers: bool = False,
    queries: int = 100,
    threads: int = 1,
    seed: int = 20,
    progress: Progress | None = None,
    batch: int = 0,
) -> dict[str, Any]:
    """Builds a gallery of `size` synthetic unit vectors and searches it `queries` times for the best 50.

    Each query goes to every engine in turn, so that a busy moment falls on all alike. numpy float32 is always
    there (product, then argpartition); with `peers` also face_recognition.face_distance, faiss Flat and usearch
    exact. `batch` searches are timed in one call when asked. All of it runs in a process of its own, in which
    every engine is held to `threads`. Raises RuntimeError with a sentence when that process fails.
    """
    say = progress or (lambda line: None)
    limit = str(threads)
    environment = {key: value for key, value in os.environ.items() if key != "OPENBLAS_CORETYPE"}  # numpy at its best
    environment |= dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), limit)
    job = {
        "size": size,
        "dim": dim,
        "peers": peers,
        "queries": queries,
        "threads": threads,
        "seed": seed,
        "batch": batch,
    }
    command = [sys.executable, "-m", "antigone.evaluation.bench_search_worker", json.dumps(job)]
    result: dict[str, Any] | None = None
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment) as worker:  # noqa: S603
        assert worker.stdout is not None
        for line in worker.stdout:
            told = json.loads(line)
            if "progress" in told:
                say(told["progress"])
            else:
                result = told["result"]
    if worker.returncode or result is None:
        raise RuntimeError("The measurement stopped before its end; what the engine said stands above.")
    return {**result, "date": today(), "machine": machine(threads), "software": software()}


def render_text(result: dict[str, Any]) -> str:
    """The result as a table for the terminal."""
    lines = [
        f"{result['size']:,} vectors of {result['dim']}, {result['queries']} queries, "
        f"{result['threads']} thread(s); best {result['k']}",
        result["data"],
        "",
        f"{'engine':<24}{'p50 ms':>10}{'p99 ms':>10}{'CPU ms':>10}{'to numpy':>10}",
        _line("antigone scan", result, result["ratio_to_numpy"]),
    ]
    for name in ("numpy_float32", "face_recognition", "faiss_flat", "usearch_exact"):
        peer = result.get(name)
        if peer is None:
            continue
        if "unavailable" in peer:
            lines.append(f"{name:<24}  not run: {peer['unavailable']}")
        else:
            lines.append(_line(name, peer, peer["p50_ms"] / result["numpy_float32"]["p50_ms"]))
    if hard := result.get("full_rank"):
        lines += [
            "",
            hard["data"] + " (hardest)",
            _line("antigone scan", hard, hard["ratio_to_numpy"]),
            _line("numpy_float32", hard["numpy_float32"], 1.0),
            f"recall at 50 {hard['recall_at_50']:.6f}, proven {hard['proven_share']:.4f}",
        ]
    lines += [
        "",
        f"recall at 50 {result['recall_at_50']:.6f}, proven {result['proven_share']:.4f}, "
        f"mate at rank 1 {result['mate_at_rank_1']:.4f}",
        f"built in {result['build_s']:.1f} s, {result['bytes_per_vector']:.0f} bytes a vector, "
        f"cold start {result['cold_start_s']:.2f} s, peak memory {result['peak_rss_mb']:,.0f} MB",
        f"by person {result['persons_p50_ms']:.2f} ms",
    ]
    if result.get("batch"):
        lines.append(f"{result['batch']['searches']:,} searches in one call: {result['batch']['seconds']:.1f} s")
    met = all(
        (
            result["recall_at_50"] >= BARS["recall_at_50"],
            result["proven_share"] >= BARS["proven_share"],
            result["ratio_to_numpy"] <= BARS["ratio_to_numpy"],
        )
    )
    lines.append(f"bars (proven, recall 1, a quarter of numpy float32): {'met' if met else 'not met'}")
    return "\n".join(lines)


def _line(name: str, figures: dict[str, Any], ratio: float) -> str:
    cpu = f"{figures['cpu_p50_ms']:>10.2f}" if "cpu_p50_ms" in figures else f"{'':>10}"
    return f"{name:<24}{figures['p50_ms']:>10.2f}{figures['p99_ms']:>10.2f}{cpu}{ratio:>10.3f}"
