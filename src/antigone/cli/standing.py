"""`antigone case stand`, `unstand` and `standing`: a case that is searched again whenever either side changes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from antigone.cli.session import line, open_session, with_instance

if TYPE_CHECKING:
    from antigone.access.models import Operator
    from antigone.access.permissions import Permission
    from antigone.casework.searching.standing_seen import SeenRun


@click.command("stand")
@click.argument("code")
@click.option("--top", default=50, show_default=True, type=click.IntRange(1, 1000), help="How many candidates to list.")
@with_instance
def stand(code: str, top: int, instance: str | None, as_name: str | None) -> None:
    """Keep the search of CODE standing: it is made again when photographs or portraits come, or it is recalled.

    You answer for each of these searches as if you had made it, and count as having seen its ranked output: you cannot
    examine the case. It ends when the case closes, when you may not search any more, or when no mandate is in force.
    A worker makes it: antigone serve, or antigone worker.
    """
    session = open_session(instance, as_name)
    from antigone.casework.searching import standing

    standing.keep_standing(code, session.operator, top)
    click.echo(f"The search of {code} is kept standing, and you answer for it.")


@click.command("unstand")
@click.argument("code")
@click.option("--reason", default="", metavar="TEXT", callback=line(400), help="Why.")
@with_instance
def unstand(code: str, reason: str, instance: str | None, as_name: str | None) -> None:
    """End the standing search of CODE; what it searched stays as it was answered."""
    session = open_session(instance, as_name)
    from antigone.casework.searching import standing

    standing.end_standing(code, session.operator, reason)
    click.echo(f"The standing search of {code} has ended.")


@click.command("standing")
@click.argument("code")
@click.option("--new", "show_new", is_flag=True, help="Show whom its last run found anew: that is ranked output.")
@with_instance
def standing_(code: str, show_new: bool, instance: str | None, as_name: str | None) -> None:
    """Say whether the search of CODE is kept standing, when it ran again and why.

    Whether something new was found is said to those alone who may know. Whoever asks with --new whom it found has seen
    ranked output, and cannot examine the case; that is recorded.
    """
    session = open_session(instance, as_name)
    from antigone.casework import services
    from antigone.casework.models import Ending
    from antigone.casework.searching import standing, standing_seen

    case = standing.case_for(services.case_of(code, session.operator, _search()).pk, session.operator)
    told = standing_seen.seen(case, session.operator)
    if told.in_force is not None:
        click.echo(f"The search of {case.code} is kept standing since {told.in_force.set_at:%Y-%m-%d %H:%M} UTC.")
        if told.in_force.held_up:
            click.echo(f"It waits: {told.in_force.held_up}")
    elif told.ended:
        last = told.ended[0]
        click.echo(f"Its standing search ended {last.ended_at:%Y-%m-%d %H:%M} UTC: {Ending(last.ended_why).label}.")
    else:
        click.echo(f"The search of {case.code} is not kept standing.")
    for run in told.runs:
        click.echo(f"    {_run(run, told.outcome_known)}")
    if show_new:
        _show_new(next((run.pk for run in told.runs if run.search or not told.outcome_known), None), session.operator)


def _search() -> Permission:
    from antigone.access.permissions import Permission

    return Permission.SEARCH_RUN


def _run(run: SeenRun, known: bool) -> str:
    why = "; ".join(str(each.label) for each in run.changes)
    parts = [f"{run.at:%Y-%m-%d %H:%M} UTC: {why}"]
    if run.unusable:
        parts.append(f"not searched: {run.unusable}")
    elif known:
        parts.append(f"{run.found_new} new" if run.found_new else "nothing new")
    return "  ".join(parts)


def _show_new(run: int | None, who: Operator) -> None:
    from antigone.casework.searching import standing_seen

    if run is None:
        click.echo("It has not run again yet.")
        return
    new = standing_seen.what_is_new(run, who)
    for each in new.candidates:
        passes = "  reaches the operating point" if each.get("passes") else ""
        click.echo(f"{each['rank']:>4}  {each['person_ref']}  score {each['score']:.3f}{passes}")
    click.echo("Leads, never names." if new.candidates else "Nobody who was not in the former answer.")
