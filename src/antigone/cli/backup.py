"""`antigone backup`: the data in one file, and the keys apart."""

from __future__ import annotations

import os
from pathlib import Path

import click

from antigone.cli.session import open_session, with_instance


def passphrase(confirm: bool) -> str:
    """The passphrase of a key export: from ANTIGONE_KEYS_PASSPHRASE, or asked for."""
    given = os.environ.get("ANTIGONE_KEYS_PASSPHRASE")
    return given or str(
        click.prompt("Passphrase of the key export", hide_input=True, confirmation_prompt=confirm, err=True)
    )


@click.command("backup")
@click.argument("target", required=False, type=click.Path(path_type=Path))
@click.option("--keys", type=click.Path(path_type=Path), help="Write the keys too, into this file, under a passphrase.")
@with_instance
def command(target: Path | None, keys: Path | None, instance: str | None, as_name: str | None) -> None:
    """Back up records, ledger and sealed images into TARGET, a new file or a folder; keys are never in it.

    With --keys, the keys are written apart, sealed under a passphrase (asked for, or in ANTIGONE_KEYS_PASSPHRASE).
    Keep the two in different places; destroy older key exports, which can open what was erased since.
    """
    session = open_session(instance, as_name)
    from antigone import upkeep
    from antigone.access import services as access
    from antigone.access.permissions import Permission

    access.require(session.operator, Permission.BACKUP_MAKE, object="instance:self")
    if keys is not None:
        upkeep.export_keys(session.instance, keys, passphrase(confirm=True), actor=session.actor)
        click.echo(f"The keys are in {keys}, under the passphrase. Keep them away from the data.")
    made = upkeep.backup(session.instance, target, actor=session.actor)
    click.echo(f"The backup is {made.file}: records, ledger and {made.images} sealed images. The keys are not in it.")
