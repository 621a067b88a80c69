"""`antigone case`: open, attest, close and list cases about unidentified subjects."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import click

from antigone.cli import incident, standing
from antigone.cli.paging import pages
from antigone.cli.session import Group, line, open_session, with_instance

if TYPE_CHECKING:
    from antigone.casework.queries import CaseLine

SUBJECTS = ("deceased", "body-part", "unable-to-state-identity")
TIMES = ["%Y-%m-%d", "%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M"]


@click.group("case", cls=Group)
def command() -> None:
    """Open and close cases about unidentified subjects."""


def _moment(given: datetime | None) -> datetime | None:
    """A time as the person means it: local to the machine."""
    try:
        return given.astimezone(UTC) if given else None
    except (OverflowError, ValueError, OSError):
        raise click.BadParameter("There is no such time; nothing was saved.", param_hint="--attested-at") from None


@command.command("open")
@click.argument("code")
@click.option("--subject", "kind", required=True, type=click.Choice(SUBJECTS), help="Whom the photographs show.")
@click.option("--place", default="", metavar="TEXT", help="Where the subject was recovered, or lies.")
@click.option(
    "--on",
    "day",
    type=click.DateTime(["%Y-%m-%d"]),
    help="The day of recovery (for the living: of the attestation).",
)
@click.option("--attested-by", default="", metavar="NAME", help="Who attests it; for the living, the clinician.")
@click.option("--attested-at", type=click.DateTime(TIMES), help="When the clinician attested it; by default now.")
@with_instance
def open_(
    code: str,
    kind: str,
    place: str,
    day: datetime | None,
    attested_by: str,
    attested_at: datetime | None,
    instance: str | None,
    as_name: str | None,
) -> None:
    """Open a case CODE (such as LIMEN-A-001; never used twice) about one unidentified subject.

    For the dead, a case without its recovery particulars is a draft: it can be searched, and every answer says what
    is missing. A living person is searched for only while a clinician attests, for 72 hours at a time, that they
    cannot state their identity; refusing to speak never qualifies.
    """
    session = open_session(instance, as_name)
    from antigone.casework import services
    from antigone.remains.rules import missing_particulars
    from antigone.remains.services import Particulars

    when = attested_at or day or (datetime.now().astimezone() if attested_by.strip() else None)
    recovered = day.date() if day else None
    if recovered and recovered > datetime.now().astimezone().date():
        raise click.BadParameter("The day lies in the future; nothing was saved.", param_hint="--on")
    case = services.open_case(code, kind, Particulars(place, recovered, attested_by, _moment(when)), session.operator)
    click.echo(f"Case {case.code} is open.")
    lacking = missing_particulars(kind, place, recovered, attested_by)
    if lacking:
        click.echo(f"It is a draft; its record still lacks: {', '.join(lacking)}.")
    if when and kind == "unable-to-state-identity":
        click.echo(f"The attestation of {when.astimezone():%Y-%m-%d %H:%M} holds for 72 hours.")


@command.command("attest")
@click.argument("code")
@click.option("--attested-by", required=True, metavar="NAME", help="The clinician.")
@click.option("--attested-at", type=click.DateTime(TIMES), help="When; by default now.")
@with_instance
def attest(
    code: str, attested_by: str, attested_at: datetime | None, instance: str | None, as_name: str | None
) -> None:
    """Record a new attestation for the living subject of CODE, for another 72 hours."""
    session = open_session(instance, as_name)
    from antigone.casework import services

    services.renew_attestation(code, attested_by, _moment(attested_at or datetime.now().astimezone()), session.operator)
    click.echo("The attestation is recorded.")


@command.command("spoke")
@click.argument("code")
@with_instance
def spoke(code: str, instance: str | None, as_name: str | None) -> None:
    """Record that the living subject of CODE can state their identity: searching ends, their photographs go."""
    session = open_session(instance, as_name)
    from antigone.casework import tasks

    gone = tasks.person_spoke(code, session.operator)
    click.echo(f"The search has ended; {gone} photographs were erased. What the person says decides.")


@command.command("close")
@click.argument("code")
@click.option("--reason", default="", metavar="TEXT", help="Why.")
@with_instance
def close(code: str, reason: str, instance: str | None, as_name: str | None) -> None:
    """Close the case CODE: no search is made in it from now on."""
    session = open_session(instance, as_name)
    from antigone.casework import services

    services.close_case(code, session.operator, reason)
    click.echo(f"Case {code} is closed.")


@command.command("reopen")
@click.argument("code")
@click.option("--reason", required=True, metavar="TEXT", help="Why.")
@with_instance
def reopen(code: str, reason: str, instance: str | None, as_name: str | None) -> None:
    """Open the closed case CODE again."""
    session = open_session(instance, as_name)
    from antigone.casework import services

    services.reopen_case(code, session.operator, reason)
    click.echo(f"Case {code} is open again.")


@command.command("complete")
@click.argument("code")
@click.option("--place", default="", metavar="TEXT", help="Where the subject was recovered.")
@click.option("--on", "day", type=click.DateTime(["%Y-%m-%d"]), help="The day of recovery.")
@click.option("--attested-by", default="", metavar="NAME", help="Who attests it.")
@with_instance
def complete(
    code: str, place: str, day: datetime | None, attested_by: str, instance: str | None, as_name: str | None
) -> None:
    """Fill in what the record of a draft lacks; what it already says stays as it is."""
    session = open_session(instance, as_name)
    from antigone.casework import services
    from antigone.remains.services import Particulars

    given = Particulars(place, day.date() if day else None, attested_by)
    lacking = services.complete_case(code, given, session.operator)
    click.echo(f"The record still lacks: {', '.join(lacking)}." if lacking else "The record is complete.")


@command.command("list")
@click.option("--open", "only_open", is_flag=True, help="Only cases that are not closed.")
@click.option("--code", default="", metavar="TEXT", callback=line(120), help="Only cases whose code begins so.")
@with_instance
def list_(only_open: bool, code: str, instance: str | None, as_name: str | None) -> None:
    """List the cases that are open to you, the newest first, each with what it waits for."""
    session = open_session(instance, as_name)
    from antigone.casework import queries
    from antigone.casework.narrowing import Filters

    filters = Filters(closed=False if only_open else None, code=code)
    for page in pages(lambda after: queries.cases(session.operator, filters, after, queries.MOST)):
        for case in page.lines:
            click.echo(_case_line(case))
            if case.waits:
                click.echo(f"    waits for {'; '.join(str(each.label) for each in case.waits)}")
        if not page.lines:
            click.echo("There are no such cases." if only_open or code else "There are no cases yet.")


def _case_line(case: CaseLine) -> str:
    parts = [
        case.kind,
        case.place or "place not recorded",
        "closed" if case.closed else "open",
        f"{case.photographs} photograph{'' if case.photographs == 1 else 's'}",
        f"{case.searches} search{'' if case.searches == 1 else 'es'}",
    ]
    if case.searched_at is not None:
        # An examiner who has not seen the ranked output is not told what it came to.
        told = {None: "", True: ": none of these", False: ": leads"}[case.none_of_these]
        outcome = ": recalled" if case.recalled else told
        parts.append(f"last searched {case.searched_at:%Y-%m-%d %H:%M} UTC{outcome}")
    return f"{case.code}  {'  '.join(parts)}"


@command.command("board")
@click.argument("code")
@click.option(
    "--missing", required=True, type=click.IntRange(1), metavar="N", help="How many of the population are missing."
)
@click.option(
    "--without-portrait",
    type=click.IntRange(0),
    metavar="M",
    help="How many of them have no portrait; by default as the search counted.",
)
@click.option(
    "--population", default="", metavar="TEXT", callback=line(200), help="Which population is meant, in words."
)
@click.option(
    "--unreported",
    default=0.0,
    type=click.FloatRange(0, 1, max_open=True),
    metavar="SHARE",
    help="The prior share for somebody whom nobody reported missing.",
)
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@with_instance
def board(
    code: str,
    missing: int,
    without_portrait: int | None,
    population: str,
    unreported: float,
    as_json: bool,
    instance: str | None,
    as_name: str | None,
) -> None:
    """Show the board prior and posterior of each lead of CODE's last search, and of "none of these".

    The prior is the board's to choose: how many are missing in the population that the dead person belongs to. Whoever
    reads this has seen ranked output and cannot examine the case.
    """
    session = open_session(instance, as_name)
    from antigone.casework.board import POPULATION, PriorGiven, read_posterior
    from antigone.cli.board import show

    given = PriorGiven(missing, without_portrait, population or POPULATION, unreported)
    try:
        view = read_posterior(code, given, session.operator)
    except ValueError as fault:
        raise click.UsageError(f"{fault} Nothing was shown.") from None
    if as_json:
        click.echo(json.dumps(view.as_json(), ensure_ascii=False, indent=2))
    else:
        show(view)


for _other in (standing.stand, standing.unstand, standing.standing_, incident.search_site, incident.site_searches):
    command.add_command(_other)
