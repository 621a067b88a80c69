"""`antigone holding`: list the holdings of your agency, and approve one for searching."""

from __future__ import annotations

import click

from antigone.cli.session import Group, open_session, with_instance


@click.group("holding", cls=Group)
def command() -> None:
    """List the holdings of your agency, and approve one: portraits are searched only in an approved holding."""


@command.command("list")
@with_instance
def list_(instance: str | None, as_name: str | None) -> None:
    """List the holdings: how many persons and portraits, and who approved them."""
    session = open_session(instance, as_name)
    from antigone.missing import queries

    lines = queries.holdings(session.operator.agency)
    if not lines:
        click.echo("There are no holdings yet; antigone enrol opens one.")
    for line in lines:
        click.echo(f"{line.name}: {line.persons} persons, {line.portraits} portraits; {line.approval}.")


@command.command("approve")
@click.argument("name")
@with_instance
def approve(name: str, instance: str | None, as_name: str | None) -> None:
    """Approve the holding NAME for searching; whoever opened it cannot, once somebody else could."""
    session = open_session(instance, as_name)
    from antigone.missing import queries, services

    services.approve_holding(queries.holding_named(session.operator.agency, name), session.operator)
    click.echo(f"The holding {name} may be searched.")
