"""Checks by searching what a gallery's own tail does to the rate of false candidates.

    python -m antigone.evaluation.own_tails ENROLLED SEARCHED

Both folders hold pictures named PERSON_anything.jpg of the same people; half are enrolled, the others are strangers.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import numpy as np
import numpy.typing as npt

from antigone.evaluation.protocols import photographs_by_stem
from antigone.evaluation.templates import encode
from antigone.evidence import own_tail, threshold
from antigone.faces import FaceEngine

Vectors = npt.NDArray[np.float32]
DRAWS = 200


def compare(
    enrolled: Vectors, searched: Vectors, model: str, draws: int = DRAWS, seed: int = 20
) -> dict[str, dict[str, float]]:
    """FPIR and FNIR, shares, with the shipped tail and with the gallery's own beside it.

    `enrolled` and `searched`, (n, d), hold one template of the same n people each, in one order.
    """
    rng = np.random.default_rng(seed)
    passed: dict[str, list[float]] = {"shipped": [], "own": []}
    missed: dict[str, list[float]] = {"shipped": [], "own": []}
    for _ in range(draws):
        order = rng.permutation(len(enrolled))
        gallery, strangers = order[: len(order) // 2], order[len(order) // 2 :]
        tail = own_tail.measure(enrolled[gallery], gallery.astype(np.int64))
        for name, own in (("shipped", None), ("own", tail)):
            point = threshold(model, len(gallery), own=own)
            if point is None:
                raise ValueError("No tail was measured for this model.")
            passed[name].append(float(((searched[strangers] @ enrolled[gallery].T).max(1) >= point.threshold).mean()))
            missed[name].append(float(((searched[gallery] * enrolled[gallery]).sum(1) < point.threshold).mean()))
    return {name: {"fpir": float(np.mean(passed[name])), "fnir": float(np.mean(missed[name]))} for name in passed}


def main() -> None:
    """Encode both folders and print the comparison as JSON."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("enrolled", type=Path)
    parser.add_argument("searched", type=Path)
    parser.add_argument("--model", default="sface-2021dec")
    given = parser.parse_args()
    engine = FaceEngine(recogniser=given.model, evaluation=True)
    found = [encode(engine, photographs_by_stem(folder)) for folder in (given.enrolled, given.searched)]
    vectors = [dict(zip((photo.person for photo in each.photographs), each.vectors, strict=True)) for each in found]
    both = sorted(set(vectors[0]) & set(vectors[1]))
    pairs = [np.stack([each[person] for person in both]) for each in vectors]
    print(json.dumps({"people": len(both), **compare(pairs[0], pairs[1], given.model)}, indent=2))


if __name__ == "__main__":
    main()
