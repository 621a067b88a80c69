"""`antigone access`: who works here, in which roles, and under which mandates."""

from __future__ import annotations

from datetime import datetime

import click

from antigone.access.permissions import Permission
from antigone.access.rules import Purpose, Role
from antigone.cli import agreements, signing_in, tokens
from antigone.cli.colleagues import DAY, NUMBER, named, permitted
from antigone.cli.session import Group, open_session, with_instance

ROLES = click.Choice([role.value for role in Role])


@click.group("access", cls=Group)
def command() -> None:
    """Say who works here, in which roles, and under which mandates the agency searches.

    Changes need an administrator, and the ledger has each of them.
    """


for each in (
    signing_in.invite,
    signing_in.sessions,
    signing_in.end_sessions,
    signing_in.reset_second_factor,
    agreements.agency,
    agreements.agreement,
    tokens.token,
):
    command.add_command(each)


@command.command("list")
@with_instance
def list_(instance: str | None, as_name: str | None) -> None:
    """List the operators of your agency and their roles."""
    session = permitted(Permission.OPERATOR_MANAGE, instance, as_name)
    from antigone.access import queries

    for line in queries.operators(session.operator.agency):
        known = "closed" if not line.active else "bound to an account" if line.bound else "named with --as"
        click.echo(f"{line.name}  {known}  {', '.join(line.roles) or 'no role'}")


@command.group("operator", cls=Group)
def operator() -> None:
    """Add an operator, or close their account."""


@operator.command("add")
@click.argument("name")
@click.option(
    "--bind-uid",
    type=click.IntRange(0, 2**32 - 2),
    metavar="N",
    help="The number of their account of this machine; nobody else can then act in their name.",
)
@with_instance
def add(name: str, bind_uid: int | None, instance: str | None, as_name: str | None) -> None:
    """Add the operator NAME to your agency; they may do nothing until a role is given to them."""
    session = permitted(Permission.OPERATOR_MANAGE, instance, as_name)
    from antigone.access import administer

    new = administer.add_operator(session.operator, name, os_uid=bind_uid)
    click.echo(f"{new.name} was added. Next: antigone access role grant NAME ROLE, and antigone access invite NAME")


@operator.command("close")
@click.argument("name")
@with_instance
def close(name: str, instance: str | None, as_name: str | None) -> None:
    """Close the account of NAME, with roles, sessions and tokens; the name stays taken, and their deeds theirs."""
    session = permitted(Permission.OPERATOR_MANAGE, instance, as_name)
    from antigone.access import administer

    who = named(session, name)
    administer.close_operator(session.operator, who)
    click.echo(f"The account of {who.name} is closed.")


@command.group("role", cls=Group)
def role() -> None:
    """Give a role to an operator, or take it."""


@role.command("grant")
@click.argument("name")
@click.argument("role", metavar="ROLE", type=ROLES)
@with_instance
def grant(name: str, role: str, instance: str | None, as_name: str | None) -> None:
    """Give NAME the ROLE in your agency.

    Nobody gives a role to themselves while the agency has another administrator.

    Roles: administrator, auditor, board-member, bureau-clerk, data-protection-reviewer, field-recorder,
    liaison-officer, mortuary-examiner, tracing-officer.
    """
    session = permitted(Permission.OPERATOR_MANAGE, instance, as_name)
    from antigone.access import administer

    who = named(session, name)
    administer.grant_role(session.operator, who, role)
    click.echo(f"{who.name} has the role {role}.")


@role.command("revoke")
@click.argument("name")
@click.argument("role", metavar="ROLE", type=ROLES)
@with_instance
def revoke(name: str, role: str, instance: str | None, as_name: str | None) -> None:
    """Take the ROLE from NAME; an agency's last administrator stays."""
    session = permitted(Permission.OPERATOR_MANAGE, instance, as_name)
    from antigone.access import administer

    who = named(session, name)
    administer.revoke_role(session.operator, who, role)
    click.echo(f"{who.name} has the role {role} no more.")


@command.group("mandate", cls=Group)
def mandate() -> None:
    """List, issue and revoke mandates: without one in force, no case is opened and nothing is searched."""


@mandate.command("list")
@with_instance
def mandates(instance: str | None, as_name: str | None) -> None:
    """List the mandates of your agency, and whether each is in force today."""
    session = open_session(instance, as_name)
    from django.utils import timezone

    from antigone.access import queries, services

    for each in queries.mandates(session.operator.agency):
        fault = services.fault_of(each, timezone.now().date())
        click.echo(f"{each.pk}  {each.purpose}  {each.valid_from} to {each.valid_until}  {fault or 'in force'}")
        click.echo(f"   {each.legal_basis}")


@mandate.command("issue")
@click.option("--purpose", required=True, type=click.Choice([purpose.value for purpose in Purpose]), help="What for.")
@click.option("--basis", required=True, metavar="TEXT", help="The law that empowers your agency.")
@click.option("--from", "first", type=DAY, help="The first day; by default today.")
@click.option("--until", "last", required=True, type=DAY, help="The last day.")
@with_instance
def issue(
    purpose: str, basis: str, first: datetime | None, last: datetime, instance: str | None, as_name: str | None
) -> None:
    """Issue a mandate to your agency. To renew one that ends, issue the next; the old one runs out by itself."""
    session = permitted(Permission.MANDATE_MANAGE, instance, as_name)
    from antigone.access import administer

    new = administer.issue_mandate(
        session.operator,
        purpose,
        basis,
        last.date(),
        valid_from=first.date() if first else None,
    )
    click.echo(f"Mandate {new.pk} is issued: {new.purpose}, from {new.valid_from} until {new.valid_until}.")


@mandate.command("revoke")
@click.argument("number", metavar="ID", type=NUMBER)
@click.option("--reason", default="", metavar="TEXT", help="Why; kept in the ledger.")
@with_instance
def end(number: int, reason: str, instance: str | None, as_name: str | None) -> None:
    """End the mandate ID now: what rests on it is refused from this moment."""
    session = permitted(Permission.MANDATE_MANAGE, instance, as_name)
    from antigone.access import administer, queries

    found = queries.mandate_numbered(session.operator.agency, number)
    if found is None:
        raise click.BadParameter(f"Your agency has no mandate {number}; nothing was changed.", param_hint="ID")
    administer.revoke_mandate(session.operator, found, reason)
    click.echo(f"Mandate {found.pk} is revoked.")
