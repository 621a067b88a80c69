"""`antigone practice`: how long a candidate takes in the practice room, without names."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import click

from antigone.cli.session import Group, open_session, with_instance

if TYPE_CHECKING:
    from antigone.casework.practice.timing import Report, Taken


@click.group(cls=Group)
def command() -> None:
    """Say how long a candidate takes in the practice room."""


@command.command()
@click.option("--json", "as_json", is_flag=True, help="As JSON, for programs.")
@with_instance
def report(as_json: bool, instance: str | None, as_name: str | None) -> None:
    """Median and mean seconds for a candidate, of every examiner who practised in the agency, and of all together.

    Examiners stand under numbers that are drawn anew for each report; no name is in it, and nothing of who was right.
    Sorting counts from the pictures shown to the judgement, examining from its beginning to the seal; pauses count.
    """
    session = open_session(instance, as_name)
    from antigone.casework.practice import timing

    found = timing.report(session.operator)
    click.echo(json.dumps(_told(found), indent=2)) if as_json else _show(found)


def _show(found: Report) -> None:
    from rich.console import Console
    from rich.table import Table

    if not found.examiners:
        click.echo("Nobody has practised to the end of a block or an examination yet.")
        return
    table = Table(box=None, pad_edge=False)
    for name in ("examiner", "work", "candidates", "median s", "mean s"):
        table.add_column(name, justify="left" if name in ("examiner", "work") else "right")
    for name, times in (*found.examiners, ("all", found.all)):
        for work, taken in (("sorting", times.sorting), ("examining", times.examining)):
            if taken.number:
                table.add_row(name, work, str(taken.number), _seconds(taken.median), _seconds(taken.mean))
    Console(highlight=False, soft_wrap=True, markup=False).print(table)


def _told(found: Report) -> dict[str, dict[str, dict[str, float | None]]]:
    def told(taken: Taken) -> dict[str, float | None]:
        return {"candidates": taken.number, "median_s": taken.median, "mean_s": taken.mean}

    return {
        name: {"sorting": told(times.sorting), "examining": told(times.examining)}
        for name, times in (*found.examiners, ("all", found.all))
    }


def _seconds(value: float | None) -> str:
    return "" if value is None else f"{value:.1f}"
