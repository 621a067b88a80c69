"""Photo to faces to templates: detection whichever way a face lies, quality, and the models behind them.

Opening this package loads no runtime: OpenVINO is imported when the first network is made.
"""

from __future__ import annotations

from antigone.faces.contract import EmbeddingContract
from antigone.faces.engine import FaceEngine, usable_cores
from antigone.faces.errors import (
    ContractMismatch,
    LicenceNotAccepted,
    ModelAltered,
    ModelError,
    ModelMissing,
    ModelUnavailable,
    UnknownModel,
)
from antigone.faces.face import Face
from antigone.faces.reading import Reading, most_prominent
from antigone.faces.registry import ModelCard
from antigone.faces.store import ModelStore

__all__ = [
    "ContractMismatch",
    "EmbeddingContract",
    "Face",
    "FaceEngine",
    "LicenceNotAccepted",
    "ModelAltered",
    "ModelCard",
    "ModelError",
    "ModelMissing",
    "ModelStore",
    "ModelUnavailable",
    "Reading",
    "UnknownModel",
    "most_prominent",
    "usable_cores",
]
