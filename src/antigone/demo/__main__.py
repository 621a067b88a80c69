"""`python -m antigone.demo`: the main job on people who never lived."""

from __future__ import annotations

import os
import socket
import sys
from pathlib import Path

import click

from antigone.cli.session import guarded

INSTANCE = Path("demo-instance")
SHOWN = 3

WELCOME = """\
Antigone: the main job, on people who never lived.
Their faces are rendered and their records invented. This shows the procedure, not the accuracy: renders look more
alike than people do.
"""


@click.command()
@click.option("--batch", is_flag=True, help="End by itself, without serving the pages.")
@click.option("--port", type=click.IntRange(1, 65535), help="The port of the pages; by default the first free one.")
def tour(batch: bool, port: int | None) -> None:
    """Found an instance in ./demo-instance, enrol the synthetic cohort, search every unidentified person in it, serve.

    The pages are those of `antigone serve`, for practice: one sign-in for each role is printed.
    """
    guarded(run)
    if not batch:
        serve(port)


def serve(port: int | None) -> None:
    """Become `antigone serve` of the tour's instance, until Ctrl-C."""
    sys.stdout.flush()
    command = [sys.executable, "-m", "antigone", "-i", str(INSTANCE), "serve", "--port", str(port or _free_port())]
    os.execv(sys.executable, command)  # noqa: S606 (the same program, with arguments of our own)


def _free_port() -> int:
    for port in range(8000, 8020):
        with socket.socket() as tried:
            if tried.connect_ex(("127.0.0.1", port)):
                return port
    return 8000


def run() -> None:
    """The whole tour, told as it goes."""
    from rich.console import Console

    from antigone.access.practice import is_practice
    from antigone.cli.leads import leads_table
    from antigone.cli.progress import bar
    from antigone.faces import models
    from antigone.instance import Instance
    from antigone.upkeep.founding import found
    from antigone.upkeep.opening import open_instance

    console = Console(highlight=False, soft_wrap=True)
    console.print(WELCOME)
    models.install(progress=console.print)
    if Instance(INSTANCE.absolute()).exists():
        open_instance(INSTANCE)
        if not is_practice():
            raise click.ClickException(
                "demo-instance was made by an earlier version, or is an instance for real work. Nothing was changed in "
                "it. If it came from an earlier tour, remove it (make clean) and take the tour again."
            )
        console.print("\nThe instance of an earlier tour is used again; remove demo-instance to begin anew.")
    else:
        found(INSTANCE, agency_name="Agency of the tour", practice=True)
        console.print("\nAn instance for practice was founded in demo-instance: keys, database, an agency, a mandate.")

    from antigone.demo import people, records, report, staff, tour, waiting
    from antigone.ledger import services as ledger

    who = tour.operator()
    sign_ins = staff.employ(who)
    with bar("enrolling the cohort", tour.portraits()) as step:
        outcome = tour.enrol(who, step)
    console.print(
        f"Enrolled: {outcome.added} portraits ({outcome.known} were there already, {len(outcome.unusable)} could not "
        f"be used) of {outcome.new_persons} persons newly reported missing.\n"
    )

    if tour.approve():
        console.print("The holding was approved for searching by a second person, the tracing officer.\n")

    truth, stops = people.truth(), []
    for remains in people.remains():
        stop = tour.visit(remains, truth[remains.code], who)
        stops.append(stop)
        console.print(f"[bold]{remains.code}[/bold], found at {remains.place} on {remains.recovered_on}")
        console.print(leads_table(stop.answer, stop.truth, shown=SHOWN))
        console.print(f"  {_beside_the_truth(stop)}\n")

    counts = tour.summary(stops)
    console.print(
        f"[bold]Mates at rank 1: {counts.mates_first} of {counts.mates}. Strangers answered “none of these”: "
        f"{counts.strangers_none} of {counts.strangers}.[/bold] (The procedure, not the accuracy.)"
    )
    console.print(f"Mates that also reach the operating point: {counts.mates_passing} of {counts.mates}.")
    for sentence in tour.said_of_ratios(stops, SHOWN):
        console.print(f"log10 LR: {sentence}")
    if stops and (point := stops[0].answer.operating_point):
        console.print(f"Operating point: score {point['threshold']:.3f}. {point['source']}")
    with bar("writing the records", records.steps()) as step:
        records.load(step)
    waiting.leave()
    verified = ledger.verify()
    console.print(f"Ledger: {verified.sentence}")
    written = report.write(INSTANCE / "report.html", stops, counts, verified.sentence)
    console.print(f"Report with the faces, behind veils: {written}")
    console.print("Go on by hand: .venv/bin/antigone -i demo-instance case list, or see the README.")
    console.print("\n[bold]Signing in to the pages[/bold], one for each role (invented people, for practice only):")
    for each in staff.one_per_role(sign_ins):
        console.print(f"  {each.role:<26} {each.name:<14} {each.passphrase}")
    console.print("All of them: demo-instance/reports/sign-ins.txt")
    if not verified.ok:
        raise SystemExit(1)


def _beside_the_truth(stop: object) -> str:
    from antigone.demo.tour import Stop

    assert isinstance(stop, Stop)
    said = "none of these" if stop.answer.none_of_these else f"{sum(c.passes for c in stop.answer.candidates)} lead(s)"
    if not stop.truth:
        return f"Said: {said}. The truth: a stranger, of whom no portrait was given."
    place = f"rank {stop.mate_rank}" if stop.mate_rank else "not listed"
    return f"Said: {said}. The truth: {stop.truth}, {place}."


if __name__ == "__main__":
    tour()
