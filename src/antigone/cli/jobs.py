"""`antigone jobs`: list the work that takes a while, and stop it."""

from __future__ import annotations

import click

from antigone.cli.session import Group, open_session, with_instance


@click.group("jobs", cls=Group)
def command() -> None:
    """List the work that takes a while, and stop it."""


@command.command("list")
@click.option("--all", "ended", is_flag=True, help="Also what has ended, of the last 90 days.")
@click.option("--before", type=int, metavar="N", help="Go on below the job of this number.")
@with_instance
def list_(ended: bool, before: int | None, instance: str | None, as_name: str | None) -> None:
    """List what waits and runs, newest first: your own, and for an administrator the agency's and the instance's."""
    session = open_session(instance, as_name)
    from antigone.jobs.queries import PAGE
    from antigone.upkeep import joblist, tasks  # noqa: F401  (the daily work has its names there)

    found = joblist.listed(session.operator, ended=ended, after=before)
    if not found:
        click.echo("Nothing waits or runs." if not ended else "There are no jobs.")
    for job in found:
        far = f", {job.percent} %" if job.percent is not None and not job.ended else ""
        when = job.finished_at or job.started_at or job.created_at
        click.echo(f"{job.pk:>6}  {job.get_state_display()}{far}  {job.title}  ({job.asked_by}, {when:%Y-%m-%d %H:%M})")
        if job.sentence:
            click.echo(f"        {job.sentence}")
    if len(found) == PAGE:
        click.echo(f"There are more: --before {found[-1].pk}")


@command.command("stop")
@click.argument("number", type=int)
@with_instance
def stop(number: int, instance: str | None, as_name: str | None) -> None:
    """Stop the job NUMBER; what it committed stays."""
    session = open_session(instance, as_name)
    from antigone.upkeep import joblist

    job = joblist.stop(number, session.operator)
    click.echo(f"Job {job.pk} is stopped: {job.title}. What it committed before stays.")
