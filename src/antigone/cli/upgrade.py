"""`antigone upgrade`: bring an instance of an earlier version up to date, a backup first."""

from __future__ import annotations

import click

from antigone.cli.session import ask_passphrase, confirmed, name_of, root_of, with_instance


@click.command("upgrade")
@click.option("--yes", is_flag=True, help="Do not ask whether the database server was backed up.")
@with_instance
def command(yes: bool, instance: str | None, as_name: str | None) -> None:
    """Bring an instance of an earlier version up to date; a backup is made first."""
    from antigone import upkeep
    from antigone.upkeep.opening import open_instance

    root = root_of(instance)
    opened = open_instance(root, ask=ask_passphrase, check_schema=False)
    from antigone.access import services as access
    from antigone.access.permissions import Permission

    who = access.operator(name_of(as_name))
    access.require(who, Permission.SCHEMA_UPGRADE, object="instance:self")
    if opened.on_server:
        confirmed(yes, "The records lie in a database server. Was a backup made with its tools, just now?")
    done = upkeep.upgrade(root, actor=who.actor, ask=ask_passphrase)
    if not done.migrations:
        click.echo("This instance is up to date. Nothing was changed.")
    elif done.backup is None:
        click.echo(f"Upgraded ({len(done.migrations)} changes).")
    else:
        click.echo(f"Upgraded ({len(done.migrations)} changes). The backup of before is {done.backup.file}.")
    _tell_what_waits()


def _tell_what_waits() -> None:
    """Say so when this version, or antigone.toml, compares faces by a recogniser that portraits are not encoded for."""
    from datetime import UTC, datetime

    from antigone.enrolment import contracts
    from antigone.missing.queries import encoding_note

    note = encoding_note(contracts.contract_in_use().digest, datetime.now(UTC).date())
    if note:
        click.echo(f"Faces are compared by {contracts.recogniser()}. {note}")
