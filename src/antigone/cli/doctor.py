"""`antigone doctor`: what is wrong with an instance, and what to do."""

from __future__ import annotations

import click

from antigone.cli.session import WRONG, ask_passphrase, name_of, root_of, with_instance


@click.command("doctor")
@click.option("--mend", is_flag=True, help="Sweep what interrupted work left, and complete erasures.")
@with_instance
def command(mend: bool, instance: str | None, as_name: str | None) -> None:
    """Say what is wrong with an instance, worst first, and what to do; exits with 1 when something is.

    Mending needs the permission to manage the keys, which an administrator has.
    """
    from antigone import upkeep

    findings = upkeep.doctor(root_of(instance), mend=mend, as_name=name_of(as_name), ask=ask_passphrase)
    for finding in findings:
        click.echo(f"{finding.severity.value}: {finding.sentence}" + (f" {finding.advice}" if finding.advice else ""))
    if all(finding.severity is upkeep.Severity.NOTE for finding in findings):
        click.echo("Nothing is wrong with this instance.")
    if any(finding.severity is upkeep.Severity.FAULT for finding in findings):
        raise SystemExit(WRONG)
