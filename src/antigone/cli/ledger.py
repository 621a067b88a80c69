"""`antigone ledger`: verify the log of everything that was done."""

from __future__ import annotations

from pathlib import Path

import click

from antigone.cli.session import WRONG, Group, line, open_session, with_instance
from antigone.smallfiles import SmallFileError, read_small_text

# A checkpoint is a few lines, and a line more for each who signs it.
LARGEST = 1 << 20


@click.group("ledger", cls=Group)
def command() -> None:
    """Verify the log of everything that was done, and hand out its checkpoints."""


@command.command("verify")
@click.option("--checkpoint", type=click.Path(path_type=Path), help="A checkpoint that was kept elsewhere.")
@click.option("--verifier", metavar="KEY", help="Whose signature to ask for on it; by default this instance's own.")
@with_instance
def verify(checkpoint: Path | None, verifier: str | None, instance: str | None, as_name: str | None) -> None:
    """Recompute the whole tree; exits with 1 and the first entry that was altered, removed or reordered."""
    session = open_session(instance, as_name)
    from antigone.access import services as access
    from antigone.access.permissions import Permission
    from antigone.ledger import services

    access.require(session.operator, Permission.LEDGER_VERIFY, object="ledger:tree")
    found = services.verify(_text(checkpoint, "--checkpoint") if checkpoint else None, verifier)
    click.echo(found.sentence, err=not found.ok)
    for note in found.notes:
        click.echo(note, err=True)
    if not found.ok:
        raise SystemExit(WRONG)


def _text(file: Path, hint: str) -> str:
    try:
        return read_small_text(file, LARGEST)
    except SmallFileError as refused:
        raise click.BadParameter(f"{refused.sentence} Nothing was changed.", param_hint=hint) from None


@command.command("show")
@click.option("--case", "code", metavar="CODE", help="Only what was done in this case.")
@click.option("--last", default=50, show_default=True, type=click.IntRange(1, 100_000), help="How many entries.")
@with_instance
def show(code: str | None, last: int, instance: str | None, as_name: str | None) -> None:
    """Show the latest entries, oldest first: when, and what was done by whom."""
    session = open_session(instance, as_name)
    from antigone.access import services as access
    from antigone.access.permissions import Permission
    from antigone.casework import queries
    from antigone.casework.judging.unread import veil_for

    access.require(session.operator, Permission.LEDGER_VERIFY, object="ledger:tree")
    veil = veil_for(session.operator)
    if veil is not None:
        click.echo("You may still judge blind: what others do in cases is left out until their searches are settled.")
    for entry in queries.ledger_of(session.operator.agency, code, last, veil):
        place = "pending" if entry.index is None else entry.index
        click.echo(f"{place:>7}  {entry.time[:19].replace('T', ' ')} UTC  {entry.sentence}")


@command.command("checkpoint")
@with_instance
def checkpoint_(instance: str | None, as_name: str | None) -> None:
    """Print the latest signed checkpoint, for another agency to keep."""
    open_session(instance, as_name)
    from antigone.ledger import services

    click.echo(services.checkpoint_text(), nl=False)


@command.command("key")
@with_instance
def key(instance: str | None, as_name: str | None) -> None:
    """Print the verifier key that this instance's checkpoints are signed under, for another agency to keep."""
    open_session(instance, as_name)
    from antigone.ledger import services

    click.echo(services.verifier_key())


@command.command("cosign")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--verifier", "verifiers", multiple=True, required=True, metavar="KEY", help="Whose signatures to keep.")
@with_instance
def cosign(file: Path, verifiers: tuple[str, ...], instance: str | None, as_name: str | None) -> None:
    """Keep the signatures that other agencies put on a checkpoint of ours, which FILE holds."""
    session = open_session(instance, as_name)
    from antigone.access import services as access
    from antigone.access.permissions import Permission
    from antigone.ledger import services

    access.require(session.operator, Permission.LEDGER_VERIFY, object="ledger:tree")
    kept = services.cosign(_text(file, "FILE"), verifiers, actor=session.actor)
    click.echo(f"{kept} signatures were kept.")


@command.command("accept-rollback")
@click.option(
    "--reason",
    required=True,
    metavar="TEXT",
    callback=line(400, empty=False),
    help="Why the database was put back; kept in the ledger.",
)
@with_instance
def accept_rollback(reason: str, instance: str | None, as_name: str | None) -> None:
    """Go on after a database was put back on purpose; what was lost is set aside and named in an entry."""
    session = open_session(instance, as_name)
    from antigone.access import services as access
    from antigone.access.permissions import Permission
    from antigone.ledger import services

    access.require(session.operator, Permission.BACKUP_RESTORE, object="ledger:tree")
    lost = services.accept_rollback(actor=session.actor, reason=reason)
    click.echo(f"The ledger goes on; {lost} entries that were signed are lost, and an entry says so.")
