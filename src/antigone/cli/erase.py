"""`antigone erase`: a portrait, a person or a photograph, to the last copy."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import click

from antigone.cli.session import WRONG, Group, confirmed, open_session, with_instance

if TYPE_CHECKING:
    from antigone.missing.erasure import Erased


@click.group("erase", cls=Group)
def command() -> None:
    """Erase a portrait, a person or a photograph: not findable at once, key destroyed, absence verified."""


def _tell(what: str, done: Erased) -> None:
    click.echo(
        f"Erased {what}: {done.portraits} portraits with keys, templates and files. The ledger keeps that it was done."
    )
    if not done.verified:
        click.echo("Something of it was still found in a gallery. Run: antigone doctor", err=True)
        raise SystemExit(WRONG)
    click.echo("Looked for in every gallery and not found.")
    from antigone.ledger.models import Entry

    if Entry.objects.filter(action="instance:keys:export").exists():
        click.echo(
            "A key export made earlier can still open it in an old backup: destroy the export and make a new one."
        )


@command.command("portrait")
@click.argument("portrait", metavar="SHA256|ID")
@click.option(
    "--reason", default="withdrawn", show_default=True, metavar="TEXT", help="Why; kept for good, so no names."
)
@click.option("--yes", is_flag=True, help="Do not ask.")
@with_instance
def portrait_(portrait: str, reason: str, yes: bool, instance: str | None, as_name: str | None) -> None:
    """Erase the portraits of this SHA-256 (64 digits, or the first 12 or more), or of this id."""
    session = open_session(instance, as_name)
    from antigone.missing import erasure, queries

    found = queries.portraits_named(session.operator.agency, portrait)
    confirmed(yes, f"Erase {found.count()} portraits? Nothing brings it back.")
    _tell(f"portrait {portrait[:12]}", erasure.erase_portraits(found, session.operator, reason))


@command.command("person")
@click.argument("ref")
@click.option("--holding", metavar="NAME", help="The holding, when several have a person of this reference.")
@click.option(
    "--reason", default="withdrawn", show_default=True, metavar="TEXT", help="Why; kept for good, so no names."
)
@click.option("--yes", is_flag=True, help="Do not ask.")
@with_instance
def person_(ref: str, holding: str | None, reason: str, yes: bool, instance: str | None, as_name: str | None) -> None:
    """Erase the person of reference REF, with the report and everything that was given about them."""
    session = open_session(instance, as_name)
    from antigone.missing import erasure, queries

    person = queries.person_named(session.operator.agency, ref, holding)
    confirmed(yes, f"Erase the person {person.ref} of {person.holding.name}? Nothing brings it back.")
    _tell(f"person {ref}", erasure.erase_person(person, session.operator, reason))


@command.command("photograph")
@click.argument("sha256", metavar="SHA256")
@click.option("--case", "code", required=True, metavar="CODE", help="The case that it belongs to.")
@click.option(
    "--reason", default="withdrawn", show_default=True, metavar="TEXT", help="Why; kept for good, so no names."
)
@click.option("--yes", is_flag=True, help="Do not ask.")
@with_instance
def photograph_(sha256: str, code: str, reason: str, yes: bool, instance: str | None, as_name: str | None) -> None:
    """Erase the photograph of this SHA-256 (64 digits, or the first 12 or more) from the case CODE."""
    if not re.fullmatch(r"[0-9a-fA-F]{12,64}", sha256):
        raise click.BadParameter("Give 12 to 64 digits of it; nothing was changed.", param_hint="SHA256")
    session = open_session(instance, as_name)
    from antigone.casework import tasks

    confirmed(yes, f"Erase the photograph {sha256[:12]} of {code}? Nothing brings it back.")
    gone = tasks.erase_photograph(code, sha256, session.operator, reason)
    if not gone:
        raise click.BadParameter("The case has no such photograph; nothing was changed.", param_hint="SHA256")
    click.echo("Erased the photograph with its key and file. The ledger keeps that it was done.")
