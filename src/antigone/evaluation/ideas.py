"""What each idea of the pipeline gains and costs: ways of working side by side on the same degraded photographs.

    python -m antigone.evaluation.ideas IMAGES --aliases FILE --ladder fresh --probes 250

People of the test half alone, on whom no space was learnt. Every way sees the very same pictures.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from antigone.evaluation.bench_identification import TIMED, figures, protocol, search
from antigone.evaluation.errors import EvaluationError
from antigone.evaluation.halves import half
from antigone.evaluation.probes import cpu_per_probe, read_probes
from antigone.evaluation.protocols import Photograph, photographs, read_aliases
from antigone.evaluation.templates import encode
from antigone.faces import FaceEngine, ModelError
from antigone.faces.models import usable
from antigone.faces.pipeline import Component, Pipeline, plain
from antigone.faces.pipelines import BOTH, JOINED, PIPELINES, ROBUST
from antigone.faces.registry import RECOGNISER
from antigone.faces.views import FAR, FAR_MIRRORED, MIRRORED, NEAR, NEAR_MIRRORED, PLAIN

EDGE = "edgeface-s"
FOUR = (NEAR, FAR_MIRRORED, NEAR_MIRRORED, FAR)


@dataclass(frozen=True)
class Way:
    """One way of working: what it is called, its pipeline, and whether probes are looked at carefully."""

    name: str
    pipeline: Pipeline
    careful: bool = False


def ways(edgeface: bool) -> list[Way]:
    """The ways that are compared, the plain one first; those with EdgeFace only where it can be used."""
    both = (PLAIN, MIRRORED)
    space = PIPELINES[ROBUST].components[0].space
    found = [
        Way("plain: one SFace template, one detection in four turns", plain(RECOGNISER)),
        Way("a mirrored view, both sides", Pipeline("mirrored", (Component(RECOGNISER, 1.0, both, both),))),
        Way("a near and a far mirrored view, both sides", Pipeline("two", (Component(RECOGNISER, 1.0, BOTH, BOTH),))),
        Way(
            "four views of the probe, two of the portrait", Pipeline("four", (Component(RECOGNISER, 1.0, BOTH, FOUR),))
        ),
        Way("evened light, fused landmarks, doubt about which way is up settled", plain(RECOGNISER), careful=True),
        Way("the learnt space", Pipeline("space", (Component(RECOGNISER, space=space),))),
        Way("views, careful looks and space: the default", PIPELINES[ROBUST], careful=True),
    ]
    if not edgeface:
        return found
    return [
        *found,
        Way("plain EdgeFace", plain(EDGE)),
        Way("SFace and EdgeFace joined, plain", Pipeline("joined", (Component(RECOGNISER, 0.5), Component(EDGE, 0.5)))),
        Way("all, joined with EdgeFace", PIPELINES[JOINED], careful=True),
    ]


def compare(
    images: Path,
    ladder: str,
    probes: int | None,
    threads: int,
    aliases: Path | None = None,
    seed: int = 20,
    say: Callable[[str], None] = lambda line: None,
) -> list[dict[str, Any]]:
    """Each way's shares and CPU on one ladder. Raises EvaluationError or ModelError."""
    names = read_aliases(aliases) if aliases is not None else {}
    people: dict[str, list[Photograph]] = {}
    for photo in photographs(images):
        person = names.get(photo.person, photo.person)
        if half(person) == "test":
            people.setdefault(person, []).append(photo)
    plan = protocol(people, probes, seed)
    chosen = ways(usable(EDGE))
    finder = FaceEngine(recogniser=RECOGNISER, threads=threads, turns="always")
    engines = [
        FaceEngine(recogniser=way.pipeline, threads=threads, turns="always", careful=way.careful) for way in chosen
    ]
    say(f"{ladder}: timing")
    cpu = cpu_per_probe(finder, engines, plan.mated[:TIMED], ladder)
    say(f"{ladder}: reading {len(plan.mated) + len(plan.strangers)} probes in {len(engines)} ways")
    read = read_probes(finder, engines, plan.mated + plan.strangers, ladder)
    owners = [names.get(photo.person, photo.person) for photo in plan.enrolled]
    found = []
    for way, seen, spent in zip(chosen, read, cpu, strict=True):
        gallery = encode(FaceEngine(recogniser=way.pipeline, threads=threads), plan.enrolled)
        searches = search(gallery.vectors, gallery.acquired, owners, seen, plan, names)
        found.append({"way": way.name, "cpu_ms_per_probe": spent, **figures(searches, False, seed, 200)})
        say(f"{ladder}: {way.name}")
    return found


def render(ladder: str, found: list[dict[str, Any]]) -> str:
    """The comparison as Markdown."""
    lines = [
        f"## {ladder}",
        "",
        "| way | rank-1 miss, % | rank-50 miss, % | FNIR at FPIR 1 %, % | CPU |",
        "|---|---|---|---|---|",
    ]
    base = found[0]["cpu_ms_per_probe"]
    for each in found:
        cells = []
        for name in ("rank1_miss", "rank50_miss", "fnir_at_fpir_1pct"):
            low, high = each[f"{name}_interval"] or (float("nan"), float("nan"))
            cells.append("-" if each[name] is None else f"{100 * each[name]:.1f} ({100 * low:.1f} to {100 * high:.1f})")
        cost = each["cpu_ms_per_probe"]
        ratio = f"{cost / base:.2f}" if cost and base else "-"
        lines.append(f"| {each['way']} | {' | '.join(cells)} | {ratio} |")
    return "\n".join(lines)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("images", type=Path)
    parser.add_argument("--ladder", action="append", help="may be repeated; by default clean, fresh and two-days")
    parser.add_argument("--aliases", type=Path, help="lines of two names that are one person")
    parser.add_argument("--probes", type=int, default=None)
    parser.add_argument("--threads", type=int, default=1)
    given = parser.parse_args()
    try:
        for ladder in given.ladder or ["clean", "fresh", "two-days"]:
            found = compare(
                given.images,
                ladder,
                given.probes,
                given.threads,
                given.aliases,
                say=lambda line: print(line, file=sys.stderr, flush=True),
            )
            print(render(ladder, found), "\n", flush=True)
    except (EvaluationError, ModelError) as refused:
        parser.exit(2, f"{refused}\n")


if __name__ == "__main__":
    main()
