"""Other people's exact searches over the same vectors, each held to the same number of threads."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import venv
from collections.abc import Callable
from pathlib import Path
from typing import Any

import faiss
import numpy as np
from numpy.typing import NDArray

from antigone.evaluation.bench_faces_peer import PeerUnavailable
from antigone.evaluation.bench_faces_peer import _environment as face_recognition_environment

USEARCH = ("numpy", "usearch==2.26.6")

WORKER = r"""
import json, sys, time
import numpy as np
name, path, k, threads = sys.argv[1], sys.argv[2], int(sys.argv[3]), int(sys.argv[4])
vectors = np.array(np.load(path, mmap_mode="r"))
if name == "face_recognition":
    from face_recognition import face_distance
    def search(probe):
        return np.argpartition(face_distance(vectors, probe), k)[:k]
else:
    from usearch.index import MetricKind, search as exact
    def search(probe):
        return exact(vectors, probe, k, MetricKind.IP, exact=True, threads=threads).keys
print("ready", flush=True)
for line in sys.stdin:
    probe = np.array(json.loads(line), dtype=np.float32)
    cpu, start = time.process_time(), time.perf_counter()
    found = search(probe)
    wall, cpu = time.perf_counter() - start, time.process_time() - cpu
    print(json.dumps({"wall": wall, "cpu": cpu, "found": [int(i) for i in found]}), flush=True)
"""


class Numpy:
    """The plain way: one float32 product, then the best k of it."""

    name = "numpy_float32"

    def __init__(self, vectors: NDArray[np.float32], k: int) -> None:
        self._vectors, self._k = vectors, k

    def search(self, probe: NDArray[np.float32]) -> NDArray[np.intp]:
        """Positions intp (k,), in no order."""
        scores = self._vectors @ probe
        return np.argpartition(scores, scores.size - self._k)[scores.size - self._k :]


class FaissFlat:
    """The exhaustive search that faiss.IndexFlatIP runs, over vectors in place."""

    name = "faiss_flat"

    def __init__(self, vectors: NDArray[np.float32], k: int) -> None:
        self._vectors, self._k = vectors, k

    def search(self, probe: NDArray[np.float32]) -> NDArray[np.intp]:
        """Positions intp (k,), best first."""
        found = faiss.knn(probe[None], self._vectors, self._k, faiss.METRIC_INNER_PRODUCT)[1]
        return np.asarray(found[0], dtype=np.intp)


class Apart:
    """An engine in a process and an environment of its own, which times itself."""

    def __init__(self, name: str, python: str, path: Path, k: int, threads: int) -> None:
        self.name = name
        self._process = subprocess.Popen(  # noqa: S603 - our own environment and script
            [python, "-W", "ignore", "-c", WORKER, name.removesuffix("_exact"), str(path), str(k), str(threads)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            env=dict(os.environ),
        )
        if self._answer() != "ready":
            raise PeerUnavailable(f"{name} was installed but did not start.")

    def search(self, probe: NDArray[np.float32]) -> tuple[float, float]:
        """(elapsed, CPU) seconds of one search."""
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps(probe.tolist()) + "\n")
        self._process.stdin.flush()
        told = self._answer()
        if not told:
            raise PeerUnavailable(f"{self.name} stopped in the middle.")
        result: dict[str, Any] = json.loads(told)
        return float(result["wall"]), float(result["cpu"])

    def close(self) -> None:
        assert self._process.stdin is not None
        self._process.stdin.close()
        self._process.wait(30)

    def _answer(self) -> str:
        assert self._process.stdout is not None
        return self._process.stdout.readline().strip()


def start(
    vectors: NDArray[np.float32], k: int, threads: int, progress: Callable[[str], None]
) -> tuple[list[Apart], dict[str, str]]:
    """The engines that could be started, and for each other one a sentence why not."""
    started: list[Apart] = []
    absent: dict[str, str] = {}
    makers = {"face_recognition": face_recognition_environment, "usearch_exact": _usearch_environment}
    shared = Path("/dev/shm")  # noqa: S108 - invented vectors, and gone before this function returns
    roomy = shared.is_dir() and os.statvfs(shared).f_bavail * os.statvfs(shared).f_frsize > 2 * vectors.nbytes
    with tempfile.TemporaryDirectory(dir=shared if roomy else None) as folder:
        path = Path(folder) / "vectors.npy"
        np.save(path, vectors)
        for name, make in makers.items():
            try:
                started.append(Apart(name, make(progress), path, k, threads))
            except PeerUnavailable as missing:
                absent[name] = str(missing)
                progress(f"NOT RUN: {missing}")
    return started, absent


def _usearch_environment(progress: Callable[[str], None]) -> str:
    cache = os.environ.get("XDG_CACHE_HOME") or ""
    base = Path(cache) if os.path.isabs(cache) else Path.home() / ".cache"
    folder = base / "antigone" / "peers" / f"usearch-py{sys.version_info[0]}{sys.version_info[1]}"
    python = folder / "bin" / "python"
    if not (folder / ".complete").exists():
        progress("installing usearch in an environment of its own (once, about 80 MB)")
        venv.create(folder, with_pip=True, clear=True)
        pip = [str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
        done = subprocess.run(  # noqa: S603
            [*pip, "--only-binary", ":all:", *USEARCH], capture_output=True, text=True, check=False
        )
        if done.returncode:
            raise PeerUnavailable("usearch could not be installed: the package index did not give it for this Python.")
        (folder / ".complete").touch()
    return str(python)
