"""The way from faces to templates that this instance uses, loaded once a process."""

from __future__ import annotations

import functools
import os
from typing import Any

from django.conf import settings

from antigone.enrolment.limits import picture_limits
from antigone.faces import EmbeddingContract, FaceEngine, ModelStore, UnknownModel
from antigone.faces.detection import Turns
from antigone.faces.pipelines import PIPELINES, ROBUST, resolve
from antigone.faces.space import shipped
from antigone.imaging import Limits

DEFAULT_RECOGNISER = ROBUST


def threads() -> int:
    """How many processor cores this process may use."""
    return max(1, len(os.sched_getaffinity(0)))


def recogniser() -> str:
    """The recogniser that antigone.toml names, a pipeline or a model alone; raises UnknownModel for neither."""
    faces: dict[str, Any] = settings.ANTIGONE_SETTINGS.get("faces", {})
    return known_recogniser(faces.get("recogniser", DEFAULT_RECOGNISER))


def known_recogniser(name: object) -> str:
    """`name`, when a pipeline or a model goes by it; raises UnknownModel."""
    models = ModelStore.default().cards()
    if not isinstance(name, str) or (name not in PIPELINES and name not in models):
        raise UnknownModel(
            f"antigone.toml says [faces] recogniser = {name!r}, which is neither a pipeline nor a model. Nothing was "
            f"done. Known pipelines: {', '.join(PIPELINES)}; `antigone models list` shows them, and the models."
        )
    return name


def contract_in_use() -> EmbeddingContract:
    """What templates of this instance are bound to from now on; no network is loaded."""
    return resolve(recogniser()).contract(ModelStore.default().card, shipped)


def engine(turns: Turns = "as-needed") -> FaceEngine:
    """A face engine of this process; raises the model store's errors when a model is missing, altered or not accepted.

    Portraits stand upright, nearly all, and are enrolled by the thousand. For photographs of the dead, who lie any way
    and in any light, ask for turns="always": that engine also looks with more care, at more cost.
    """
    return _engine(recogniser(), turns, picture_limits())


@functools.cache
def _engine(name: str, turns: Turns, limits: Limits) -> FaceEngine:
    return FaceEngine(
        ModelStore.default(),
        recogniser=name,
        threads=threads(),
        turns=turns,
        limits=limits,
        careful=turns == "always",
    )
