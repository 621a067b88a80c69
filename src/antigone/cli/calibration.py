"""`antigone calibration`: which calibrations are in force; putting one in force, and withdrawing it."""

from __future__ import annotations

from pathlib import Path

import click

from antigone.cli.calibrate import described
from antigone.cli.session import Group, line, open_session, with_instance
from antigone.smallfiles import SmallFileError, read_small


@click.group("calibration", cls=Group)
def command() -> None:
    """List the calibrations in force, put one in force, withdraw one; leads carry a likelihood ratio by these alone."""


@command.command("list")
@with_instance
def list_(instance: str | None, as_name: str | None) -> None:
    """List the calibrations in force for your agency: its own, and those that came with Antigone."""
    session = open_session(instance, as_name)
    from antigone.casework.calibrating import calibrations

    found = calibrations.lines(session.operator.agency)
    for each in found:
        click.echo(described(each.calibration))
        click.echo(f"  put in force on {each.put_at} by {each.put_by}." if each.put_by else "  came with Antigone.")
    for fault in calibrations.in_force(session.operator.agency).faults:
        click.echo(fault, err=True)
    if not found:
        click.echo("No calibration is in force: leads carry no likelihood ratio.")


@command.command("use")
@click.argument("file", type=click.Path(path_type=Path))
@with_instance
def use(file: Path, instance: str | None, as_name: str | None) -> None:
    """Put the calibration in FILE in force for your agency; the board's to decide."""
    session = open_session(instance, as_name)
    from antigone.casework.calibrating import calibrations
    from antigone.evidence.calibration_file import LARGEST

    try:
        text = read_small(file, LARGEST)
    except SmallFileError as refused:
        raise click.BadParameter(f"{refused.sentence} Nothing was put in force.", param_hint="FILE") from None
    found = calibrations.put_in_force(text, session.operator)
    click.echo(described(found))
    click.echo("It is in force: the leads of the next search are weighed by it.")
    if not calibrations.contract_known(found.contract):
        click.echo("Nothing here is encoded under its embedding contract yet; it waits until something is.")


@command.command("withdraw")
@click.argument("digest")
@click.option("--reason", required=True, metavar="TEXT", callback=line(400, empty=False), help="Why.")
@with_instance
def withdraw(digest: str, reason: str, instance: str | None, as_name: str | None) -> None:
    """Take the calibration DIGEST (8 digits or more) out of force; answers that were given keep what they said."""
    session = open_session(instance, as_name)
    from antigone.casework.calibrating import calibrations

    found = calibrations.withdraw(digest, reason, session.operator)
    click.echo(f"The calibration {found[:12]} is in force no more.")
