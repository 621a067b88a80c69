"""`antigone bench`: measure recognition, faces and search on data of your own, and pages; needs no instance."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import click

from antigone.evaluation.halves import Half

FOLDER = click.Path(path_type=Path, exists=True, file_okay=False)
FILE = click.Path(path_type=Path, exists=True, dir_okay=False)


@click.group("bench")
def command() -> None:
    """Measure on data of your own. Figures of the living say nothing about the dead."""


def _say(line: str) -> None:
    click.echo(line, err=True)


def _count(done: int, total: int) -> None:
    if done == total or done % 500 == 0:
        _say(f"encoded {done} of {total}")


def _print(result: dict[str, Any], text: str, as_json: bool) -> None:
    click.echo(json.dumps(result, ensure_ascii=False, indent=2) if as_json else text)


@command.command("faces")
@click.option("--images", required=True, type=FOLDER, metavar="DIR", help="Photographs with faces.")
@click.option("--peers", is_flag=True, help="Run face_recognition on the same pictures, in the same run.")
@click.option("--threads", default=1, show_default=True, type=click.IntRange(1), help="For every engine.")
@click.option("--limit", default=200, show_default=True, type=click.IntRange(1), help="How many pictures.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def faces(images: Path, peers: bool, threads: int, limit: int, as_json: bool) -> None:
    """Time decoding, detection, alignment and encoding: CPU milliseconds and images a second."""
    from antigone.evaluation import bench_faces

    result = bench_faces.run(images, peers=peers, threads=threads, limit=limit, progress=_say)
    _print(result, bench_faces.render_text(result), as_json)


@command.command("search")
@click.option("--size", required=True, type=click.IntRange(100), metavar="N", help="Vectors in the gallery.")
@click.option("--dim", required=True, type=click.IntRange(8), metavar="D", help="Their length.")
@click.option("--queries", default=100, show_default=True, type=click.IntRange(1), help="Searches to time.")
@click.option("--batch", default=0, type=click.IntRange(0), metavar="M", help="Time M searches in one call too.")
@click.option("--threads", default=1, show_default=True, type=click.IntRange(1), help="For every engine.")
@click.option("--seed", default=20, show_default=True, type=int, help="Of the data.")
@click.option("--peers", is_flag=True, help="Run face_recognition, faiss Flat and usearch on the same data too.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def search(size: int, dim: int, queries: int, batch: int, threads: int, seed: int, peers: bool, as_json: bool) -> None:
    """Time exact search over clustered unit vectors, beside numpy float32; every query has a mate."""
    from antigone.evaluation import bench_search

    result = bench_search.run(
        size, dim, peers=peers, queries=queries, batch=batch, threads=threads, seed=seed, progress=_say
    )
    _print(result, bench_search.render_text(result), as_json)


@command.command("recognition")
@click.option("--images", required=True, type=FOLDER, metavar="DIR", help="A folder per person.")
@click.option("--pairs", type=FILE, help="Pairs in the form of LFW's view 2.")
@click.option("--identification", is_flag=True, help="One portrait a person enrolled, the rest searched.")
@click.option("--aliases", type=FILE, help="People whom the data file under two names.")
@click.option("--out", type=click.Path(path_type=Path), help="Write a report (Markdown, JSON, plots) here.")
@click.option(
    "--model", multiple=True, default=("sface-2021dec",), show_default=True, help="A recogniser; may be repeated."
)
@click.option("--threads", default=0, type=click.IntRange(0), help="By default, as many as there are cores.")
@click.option("--seed", default=20, show_default=True, type=int, help="Of every draw.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def recognition(
    images: Path,
    pairs: Path | None,
    identification: bool,
    aliases: Path | None,
    out: Path | None,
    model: tuple[str, ...],
    threads: int,
    seed: int,
    as_json: bool,
) -> None:
    """Measure accuracy: pairs (TAR at FAR), and search with strangers held out (FNIR at FPIR, rank-k miss)."""
    from antigone.evaluation.recognition import run_recognition
    from antigone.evaluation.report import render_markdown
    from antigone.faces import usable_cores

    result = run_recognition(
        images,
        pairs,
        identification,
        out,
        model,
        threads or usable_cores(),
        seed,
        _count,
        aliases=aliases,
    )
    _print(result, render_markdown(result), as_json)


@command.command("identification")
@click.option("--images", required=True, type=FOLDER, metavar="DIR", help="A folder per person, two pictures or more.")
@click.option("--ladder", default="clean", show_default=True, help="Stand-ins to degrade the probes by; see below.")
@click.option("--probes", type=click.IntRange(1), metavar="N", help="Seek so many of each kind; by default all.")
@click.option("--pipeline", help="By default the one of every model that is installed and accepted.")
@click.option("--half", "part", type=click.Choice(["calibration", "test"]), help="Only the people of one half.")
@click.option("--aliases", type=FILE, help="People whom the data file under two names.")
@click.option("--threads", default=0, type=click.IntRange(0), help="By default, as many as there are cores.")
@click.option("--seed", default=20, show_default=True, type=int, help="Of every draw.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def identification(
    images: Path,
    ladder: str,
    probes: int | None,
    pipeline: str | None,
    part: Half | None,
    aliases: Path | None,
    threads: int,
    seed: int,
    as_json: bool,
) -> None:
    """Search by the pipeline in use beside one plain template; a fifth of the people are strangers.

    The first picture of a person is enrolled, the second degraded and sought. Ladders: clean, closed-lids, pallor,
    lividity, decay, supine-sag, open-jaw, swelling, blood, dirt, cloth, wounds, harsh-light, poor-camera, turned,
    fresh, two-days, five-days. They are stand-ins, and say nothing about the dead.
    """
    from antigone.evaluation import bench_identification
    from antigone.faces import usable_cores

    result = bench_identification.run(
        images,
        ladder,
        probes,
        pipeline,
        part,
        aliases,
        threads or usable_cores(),
        seed,
        progress=_say,
    )
    _print(result, bench_identification.render_text(result), as_json)


@command.command("pages")
@click.option("--persons", default=100_000, show_default=True, type=click.IntRange(1_000), help="Missing persons.")
@click.option("--cases", default=10_000, show_default=True, type=click.IntRange(100), help="Cases.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def pages(persons: int, cases: int, as_json: bool) -> None:
    """Count the queries of every page, few records or many.

    Founds an instance of its own in the folder for temporary files, fills it with generated records of people who
    never lived, asks for each page as each role with 1,000 persons and 100 cases, fills it on and asks again. Exits
    with 1 when a page needs more queries the second time, or fails.
    """
    from antigone.upkeep import bench_pages

    result = bench_pages.run(persons, cases, _say)
    _print(result.as_json(), bench_pages.render_text(result), as_json)
    if not result.sound:
        raise SystemExit(1)
