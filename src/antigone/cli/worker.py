"""`antigone worker`: do the work that takes a while, and the daily work."""

from __future__ import annotations

import signal
from types import FrameType

import click

from antigone.cli.session import STOPPED, ask_passphrase, root_of, with_instance


@click.command("worker")
@click.option("--once", is_flag=True, help="End when nothing waits any more.")
@click.option("--under-serve", is_flag=True, hidden=True)
@with_instance
def command(once: bool, under_serve: bool, instance: str | None, as_name: str | None) -> None:
    """Do the work that takes a while, one job after another, and the daily work.

    antigone serve starts one by itself; more can run beside it. A worker that is stopped lets its job go, and one that
    is killed loses nothing: the next worker goes on where it stood.
    """
    from antigone.jobs import ending
    from antigone.upkeep.opening import open_instance
    from antigone.upkeep.supervision import Parent

    def end(signum: int, frame: FrameType | None) -> None:
        if ending.asked.is_set():
            raise SystemExit(STOPPED)  # asked twice: at once
        ending.asked.set()

    signal.signal(signal.SIGTERM, end)
    signal.signal(signal.SIGINT, end)
    if under_serve:
        parent = Parent()
        parent.when_gone(ending.asked.set)
        open_instance(root_of(instance), ask=lambda: parent.passphrase)
    else:
        open_instance(root_of(instance), ask=ask_passphrase)
    from antigone.jobs import worker
    from antigone.upkeep import tasks  # noqa: F401  (registers the daily work of the instance)

    ran = worker.work(once=once)
    if once:
        click.echo(f"{ran} {'job was' if ran == 1 else 'jobs were'} taken up; nothing waits.")
