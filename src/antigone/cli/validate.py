"""`antigone validate`: on an agency's own closed cases, what a score is worth."""

from __future__ import annotations

import json
from pathlib import Path

import click

from antigone.cli.calibrate import described
from antigone.cli.outfile import check_new, write_new
from antigone.cli.session import open_session, with_instance
from antigone.smallfiles import SmallFileError, read_small_text

LARGEST = 32 << 20


@click.command("validate")
@click.option(
    "--own-cases",
    type=click.Path(path_type=Path),
    metavar="FILE.csv",
    help="Calibrate on closed cases: columns case, person_ref, identified_by (dna, prints, dental), report.",
)
@click.option("--out", required=True, type=click.Path(path_type=Path), metavar="FILE", help="Where the result goes.")
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
def command(
    own_cases: Path | None,
    out: Path,
    gap_years: float,
    seed: int,
    as_json: bool,
    instance: str | None,
    as_name: str | None,
) -> None:
    """Calibrate on the agency's own cases, closed by DNA, prints or dental comparison, and write the calibration.

    Only such a calibration unlocks words for a lead, once the board has put it in force (antigone calibration use).
    The photographs of every case of the list are compared with the portraits of everybody who is searchable; half of
    the people fit, the other half judge. The list is CSV with a header, and a column holding where several have a
    person of one reference. Needs the extra `validation`.
    """
    sides = {"--own-cases": own_cases}
    if sum(given is not None for given in sides.values()) != 1:
        raise click.UsageError(f"Give exactly one of: {', '.join(sides)}. Nothing was done.")
    check_new(out)
    if own_cases is not None:
        _own_cases(own_cases, out, gap_years, seed, as_json, instance, as_name)


def _own_cases(
    file: Path, out: Path, gap_years: float, seed: int, as_json: bool, instance: str | None, as_name: str | None
) -> None:
    session = open_session(instance, as_name)
    from antigone.casework.validation import validate
    from antigone.evidence.calibration_file import write

    try:
        text = read_small_text(file, LARGEST)
    except SmallFileError as refused:
        raise click.BadParameter(f"{refused.sentence} Nothing was compared.", param_hint="--own-cases") from None
    found = validate(text, session.operator, gap_years=gap_years, seed=seed)
    calibration = found.fitted.calibration
    write_new(out, write(calibration))
    if as_json:
        shown = {
            "calibration": calibration.as_json(),
            "held_out": found.fitted.held_out.as_json(),
            "compared": found.fitted.compared,
            "cases": found.cases,
            "left_out": found.left_out,
            "strangers": found.strangers,
        }
        click.echo(json.dumps(shown, ensure_ascii=False, indent=2))
        return
    click.echo(described(calibration))
    click.echo(f"{found.cases} closed cases, compared with {found.strangers} other persons too.")
    if found.left_out:
        click.echo(f"Left out, since the person may be under 18: {found.left_out} cases.")
    if not found.ages_known:
        click.echo("No age is on record for these persons; it was taken that all were of age.")
    click.echo("Written. It unlocks words once the board puts it in force: antigone calibration use FILE")
