"""Calibrations by quality stratum, from pictures as they are and after ladders of stand-ins, for the package to ship.

    python -m antigone.evaluation.calibrate_strata IMAGES --pipeline robust-1 --aliases FILE --name TEXT --out FOLDER

The strata are of TemplateStrength (`faces.strength`), since that figure goes best with what a true match scores. Only
people of the test half are compared, on whom no space was learnt: some of them fit, the others judge. Below the lowest
stratum there is no calibration and so no ratio. The tails of strangers by stratum come from the same comparisons.
"""

from __future__ import annotations

import argparse
import hashlib
import json
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np

from antigone.evaluation import lir_fits
from antigone.evaluation.calibrating import Fitted, Identity, by_strata
from antigone.evaluation.degradation import LADDERS_VERSION
from antigone.evaluation.errors import EvaluationError
from antigone.evaluation.halves import half
from antigone.evaluation.metrics import Floats, Ints
from antigone.evaluation.non_mated import as_entry
from antigone.evaluation.person_pairs import draw_sides, score_blocks, weights_of
from antigone.evaluation.probes import CLEAN, Probes, read_probes, strengths_of
from antigone.evaluation.protocols import Photograph, photographs, read_aliases
from antigone.evaluation.scored import ScoredPairs, joined
from antigone.evaluation.templates import Progress, Templates, encode
from antigone.evidence import SourceKind, Span, Stratum
from antigone.faces import FaceEngine, ModelError
from antigone.faces.strength import NAME as STRENGTH

LADDERS = (CLEAN, "fresh", "two-days", "five-days")
STRATA = (
    Stratum("clear", STRENGTH, 72.0, None),
    Stratum("impaired", STRENGTH, 45.0, 72.0),
    Stratum("poor", STRENGTH, 22.0, 45.0),
)
FLOOR = 0.05
"""Scores of strangers below this are only counted: the highest rate of a tail lies above it."""

LEAST_COMPARISONS = 1_000_000

COUNTS = ((1, 1), (2, 1), (1, 2), (2, 2))
"""Photographs and portraits that are compared together, as far as anybody has as many pictures."""

DRAWS = 2
"""Draws of who is enrolled by which picture and sought by which; people with more pictures are drawn differently."""


def fits(person: str) -> bool:
    """Whether a person of the test half is among those that fit: by a hash of the name, apart from that of `half`."""
    return hashlib.sha256(f"fits {person}".encode()).digest()[0] % 2 == 0


def label(strength: float | None) -> str:
    """The name of the stratum that a photograph of this strength belongs to, or an empty one."""
    return next((stratum.name for stratum in STRATA if stratum.holds({STRENGTH: strength})), "")


def strata(
    images: Path,
    pipeline: str,
    name: str,
    threads: int,
    *,
    aliases: Path | None = None,
    ladders: Sequence[str] = LADDERS,
    seed: int = 20,
    progress: Progress | None = None,
) -> tuple[list[Fitted], list[str], list[dict[str, Any]]]:
    """A calibration for each stratum, a sentence for each that the pictures are too few for, and strangers' tails.

    Raises EvaluationError without lir or with pictures that do not allow it, ModelError when a model cannot be used.
    """
    lir_fits.lir()
    renamed = read_aliases(aliases) if aliases else {}
    named = (replace(each, person=renamed.get(each.person, each.person)) for each in photographs(images))
    photos = [photo for photo in named if half(photo.person) == "test"]
    often = Counter(photo.person for photo in photos)
    enrols = FaceEngine(recogniser=pipeline, threads=threads)
    searches = FaceEngine(recogniser=pipeline, threads=threads, turns="always", careful=True)
    portraits = encode(enrols, photos, progress)
    several = [at for at, photo in enumerate(photos) if often[photo.person] > 1]
    sets = [
        _spread(read_probes(searches, [searches], [photos[at] for at in several], ladder, progress)[0], several, photos)
        for ladder in ladders
    ]
    identity = Identity(
        data_name=f"{name}, as it is and as stand-ins: ladders {', '.join(ladders)}, version {LADDERS_VERSION}",
        data_digest=portraits.photographs_digest,
        source=SourceKind.STAND_IN,
        contract=enrols.contract.digest,
        model=enrols.contract.model_id,
        pipeline=enrols.pipeline,
        stratum=Stratum(),
        photos=Span(1.0, 2.0),
        portraits=Span(1.0, 2.0),
        ages=Span(18.0, None),
        gap_years=0.0,
    )
    fitting, judging = (_pairs(portraits, sets, part, seed) for part in (fits, lambda person: not fits(person)))
    fitted, refused = by_strata(fitting, judging, identity, list(STRATA), seed=seed)
    return fitted, refused, stranger_tails(portraits, sets)


def _spread(probes: Probes, places: Sequence[int], photos: Sequence[Photograph]) -> Probes:
    """Probes of some photographs, among all: not acquired elsewhere."""
    vectors = np.zeros((len(photos), probes.vectors.shape[1]), np.float32)
    acquired = np.zeros(len(photos), np.bool_)
    quality: list[dict[str, int | None] | None] = [None] * len(photos)
    vectors[places], acquired[places] = probes.vectors, probes.acquired
    for place, figures in zip(places, probes.quality, strict=True):
        quality[place] = figures
    return Probes(vectors, acquired, tuple(quality))


