"""`antigone report`: close or open again the report that someone is missing."""

from __future__ import annotations

import click

from antigone.cli.session import Group, open_session, with_instance

# That someone is identified is for the board to say not for this command.
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
    staying = _change(ref, holding, state, instance, as_name)
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
    _change(ref, holding, None, instance, as_name)
    click.echo(f"The report of {ref} is open again.")


def _change(ref: str, holding: str | None, state: str | None, instance: str | None, as_name: str | None) -> int:
    session = open_session(instance, as_name)
    from antigone.access import services as access
    from antigone.access.permissions import Permission
    from antigone.missing import queries, services

    access.require(session.operator, Permission.REPORT_CLOSE, object=f"agency:{session.operator.agency_id}")
    person = queries.person_named(session.operator.agency, ref, holding)
    if state is None:
        services.reopen_report(person, session.actor)
        return 0
    return services.close_report(person, state, session.actor)
