"""Reading landmarks that an examiner placed by hand."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click
import numpy as np
from numpy.typing import NDArray

from antigone.smallfiles import SmallFileError, read_small_text

FORM = (
    "The landmarks are five points x, y (right eye, left eye, nose tip, right and left corner of the mouth), as JSON "
    "or as five lines of text. Nothing was saved."
)
LARGEST = 100_000


def read_landmarks(file: Path, photos: Sequence[str]) -> dict[str, NDArray[np.float32]]:
    """Five points float32 (5, 2) for each of `photos` (names as shown) that the file speaks of.

    Raises click.BadParameter, also when the file tells photographs apart by a name that two of them share.
    """
    try:
        text = read_small_text(file, LARGEST)
    except SmallFileError as refused:
        raise click.BadParameter(f"{refused.sentence} {FORM}", param_hint="--landmarks") from None
    given = _parsed(text)
    if isinstance(given, dict) and "landmarks" in given:
        given = given["landmarks"]
    if isinstance(given, dict):
        shared = sorted(name for name, times in Counter(photos).items() if times > 1)
        if shared:
            raise click.BadParameter(
                f"Two of the photographs are called {shared[0]}, so the file cannot say which of them it means. "
                "Nothing was saved; give one of them another name.",
                param_hint="--landmarks",
            )
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
    except (ValueError, RecursionError):  # ValueError: no JSON, or a number of thousands of digits
        return [re.split(r"[,;\s]+", line.strip()) for line in text.splitlines() if line.strip()]


def _points(given: Any) -> NDArray[np.float32]:
    try:
        with np.errstate(over="ignore"):
            points = np.array(given, dtype=np.float32)
    except (ValueError, TypeError, OverflowError):
        points = np.empty(0, np.float32)
    if points.shape != (5, 2) or not np.isfinite(points).all():
        raise click.BadParameter(FORM, param_hint="--landmarks")
    return points
