"""`antigone reencode`: templates of the recogniser in use for every portrait that lacks one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from antigone.cli.session import WRONG, open_session, with_instance

if TYPE_CHECKING:
    from antigone.missing.reencoding import Dropped, Outcome

SHOWN = 20


@click.command("reencode")
@click.option("--drop-old", is_flag=True, help="Afterwards, remove the templates of former recognisers.")
@click.option("--retry", is_flag=True, help="Try again also what gave no template before.")
@with_instance
def command(drop_old: bool, retry: bool, instance: str | None, as_name: str | None) -> None:
    """Encode every portrait that has no template under the recogniser in use, from its sealed original.

    That is needed after antigone.toml names another recogniser, or an upgrade brings another default: templates of
    different recognisers are never compared, so that a search finds only what is encoded. The faces chosen at enrolment
    are kept.

    A run that is stopped goes on where it stopped. A portrait that gives no template is listed and not tried again
    without --retry. Old templates are removed only when every portrait has a new one, as an erasure removes them:
    from every gallery and snapshot, and looked for. It is an administrator's task.
    """
    session = open_session(instance, as_name)
    from antigone.cli.progress import bar
    from antigone.missing import reencoding

    planned = reencoding.plan(session.operator, retry=retry)
    with bar("encoding", planned.waiting) as step:
        outcome = reencoding.run(planned, session.operator, step)
    _tell(outcome)
    if drop_old:
        _tell_dropped(reencoding.drop_old(planned.contract, session.operator))


def _tell(outcome: Outcome) -> None:
    click.echo(f"{outcome.recogniser}: {outcome.encoded} portraits encoded, {len(outcome.failures)} gave no template.")
    if outcome.gone:
        click.echo(f"Erased, withdrawn or encoded by somebody else meanwhile, and left: {outcome.gone}.")
    for each in outcome.failures[:SHOWN]:
        click.echo(f"  {each.person_ref} of {each.holding}, portrait {each.portrait}: {each.sentence}")
    if len(outcome.failures) > SHOWN:
        click.echo(f"  and {len(outcome.failures) - SHOWN} more; mend these, and run this again to see the others.")


def _tell_dropped(dropped: Dropped) -> None:
    if dropped.removed:
        click.echo(f"Templates of former recognisers removed: {dropped.removed}.")
    if dropped.lacking:
        click.echo(
            f"Portraits without a template under the recogniser in use: {dropped.lacking}. So the templates of former "
            "ones were kept. Erase these portraits, or mend what is wrong with them, and run this again.",
            err=True,
        )
        raise SystemExit(WRONG)
    if not dropped.verified:
        click.echo("Something of them was still found in a gallery. Run: antigone doctor", err=True)
        raise SystemExit(WRONG)
    if dropped.removed:
        click.echo("Looked for in every gallery and not found.")
    else:
        click.echo("There are no templates of former recognisers.")
