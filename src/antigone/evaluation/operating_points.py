"""Measures the numbers of the default operating point, checks them by searching, and writes both down.

    python -m antigone.evaluation.operating_points IMAGES --other FOLDER --model sface-2021dec --out FILE

IMAGES holds a folder per person; the other set lies in folders of pictures named PERSON_anything.jpg. With --half
only people of that half count (see `halves`): a pipeline whose space was learnt on the calibration half is measured
on the test half.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, get_args

import numpy as np

from antigone.evaluation.errors import EvaluationError
from antigone.evaluation.halves import Half, half
from antigone.evaluation.metrics import Ints
from antigone.evaluation.non_mated import entry, fit_tail, tail_intervals
from antigone.evaluation.passing import (
    Search,
    Vectors,
    foreign_search,
    leave_own_out,
    mates_search,
    passing_share,
    strangers_search,
)
from antigone.evaluation.protocols import Photograph, photographs, photographs_by_stem, read_aliases
from antigone.evaluation.surroundings import machine, software, today
from antigone.evaluation.templates import Templates, encode
from antigone.evidence.operating_point import DEFAULT_FPIR, comparison_rate
from antigone.evidence.tails import Tail
from antigone.faces import FaceEngine, ModelError

CAUTION = (
    "Press photographs of living people, skewed to white men: pictures taken alike, or people alike in age, sex "
    "and origin, score higher, and it says nothing about the dead."
)
GALLERIES = (500, 2000)
DRAWS = 20
STATED = (1e-3, 1e-4, 1e-5, 1e-6, 1e-8)


def measure(
    images: Path,
    other: Path | None,
    models: Sequence[str],
    data: str,
    threads: int = 1,
    seed: int = 20,
    draws: int = DRAWS,
    aliases: Path | None = None,
    part: Half | None = None,
    galleries: Sequence[int] = GALLERIES,
) -> dict[str, Any]:
    """The tails of `models` over the photographs below `images`, and the FPIR that searches then show.

    `aliases` names people whom the set files under two names; `part` keeps the people of one half, by the one name.
    `data` names the photographs in the sentence that a search prints. `galleries` are the sizes, in people, at which
    the tail is checked; one that the people do not fill is left out. Raises EvaluationError or ModelError.
    """
    two_names = read_aliases(aliases) if aliases is not None else {}
    photos = photographs(images) if part is None else of_half(photographs(images), part, two_names)
    foreign = photographs_by_stem(other) if other is not None else None
    tails, results = [], []
    for model in models:
        engine = FaceEngine(recogniser=model, threads=threads, evaluation=True)
        vectors, people = _acquired(encode(engine, photos).merged(two_names))
        tail, comparisons = fit_tail(vectors, people)
        tails.append(entry(tail, comparisons, model, engine.contract.digest, data, today(), CAUTION))
        intervals = tail_intervals(comparisons, STATED, rounds=400, seed=seed)
        result: dict[str, Any] = {
            "model": model,
            "thresholds": [
                {"rate": rate, "score": tail.score_at(rate), "low": interval.low, "high": interval.high}
                for rate, interval in zip(STATED, intervals, strict=True)
            ],
            "checks": _checks(vectors, people, tail, seed, draws, galleries),
            "mates": _mates(vectors, people, tail, seed, draws, galleries),
        }
        if foreign is not None:
            result["checks"] += _foreign(
                vectors, people, tail, _acquired(encode(engine, foreign)), seed, draws, galleries
            )
        results.append(result)
    return {
        "tails": tails,
        "results": results,
        "half": part,
        "software": software(),
        "machine": machine(threads),
        "seed": seed,
    }


def of_half(photos: Sequence[Photograph], part: Half, two_names: Mapping[str, str]) -> list[Photograph]:
    """The photographs of the people of one half, told by the one name that aliases leave them.

    Raises EvaluationError when there are none.
    """
    found = [photo for photo in photos if half(two_names.get(photo.person, photo.person)) == part]
    if not found:
        raise EvaluationError(f"Nobody of the {part} half is below the folder. Name another half, or folder.")
    return found


def _acquired(templates: Templates) -> tuple[Vectors, Ints]:
    kept = templates.acquired
    _, people = np.unique(templates.people[kept], return_inverse=True)
    return templates.vectors[kept], np.asarray(people, dtype=np.intp)


def _checks(
    vectors: Vectors, people: Ints, tail: Tail, seed: int, draws: int, galleries: Sequence[int]
) -> list[dict[str, Any]]:
    """Searches within the set that the tail was fitted on, and of one half with the tail of the other."""
    found = []
    pictures = np.bincount(people)
    sizes = [gallery for gallery in galleries if gallery < pictures.size]
    for gallery in sizes:
        search = strangers_search(vectors, people, gallery)
        found.append(_check(f"{gallery:,} people, strangers of the same set", search, tail, gallery, seed, draws))
    drawn = np.random.default_rng(seed).permutation(pictures.size) < pictures.size // 2
    for name, part in (("first", drawn), ("second", ~drawn)):
        fitted, _ = fit_tail(*_of(vectors, people, part))
        held_vectors, held_people = _of(vectors, people, ~part)
        gallery = min(500, int((~part).sum()) // 2)
        search = strangers_search(held_vectors, held_people, gallery)
        text = f"{gallery:,} people and strangers of one half, tail of the other ({name}) half"
        found.append(_check(text, search, fitted, gallery, seed, draws))
    for portraits in (2, 3):
        gallery = min(400, int((pictures >= portraits).sum()) // 2 * 2)
        search = strangers_search(vectors, people, gallery, portraits=portraits)
        text = f"{gallery:,} people with {portraits} portraits each; threshold for {gallery * portraits:,} portraits"
        found.append(_check(text, search, tail, gallery * portraits, seed, draws))
        text = f"the same; threshold for {gallery:,} people, as if they had one"
        found.append(_check(text, search, tail, gallery, seed, draws))
    for photos in (2, 3, 4) if sizes else ():
        search = strangers_search(vectors, people, sizes[-1], photos=photos)
        text = f"{sizes[-1]:,} people, strangers of the same set; photographs of each: {photos}"
        found.append(_check(text, search, tail, sizes[-1], seed, draws))
    return found


def _foreign(
    vectors: Vectors,
    people: Ints,
    tail: Tail,
    other: tuple[Vectors, Ints],
    seed: int,
    draws: int,
    galleries: Sequence[int],
) -> list[dict[str, Any]]:
    found = []
    for gallery in (each for each in galleries if each < int(people.max()) + 1):
        search = foreign_search(vectors, people, gallery, *other)
        found.append(_check(f"{gallery:,} people; strangers of the other set", search, tail, gallery, seed, draws))
    others = int(other[1].max())
    text = f"{others:,} people and strangers of the other set, all of one studio"
    found.append(_check(text, leave_own_out(*other), tail, others, seed, draws))
    return found


def _of(vectors: Vectors, people: Ints, chosen: np.ndarray[Any, np.dtype[np.bool_]]) -> tuple[Vectors, Ints]:
    rows = chosen[people]
    _, numbered = np.unique(people[rows], return_inverse=True)
    return vectors[rows], np.asarray(numbered, dtype=np.intp)


def _mates(
    vectors: Vectors, people: Ints, tail: Tail, seed: int, draws: int, galleries: Sequence[int]
) -> list[dict[str, Any]]:
    """How many mates the same thresholds lose, by number of portraits and photographs."""
    found = []
    for gallery in galleries:
        for portraits, photos in ((1, 1), (1, 2), (1, 3), (2, 1), (2, 2)):
            search = mates_search(vectors, people, portraits=portraits, photos=photos)
            text = f"{gallery:,} people; portraits each: {portraits}; photographs of the one sought: {photos}"
            found.append(_check(text, search, tail, gallery * portraits, seed, draws))
    return found


def _check(text: str, search: Search, tail: Tail, portraits: int, seed: int, draws: int) -> dict[str, Any]:
    threshold = tail.score_at(comparison_rate(DEFAULT_FPIR, portraits))
    seen = passing_share(search, threshold, draws, seed)
    return {
        "check": text,
        "threshold": threshold,
        "passing": seen.share,
        "low": seen.interval.low,
        "high": seen.interval.high,
        "searches": seen.searches,
        "people": seen.people,
    }


def render_tables(report: dict[str, Any]) -> str:
    """The report's three tables for each model, as Markdown."""
    lines: list[str] = []
    for result in report["results"]:
        lines += [f"## {result['model']}", "", "| false match rate of a comparison | score | 95 % |", "|---|---|---|"]
        lines += [
            f"| {each['rate']:g} | {each['score']:.3f} | {each['low']:.3f} to {each['high']:.3f} |"
            for each in result["thresholds"]
        ]
        for name, kind, complement in (("observed FPIR", "checks", False), ("observed FNIR", "mates", True)):
            lines += [
                "",
                f"| searched | threshold | {name} | 95 % | people sought | searches |",
                "|---|---|---|---|---|---|",
            ]
            lines += [_row(each, complement) for each in result[kind]]
        lines.append("")
    return "\n".join(lines)


