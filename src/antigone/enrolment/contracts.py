"""The recogniser of this instance, loaded once a process."""

from __future__ import annotations

import functools
import os
from typing import Any

from django.conf import settings

from antigone.enrolment.limits import picture_limits
from antigone.faces import FaceEngine, ModelStore

DEFAULT_RECOGNISER = "sface-2021dec"


def threads() -> int:
    """How many processor cores this process may use."""
    return max(1, len(os.sched_getaffinity(0)))


def recogniser() -> str:
    """The recogniser that antigone.toml names."""
    faces: dict[str, Any] = settings.ANTIGONE_SETTINGS.get("faces", {})
    return str(faces.get("recogniser", DEFAULT_RECOGNISER))


@functools.cache
def engine(model: str | None = None) -> FaceEngine:
    """The face engine of this process; raises the model store's errors when a file is absent or altered."""
    return FaceEngine(
        ModelStore.default(), recogniser=model or recogniser(), threads=threads(), limits=picture_limits()
    )
