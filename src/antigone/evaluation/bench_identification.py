"""`antigone bench identification`: the pipeline in use beside one plain template, after a ladder of stand-ins."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from antigone import evidence
from antigone.evaluation.bootstrap import LEVEL, ROUNDS, resample_people
from antigone.evaluation.degradation import LADDERS, LADDERS_VERSION, digest
from antigone.evaluation.errors import EvaluationError
from antigone.evaluation.halves import Half, half
from antigone.evaluation.metrics import Floats
from antigone.evaluation.probes import CLEAN, Probes, cpu_per_probe, read_probes
from antigone.evaluation.protocols import Photograph, photographs, read_aliases
from antigone.evaluation.ranks import Searches, false_negative_rate, mate_ranks, miss_rate, threshold_at_fpir
from antigone.evaluation.surroundings import machine, software, today
from antigone.evaluation.templates import encode
from antigone.evidence import own_tail
from antigone.faces import EmbeddingContract, FaceEngine, ModelStore
from antigone.faces.models import usable
from antigone.faces.pipelines import JOINED, ROBUST, resolve
from antigone.faces.registry import RECOGNISER

STRANGER_SHARE = 0.2
FPIR = 0.01
TIMED = 61
"""Probes whose CPU is measured, the first of which only warms the engines up."""

NEVER = np.iinfo(np.intp).max
SHARES = ("rank1_miss", "rank50_miss", "fnir_at_fpir_1pct", "none_of_these_right", "mates_passing")
CAUTION = (
    "Faces of the living, and stand-ins for the dead painted upon them: it compares one way of working with another "
    "and says nothing about the dead, of whom there is no public set."
)

TAUGHT = (
    "People on whom a learnt space was taught may be among those sought, and then the improved way comes out too good: "
    "--half test keeps to the others."
)


def caution(part: Half | None) -> str:
    """What stands below the figures; without the half that nothing was taught on, that too."""
    return CAUTION if part == "test" else f"{CAUTION} {TAUGHT}"


@dataclass(frozen=True)
class Protocol:
    """Who is enrolled by which picture, and who is sought by which; three lists of photographs, a person each."""

    enrolled: list[Photograph]
    mated: list[Photograph]
    strangers: list[Photograph]


def protocol(people: Mapping[str, list[Photograph]], probes: int | None, seed: int) -> Protocol:
    """The first picture of a person is enrolled and the second sought; a fifth of the people are strangers.

    Strangers are drawn by `seed`, people with one picture before the others, who could be no mated probe; they are
    sought by their first. `probes` is how many of the mated, and at most how many of the strangers, are sought; None
    for all. Raises EvaluationError where nobody would be enrolled, sought or a stranger.
    """
    names = sorted(people)
    shuffled = [names[place] for place in np.random.default_rng(seed).permutation(len(names))]
    order = sorted(shuffled, key=lambda name: len(people[name]) > 1)
    held = round(STRANGER_SHARE * len(names))
    strangers, rest = order[:held], sorted(order[held:])
    mated = [name for name in shuffled if name in set(rest) and len(people[name]) > 1]
    if not strangers or not mated:
        raise EvaluationError(
            "Too few people: it takes strangers, and people with two pictures. Give a folder with a folder per person."
        )
    return Protocol(
        [people[name][0] for name in rest],
        [people[name][1] for name in mated[:probes]],
        [people[name][0] for name in strangers[:probes]],
    )


def run(
    images: Path,
    ladder: str = CLEAN,
    probes: int | None = None,
    pipeline: str | None = None,
    part: Half | None = None,
    aliases: Path | None = None,
    threads: int = 1,
    seed: int = 20,
    rounds: int = ROUNDS,
    progress: Callable[[str], None] | None = None,
) -> dict[str, Any]:
    """Both ways of working on the same photographs, fit for JSON; every share with the interval of resampled people.

    Raises EvaluationError when folder or ladder do not allow it, ModelError when a model cannot be used.
    """
    if ladder not in LADDERS:
        raise EvaluationError(f"There is no ladder {ladder!r}. Nothing was measured. Known are: {', '.join(LADDERS)}.")
    say = progress or (lambda line: None)
    names = read_aliases(aliases) if aliases is not None else {}
    people: dict[str, list[Photograph]] = {}
    for photo in photographs(images):
        person = names.get(photo.person, photo.person)
        if part is None or half(person) == part:
            people.setdefault(person, []).append(photo)
    plan = protocol(people, probes, seed)
    chosen = pipeline or default_pipeline()
    finder = FaceEngine(recogniser=RECOGNISER, threads=threads, turns="always")
    ways = {"plain": (RECOGNISER, False), "improved": (chosen, True)}
    portraits = {way: FaceEngine(recogniser=name, threads=threads, evaluation=True) for way, (name, _) in ways.items()}
    engines = {
        way: FaceEngine(recogniser=name, threads=threads, turns="always", careful=careful, evaluation=True)
        for way, (name, careful) in ways.items()
    }
    say(f"measuring the CPU of a probe on {min(TIMED, len(plan.mated))} pictures")
    one = [
        FaceEngine(recogniser=name, threads=1, turns="always", careful=careful, evaluation=True)
        for name, careful in ways.values()
    ]
    cpu = dict(zip(ways, cpu_per_probe(finder, one, plan.mated[:TIMED], ladder), strict=True))
    sought = plan.mated + plan.strangers
    say(f"reading {len(sought)} probes")
    read = read_probes(finder, list(engines.values()), sought, ladder, _counting(say, "probes"))
    found: dict[str, Any] = {}
    enrolled = 0
    for (way, engine), seen in zip(engines.items(), read, strict=True):
        say(f"enrolling {len(plan.enrolled)} portraits, {way}")
        gallery = encode(portraits[way], plan.enrolled, _counting(say, "portraits"))
        enrolled = int(gallery.acquired.sum())
        owners = [names.get(photo.person, photo.person) for photo in plan.enrolled]
        searches = search(gallery.vectors, gallery.acquired, owners, seen, plan, names)
        points = operating_points(engine.contract, gallery.vectors[gallery.acquired], seen)
        told = measured_from(searches, None if points is None else points[1])
        found[way] = {
            "pipeline": engine.pipeline,
            "contract": engine.contract.digest,
            **figures(told, points is not None, seed, rounds),
            "threshold": None if points is None else points[0].threshold,
            "probes_without_template": int((~seen.acquired).sum()),
            "cpu_ms_per_probe": cpu[way],
        }
    return {
        "ladder": ladder,
        "enrolled": enrolled,
        "probes": len(plan.mated),
        "strangers": len(plan.strangers),
        **found,
        "caution": caution(part),
        "ladders_version": LADDERS_VERSION,
        "ladders_sha256": digest(),
        "images": images.absolute().name,
        "half": part,
        "aliases": len(names),
        "seed": seed,
        "interval": LEVEL,
        "date": today(),
        "software": software(),
        "machine": machine(threads),
    }


def default_pipeline() -> str:
    """The joined pipeline where its models are installed and accepted, else the default one."""
    store = ModelStore.default()
    return JOINED if all(usable(part.model, store) for part in resolve(JOINED).components) else ROBUST


def search(
    gallery: npt.NDArray[np.float32],
    enrolled: npt.NDArray[np.bool_],
    owners: list[str],
    seen: Probes,
    plan: Protocol,
    names: Mapping[str, str],
) -> Searches:
    """Every probe against the gallery; a mate without template, on either side, is a miss at every rank."""
    mates = len(plan.mated)
    column = {owner: place for place, owner in enumerate(owners)}
    mate = np.array([column[names.get(photo.person, photo.person)] for photo in plan.mated])
    scores = seen.vectors.astype(np.float64) @ gallery.astype(np.float64).T
    scores[:, ~enrolled] = -np.inf
    possible = seen.acquired[:mates] & enrolled[mate]
    own = np.where(possible, scores[np.arange(mates), mate], -np.inf)
    rank = np.where(possible, mate_ranks(scores[:mates], mate), NEVER)
    top = np.where(seen.acquired[mates:], scores[mates:].max(axis=1), -np.inf)
    strangers = np.arange(mates, mates + len(plan.strangers))
    return Searches(np.arange(mates), own, np.asarray(rank, np.intp), strangers, top)


def operating_points(
    contract: EmbeddingContract, gallery: npt.NDArray[np.float32], probes: Probes
) -> tuple[evidence.OperatingPoint, Floats] | None:
    """The operating point of a search of this gallery, and the threshold of each probe by its quality, (probes,).

    Set beforehand, from tails; None where none was measured for this contract.
    """
    own = own_tail.measure(gallery, np.arange(len(gallery), dtype=np.int64))

    def at(quality: Sequence[Mapping[str, float | None]]) -> evidence.OperatingPoint | None:
        return evidence.threshold(contract.model_id, len(gallery), contract=contract.digest, own=own, quality=quality)

    whole = at([])
    if whole is None:
        return None
    each = [whole if figures is None else at([figures]) or whole for figures in probes.quality]
    return whole, np.array([point.threshold for point in each])


def measured_from(searches: Searches, thresholds: Floats | None) -> Searches:
    """The same searches with every score told from its own threshold, (mates + strangers,): 0 and more passes."""
    if thresholds is None:
        return searches
    mates = searches.mate_rank.size
    return replace(
        searches,
        mate_score=searches.mate_score - thresholds[:mates],
        stranger_top=searches.stranger_top - thresholds[mates:],
    )


def figures(searches: Searches, passes: bool, seed: int, rounds: int) -> dict[str, float | list[float] | None]:
    """The shares that the report gives, and their intervals; None for what this many strangers cannot state.

    With `passes`, scores are told from the operating point of each search (`measured_from`): FNIR at FPIR then moves
    all operating points alike, up or down, until the strangers pass at the rate.
    """
    mates, strangers = searches.mate_rank.size, searches.stranger_top.size
    cut = 0.0 if passes else None

    # One stranger let in by the rate is the least that it can mean; the interval says how little that is.
    stated = [True, True, FPIR * strangers >= 1, cut is not None, cut is not None]

    def numbers(drawn: Floats) -> Floats:
        weights, other = drawn[:mates], drawn[mates:]
        if weights.sum() <= 0 or other.sum() <= 0:
            return np.full(sum(stated), np.nan)
        values = [miss_rate(searches.mate_rank, weights, rank) for rank in (1, 50)]
        if stated[2]:
            at = threshold_at_fpir(searches.stranger_top, FPIR, other)
            values.append(false_negative_rate(searches.mate_score, searches.mate_rank, weights, at))
        if cut is not None:
            values.append(float(other[searches.stranger_top < cut].sum() / other.sum()))
            values.append(float(weights[searches.mate_score >= cut].sum() / weights.sum()))
        return np.array(values)

    values = iter(numbers(np.ones(mates + strangers)))
    intervals = iter(resample_people(mates + strangers, numbers, rounds=rounds, seed=seed))
    given: dict[str, float | list[float] | None] = {}
    for name, known in zip(SHARES, stated, strict=True):
        given[name] = float(next(values)) if known else None
        interval = next(intervals) if known else None
        given[f"{name}_interval"] = None if interval is None else [interval.low, interval.high]
    return given


def render_text(result: dict[str, Any]) -> str:
    """The result as a table for the terminal."""
    lines = [
        f"{result['ladder']}: {result['enrolled']:,} enrolled, {result['probes']:,} sought who are, "
        f"{result['strangers']:,} who are not; pipeline {result['improved']['pipeline']}",
        f"{'':28}{'plain':>22}{'improved':>22}{'ratio':>8}",
    ]
    labels = {
        "rank1_miss": "miss at rank 1, %",
        "rank50_miss": "miss at rank 50, %",
        "fnir_at_fpir_1pct": "FNIR at FPIR 1 %, %",
        "none_of_these_right": "strangers: none of these, %",
        "mates_passing": "mates that pass, %",
    }
    for name, label in labels.items():
        cells = [_share(result[way], name) for way in ("plain", "improved")]
        lines.append(f"{label:28}{cells[0]:>22}{cells[1]:>22}{_ratio(result, name):>8}")
    spent = [result[way]["cpu_ms_per_probe"] for way in ("plain", "improved")]
    costs = ["not stated" if each is None else f"{each:.1f}" for each in spent]
    lines.append(f"{'CPU of a probe, ms':28}{costs[0]:>22}{costs[1]:>22}{_ratio(result, 'cpu_ms_per_probe'):>8}")
    return "\n".join([*lines, result["caution"]])


def _share(way: dict[str, Any], name: str) -> str:
    if way[name] is None:
        return "not stated"
    low, high = way[f"{name}_interval"]
    return f"{100 * way[name]:.2f} ({100 * low:.2f}-{100 * high:.2f})"


def _ratio(result: dict[str, Any], name: str) -> str:
    plain, improved = result["plain"][name], result["improved"][name]
    return f"{improved / plain:.2f}" if plain and improved is not None else ""


def _counting(say: Callable[[str], None], what: str) -> Callable[[int, int], None]:
    def count(done: int, total: int) -> None:
        if done == total or done % 250 == 0:
            say(f"{what}: {done} of {total}")

    return count
