"""Learns the space in which a recogniser's templates are compared, from one half of a benchmark's people.

    python -m antigone.evaluation.spaces IMAGES --model sface-2021dec --aliases FILE --out FILE.npz

A person's portraits, clean probes and probes degraded by stand-ins are taken for what varies within that person, so
that the directions in which shut lids, pallor or soiling move a template weigh less. Only the calibration half of the
people is used, and draws of the ladders that no benchmark uses.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt

from antigone.evaluation.errors import EvaluationError
from antigone.evaluation.halves import half
from antigone.evaluation.metrics import Ints
from antigone.evaluation.probes import CLEAN, read_probes
from antigone.evaluation.protocols import Photograph, photographs, read_aliases
from antigone.evaluation.templates import Progress, encode
from antigone.faces import FaceEngine, ModelError
from antigone.faces.pipeline import Component, Pipeline
from antigone.faces.pipelines import BOTH
from antigone.faces.space import Space

LADDERS = (CLEAN, "fresh", "two-days")
SHRINKAGE, POWER = 0.3, 0.35
"""Towards a multiple of the identity; and of the covariance's inverse: a half would whiten it whole."""

VARIANT = "#space"
LEAST_PEOPLE = 50

Vectors = npt.NDArray[np.float32]


def fit(vectors: Vectors, people: Ints, shrinkage: float = SHRINKAGE, power: float = POWER) -> Space:
    """The space of unit `vectors`, (n, d), of `people`, (n,): mean of the people's means, and W^-power.

    W is the covariance within people, shrunk: (1 - s) W + s trace(W)/d I. Raises EvaluationError with too few people
    who have two templates.
    """
    names, person, counts = np.unique(people, return_inverse=True, return_counts=True)
    several = counts > 1
    if int(several.sum()) < LEAST_PEOPLE:
        raise EvaluationError(f"A space needs {LEAST_PEOPLE} people with two photographs each. Nothing was learnt.")
    means = np.zeros((names.size, vectors.shape[1]))
    np.add.at(means, person, vectors.astype(np.float64))
    means /= counts[:, None]
    apart = (vectors - means[person])[several[person]]
    within = apart.T @ apart / (counts[several].sum() - several.sum())
    dimension = within.shape[0]
    within = (1 - shrinkage) * within + shrinkage * np.trace(within) / dimension * np.eye(dimension)
    values, directions = np.linalg.eigh(within)
    axes = directions @ np.diag((values / values.mean()) ** -power) @ directions.T
    return Space(means.mean(axis=0).astype(np.float32), axes.astype(np.float32))


def gather(
    images: Path,
    model: str,
    aliases: Path | None = None,
    ladders: Sequence[str] = LADDERS,
    threads: int | None = None,
    progress: Progress | None = None,
) -> tuple[Vectors, Ints]:
    """Templates, before any space, of the calibration half: portraits, and probes after each of `ladders`."""
    names = read_aliases(aliases) if aliases is not None else {}
    photos = [photo for photo in photographs(images) if half(_person(photo, names)) == "calibration"]
    bare = Pipeline("bare", (Component(model, 1.0, BOTH, BOTH),))
    portraits = encode(FaceEngine(recogniser=bare, threads=threads, evaluation=True), photos, progress)
    people = np.unique([_person(photo, names) for photo in photos], return_inverse=True)[1]
    found, owners = [portraits.vectors[portraits.acquired]], [people[portraits.acquired]]
    finder = FaceEngine(recogniser=bare, threads=threads, turns="always", evaluation=True)
    engine = FaceEngine(recogniser=bare, threads=threads, turns="always", evaluation=True, careful=True)
    for ladder in ladders:
        (probes,) = read_probes(finder, [engine], photos, ladder, progress, VARIANT)
        found.append(probes.vectors[probes.acquired])
        owners.append(people[probes.acquired])
    return np.concatenate(found), np.concatenate(owners).astype(np.intp)


def _person(photo: Photograph, names: dict[str, str]) -> str:
    return names.get(photo.person, photo.person)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("images", type=Path)
    parser.add_argument("--model", required=True)
    parser.add_argument("--aliases", type=Path, help="lines of two names that are one person")
    parser.add_argument("--threads", type=int, default=None)
    parser.add_argument("--out", type=Path, required=True)
    given = parser.parse_args()
    try:
        space = fit(*gather(given.images, given.model, given.aliases, threads=given.threads))
    except (EvaluationError, ModelError) as refused:
        parser.exit(2, f"{refused}\n")
    given.out.write_bytes(space.to_bytes())
    print(f"{given.out.name}: {space.axes.shape[0]} to {space.dimension} numbers, SHA-256 {space.digest}")


if __name__ == "__main__":
    main()