def _row(check: dict[str, Any], complement: bool) -> str:
    share, low, high = check["passing"], check["low"], check["high"]
    if complement:
        share, low, high = (max(0.0, 1 - value) for value in (share, high, low))
    return (
        f"| {check['check']} | {check['threshold']:.3f} | {100 * share:.2f} % | "
        f"{100 * low:.2f} to {100 * high:.2f} | {check['people']:,} | {check['searches']:,} |"
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("images", type=Path)
    parser.add_argument("--other", type=Path)
    parser.add_argument("--model", action="append", required=True)
    parser.add_argument("--data", default="photographs of a folder", help="the photographs' name, for the sentence")
    parser.add_argument("--aliases", type=Path, help="lines of two names that are one person")
    parser.add_argument("--half", choices=get_args(Half), help="people of this half alone, after --aliases")
    parser.add_argument("--gallery", type=int, action="append", help="people to check at, again for each size")
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--out", type=Path, required=True, help="writes OUT.json, and OUT.tails.json to be shipped")
    given = parser.parse_args()
    try:
        report = measure(
            given.images,
            given.other,
            given.model,
            given.data,
            given.threads,
            aliases=given.aliases,
            part=given.half,
            galleries=sorted(given.gallery or GALLERIES),
        )
    except (EvaluationError, ModelError) as refused:
        parser.exit(2, f"{refused}\n")
    tails = {"tails": report.pop("tails")}
    given.out.with_name(f"{given.out.name}.json").write_text(json.dumps(report, indent=2) + "\n", encoding="utf-8")
    given.out.with_name(f"{given.out.name}.tails.json").write_text(json.dumps(tails, indent=2) + "\n", encoding="utf-8")
    print(render_tables(report))


if __name__ == "__main__":
    main()
