"""The recogniser of this instance, loaded once a process."""

from __future__ import annotations

import functools
import os
from typing import Any

from django.conf import settings

from antigone.enrolment.limits import picture_limits
from antigone.faces import FaceEngine, ModelStore
from antigone.faces.detection import Turns

DEFAULT_RECOGNISER = "sface-2021dec"


def threads() -> int:
    """How many processor cores this process may use."""
    return max(1, len(os.sched_getaffinity(0)))


def recogniser() -> str:
    """The recogniser that antigone.toml names."""
    faces: dict[str, Any] = settings.ANTIGONE_SETTINGS.get("faces", {})
    return str(faces.get("recogniser", DEFAULT_RECOGNISER))


@functools.cache
def engine(turns: Turns = "as-needed") -> FaceEngine:
    """A face engine of this process; raises the model store's errors when a file is absent or altered.

    Portraits stand upright, nearly all; for photographs of the dead, who lie any way, ask for turns="always".
    """
    return FaceEngine(
        ModelStore.default(), recogniser=recogniser(), threads=threads(), turns=turns, limits=picture_limits()
    )
