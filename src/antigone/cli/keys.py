"""`antigone keys`: lock the instance key under a passphrase, unlock it, print it for a safe, bring it back."""

from __future__ import annotations

from pathlib import Path

import click

from antigone.cli.session import Group, ask_passphrase, open_session, root_of, with_instance

# The printed key is a few lines; anything much longer is another file.
LONGEST_PRINT = 20_000


@click.group("keys", cls=Group)
def command() -> None:
    """Lock the instance key under a passphrase, so that whoever takes the machine cannot open the images."""


def _new_passphrase(what: str) -> str:
    return str(click.prompt(what, hide_input=True, confirmation_prompt=True, err=True))


@command.command("lock")
@with_instance
def lock(instance: str | None, as_name: str | None) -> None:
    """Put the instance key under a passphrase; later commands ask for it, or take it from ANTIGONE_PASSPHRASE."""
    session = open_session(instance, as_name)
    from antigone.access import services as access
    from antigone.access.permissions import Permission
    from antigone.vault import services

    access.require(session.operator, Permission.KEYS_MANAGE, object="instance:self")
    services.lock_key(_new_passphrase("New passphrase"), actor=session.actor)
    click.echo("The key is locked. Whoever loses the passphrase, with no copy of the key elsewhere, loses the images.")


@command.command("unlock")
@with_instance
def unlock(instance: str | None, as_name: str | None) -> None:
    """Take the passphrase off again."""
    session = open_session(instance, as_name)
    from antigone.access import services as access
    from antigone.access.permissions import Permission
    from antigone.vault import services

    access.require(session.operator, Permission.KEYS_MANAGE, object="instance:self")
    services.unlock_key(ask_passphrase, actor=session.actor)
    click.echo("The key lies open again, readable by your account alone.")


@command.command("print")
@with_instance
def print_(instance: str | None, as_name: str | None) -> None:
    """Print the instance key under a passphrase, as lines that can be typed in again: paper for a safe."""
    session = open_session(instance, as_name)
    from antigone.access import services as access
    from antigone.access.permissions import Permission
    from antigone.vault import services

    access.require(session.operator, Permission.KEYS_MANAGE, object="instance:self")
    click.echo(services.escrow_key(_new_passphrase("Passphrase for the paper"), actor=session.actor))


@command.command("recover")
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@with_instance
def recover(file: Path, instance: str | None, as_name: str | None) -> None:
    """Put a lost instance key back from the printed lines, which FILE holds."""
    from antigone import upkeep
    from antigone.smallfiles import SmallFileError, read_small_text

    try:
        printed = read_small_text(file, LONGEST_PRINT)
    except SmallFileError as fault:
        raise click.BadParameter(fault.sentence, param_hint="FILE") from None
    phrase = click.prompt("Passphrase of the paper", hide_input=True, err=True)
    upkeep.recover_key(root_of(instance), printed, phrase)
    click.echo("The instance key is back. Run: antigone doctor")
