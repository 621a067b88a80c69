"""`antigone keys`: lock the instance key under a passphrase, or unlock it."""

from __future__ import annotations

import click

from antigone.cli.session import ask_passphrase, open_session, with_instance


@click.group("keys")
def command() -> None:
    """Lock the instance key under a passphrase, so that whoever takes the machine cannot open the images."""


@command.command("lock")
@with_instance
def lock(instance: str | None, as_name: str | None) -> None:
    """Put the instance key under a passphrase; later commands ask for it, or take it from ANTIGONE_PASSPHRASE."""
    session = open_session(instance, as_name)
    from antigone.access import services as access
    from antigone.access.permissions import Permission
    from antigone.vault import instance_key

    access.require(session.operator, Permission.KEYS_MANAGE, object="instance:self")
    phrase = click.prompt("New passphrase", hide_input=True, confirmation_prompt=True, err=True)
    instance_key.lock(session.instance, phrase)
    click.echo("The key is locked. Whoever loses the passphrase, with no copy of the key elsewhere, loses the images.")


@command.command("unlock")
@with_instance
def unlock(instance: str | None, as_name: str | None) -> None:
    """Take the passphrase off again."""
    session = open_session(instance, as_name)
    from antigone.access import services as access
    from antigone.access.permissions import Permission
    from antigone.vault import instance_key

    access.require(session.operator, Permission.KEYS_MANAGE, object="instance:self")
    instance_key.unlock(session.instance, ask_passphrase)
    click.echo("The key lies open again, readable by your account alone.")
