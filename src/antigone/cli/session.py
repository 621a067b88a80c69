"""What the commands have in common: which instance, who acts, and how a failure reaches the person."""

from __future__ import annotations

import os
import select
import sys
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from antigone.instance import Instance

if TYPE_CHECKING:
    from antigone.access.models import Operator

DONE, WRONG, USAGE, NONE_OF_THESE, UNUSABLE, REFUSED = 0, 1, 2, 3, 4, 5
STOPPED = 130

NOT_UTF8 = (
    "Something that was typed holds characters that are not UTF-8. What was committed before is kept; nothing was "
    "saved by halves. Type it again, in a terminal that writes UTF-8."
)

F = TypeVar("F", bound=Callable[..., Any])


@dataclass(frozen=True)
class Session:
    """An open instance and the operator at work in it."""

    instance: Instance
    operator: Operator

    @property
    def actor(self) -> str:
        return self.operator.actor


def with_instance(command: F) -> F:
    """Give a command the options -i and --as (they may stand before its name too)."""
    command = click.option("--as", "as_name", metavar="NAME", help="The operator who acts.")(command)
    return click.option("-i", "--instance", metavar="DIR", help="The instance to work in.")(command)


def line(longest: int, *, empty: bool = True) -> Callable[[click.Context, click.Parameter, str], str]:
    """The callback of an option that is a line of text: bounded, UTF-8, no control characters, no blanks around it."""

    def check(ctx: click.Context, param: click.Parameter, value: str) -> str:
        text, fault = value.strip(), ""
        if not text and not empty:
            fault = "It is empty"
        elif len(text) > longest:
            fault = f"It is longer than {longest} characters"
        # Lone surrogates stand for bytes that were not UTF-8.
        elif any(unicodedata.category(character) in ("Cc", "Cs") for character in text):
            fault = "It holds a control character, or is not in UTF-8"
        if fault:
            raise click.BadParameter(f"{fault}; nothing was done.", ctx, param)
        return text

    return check


class Group(click.Group):
    """A group of commands that takes the options -i and --as as well, between its name and the command's."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        instance = click.Option(["-i", "--instance"], metavar="DIR", help="The instance to work in.")
        as_name = click.Option(["--as", "as_name"], metavar="NAME", help="The operator who acts.")
        for option in (instance, as_name):
            option.expose_value, option.callback = False, _keep
            self.params.append(option)


def _keep(ctx: click.Context, option: click.Parameter, value: str | None) -> None:
    """Keep what stands nearer to the command, over what stood before."""
    if value is not None and option.name:
        root = ctx.find_root()
        root.obj = {**(root.obj or {}), option.name: value}


def root_of(instance: str | None) -> Path:
    """The folder that -i names, here or before the command's name; else the current one."""
    given = click.get_current_context().find_root().obj or {}
    return Path(instance or given.get("instance") or ".")


def name_of(as_name: str | None) -> str | None:
    """The operator that --as names, here or before the command's name."""
    given = click.get_current_context().find_root().obj or {}
    return as_name or given.get("as_name")


def open_session(instance: str | None, as_name: str | None) -> Session:
    """Open the instance and say who acts."""
    from antigone.upkeep.opening import open_instance

    opened = open_instance(root_of(instance), ask=ask_passphrase)
    from antigone.access import services

    return Session(opened, services.operator(name_of(as_name)))


def ask_passphrase() -> str:
    """The passphrase of a locked instance key, from the person at the terminal."""
    return str(click.prompt("Passphrase of the instance key", hide_input=True, err=True))


