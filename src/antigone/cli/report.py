"""`antigone report`: list who is missing, and close or open again the report that someone is."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from antigone.cli.paging import pages
from antigone.cli.session import Group, open_session, with_instance

if TYPE_CHECKING:
    from antigone.access.models import Operator

# That someone is identified is for the board to say, not for this command.
STATES = ("found", "withdrawn")


@click.group("report", cls=Group)
def command() -> None:
    """List who is missing; close a report, or open it again. A portrait is searched only while it is open."""


@command.command("list")
@click.option("--holding", metavar="NAME", help="Only persons of this holding of your agency.")
@click.option("--state", type=click.Choice(["open", "found", "identified", "withdrawn"]), help="Only reports in it.")
@click.option("--portraits", "pictures", is_flag=True, help="Their portraits too, each with its id and SHA-256.")
@with_instance
def list_(holding: str | None, state: str | None, pictures: bool, instance: str | None, as_name: str | None) -> None:
    """List the persons whose records are open to you by their references, the last recorded first; no names.

    The id or the SHA-256 of a portrait is what antigone erase portrait takes.
    """
    session = open_session(instance, as_name)
    from antigone.missing import listing, queries

    who = session.operator
    of = queries.holding_named(who.agency, holding).pk if holding else None
    filters = listing.Filters(holding=of, state=state or "")
    for page in pages(lambda after: listing.persons(who, filters, after, listing.MOST)):
        for person in page.lines:
            number = f"{person.portraits} portrait{'' if person.portraits == 1 else 's'}"
            click.echo(f"{person.ref}  {person.holding}  {person.state}  {number}")
            if pictures:
                _portraits(who, person.pk)
        if not page.lines:
            click.echo("There are no such persons." if holding or state else "Nobody is recorded yet.")


def _portraits(who: Operator, person: int) -> None:
    from antigone.missing import listing

    for page in pages(lambda after: listing.portraits(who, person, after, listing.MOST)):
        for each in page.lines:
            ends = f"until {each.until}" if each.until else f"reviewed on {each.review_on}"
            withheld = "  withdrawn by its giver" if each.withheld else ""
            click.echo(f"    {each.pk}  {each.sha256}  {each.basis}  {ends}{withheld}")


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
