"""The `antigone` command: its sub-commands, each loaded when it is called."""

from __future__ import annotations

import importlib
from typing import Any

import click

from antigone import __version__
from antigone.cli.session import guarded

# Command: the module that holds it (as `command`), and the line of the overview. Modules are imported when their
# command is called, so that `antigone --help` answers at once.
COMMANDS = {
    "init": ("founding_command", "Found an instance in a new folder."),
    "enrol": ("enrol", "Enrol portraits of missing persons into a holding."),
    "reencode": ("reencode", "Encode anew what the recogniser in use cannot find."),
    "holding": ("holding", "List holdings, and approve one for searching."),
    "case": ("case", "Open and close cases about unidentified subjects."),
    "search": ("search", "Search photographs of a case among the portraits."),
    "erase": ("erase", "Erase a portrait, a person or a photograph, to the last copy."),
    "practice": ("practice", "Say how long a candidate takes in the practice room."),
    "report": ("report", "List who is missing; close or open again a report."),
    "ledger": ("ledger", "Verify the log of everything that was done."),
    "access": ("access", "Say who works here, in which roles, under which mandates."),
    "models": ("models", "List, install and accept face models."),
    "calibrate": ("calibrate", "Fit and judge likelihood ratios on pictures of known people."),
    "calibration": ("calibration", "List the calibrations in force; use or withdraw one."),
    "validate": ("validate", "Report how the method does, or calibrate on closed cases."),
    "bench": ("bench", "Measure recognition, faces and search on data of your own."),
    "backup": ("backup", "Back up the data, and the keys apart."),
    "restore": ("restore", "Bring a backup back, with later erasures replayed."),
    "upgrade": ("upgrade", "Bring an instance of an earlier version up to date."),
    "keys": ("keys", "Lock, unlock, print or recover the instance key."),
    "serve": ("serve", "Serve the pages, with a worker, on this machine."),
    "worker": ("worker", "Do the work that takes a while, and the daily work."),
    "jobs": ("jobs", "List the work that takes a while, and stop it."),
    "doctor": ("doctor", "Say what is wrong with an instance, and what to do."),
}


class LazyGroup(click.Group):
    """A group whose commands are imported when they are called."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = importlib.import_module(f"antigone.cli.{COMMANDS[cmd_name][0]}").command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(name, line) for name, (_, line) in COMMANDS.items()])

    def invoke(self, ctx: click.Context) -> Any:
        return guarded(lambda: super(LazyGroup, self).invoke(ctx))


@click.command(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="antigone")
@click.option("-i", "--instance", metavar="DIR", help="The instance to work in; by default the current folder.")
@click.option("--as", "as_name", metavar="NAME", help="The operator who acts; by default the owner of the keys.")
@click.pass_context
def main(ctx: click.Context, instance: str | None, as_name: str | None) -> None:
    """Antigone puts names back to the unknown dead, and sees that their families are told.

    A search returns leads, never names: two examiners look, a board decides. Every look is in the ledger.

    Exit status: 0 done, 1 something is wrong, 2 bad arguments or no such file, 3 none of these, 4 a picture that
    cannot be used, 5 refused.
    """
    ctx.obj = {"instance": instance, "as_name": as_name}
