"""How hard each ladder is for a plain search, as `python -m antigone.evaluation.degradation.difficulty --images DIR`.

The first picture of every person is enrolled as it is, the second is degraded and searched: one template from
one detection in all four turns. The ladders are stand-ins; what is measured says nothing about the dead.
"""

from __future__ import annotations

import argparse
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from antigone.evaluation.bootstrap import Interval, resample_people
from antigone.evaluation.degradation.apply import degrade
from antigone.evaluation.degradation.ladders import LADDERS, LADDERS_VERSION, digest
from antigone.evaluation.errors import EvaluationError
from antigone.evaluation.metrics import Floats, Ints
from antigone.evaluation.protocols import Photograph, photographs, read_aliases
from antigone.evaluation.surroundings import machine, software, today
from antigone.evaluation.templates import central_face, encode
from antigone.faces import FaceEngine
from antigone.faces.face import Landmarks
from antigone.imaging import load
from antigone.imaging.picture import Pixels

RANKS = (1, 50)


@dataclass(frozen=True)
class Probe:
    """A clean picture with a face, to be degraded: `own` is the row of its person in the gallery."""

    key: str
    own: int
    pixels: Pixels
    landmarks: Landmarks


@dataclass(frozen=True)
class Difficulty:
    """Share of probes missed at each of `RANKS`, with intervals over people, and share without a face found."""

    ladder: str
    missed: tuple[float, ...]
    intervals: tuple[Interval, ...]
    no_face: float


def gallery_and_probes(
    engine: FaceEngine, images: Path, aliases: Mapping[str, str], count: int, seed: int
) -> tuple[npt.NDArray[np.float32], list[Probe]]:
    """Templates of everybody's first picture, shape (people, dimension), and `count` people's second pictures.

    A second picture in which no face is found while it is clean is left out, as nothing can be painted on it.
    """
    people: dict[str, list[Photograph]] = {}
    for photo in photographs(images):
        people.setdefault(aliases.get(photo.person, photo.person), []).append(photo)
    names = sorted(people)
    gallery = encode(engine, [people[name][0] for name in names]).vectors
    several = [row for row, name in enumerate(names) if len(people[name]) > 1]
    if not several:
        raise EvaluationError("Nobody has a second picture to search with. Nothing was written; give a larger folder.")
    drawn = np.random.default_rng(seed).permutation(len(several))[:count]
    probes = []
    for row in (several[index] for index in sorted(drawn)):
        photo = people[names[row]][1]
        pixels = load(photo.path)[1].pixels
        faces = engine.detect(pixels)
        chosen = central_face(faces, pixels.shape[1], pixels.shape[0])
        if chosen is not None:
            probes.append(Probe(photo.key, row, pixels, faces[chosen].landmarks))
    return gallery, probes


def difficulty(
    engine: FaceEngine, gallery: npt.NDArray[np.float32], probes: Sequence[Probe], ladder: str, seed: int = 0
) -> Difficulty:
    """Searches every probe, degraded by `ladder`; equal scores count against the probe."""

    def rank(probe: Probe) -> int:
        changed = degrade(probe.pixels, probe.landmarks, ladder, probe.key).pixels
        faces = engine.detect(changed)
        chosen = central_face(faces, changed.shape[1], changed.shape[0])
        if chosen is None:
            return 0
        scores = gallery @ engine.encode([engine.align(changed, faces[chosen])])[0]
        return int((scores >= scores[probe.own]).sum())

    with ThreadPoolExecutor(engine.threads) as threads:
        ranks: Ints = np.asarray(list(threads.map(rank, probes)), dtype=np.intp)
    misses = np.stack([(ranks == 0) | (ranks > most) for most in RANKS]).astype(np.float64)

    def shares(drawn: Floats) -> Floats:
        return np.asarray(misses @ drawn / drawn.sum(), dtype=np.float64)

    intervals = resample_people(len(probes), shares, seed=seed)
    return Difficulty(ladder, tuple(misses.mean(axis=1)), tuple(intervals), float((ranks == 0).mean()))


def main(arguments: Sequence[str] | None = None) -> None:
    """Prints a Markdown table, one row a ladder."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--images", type=Path, required=True, help="a folder for each person, NAME/NAME_0001.jpg")
    parser.add_argument("--aliases", type=Path, help="people filed under two names, lines of two names")
    parser.add_argument("--ladder", action="append", choices=list(LADDERS), help="again for each; all when not given")
    parser.add_argument("--probes", type=int, default=400)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args(arguments)
    engine = FaceEngine(turns="always")
    try:
        aliases = read_aliases(given.aliases) if given.aliases else {}
        gallery, probes = gallery_and_probes(engine, given.images, aliases, given.probes, given.seed)
    except EvaluationError as error:
        raise SystemExit(str(error)) from error
    versions = ", ".join(f"{name} {version}" for name, version in software().items())
    print(f"{today()}: ladders {LADDERS_VERSION} ({digest()}), {engine.contract.model_id}, {len(gallery)} enrolled, ")
    print(f"{len(probes)} probes, seed {given.seed}; {versions}; {machine(engine.threads)['cpu']}.\n")
    print("| ladder | rank-1 miss % | rank-50 miss % | no face % |\n|---|---|---|---|")
    for name in given.ladder or LADDERS:
        found = difficulty(engine, gallery, probes, name)
        cells = [
            f"{100 * share:.1f} ({100 * interval.low:.1f}-{100 * interval.high:.1f})"
            for share, interval in zip(found.missed, found.intervals, strict=True)
        ]
        print(f"| `{name}` | {' | '.join(cells)} | {100 * found.no_face:.1f} |", flush=True)


if __name__ == "__main__":
    main()
