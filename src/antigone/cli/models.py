"""`antigone models`: list, install and accept face models; needs no instance."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from antigone.cli.session import confirmed

if TYPE_CHECKING:
    from antigone.faces.models import ModelStatus
    from antigone.faces.pipeline import Pipeline


@click.group("models")
def command() -> None:
    """List, install and accept face models. They are shared by the instances of your account."""


@command.command("list")
def list_() -> None:
    """List the known models, their licences, which are here, and the pipelines that can be used with them.

    antigone.toml names a pipeline, or a recogniser alone, under [faces].
    """
    from rich.console import Console
    from rich.table import Table

    from antigone.faces import ModelStore, models
    from antigone.faces.pipelines import PIPELINES

    table = Table(box=None, pad_edge=False)
    for title in ("id", "task", "state", "licence", "sha256"):
        table.add_column(title)
    statuses = models.list_models()
    for status in statuses:
        card = status.card
        accepted = f" (accepted {status.accepted['at'][:10]})" if status.accepted and "at" in status.accepted else ""
        needs = " (to be accepted)" if card.needs_acceptance and not status.accepted else accepted
        table.add_row(card.id, str(card.task), status.state, card.licence + needs, card.sha256[:12])
    console = Console(highlight=False, soft_wrap=True, markup=False)
    console.print(table)
    console.print(f"Model folder: {ModelStore.default().folder}\n")
    table = Table(box=None, pad_edge=False)
    for title in ("pipeline", "recognisers", "state"):
        table.add_column(title)
    for pipeline in PIPELINES.values():
        parts = ", ".join(component.model for component in pipeline.components)
        table.add_row(pipeline.id, parts, _lacking(pipeline, statuses) or "can be used")
    console.print(table)


def _lacking(pipeline: Pipeline, statuses: Iterable[ModelStatus]) -> str:
    """What keeps a pipeline from being used, or nothing."""
    of = {status.card.id: status for status in statuses}
    said = []
    for component in pipeline.components:
        status = of[component.model]
        if status.card.needs_acceptance and status.accepted is None:
            said.append(f"the licence of {component.model} is to be accepted")
        elif not status.usable:
            said.append(f"{component.model} is {status.state}")
    return "; ".join(said)


@command.command("install")
@click.argument("ids", nargs=-1, metavar="[ID]...")
@click.option(
    "--from",
    "source",
    type=click.Path(path_type=Path),
    help="A local file or folder, for a site without network.",
)
def install(ids: tuple[str, ...], source: Path | None) -> None:
    """Install models by ID; without one, the two defaults (YuNet and SFace)."""
    from antigone.faces import models

    models.install(ids or models.DEFAULTS, source=source, progress=lambda line: click.echo(line, err=True))
    click.echo("The models are installed.")


@command.command("accept")
@click.argument("model", metavar="ID")
@click.option("--by", metavar="NAME", help="Who accepts; by default the account.")
@click.option("--yes", is_flag=True, help="Do not ask.")
def accept(model: str, by: str | None, yes: bool) -> None:
    """Accept the licence of model ID; who, when and which licence is recorded."""
    from antigone.faces import ModelStore, models

    card = ModelStore.default().card(model)
    if not card.needs_acceptance:
        click.echo(f"{card.id} ({card.licence}) needs no acceptance. Nothing was recorded.")
        return
    click.echo(f"{card.id}: {card.licence}. {card.terms}")
    confirmed(yes, "Do you accept this licence for your team?")
    models.accept(model, by)
    click.echo("The acceptance is recorded.")
