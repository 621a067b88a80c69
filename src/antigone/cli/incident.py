"""`antigone case search-site` and `site-searches`: an incident's photographs searched in one go."""

from __future__ import annotations

import click

from antigone.cli.session import Session, open_session, with_instance


@click.command("search-site")
@click.argument("site", metavar="SITE")
@click.option("--recovery", type=int, metavar="N", help="Only what this recovery there brought.")
@click.option("--top", default=50, show_default=True, type=click.IntRange(1, 1000), help="How many candidates to list.")
@click.option("--here", is_flag=True, help="Do it in this terminal, instead of leaving it to a worker.")
@with_instance
def search_site(
    site: str, recovery: int | None, top: int, here: bool, instance: str | None, as_name: str | None
) -> None:
    """Search every open case of SITE that has photographs and no answer that stands, each under its own mandate.

    SITE is the name of the site. You answer for each search as if you had made it, and count as having seen its ranked
    output: you cannot examine these cases. It goes on after a kill, and searches nothing twice. Without --here a worker
    does it: antigone serve, or antigone worker.
    """
    session = open_session(instance, as_name)
    from antigone.casework.searching import bulk

    order = bulk.ask_bulk(_site(site, session), session.operator, recovery, top)
    click.echo(f"Search in bulk {order.pk} is asked for, as job {order.job}.")
    if here and order.job is not None:
        from antigone.jobs import running

        running.run(order.job)
        _summary(order.pk, session)


@click.command("site-searches")
@click.argument("site", metavar="SITE")
@with_instance
def site_searches(site: str, instance: str | None, as_name: str | None) -> None:
    """Say what came of the searches in bulk of SITE: what was searched, and what was refused and why."""
    session = open_session(instance, as_name)
    from antigone.casework.searching import bulk

    found = bulk.bulks_at(_site(site, session), session.operator)
    if not found:
        click.echo("None was asked for yet.")
    for each in found:
        _summary(each.pk, session)


def _site(name: str, session: Session) -> int:
    """The number of the agency's site of this name; raises NotHere, as for a site of somebody else."""
    from antigone.casework.errors import NotHere
    from antigone.remains import queries

    found = queries.own_site_named(session.operator, name)
    if found is None:
        raise NotHere("There is no such site here. Nothing was changed.")
    return found.pk


def _summary(pk: int, session: Session) -> None:
    """What came of the asking: never what a search found."""
    from antigone.casework.models import Outcome
    from antigone.casework.searching import bulk

    order, told = bulk.bulk_numbered(pk, session.operator)
    state = f"done {told.finished_at:%Y-%m-%d %H:%M} UTC" if told.finished_at else f"{told.waiting} cases wait"
    click.echo(
        f"Search in bulk {told.pk} of {told.asked_at:%Y-%m-%d %H:%M} UTC, {state}: {told.searched} searched, "
        f"{told.answered} left as they were answered, {told.refused} refused, {told.unusable} with no photograph that "
        "could be read."
    )
    after: int | None = None
    while items := bulk.items(order, session.operator, after):
        for item in items:
            if item.outcome in (Outcome.REFUSED, Outcome.UNUSABLE):
                click.echo(f"    {item.case.code}: {item.get_outcome_display()}. {item.sentence}")
        after = items[-1].pk