def refused_kinds() -> dict[type[Exception], int]:
    """Failures that have a sentence of their own, and the exit status of each; imported only when one is at hand."""
    from antigone.instance import InstanceError

    kinds: dict[type[Exception], int] = {InstanceError: USAGE}
    if "antigone.faces" in sys.modules:
        from antigone.faces import ModelError, UnknownModel

        kinds |= {UnknownModel: USAGE, ModelError: WRONG}
    if "antigone.gallery" in sys.modules:
        from antigone.gallery import GalleryError

        kinds[GalleryError] = WRONG
    if "antigone.imaging" in sys.modules:
        from antigone.imaging import ImageRefused

        kinds[ImageRefused] = UNUSABLE
    if "antigone.evaluation" in sys.modules:
        from antigone.evaluation.errors import EvaluationError

        kinds[EvaluationError] = USAGE
    if "antigone.upkeep" in sys.modules:
        from antigone.upkeep import UpkeepError

        kinds[UpkeepError] = WRONG
    if "antigone.vault" in sys.modules:
        from antigone.vault.errors import VaultError

        kinds[VaultError] = WRONG
    if "antigone.access" in sys.modules:
        from antigone.access.errors import AccessError
        from antigone.ledger.errors import LedgerError

        kinds |= {AccessError: REFUSED, LedgerError: WRONG}
    if "antigone.jobs" in sys.modules:
        from antigone.jobs.errors import JobError

        kinds[JobError] = USAGE
    if "antigone.casework" in sys.modules:
        from antigone.casework.errors import CaseExists, CaseRefused, PictureUnusable
        from antigone.missing.errors import ManifestError, NoSuchRecord, SourceError
        from antigone.remains.errors import BadCode, NotHere, SubjectRefused

        kinds |= {
            CaseExists: USAGE,
            CaseRefused: REFUSED,
            PictureUnusable: UNUSABLE,
            ManifestError: USAGE,
            NoSuchRecord: USAGE,
            SourceError: USAGE,
            BadCode: USAGE,
            NotHere: USAGE,
            SubjectRefused: REFUSED,
        }
    return kinds


def guarded(run: Callable[[], Any]) -> Any:
    """Run a command; a failure becomes its sentence and its exit status, never a stack."""
    try:
        return run()
    except (click.exceptions.Exit, click.ClickException, click.Abort):
        raise
    except KeyboardInterrupt:
        click.echo("Stopped. What was committed is kept; the same command goes on where it stopped.", err=True)
        raise SystemExit(STOPPED) from None
    except BrokenPipeError:
        # Whoever read our output has enough of it; what was done is committed.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise SystemExit(DONE) from None
    except Exception as failure:
        if os.environ.get("ANTIGONE_DEBUG"):
            raise
        if isinstance(failure, UnicodeEncodeError) and failure.encoding == "utf-8":
            click.echo(NOT_UTF8, err=True)
            raise SystemExit(USAGE) from None
        for kind, status in refused_kinds().items():
            if isinstance(failure, kind):
                click.echo(getattr(failure, "sentence", None) or str(failure), err=True)
                raise SystemExit(status) from None
        click.echo(unexpected(failure), err=True)
        raise SystemExit(WRONG) from None


def unexpected(failure: Exception) -> str:
    """The sentence for a failure that no room foresaw."""
    if isinstance(failure, OSError) and failure.strerror:
        return (
            f"The machine refused something ({failure.strerror}). What was committed before is kept; nothing was saved "
            "by halves. Look at the disk's room and rights, and run: antigone doctor"
        )
    return (
        f"Something failed that should not ({type(failure).__name__}). What was committed before is kept; nothing was "
        "saved by halves. Run: antigone doctor; with ANTIGONE_DEBUG=1 in the environment the command shows where."
    )


def confirmed(yes: bool, question: str) -> None:
    """Go on when the person says so, or when nobody is there to ask; raises click.Abort for a no.

    A program that calls a command is not asked; but a "no" that is piped in is a no.
    """
    if yes:
        return
    if sys.stdin.isatty():
        click.confirm(question, abort=True, err=True)
    elif _piped_answer() in {"n", "no"}:
        click.echo("Nothing was done.", err=True)
        raise click.Abort


def _piped_answer() -> str:
    """The line that waits on standard input, without waiting for one."""
    try:
        waiting = bool(select.select([sys.stdin], [], [], 0)[0])
    except (OSError, ValueError):  # no standard input, or one that is not of the system
        return ""
    return sys.stdin.readline().strip().lower() if waiting else ""
