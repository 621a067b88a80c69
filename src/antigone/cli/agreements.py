"""`antigone access agreement` and `agency`: other agencies in this instance, and what is disclosed between them."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

import click

from antigone.access.permissions import Permission
from antigone.cli.colleagues import DAY, NUMBER, permitted
from antigone.cli.paging import pages
from antigone.cli.session import Group, Session, with_instance
from antigone.cli.signing_in import show_code

if TYPE_CHECKING:
    from antigone.access.models import Agreement

SCOPES = click.Choice(["cases", "persons", "photographs", "portraits", "relatives", "remains", "search"])


@click.group("agency", cls=Group)
def agency() -> None:
    """Open another agency in this instance."""


@agency.command("add")
@click.argument("name")
@click.option("--administrator", required=True, metavar="PERSON", help="Its first administrator, a new operator.")
@with_instance
def add(name: str, administrator: str, instance: str | None, as_name: str | None) -> None:
    """Open the agency NAME with its first administrator, who gets a code; afterwards yours has no say in it."""
    session = permitted(Permission.OPERATOR_MANAGE, instance, as_name)
    from antigone.access import administer

    first, code = administer.found_agency(session.operator, name, administrator)
    click.echo(f"The agency {first.agency.name} is open.")
    show_code(first.name, code)


@click.group("agreement", cls=Group)
def agreement() -> None:
    """Propose, accept, end and list what agencies disclose to each other."""


@agreement.command("propose")
@click.argument("other", metavar="AGENCY")
@click.option("--scope", "scopes", multiple=True, required=True, type=SCOPES, help="What is disclosed; repeat.")
@click.option("--citation", required=True, metavar="TEXT", help="The written agreement or law it rests on.")
@click.option("--from", "first", type=DAY, help="The first day; by default today.")
@click.option("--until", "last", required=True, type=DAY, help="The last day.")
@click.option("--receiving", is_flag=True, help="AGENCY discloses to yours; by default yours to AGENCY.")
@with_instance
def propose(
    other: str,
    scopes: tuple[str, ...],
    citation: str,
    first: datetime | None,
    last: datetime,
    receiving: bool,
    instance: str | None,
    as_name: str | None,
) -> None:
    """Propose an agreement with AGENCY; it discloses nothing until a person of the other side accepts it."""
    session = permitted(Permission.AGREEMENT_MANAGE, instance, as_name)
    from antigone.access import agreements, queries

    found = next((each for each in queries.other_agencies(session.operator) if each.name == other), None)
    if found is None:
        raise click.BadParameter(
            f"There is no other agency “{other}” in this instance; nothing was changed.", param_hint="AGENCY"
        )
    made = agreements.propose(
        session.operator,
        found,
        scopes,
        citation,
        last.date(),
        receiving=receiving,
        valid_from=first.date() if first else None,
    )
    click.echo(f"Agreement {made.pk} is proposed: {made.discloses.name} discloses to {made.receives.name}.")


@agreement.command("accept")
@click.argument("number", metavar="ID", type=NUMBER)
@with_instance
def accept(number: int, instance: str | None, as_name: str | None) -> None:
    """Sign the agreement ID for your agency, where the other one proposed it."""
    session = permitted(Permission.AGREEMENT_MANAGE, instance, as_name)
    from antigone.access import agreements

    found = _numbered(session, number)
    agreements.accept(session.operator, found)
    click.echo(f"Agreement {found.pk} is accepted, until {found.valid_until}.")


@agreement.command("end")
@click.argument("number", metavar="ID", type=NUMBER)
@click.option("--reason", required=True, metavar="TEXT", help="Why; kept in the ledger.")
@with_instance
def end(number: int, reason: str, instance: str | None, as_name: str | None) -> None:
    """End the agreement ID now: nothing is seen under it from this moment."""
    session = permitted(Permission.AGREEMENT_MANAGE, instance, as_name)
    from antigone.access import agreements

    found = _numbered(session, number)
    agreements.end(session.operator, found, reason)
    click.echo(f"Agreement {found.pk} is ended.")


@agreement.command("list")
@with_instance
def list_(instance: str | None, as_name: str | None) -> None:
    """List the agreements of your agency, and whether each is in force today."""
    session = permitted(Permission.AGREEMENT_READ, instance, as_name)
    from antigone.access import agreements, queries

    for page in pages(lambda after: queries.agreements_of(session.operator, after=after), 0):
        for each in page.rows:
            state = agreements.fault_of(each) or "in force"
            click.echo(f"{each.pk}  {each.discloses.name} discloses to {each.receives.name}: {', '.join(each.scopes)}")
            click.echo(f"   {each.valid_from} to {each.valid_until}  {state}  {each.citation}")


def _numbered(session: Session, number: int) -> Agreement:
    from antigone.access import queries

    found = queries.agreement(session.operator, number)
    if found is None:
        raise click.BadParameter(f"Your agency has no agreement {number}; nothing was changed.", param_hint="ID")
    return found
