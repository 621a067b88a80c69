"""`antigone init`: found an instance."""

from __future__ import annotations

from pathlib import Path

import click

from antigone.cli.signing_in import show_code
from antigone.smallfiles import SmallFileError, read_small_text


@click.command("init")
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.option(
    "--database",
    metavar="FILE",
    type=click.Path(path_type=Path),
    help="A file with the [database] section, where the records are to lie in a PostgreSQL server.",
)
@click.option("--practice", is_flag=True, help="For practice, with records of nobody; every page then says so.")
def command(folder: Path, database: Path | None, practice: bool) -> None:
    """Found an instance in DIR, a new or empty folder, without questions.

    It gets its keys, its database, an agency, one operator (you) with the roles that a single person needs, and a
    mandate in force, and a code with which you sign in to the pages. Other people and mandates are added with antigone
    access.
    """
    from antigone.upkeep.founding import found

    section = ""
    if database is not None:
        try:
            section = read_small_text(database, 65536)
        except SmallFileError as unreadable:
            raise click.UsageError(f"{unreadable.sentence} Nothing was founded.") from None
    instance = found(folder, database=section, practice=practice)
    from antigone.access import invitations
    from antigone.access.models import Mandate, Operator

    who = Operator.objects.select_related("agency").get()
    click.echo(f"An instance was founded in {folder}, readable by your account alone.")
    click.echo(f"Agency: {who.agency.name}. Operator: {who.name}.")
    for mandate in Mandate.objects.order_by("pk"):
        click.echo(f"Mandate {mandate.pk}: {mandate.get_purpose_display()}, in force until {mandate.valid_until}.")
    click.echo(
        f"The keys lie in {folder / instance.keys.name}. A key beside the data does not survive theft of the machine: "
        "see docs/operations.md on locking it and on a copy kept elsewhere."
    )
    if practice:
        click.echo(
            "It is for practice: no second factor is asked for, and every page says so. Record nobody real in it."
        )
    show_code(who.name, invitations.issue(who, "system:init"))
    click.echo("Next: antigone enrol, then antigone case open, then antigone search.")
