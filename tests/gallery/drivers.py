"""The drivers that the conformance suite runs on; another engine is one more entry."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from antigone.gallery import ScanGallery


def _private(dimension: int, folder: Path) -> ScanGallery:
    return ScanGallery(dimension, "contract", epoch="one")


def _shared(dimension: int, folder: Path) -> ScanGallery:
    return ScanGallery(dimension, "contract", epoch="one", segment=folder / "segment")


def _threaded(dimension: int, folder: Path) -> ScanGallery:
    return ScanGallery(dimension, "contract", epoch="one", threads=3)


DRIVERS: dict[str, Callable[[int, Path], ScanGallery]] = {
    "scan-private": _private,
    "scan-shared": _shared,
    "scan-three-threads": _threaded,
}
