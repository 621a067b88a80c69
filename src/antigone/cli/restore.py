"""`antigone restore`: bring a backup back, with the erasures made since replayed before it opens."""

from __future__ import annotations

from pathlib import Path

import click

from antigone.cli.session import ask_passphrase, name_of, root_of, with_instance


@click.command("restore")
@click.argument("source", type=click.Path(path_type=Path))
@click.option("--keys", type=click.Path(path_type=Path), help="The key export, when restoring into a new folder.")
@with_instance
def command(source: Path, keys: Path | None, instance: str | None, as_name: str | None) -> None:
    """Restore the backup SOURCE into the instance that -i names, or into a new folder with --keys.

    What was erased after the backup was made is erased again before the instance opens.
    """
    if not source.is_file():
        raise click.BadParameter("There is no such file; nothing was changed.", param_hint="SOURCE")
    from antigone import upkeep
    from antigone.cli.backup import passphrase

    root = root_of(instance)
    actor = upkeep.who_restores(root, name_of(as_name), ask=ask_passphrase)
    done = upkeep.restore(
        source, root, keys=keys, passphrase=passphrase(confirm=False) if keys else "", actor=actor, ask=ask_passphrase
    )
    click.echo(
        f"Restored the backup of {done.made_at:%Y-%m-%d %H:%M} UTC: {done.images} sealed images; of what was done "
        f"since, {done.erased_again} erasures and {done.withdrawn_again} withdrawals were done again."
    )
    if done.damaged:
        click.echo(
            f"{done.damaged} sealed images of the backup are damaged and were not brought back. What was here of them "
            "was kept. Run antigone doctor, and look for them in an older backup.",
            err=True,
        )
    if keys is not None:
        click.echo("What was erased after the key export was written cannot be known here; erase that again by hand.")
    if not done.ledger_kept:
        click.echo("The ledger is that of the backup; what was entered later is not in it.")
    if done.aside is not None:
        click.echo(
            f"The database of before lies in backups/{done.aside.name} of the instance; delete it when all is well."
        )
