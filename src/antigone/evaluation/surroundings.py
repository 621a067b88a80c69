"""What a measurement ran on: software versions, processor, day; a figure without them cannot be repeated."""

from __future__ import annotations

import os
import platform
import sys
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from antigone import __version__

PACKAGES = ("numpy", "opencv-python-headless", "openvino", "faiss-cpu")


def software() -> dict[str, str]:
    """Versions of Antigone, of Python and of the packages that a score depends on; absent ones are left out."""
    found = {"antigone": __version__, "python": platform.python_version()}
    for package in PACKAGES:
        try:
            found[package] = version(package)
        except PackageNotFoundError:
            continue
    return found


def machine(threads: int) -> dict[str, str | int]:
    """The processor's model, how many cores this process may use, and the threads that it was told to use."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return {
        "cpu": _cpu_model(),
        "cores": cores,
        "threads": threads,
        "system": f"{sys.platform} {platform.machine()}",
    }


def today() -> str:
    """The day in UTC, ISO 8601."""
    return datetime.now(UTC).date().isoformat()


def _cpu_model() -> str:
    try:
        for line in Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines():
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    except OSError:
        pass
    return platform.processor() or "not known"
