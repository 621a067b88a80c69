"""`antigone ledger`: verify the log of everything that was done."""

from __future__ import annotations

from pathlib import Path

import click

from antigone.cli.session import WRONG, open_session, with_instance


@click.group("ledger")
def command() -> None:
    """Verify the log of everything that was done, and hand out its checkpoints."""


@command.command("verify")
@click.option("--checkpoint", type=click.Path(path_type=Path), help="A checkpoint that was kept elsewhere.")
@with_instance
def verify(checkpoint: Path | None, instance: str | None, as_name: str | None) -> None:
    """Recompute the whole tree; exits with 1 and the first entry that was altered, removed or reordered."""
    session = open_session(instance, as_name)
    from antigone.access import services as access
    from antigone.access.permissions import Permission
    from antigone.ledger import services

    access.require(session.operator, Permission.LEDGER_VERIFY, object="ledger:tree")
    text = None
    if checkpoint is not None:
        try:
            text = checkpoint.read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError):
            raise click.BadParameter("The file cannot be read.", param_hint="--checkpoint") from None
    found = services.verify(text)
    click.echo(found.sentence, err=not found.ok)
    if not found.ok:
        raise SystemExit(WRONG)


@command.command("checkpoint")
@with_instance
def checkpoint_(instance: str | None, as_name: str | None) -> None:
    """Print the latest signed checkpoint, for another agency to keep."""
    open_session(instance, as_name)
    from antigone.ledger import services

    click.echo(services.checkpoint_text(), nl=False)