def _pairs(portraits: Templates, sets: Sequence[Probes], part: Callable[[str], bool], seed: int) -> ScoredPairs:
    """Every probe of one part of the people against everybody of that part, labelled by the weakest probe's stratum."""
    persons = [photo.person for photo in portraits.photographs]
    names = tuple(sorted({person for person in persons if part(person)}))
    number = {name: index for index, name in enumerate(names)}
    often = Counter(persons)
    parts = []
    for probes in sets:
        strengths = strengths_of(probes)
        usable = [
            at
            for at, person in enumerate(persons)
            if person in number and portraits.acquired[at] and (probes.acquired[at] or often[person] == 1)
        ]
        people: Ints = np.array([number[persons[at]] for at in usable], dtype=np.intp)
        vectors = np.concatenate([portraits.vectors[usable], probes.vectors[usable]])
        most = int(np.bincount(people).max()) if people.size else 0
        for photos, shown in (each for each in COUNTS if sum(each) <= most):
            for draw in range(DRAWS):
                drawn = draw_sides(people, photos, shown, seed + draw)
                weakest = strengths[usable][drawn.photos].min(axis=1)
                labels = np.array([label(value) for value in weakest])
                sought = replace(drawn, photos=drawn.photos + len(usable))
                for block, scores in score_blocks(vectors, sought, weights_of(strengths[usable], drawn.photos)):
                    first = np.repeat(drawn.bodies[block], drawn.enrolled.size)
                    second = np.tile(drawn.enrolled, block.size)
                    named = np.repeat(labels[block], drawn.enrolled.size)
                    pairs = ScoredPairs(scores.ravel(), first == second, first, second, names, strata=named)
                    parts.append(pairs.select(np.flatnonzero(named != "")))
    parts = [pairs for pairs in parts if pairs.scores.size]
    if not parts:
        raise EvaluationError("Nobody has a photograph beside a portrait here: nothing can be compared.")
    whole = joined(parts)
    # Thinned by stratum, or the many strangers of one would leave none of another's highest.
    labelled = np.asarray(whole.strata)
    return joined([whole.select(np.flatnonzero(labelled == stratum.name)).thinned(seed) for stratum in STRATA])


def stranger_tails(portraits: Templates, sets: Sequence[Probes]) -> list[dict[str, Any]]:
    """For each stratum the tail of its probes' scores with everybody else's portraits, as `evidence` ships it."""
    people = portraits.people
    kept: dict[str, list[Floats]] = {stratum.name: [] for stratum in STRATA}
    total = dict.fromkeys(kept, 0)
    for probes in sets:
        labels = np.array([label(value) if np.isfinite(value) else "" for value in strengths_of(probes)])
        for name, scores in kept.items():
            rows = np.flatnonzero((labels == name) & probes.acquired)
            for start in range(0, rows.size, 256):
                block = rows[start : start + 256]
                found = (probes.vectors[block] @ portraits.vectors[portraits.acquired].T).astype(np.float64)
                others = found[people[block][:, None] != people[portraits.acquired][None, :]]
                total[name] += others.size
                scores.append(others[others >= FLOOR])
    return [
        {
            "name": stratum.name,
            "figure": stratum.figure,
            "low": stratum.low,
            "high": stratum.high,
            **as_entry(np.concatenate(kept[stratum.name]), total[stratum.name]),
        }
        for stratum in STRATA
        if total[stratum.name] >= LEAST_COMPARISONS
    ]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("images", type=Path)
    parser.add_argument("--pipeline", required=True)
    parser.add_argument("--aliases", type=Path, help="lines of two names that are one person")
    parser.add_argument("--name", required=True, help="what the pictures are, for the report")
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--out", type=Path, required=True, help="a folder; a file for each stratum")
    given = parser.parse_args()
    try:
        fitted, refused, tails = strata(given.images, given.pipeline, given.name, given.threads, aliases=given.aliases)
    except (EvaluationError, ModelError) as error:
        parser.exit(2, f"{error}\n")
    for each in fitted:
        calibration = each.calibration
        file = given.out / f"{given.pipeline}-{calibration.stratum.name}.json"
        file.write_text(json.dumps(calibration.as_json(), indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
        held = calibration.held_out
        print(
            f"{file.name}: {calibration.method}, Cllr {held.cllr:.3f} ({held.low:.3f} to {held.high:.3f}), "
            f"minimum {held.cllr_min:.3f}, log10 LR within {calibration.low:.2f} and {calibration.high:.2f}, "
            f"{held.mated} mated of {held.people} people held out; by cross-validation {each.compared}"
        )
    (given.out / f"{given.pipeline}.tails.json").write_text(json.dumps(tails, indent=1) + "\n", encoding="utf-8")
    for sentence in refused:
        print(sentence)


if __name__ == "__main__":
    main()
