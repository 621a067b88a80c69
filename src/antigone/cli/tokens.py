"""`antigone access token`: the programs that act for the agency."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import click

from antigone.access.permissions import Permission
from antigone.cli.colleagues import NUMBER, named, permitted
from antigone.cli.paging import pages
from antigone.cli.session import Group, Session, open_session, with_instance

if TYPE_CHECKING:
    from antigone.access.models import Token


@click.group("token", cls=Group)
def token() -> None:
    """Issue, collect, list and revoke tokens, with which programs act for your agency."""


@token.command("new")
@click.argument("name")
@click.option("--permission", "permissions", multiple=True, required=True, metavar="P", help="What it may do; repeat.")
@click.option("--days", type=click.IntRange(1, 365), default=90, show_default=True, help="How long it holds.")
@click.option("--holder", metavar="WHO", help="The operator who answers for it and collects it; by default you.")
@with_instance
def new(
    name: str,
    permissions: tuple[str, ...],
    days: int,
    holder: str | None,
    instance: str | None,
    as_name: str | None,
) -> None:
    """Issue the token NAME. It never does more than its holder may do, and nothing that people decide."""
    session = permitted(Permission.TOKEN_MANAGE, instance, as_name)
    from antigone.access import tokens

    answers = named(session, holder) if holder else None
    until = datetime.now(UTC) + timedelta(days=days)
    issued, secret = tokens.issue(session.operator, name, permissions, until, holder=answers)
    click.echo(f"Token {issued.pk} is issued, until {until:%Y-%m-%d}.")
    if secret is None:
        click.echo(f"{issued.holder.name} collects its secret: antigone access token collect {issued.pk}")
    else:
        _show(secret)


def _show(secret: str) -> None:
    click.echo(f"Secret: {secret}")
    click.echo("It is not shown again.")


@token.command("collect")
@click.argument("number", metavar="ID", type=NUMBER)
@with_instance
def collect(number: int, instance: str | None, as_name: str | None) -> None:
    """Show the secret of a token for which you answer; this once."""
    session = open_session(instance, as_name)
    from antigone.access import tokens

    _show(tokens.collect(session.operator, _numbered(session, number)))


@token.command("list")
@with_instance
def list_(instance: str | None, as_name: str | None) -> None:
    """List the tokens of your agency, and whether each is in force."""
    session = permitted(Permission.TOKEN_MANAGE, instance, as_name)
    from django.utils import timezone

    from antigone.access import queries, tokens

    for page in pages(lambda after: queries.tokens_of(session.operator, after=after), 0):
        for each in page.rows:
            fault = tokens.fault_of(each, timezone.now())
            used = f"used {each.last_used_at:%Y-%m-%d}" if each.last_used_at else "never used"
            click.echo(
                f"{each.pk}  {each.name}  until {each.valid_until:%Y-%m-%d}  {fault or 'in force'}  {used}  "
                f"answers: {each.holder.name}"
            )
            click.echo(f"   {', '.join(each.permissions)}")


@token.command("revoke")
@click.argument("number", metavar="ID", type=NUMBER)
@click.option("--reason", default="", metavar="TEXT", help="Why; kept in the ledger.")
@with_instance
def revoke(number: int, reason: str, instance: str | None, as_name: str | None) -> None:
    """End the token ID now; those who answer for one may end it too."""
    session = open_session(instance, as_name)
    from antigone.access import tokens

    tokens.revoke(session.operator, _numbered(session, number), reason)
    click.echo(f"Token {number} is revoked.")


def _numbered(session: Session, number: int) -> Token:
    from antigone.access import queries

    found = queries.token(session.operator, number)
    if found is None:
        raise click.BadParameter(f"Your agency has no token {number}; nothing was changed.", param_hint="ID")
    return found
