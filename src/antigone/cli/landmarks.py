"""Reading landmarks that an examiner placed by hand."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click
import numpy as np
from numpy.typing import NDArray

FORM = (
    "The landmarks are five points x, y (right eye, left eye, nose tip, right and left corner of the mouth), as JSON "
    "or as five lines of text. Nothing was saved."
)
LARGEST = 100_000


def read_landmarks(file: Path, photos: Sequence[str]) -> dict[str, NDArray[np.float32]]:
    """Five points float32 (5, 2) for each photograph that the file speaks of; raises click.BadParameter."""
    try:
        with file.open(encoding="utf-8") as lines:
            text = lines.read(LARGEST)
    except (OSError, UnicodeDecodeError):
        raise click.BadParameter(f"The file {file.name} cannot be read. {FORM}", param_hint="--landmarks") from None
    given = _parsed(text)
    if isinstance(given, dict) and "landmarks" in given:
        given = given["landmarks"]
    if isinstance(given, dict):
        unknown = sorted(set(given) - set(photos))
        if unknown:
            raise click.BadParameter(
                f"The file speaks of {unknown[0]}, which is not among the photographs. Nothing was saved.",
                param_hint="--landmarks",
            )
        return {name: _points(points) for name, points in given.items()}
    if len(photos) != 1:
        raise click.BadParameter(
            "With several photographs the file must say which points belong to which. Nothing was saved.",
            param_hint="--landmarks",
        )
    return {photos[0]: _points(given)}


def _parsed(text: str) -> Any:
    try:
        return json.loads(text)
    except (json.JSONDecodeError, RecursionError):
        return [re.split(r"[,;\s]+", line.strip()) for line in text.splitlines() if line.strip()]


def _points(given: Any) -> NDArray[np.float32]:
    try:
        points = np.array(given, dtype=np.float32)
    except (ValueError, TypeError):
        points = np.empty(0, np.float32)
    if points.shape != (5, 2) or not np.isfinite(points).all():
        raise click.BadParameter(FORM, param_hint="--landmarks")
    return points
