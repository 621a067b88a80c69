"""`antigone report`: close or open again the report that someone is missing."""

from __future__ import annotations

import click

from antigone.cli.session import Group, open_session, with_instance

# That someone is identified is for the board to say, not for this command.
STATES = ("found", "withdrawn")


@click.group("report", cls=Group)
def command() -> None:
    """Close or open again the report that someone is missing; a portrait is searched only while it is open."""


@command.command("close")
@click.argument("ref")
@click.option("--state", required=True, type=click.Choice(STATES), help="Why nobody looks for them any more.")
@click.option("--holding", metavar="NAME", help="The holding, when several have a person of this reference.")
@with_instance
def close(ref: str, state: str, holding: str | None, instance: str | None, as_name: str | None) -> None:
    """Close the report of person REF: portraits are not searched from now on, save on a cited service basis."""
    session = open_session(instance, as_name)
    from antigone.missing import reports

    staying = reports.close(ref, holding, state, session.operator)
    click.echo(f"The report of {ref} is closed ({state}).")
    if staying:
        click.echo(f"{staying} of their portraits stay searchable, on a service basis that cites its document.")
    else:
        click.echo("Their portraits are not searched any more.")


@command.command("reopen")
@click.argument("ref")
@click.option("--holding", metavar="NAME", help="The holding, when several have a person of this reference.")
@with_instance
def reopen(ref: str, holding: str | None, instance: str | None, as_name: str | None) -> None:
    """Search for person REF again."""
    session = open_session(instance, as_name)
    from antigone.missing import reports

    reports.reopen(ref, holding, session.operator)
    click.echo(f"The report of {ref} is open again.")
