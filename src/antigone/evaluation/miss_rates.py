"""Measures how often a search misses somebody who is there, by quality stratum, for "none of these" and for lineups.

    python -m antigone.evaluation.miss_rates IMAGES --pipeline robust-1 --aliases FILE --data TEXT --out FILE

Only people of the test half are enrolled and sought, on whom no space was learnt: everybody by the first picture, those
who have another by that one, as it is and after each ladder of stand-ins. The numbers go into
`evidence/miss_rates.json`, which ships.
"""

from __future__ import annotations

import argparse
import json
import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np

from antigone.evaluation.bootstrap import resample_people
from antigone.evaluation.calibrate_strata import LADDERS, STRATA
from antigone.evaluation.degradation import LADDERS_VERSION
from antigone.evaluation.errors import EvaluationError
from antigone.evaluation.halves import half
from antigone.evaluation.metrics import Floats, Ints, equal_weights
from antigone.evaluation.probes import Probes, read_probes, strengths_of
from antigone.evaluation.protocols import Photograph, photographs, read_aliases
from antigone.evaluation.ranks import mate_ranks
from antigone.evaluation.surroundings import machine, software, today
from antigone.evaluation.templates import Progress, encode
from antigone.evidence import Stratum
from antigone.faces import FaceEngine, ModelError
from antigone.faces.strength import NAME as STRENGTH

CUTS = tuple(round(0.1 + 0.02 * step, 2) for step in range(36))
"""Scores at which the share of mates below is stated; a search reads the one at or above its threshold."""

RANKS = (*range(1, 51), 60, 70, 80, 90, 100, 120, 150, 200, 250, 300, 400, 500, 700, 1000)
"""Ranks beyond which the share of mates is stated; smaller galleries are read from the far end."""

WEAKEST = Stratum("very poor", STRENGTH, None, STRATA[-1].low)
"""What lies below the lowest stratum of the calibrations: no ratio is given there, and how much is missed is known."""

ROUNDING = 1e-9

LEAST_PEOPLE = 30
"""A stratum of fewer people is not stated."""

CAUTION = (
    "Press photographs of living people, skewed to white men, and stand-ins: the same faces with alterations painted "
    "on. It says nothing about the dead, of whom there is no public set; among them more may be missed."
)


def measure(
    images: Path,
    pipeline: str,
    data: str,
    *,
    aliases: Path | None = None,
    probes: int | None = None,
    threads: int = 1,
    seed: int = 20,
    progress: Progress | None = None,
) -> dict[str, Any]:
    """An entry of `evidence/miss_rates.json`. `probes` is how many people are sought, drawn by `seed`; None for all.

    Raises EvaluationError where nobody has two pictures, ModelError when a model cannot be used.
    """
    renamed = read_aliases(aliases) if aliases else {}
    people: dict[str, list[Photograph]] = {}
    for photo in photographs(images):
        person = renamed.get(photo.person, photo.person)
        if half(person) == "test":
            people.setdefault(person, []).append(replace(photo, person=person))
    names = sorted(people)
    several = [name for name in names if len(people[name]) > 1]
    if not several:
        raise EvaluationError("Nobody of the test half has two pictures. Give a folder with a folder per person.")
    drawn = [several[at] for at in np.random.default_rng(seed).permutation(len(several))][:probes]
    enrols = FaceEngine(recogniser=pipeline, threads=threads, evaluation=True)
    searches = FaceEngine(recogniser=pipeline, threads=threads, turns="always", careful=True, evaluation=True)
    portraits = encode(enrols, [people[name][0] for name in names], progress)
    seen = [
        read_probes(searches, [searches], [people[name][1] for name in drawn], ladder, progress)[0]
        for ladder in LADDERS
    ]
    mates = np.array([names.index(name) for name in drawn], np.intp)
    return {
        "model": enrols.contract.model_id,
        "contract": enrols.contract.digest,
        "pipeline": enrols.pipeline,
        "data": data,
        "data_digest": portraits.photographs_digest,
        "date": today(),
        "ladders": list(LADDERS),
        "ladders_version": LADDERS_VERSION,
        "enrolled": int(portraits.acquired.sum()),
        "portraits": 1,
        "photographs": 1,
        "caution": CAUTION,
        "strata": strata(portraits.vectors, portraits.acquired, mates, seen, seed),
        "software": software(),
        "machine": machine(threads),
        "seed": seed,
    }


