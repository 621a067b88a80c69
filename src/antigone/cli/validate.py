"""`antigone validate`: the method measured on known people, as a report; or on an agency's own closed cases."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import click
from click.core import ParameterSource

from antigone.cli.calibrate import FILE, FOLDER, described
from antigone.cli.outfile import check_new, write_new
from antigone.cli.session import line, open_session, with_instance
from antigone.smallfiles import SmallFileError, read_small_text

LARGEST = 32 << 20

OF_IMAGES = (
    "by_stem", "name", "ladder", "probes", "part", "aliases", "cohorts", "pairs", "pipeline", "criterion", "missing",
    "threads", "keep_work",
)  # fmt: skip
OF_OWN_CASES = ("gap_years",)
"""Options of one side alone: given with the other they would do nothing, and that is said."""


@click.command("validate")
@click.option("--images", type=FOLDER, metavar="DIR", help="Measure the method on pictures, a folder per person.")
@click.option(
    "--own-cases",
    type=click.Path(path_type=Path),
    metavar="FILE.csv",
    help="Calibrate on closed cases: columns case, person_ref, identified_by (dna, prints, dental), report.",
)
@click.option(
    "--out",
    required=True,
    type=click.Path(path_type=Path),
    metavar="PATH",
    help="Of --images, a new folder for the report; of --own-cases, a new file.",
)
@click.option("--by-stem", is_flag=True, help="Pictures are named PERSON_anything, in whatever folders.")
@click.option("--name", default="", metavar="TEXT", callback=line(200), help="What the pictures are; by default DIR.")
@click.option(
    "--ladder", multiple=True, metavar="NAME", help="Stand-ins to measure on; by default clean, fresh, two-days."
)
@click.option("--probes", type=click.IntRange(1), metavar="N", help="Seek so many of each kind; by default all.")
@click.option(
    "--half",
    "part",
    default="test",
    show_default=True,
    type=click.Choice(["test", "calibration", "all"]),
    help="Whose searches are reported.",
)
@click.option("--aliases", type=FILE, metavar="FILE", help="People whom the data file under two names.")
@click.option("--cohorts", type=FILE, metavar="FILE.csv", help="Person, and columns such as age, gender, origin.")
@click.option("--pairs", type=FILE, metavar="FILE", help="Pairs in the form of LFW's view 2, measured too.")
@click.option("--pipeline", metavar="ID", help="By default the one that searches use here.")
@click.option(
    "--criterion",
    multiple=True,
    metavar="TEXT",
    help="Of acceptance, yours to set: 'two-days rank50_miss <= 0.2'.",
)
@click.option(
    "--missing",
    default=10_000,
    show_default=True,
    type=click.IntRange(1),
    metavar="N",
    help="How many are missing, where posteriors are looked at.",
)
@click.option("--threads", default=0, type=click.IntRange(0), help="By default, as many as there are cores.")
@click.option(
    "--keep-work", is_flag=True, help="Keep the templates of the people measured on; they are biometric data."
)
@click.option(
    "--gap-years",
    default=0.0,
    show_default=True,
    type=click.FloatRange(0, 100),
    metavar="YEARS",
    help="Years between portrait and death in these cases, at most.",
)
@click.option("--seed", default=20, show_default=True, type=int, help="Of every draw.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@with_instance
@click.pass_context
def command(
    ctx: click.Context,
    images: Path | None,
    own_cases: Path | None,
    out: Path,
    by_stem: bool,
    name: str,
    ladder: tuple[str, ...],
    probes: int | None,
    part: str,
    aliases: Path | None,
    cohorts: Path | None,
    pairs: Path | None,
    pipeline: str | None,
    criterion: tuple[str, ...],
    missing: int,
    threads: int,
    keep_work: bool,
    gap_years: float,
    seed: int,
    as_json: bool,
    instance: str | None,
    as_name: str | None,
) -> None:
    """Validate the method: on pictures of known people (--images), or on the agency's own closed cases (--own-cases).

    With --images: measure searches and likelihood ratios and write one report, as HTML, PDF and JSON, for the file
    that a laboratory keeps under ISO/IEC 17025. Faces of the living, and stand-ins for the dead, say nothing about
    the dead, and the report says so. It passes or fails nothing but criteria that you give. Stopped, it goes on when
    the same command is called again. Needs no instance.

    With --own-cases: calibrate on cases closed by DNA, prints or dental comparison, and write the calibration. Only
    such a calibration unlocks words for a lead, once the board has put it in force (antigone calibration use). The
    photographs of every case of the list are compared with the portraits of everybody who is searchable; half of the
    people fit, the other half judge. The list is CSV with a header, and a column holding where several have a person
    of one reference.

    Both need the extra `validation`.
    """
    sides = {"--images": images, "--own-cases": own_cases}
    if sum(given is not None for given in sides.values()) != 1:
        raise click.UsageError(f"Give exactly one of: {', '.join(sides)}. Nothing was done.")
    astray = OF_IMAGES if images is None else OF_OWN_CASES
    given = [each for each in astray if ctx.get_parameter_source(each) is ParameterSource.COMMANDLINE]
    if given:
        option = "--half" if given[0] == "part" else f"--{given[0].replace('_', '-')}"
        raise click.UsageError(f"{option} is of no use with {'--own-cases' if images is None else '--images'}.")
    if images is not None:
        asked = {
            "name": name,
            "probes": probes,
            "half": None if part == "all" else part,
            "by_stem": by_stem,
            "aliases": aliases,
            "cohorts": cohorts,
            "pairs": pairs,
            "pipeline": pipeline,
            "missing": missing,
            "seed": seed,
            "keep_work": keep_work,
        }
        _report(images, out, ladder, criterion, threads, asked, as_json)
    if own_cases is not None:
        check_new(out)
        _own_cases(own_cases, out, gap_years, seed, as_json, instance, as_name)


def _report(
    images: Path,
    out: Path,
    ladders: tuple[str, ...],
    criteria: tuple[str, ...],
    threads: int,
    asked: dict[str, Any],
    as_json: bool,
) -> None:
    from antigone.evaluation.validation import Options, validate
    from antigone.evaluation.validation.criteria import read_criterion
    from antigone.faces import usable_cores

    judged = tuple(read_criterion(text) for text in criteria)
    asked |= {"criteria": judged, "threads": threads or usable_cores()}
    # A ladder that is named twice is measured once.
    asked |= {"ladders": tuple(dict.fromkeys(ladders))} if ladders else {}
    written = validate(Options(images, out, **asked), lambda line: click.echo(line, err=True))
    if as_json:
        click.echo(json.dumps(written.figures, ensure_ascii=False, indent=2))
        return
    click.echo(f"Written: {written.html.name}, {written.pdf.name} and {written.json.name}.")
    if asked["keep_work"]:
        click.echo("The templates in the folder work were kept: biometric data. Delete them when they have served.")


def _own_cases(
    file: Path, out: Path, gap_years: float, seed: int, as_json: bool, instance: str | None, as_name: str | None
) -> None:
    session = open_session(instance, as_name)
    from antigone.casework.calibrating.validation import enter, validate
    from antigone.evidence.calibration_file import write

    try:
        text = read_small_text(file, LARGEST)
    except SmallFileError as refused:
        raise click.BadParameter(f"{refused.sentence} Nothing was compared.", param_hint="--own-cases") from None
    found = validate(text, session.operator, gap_years=gap_years, seed=seed)
    calibration = found.fitted.calibration
    write_new(out, write(calibration))
    # Written first: the ledger is to tell of no calibration that nobody has.
    enter(found, session.operator)
    if as_json:
        shown = {
            "calibration": calibration.as_json(),
            "held_out": found.fitted.held_out.as_json(),
            "compared": found.fitted.compared,
            "cases": found.cases,
            "left_out": found.left_out,
            "strangers": found.strangers,
            "children": found.children,
        }
        click.echo(json.dumps(shown, ensure_ascii=False, indent=2))
        return
    click.echo(described(calibration))
    click.echo(f"{found.cases} closed cases, compared with {found.strangers} other persons too.")
    if found.left_out:
        click.echo(f"Left out, since the person may be under 18: {found.left_out} cases.")
    if found.children:
        click.echo(f"Compared with nobody, since they may be under 18: {found.children} other persons.")
    if not found.ages_known:
        click.echo("No age is on record for these persons; it was taken that all were of age.")
    click.echo("Written. It unlocks words once the board puts it in force: antigone calibration use FILE")
