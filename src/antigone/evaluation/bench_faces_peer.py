"""The peer, face_recognition (dlib), in an environment of its own, driven pass by pass."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import venv
from collections.abc import Callable, Sequence
from pathlib import Path
from types import TracebackType
from typing import Any, Self

PACKAGES = ("face_recognition==1.3.0", "dlib-bin>=19.24", "face-recognition-models==0.3.0")
NEEDS = ("numpy", "Pillow", "click", "setuptools<81")
"""dlib-bin gives dlib without building it, so face_recognition goes in without its dependencies; it asks for
pkg_resources, which newer setuptools no longer have."""

WORKER = r"""
import io, json, multiprocessing, resource, sys, time

def one(data):
    import face_recognition
    start = time.process_time()
    found = face_recognition.face_encodings(face_recognition.load_image_file(io.BytesIO(data)))
    return time.process_time() - start, len(found) > 0

def main():
    job = json.loads(sys.stdin.readline())
    pictures = [open(path, "rb").read() for path in job["files"]]
    pool = multiprocessing.Pool(job["threads"]) if job["threads"] > 1 else None
    one(pictures[0])
    if pool:
        pool.map(one, pictures[: 2 * job["threads"]], chunksize=1)
    print("ready", flush=True)
    for line in sys.stdin:
        start = time.perf_counter()
        results = pool.map(one, pictures, chunksize=4) if pool else [one(data) for data in pictures]
        wall = time.perf_counter() - start
        cpu, found = sum(r[0] for r in results), sum(r[1] for r in results)
        print(json.dumps({"wall": wall, "cpu": cpu, "found": found}), flush=True)

main()
"""


class PeerUnavailable(Exception):
    """The peer could not be installed or did not start; the text says so for a person."""


class Peer:
    """A process that encodes the same pictures once for each `run_pass`."""

    def __init__(self, files: Sequence[Path], threads: int, progress: Callable[[str], None]) -> None:
        python = _environment(progress)
        free = {key: value for key, value in os.environ.items() if key != "OPENBLAS_CORETYPE"}
        free |= {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "MKL_NUM_THREADS": "1"}
        self._process = subprocess.Popen(  # noqa: S603 - our own environment and script
            [python, "-W", "ignore", "-c", WORKER],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            env=free,
        )
        self._send(json.dumps({"files": [str(path.resolve()) for path in files], "threads": threads}))
        if self._answer() != "ready":
            raise PeerUnavailable("face_recognition was installed but did not start.")

    def run_pass(self) -> dict[str, Any]:
        """Encode every picture once: `wall` and `cpu` seconds, and how many had a face `found`."""
        self._send("pass")
        answer = self._answer()
        if not answer:
            raise PeerUnavailable("face_recognition stopped in the middle of a pass.")
        result: dict[str, Any] = json.loads(answer)
        return result

    def _send(self, line: str) -> None:
        assert self._process.stdin is not None
        try:
            self._process.stdin.write(line + "\n")
            self._process.stdin.flush()
        except OSError:
            raise PeerUnavailable("face_recognition did not start or has stopped.") from None

    def _answer(self) -> str:
        assert self._process.stdout is not None
        return self._process.stdout.readline().strip()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        assert self._process.stdin is not None
        self._process.stdin.close()
        try:
            self._process.wait(10)
        except subprocess.TimeoutExpired:
            self._process.kill()


def _environment(progress: Callable[[str], None]) -> str:
    """The interpreter of the peer's environment, made on first use in the user's cache folder."""
    cache = os.environ.get("XDG_CACHE_HOME") or ""
    base = Path(cache) if os.path.isabs(cache) else Path.home() / ".cache"
    folder = base / "antigone" / "peers" / f"face_recognition-py{sys.version_info[0]}{sys.version_info[1]}"
    python = folder / "bin" / "python"
    if (folder / ".complete").exists():
        return str(python)
    progress("installing face_recognition in an environment of its own (once, about 130 MB)")
    venv.create(folder, with_pip=True, clear=True)
    pip = [str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    for step in ([*pip, "--only-binary", ":all:", *NEEDS], [*pip, "--no-deps", *PACKAGES]):
        done = subprocess.run(step, capture_output=True, text=True, check=False)  # noqa: S603
        if done.returncode:
            raise PeerUnavailable(
                "face_recognition could not be installed: the package index did not give it for this Python."
            )
    (folder / ".complete").touch()
    return str(python)
