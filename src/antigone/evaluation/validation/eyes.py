"""The two ways of working that a validation compares, as engines: plain, and the method in use."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from importlib import resources
from typing import Any, Protocol

from antigone.evaluation.bench_identification import default_pipeline
from antigone.evaluation.degradation import LADDERS_VERSION, digest
from antigone.evaluation.probes import Probes, read_probes
from antigone.evaluation.protocols import Photograph
from antigone.evaluation.surroundings import software
from antigone.evaluation.templates import NO_FACE, encode
from antigone.faces import EmbeddingContract, FaceEngine, ModelStore
from antigone.faces.pipelines import PIPELINES, resolve
from antigone.faces.registry import DETECTOR, RECOGNISER
from antigone.faces.space import shipped

PLAIN, IN_USE = "plain", "in_use"
WAYS = (PLAIN, IN_USE)


class Eyes(Protocol):
    """What turns photographs into templates, by each way of working."""

    def contract(self, way: str) -> EmbeddingContract:
        """What the templates of `way` may be compared with."""
        ...

    def pipeline(self, way: str) -> str:
        """The name of `way`'s pipeline."""
        ...

    def depends(self) -> dict[str, object]:
        """What else the templates depend on, fit for JSON: versions of software and of the ladders."""
        ...

    def described(self) -> dict[str, Any]:
        """Models, pipelines, spaces and contracts, fit for JSON."""
        ...

    def portraits(self, way: str, photos: Sequence[Photograph]) -> tuple[Probes, list[str]]:
        """Templates as an enrolment makes them, and for each photograph why it gave none, or nothing."""
        ...

    def probes(self, ways: Sequence[str], photos: Sequence[Photograph], ladder: str) -> list[Probes]:
        """Templates as a search makes them, after `ladder`, of each of `ways`."""
        ...


class Engines:
    """The eyes of the product: loaded models. Raises ModelError when one cannot be used."""

    def __init__(self, pipeline: str | None, threads: int) -> None:
        chosen = pipeline or default_pipeline()
        names = {PLAIN: (RECOGNISER, False), IN_USE: (chosen, True)}
        self._finder = FaceEngine(recogniser=RECOGNISER, threads=threads, turns="always")
        self._enrols = {
            way: FaceEngine(recogniser=name, threads=threads, evaluation=True) for way, (name, _) in names.items()
        }
        self._seeks = {
            way: FaceEngine(recogniser=name, threads=threads, turns="always", careful=careful, evaluation=True)
            for way, (name, careful) in names.items()
        }

    def contract(self, way: str) -> EmbeddingContract:
        return self._enrols[way].contract

    def pipeline(self, way: str) -> str:
        return self._enrols[way].pipeline

    def described(self) -> dict[str, Any]:
        used = dict.fromkeys([DETECTOR, *(model for way in WAYS for model in self._enrols[way].models)])
        cards = ModelStore.default().cards()
        return {
            "models": [
                {name: cards[model].to_dict()[name] for name in ("id", "task", "sha256", "licence")} for model in used
            ],
            **{way: self._way(way) for way in WAYS},
        }

    def _way(self, way: str) -> dict[str, Any]:
        engine = self._enrols[way]
        parts = resolve(engine.pipeline if engine.pipeline in PIPELINES else engine.models[0]).components
        return {
            "pipeline": engine.pipeline,
            "contract": engine.contract.digest,
            "dimension": engine.contract.dimension,
            "components": [
                {
                    "model": part.model,
                    "weight": part.weight,
                    "portrait": [view.name for view in part.portrait],
                    "probe": [view.name for view in part.probe],
                    "space": part.space,
                    "space_sha256": shipped(part.space).digest if part.space else "",
                }
                for part in parts
            ],
        }

    def depends(self) -> dict[str, object]:
        return {
            "software": software(),
            "code": _code(),
            "ladders_version": LADDERS_VERSION,
            "ladders_sha256": digest(),
        }

    def portraits(self, way: str, photos: Sequence[Photograph]) -> tuple[Probes, list[str]]:
        found = encode(self._enrols[way], photos)
        why = dict(found.failures)
        empty = (None,) * len(photos)
        return Probes(found.vectors, found.acquired, empty), [why.get(photo.key, "") for photo in photos]

    def probes(self, ways: Sequence[str], photos: Sequence[Photograph], ladder: str) -> list[Probes]:
        return read_probes(self._finder, [self._seeks[way] for way in ways], photos, ladder)


def _code() -> str:
    """SHA-256 over the modules that make templates: a change between two versions is a change of input too."""
    found = hashlib.sha256()
    package = resources.files("antigone")
    rooms = [package.joinpath(*parts) for parts in (("imaging",), ("faces",), ("evaluation", "degradation"))]
    alone = [package.joinpath("evaluation", name) for name in ("probes.py", "templates.py")]
    files = [file for room in rooms for file in room.iterdir() if file.name.endswith(".py")]
    for file in sorted((*files, *alone), key=str):
        found.update(f"{file.name}\0".encode() + file.read_bytes())
    return found.hexdigest()


Say = Callable[[str], None]

__all__ = ["IN_USE", "NO_FACE", "PLAIN", "WAYS", "Engines", "Eyes", "Say"]
