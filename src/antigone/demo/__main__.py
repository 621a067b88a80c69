"""`python -m antigone.demo`: the main job on people who never lived."""

from __future__ import annotations

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
@click.option("--batch", is_flag=True, help="End by itself (there are no pages to serve yet).")
def tour(batch: bool) -> None:
    """Found an instance in ./demo-instance, enrol the synthetic cohort, and search every unidentified person in it."""
    guarded(run)


def run() -> None:
    """The whole tour, told as it goes."""
    from rich.console import Console

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
        console.print("\nThe instance of an earlier tour is used again; remove demo-instance to begin anew.")
    else:
        found(INSTANCE, agency_name="Agency of the tour")
        console.print("\nAn instance was founded in demo-instance: keys, database, an agency, an operator, a mandate.")

    from antigone.demo import people, report, tour
    from antigone.ledger import services as ledger

    who = tour.operator()
    with bar("enrolling the cohort", tour.portraits()) as step:
        outcome = tour.enrol(who, step)
    console.print(
        f"Enrolled: {outcome.added} portraits ({outcome.known} were there already, {len(outcome.unusable)} could not "
        f"be used) of {outcome.new_persons} persons newly reported missing.\n"
    )

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
    verified = ledger.verify()
    console.print(f"Ledger: {verified.sentence}")
    written = report.write(INSTANCE / "report.html", stops, counts, verified.sentence)
    console.print(f"Report with the faces, behind veils: {written}")
    console.print("Go on by hand: .venv/bin/antigone -i demo-instance case list, or see the README.")
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
