"""`antigone access invite`, `sessions`, `end-sessions`, `reset-second-factor`: who comes in by the pages."""

from __future__ import annotations

import click

from antigone.access.permissions import Permission
from antigone.cli.colleagues import named, permitted
from antigone.cli.session import with_instance


def show_code(name: str, code: str) -> None:
    """Print the code of an invitation, this once."""
    click.echo(f"Code for {name}: {code}")
    click.echo("It opens once, within 72 hours, at /sign-in/welcome/ of the pages. It is not shown again.")


@click.command("invite")
@click.argument("name")
@with_instance
def invite(name: str, instance: str | None, as_name: str | None) -> None:
    """Give NAME a one-time code with which they choose a passphrase for the pages.

    A code that was given before opens nothing any more. A second factor that they have stays.
    """
    session = permitted(Permission.OPERATOR_MANAGE, instance, as_name)
    from antigone.access import administer

    who = named(session, name)
    show_code(who.name, administer.invite(session.operator, who))


@click.command("sessions")
@click.argument("name")
@with_instance
def sessions(name: str, instance: str | None, as_name: str | None) -> None:
    """List the sessions of NAME that are open in the pages."""
    session = permitted(Permission.OPERATOR_MANAGE, instance, as_name)
    from antigone.access import queries

    for each in queries.open_sign_ins(named(session, name)):
        began, seen = (f"{at:%Y-%m-%d %H:%M}" for at in (each.began_at, each.seen_at))
        click.echo(f"{each.pk}  since {began}, seen {seen} UTC  {each.address or 'no address'}  {each.browser}")


@click.command("end-sessions")
@click.argument("name")
@with_instance
def end_sessions(name: str, instance: str | None, as_name: str | None) -> None:
    """End every session of NAME now; what they do next asks them to sign in again."""
    session = permitted(Permission.OPERATOR_MANAGE, instance, as_name)
    from antigone.access import administer

    who = named(session, name)
    ended = administer.end_sessions(session.operator, who)
    click.echo(f"Ended {ended} session{'' if ended == 1 else 's'} of {who.name}.")


@click.command("reset-second-factor")
@click.argument("name")
@with_instance
def reset_second_factor(name: str, instance: str | None, as_name: str | None) -> None:
    """Take away the second factors and the passphrase of NAME, who lost theirs, and give a new code.

    Be sure who asks: whoever holds the code becomes NAME. While the agency has two administrators, neither does it for
    themselves.
    """
    session = permitted(Permission.OPERATOR_MANAGE, instance, as_name)
    from antigone.access import administer

    who = named(session, name)
    show_code(who.name, administer.reset_second_factor(session.operator, who))
