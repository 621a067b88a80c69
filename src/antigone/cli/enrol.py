"""`antigone enrol`: portraits of missing persons into a holding."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from antigone.cli.session import line, open_session, with_instance

if TYPE_CHECKING:
    from antigone.missing.tasks import Outcome

BASES = ("family-consent", "own-service", "partner-agreement", "public-register")
SHOWN = 20


@click.command("enrol")
@click.argument("source", type=click.Path(path_type=Path))
@click.option(
    "--holding",
    required=True,
    metavar="NAME",
    callback=line(120, empty=False),
    help="The collection that the portraits belong to.",
)
@click.option("--basis", required=True, type=click.Choice(BASES), help="Why these portraits may be held.")
@click.option("--cite", default="", metavar="TEXT", callback=line(400), help="The document that the basis rests on.")
@click.option(
    "--given-by",
    default="",
    metavar="NAME",
    callback=line(200),
    help="Who gave them; else it is kept that you brought them.",
)
@click.option("--until", type=click.DateTime(["%Y-%m-%d"]), help="The last day on which they may be searched.")
@click.option("--again", is_flag=True, help="Take also what was erased before: its giver has given it anew.")
@click.option("--manifest", type=click.Path(path_type=Path), help="A CSV that describes the persons.")
@with_instance
def command(
    source: Path,
    holding: str,
    basis: str,
    cite: str,
    given_by: str,
    until: datetime | None,
    again: bool,
    manifest: Path | None,
    instance: str | None,
    as_name: str | None,
) -> None:
    """Enrol the portraits in SOURCE, a folder.

    Each sub-folder, or else each picture's stem, is the reference of a person, who is recorded as reported missing. A
    manifest (columns person_ref, file, name, name_native, sex, birth_date, stature_cm, marks, effects, last_seen_on,
    last_seen_place, given_by) says more about them.

    Doing it twice adds nothing; a run that was stopped goes on where it stopped. What could not be used and what was
    passed over is listed with the reason, and in a CSV in the instance's folder reports/.
    """
    session = open_session(instance, as_name)
    from antigone.cli.progress import bar
    from antigone.missing import rules, sources, tasks
    from antigone.missing.services import Giving

    if until and until.date() < datetime.now().astimezone().date():
        raise click.BadParameter("The day is past; nothing was enrolled.", param_hint="--until")
    if not source.is_dir():
        raise click.BadParameter("There is no such folder; nothing was enrolled.", param_hint="SOURCE")
    found = sources.from_manifest(source, manifest) if manifest else sources.from_folder(source)
    # Every portrait carries who gave it; where that was not said, at least who brought it here.
    giver = given_by or f"not named; brought by {session.operator.name}"
    giving = Giving(basis=basis, citation=cite, given_by=giver, until=until.date() if until else None, again=again)
    advice = rules.citation_advice(basis, cite)
    if advice:
        click.echo(advice, err=True)
    with bar("enrolling", len(found.items)) as step:
        outcome = tasks.enrol(found, holding, giving, session.operator, step)
    _tell(outcome)
    from antigone.enrolment.contracts import contract_in_use
    from antigone.missing.queries import encoding_note

    note = encoding_note(contract_in_use().digest, datetime.now(UTC).date(), session.operator.agency)
    if note:
        click.echo(note)


def _tell(outcome: Outcome) -> None:
    click.echo(
        f"{outcome.holding}: {outcome.added} portraits enrolled, {outcome.known} were there already, "
        f"{len(outcome.unusable)} could not be used; {outcome.new_persons} persons newly reported missing."
    )
    for sentence in _sentences(outcome):
        click.echo(sentence)
    listed = [*((row.file, row.sentence) for row in outcome.unusable)]
    listed += [(left.name, f"Passed over. {left.sentence}") for left in outcome.ignored]
    for name, sentence in listed[:SHOWN]:
        click.echo(f"  {name}: {sentence}")
    if outcome.report is not None:
        more = len(listed) - SHOWN
        click.echo((f"  and {more} more. " if more > 0 else "") + f"All are listed in reports/{outcome.report.name}")


def _sentences(outcome: Outcome) -> Iterator[str]:
    """What the person who enrolled must know beside the counts."""
    if outcome.repeated:
        yield f"Files that repeat others of this run, and count once: {outcome.repeated}."
    if outcome.ignored:
        yield f"Passed over in the source: {len(outcome.ignored)}."
    if outcome.withdrawn:
        yield f"Erased before, and not brought back: {outcome.withdrawn} (--again takes what was given anew)."
    if outcome.added and outcome.until:
        yield f"What was enrolled is searched until {outcome.until}."
    elif outcome.added:
        yield f"No end was given; what was enrolled is to be reviewed on {outcome.review_on}."
    if outcome.other_end:
        yield f"There already and left with the end that they were given then: {outcome.other_end}."
    if not outcome.approved:
        yield "The holding waits for a second person's approval, and is not searched before."
    elif outcome.self_approved:
        yield "The holding was approved by the person who opened it, for want of a second one; answers say so."
