"""A file that a command writes: looked at before the work, written after it, and never over another."""

from __future__ import annotations

from pathlib import Path

import click


def check_new(file: Path) -> None:
    """Raise click.BadParameter when `file` cannot be written anew."""
    if not file.absolute().parent.is_dir():
        raise click.BadParameter("There is no such folder. Nothing was done; name one that is there.")
    if file.exists() or file.is_symlink():
        raise click.BadParameter("There is a file of this name. Nothing was done; give another name.")


def write_new(file: Path, text: str) -> None:
    """Write `text` as UTF-8 to a file that was not there."""
    try:
        with file.open("x", encoding="utf-8") as out:
            out.write(text)
    except FileExistsError:
        raise click.BadParameter("A file of this name appeared meanwhile. It was left as it is.") from None
