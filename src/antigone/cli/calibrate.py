"""`antigone calibrate`: what a score is worth, fitted and judged on pictures of people whose names are known."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING

import click

from antigone.cli.outfile import check_new, write_new
from antigone.cli.session import line

if TYPE_CHECKING:
    from antigone.evidence import Calibration

FOLDER = click.Path(path_type=Path, exists=True, file_okay=False)
FILE = click.Path(path_type=Path, exists=True, dir_okay=False)
MOST = 20


def _counts(ctx: click.Context, param: click.Parameter, value: str) -> tuple[int, int]:
    """A count from 1 or a range of two, such as 1-3."""
    match = re.fullmatch(r"(\d{1,2})(?:-(\d{1,2}))?", value, re.ASCII)
    low, high = (int(match[1]), int(match[2] or match[1])) if match else (0, 0)
    if not 1 <= low <= high <= MOST:
        raise click.BadParameter(f"“{value}” is neither a count from 1 to {MOST} nor a range such as 1-3.", ctx, param)
    return low, high


def _years(ctx: click.Context, param: click.Parameter, value: str) -> tuple[int, int | None]:
    """Years of age: 18-60, or 18- for everybody from 18."""
    match = re.fullmatch(r"(\d{1,3})-(\d{1,3})?", value, re.ASCII)
    low, high = (int(match[1]), int(match[2]) if match[2] else None) if match else (-1, None)
    if low < 0 or (high is not None and high < low):
        raise click.BadParameter(f"“{value}” is not a range of years such as 18-60 or 18-.", ctx, param)
    return low, high


@click.command("calibrate")
@click.option("--images", required=True, type=FOLDER, metavar="DIR", help="A folder per person.")
@click.option("--out", required=True, type=click.Path(path_type=Path), metavar="FILE", help="The calibration's file.")
@click.option(
    "--ladder", default="clean", show_default=True, metavar="NAME", help="Degrade the photographs (stand-ins)."
)
@click.option("--model", default="", metavar="ID", help="A recogniser or pipeline; by default the one in use.")
@click.option("--aliases", type=FILE, metavar="FILE", help="People whom the data file under two names.")
@click.option("--name", default="", metavar="TEXT", callback=line(200), help="What the pictures are; by default DIR.")
@click.option(
    "--photos", default="1", show_default=True, callback=_counts, metavar="N[-M]", help="Photographs of a body."
)
@click.option(
    "--portraits", default="1", show_default=True, callback=_counts, metavar="N[-M]", help="Portraits a person."
)
@click.option(
    "--ages", default="18-", show_default=True, callback=_years, metavar="A-[B]", help="Ages of the people shown."
)
@click.option(
    "--gap-years",
    default=0.0,
    show_default=True,
    type=click.FloatRange(0, 100),
    metavar="YEARS",
    help="Years that lie between pictures of a person, at most.",
)
@click.option("--threads", default=0, type=click.IntRange(0), help="By default, as many as there are cores.")
@click.option("--seed", default=20, show_default=True, type=int, help="Of every draw.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def command(
    images: Path,
    out: Path,
    ladder: str,
    model: str,
    aliases: Path | None,
    name: str,
    photos: tuple[int, int],
    portraits: tuple[int, int],
    ages: tuple[int, int | None],
    gap_years: float,
    threads: int,
    seed: int,
    as_json: bool,
) -> None:
    """Calibrate scores on pictures of people whose names are known, and write the calibration to FILE.

    Portraits of a person are compared with other pictures of them and of everybody else, person by person, as a
    search does. Half of the people fit the calibration, the other half judge it. Faces of the living, and stand-ins
    (--ladder), rank and sort leads and give no words. --ages and --gap-years are yours to answer for: nothing here
    measures them. Needs the extra `validation`, and no instance. To put FILE in force: antigone calibration use FILE.
    """
    check_new(out)
    from antigone.evaluation.calibrate_images import Wanted, calibrate
    from antigone.evidence import Span
    from antigone.evidence.calibration_file import write
    from antigone.faces import usable_cores
    from antigone.faces.pipelines import ROBUST

    wanted = Wanted(
        name=name or images.resolve().name,
        ladder=ladder,
        photos=photos,
        portraits=portraits,
        ages=Span(ages[0], ages[1]),
        gap_years=gap_years,
        seed=seed,
    )
    outcome = calibrate(images, wanted, model or ROBUST, threads or usable_cores(), aliases=aliases, progress=_count)
    write_new(out, write(outcome.fitted.calibration))
    if as_json:
        click.echo(json.dumps(outcome.as_json(), ensure_ascii=False, indent=2))
        return
    click.echo(described(outcome.fitted.calibration))
    lost = sum(outcome.without_portrait.values())
    if lost or outcome.without_photograph:
        click.echo(f"Without a template: {lost} as portraits, {outcome.without_photograph} as photographs.")
    click.echo("Written. To put it in force: antigone calibration use FILE")


def _count(done: int, total: int) -> None:
    if done == total or done % 500 == 0:
        click.echo(f"encoded {done} of {total}", err=True)


def described(calibration: Calibration) -> str:
    """A calibration in a few lines: what it rests on, how it did on other people, and how far it goes."""
    held = calibration.held_out
    return "\n".join(
        (
            f"Calibration {calibration.digest[:12]}: {calibration.data_name} ({calibration.source}).",
            f"  {calibration.model}, {calibration.pipeline}, contract {calibration.contract[:12]}, "
            f"stratum {calibration.stratum.name}, {calibration.method}.",
            f"  fitted on {calibration.people:,} people: {calibration.mated:,} comparisons of one person, "
            f"{calibration.non_mated:,} of two.",
            f"  on {held.people:,} other people: Cllr {held.cllr:.4f} ({held.low:.4f} to {held.high:.4f}), "
            f"Cllr_min {held.cllr_min:.4f}; {held.mated:,} and {held.non_mated:,} comparisons.",
            f"  bounds of log10 LR: {calibration.low:+.2f} to {calibration.high:+.2f}.",
            f"  holds for {calibration.photos} photographs, {calibration.portraits} portraits, ages "
            f"{calibration.ages}, at most {calibration.gap_years:g} years between portrait and death.",
        )
    )