def strata(
    gallery: np.ndarray[Any, np.dtype[np.float32]],
    enrolled: np.ndarray[Any, np.dtype[np.bool_]],
    mates: Ints,
    seen: Sequence[Probes],
    seed: int,
) -> list[dict[str, Any]]:
    """The miss rates of each stratum; `mates` is the row of each probe's person in `gallery`, `seen` one for a ladder.

    A probe in which no face was found is in no stratum, and a mate whose portrait gave no template is not sought: a
    search says both by itself.
    """
    person = np.concatenate([mates] * len(seen))
    ladder = np.repeat(np.arange(len(seen)), mates.size)
    vectors = np.concatenate([probes.vectors for probes in seen])
    strength = np.concatenate([strengths_of(probes) for probes in seen])
    usable = np.concatenate([probes.acquired for probes in seen]) & enrolled[person] & np.isfinite(strength)
    scores = vectors.astype(np.float64) @ gallery.astype(np.float64).T
    scores[:, ~enrolled] = -np.inf
    own = scores[np.arange(person.size), person]
    ranks = mate_ranks(scores, person)
    found = []
    for stratum in (*STRATA, WEAKEST):
        held = np.array([stratum.holds({STRENGTH: float(value)}) for value in strength])
        rows = np.flatnonzero(usable & held)
        sought = np.unique(person[rows]).size
        if sought < LEAST_PEOPLE:
            continue
        weights, number = equal_weights(person[rows]), np.unique(person[rows], return_inverse=True)[1]
        found.append(
            {
                "name": stratum.name,
                "figure": stratum.figure,
                "low": stratum.low,
                "high": stratum.high,
                "people": int(sought),
                "searches": int(rows.size),
                "as_they_are": int((ladder[rows] == 0).sum()),
                "below": _shares(own[rows], CUTS, weights, number, np.less, seed),
                "beyond": _shares(ranks[rows], RANKS, weights, number, np.greater, seed),
            }
        )
    return found


def _shares(
    values: np.ndarray[Any, Any],
    cuts: Sequence[float],
    weights: Floats,
    person: Ints,
    beyond: Callable[[Any, Any], Any],
    seed: int,
) -> list[list[float]]:
    """For each cut the share of searches on its wrong side, and its interval; the people weigh equally."""
    wrong = np.stack([beyond(values, cut) for cut in cuts])
    people = int(person.max()) + 1

    def share(drawn: Floats) -> Floats:
        weight = weights * drawn[person]
        return np.asarray(wrong @ weight / weight.sum(), np.float64)

    shares = share(np.ones(people))
    intervals = resample_people(people, share, seed=seed)
    rows = []
    for cut, value, interval in zip(cuts, shares, intervals, strict=True):
        # Drawing again what never missed, or always did, says nothing; the rule of three over the people bounds it.
        high = min(1.0, 3.0 / people) if value < ROUNDING else interval.high
        low = max(0.0, 1.0 - 3.0 / people) if value > 1.0 - ROUNDING else interval.low
        rows.append([cut, round(float(value), 4), round(low, 4), round(high, 4)])
    return rows


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("images", type=Path)
    parser.add_argument("--pipeline", action="append", required=True)
    parser.add_argument("--aliases", type=Path, help="lines of two names that are one person")
    parser.add_argument("--data", required=True, help="the photographs' name, for the sentence")
    parser.add_argument("--probes", type=int, help="how many people are sought; by default all who have two pictures")
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--out", type=Path, required=True)
    given = parser.parse_args()
    try:
        measured = [
            measure(
                given.images,
                pipeline,
                given.data,
                aliases=given.aliases,
                probes=given.probes,
                threads=given.threads,
            )
            for pipeline in given.pipeline
        ]
    except (EvaluationError, ModelError) as refused:
        parser.exit(2, f"{refused}\n")
    text = json.dumps({"measured": measured}, indent=1, ensure_ascii=False)
    # One row of a table a line: the file is read by people too.
    given.out.write_text(_rows_on_lines(text) + "\n", encoding="utf-8")
    for entry in measured:
        for stratum in entry["strata"]:
            print(
                f"{entry['pipeline']} {stratum['name']}: {stratum['people']} people, {stratum['searches']} searches, "
                f"beyond rank 1 {100 * stratum['beyond'][0][1]:.1f} %, 50 {100 * stratum['beyond'][49][1]:.1f} %"
            )


def _rows_on_lines(text: str) -> str:
    """JSON whose innermost lists of numbers stand on one line each."""
    return re.sub(r"\[\s+((?:-?[\d.e-]+,?\s+)+)\]", lambda row: "[" + " ".join(row.group(1).split()) + "]", text)


if __name__ == "__main__":
    main()
