"""Write docs/cli.md from the commands themselves: `python tools/cli_manual.py > docs/cli.md`."""

from __future__ import annotations

from collections.abc import Iterator

import click

from antigone.cli.main import main

HEAD = """\
# The command line

Written from the commands themselves by `python tools/cli_manual.py`. Every command takes `-i DIR` (the instance, by
default the current folder) and `--as NAME` (the operator, by default the owner of the keys), before or after its name;
`models` and `bench` need no instance.

Exit status: 0 done, 1 something is wrong, 2 bad arguments or no such file, 3 none of these, 4 a picture that cannot be
used, 5 refused. A command that is stopped keeps what was committed and goes on when it is called again.
"""


def sections(command: click.Command, name: str, parent: click.Context | None = None) -> Iterator[str]:
    """A section for a command and each of its sub-commands."""
    context = click.Context(command, info_name=name, parent=parent)
    if parent is not None:
        yield f"\n## {context.command_path}\n\n```\n{command.get_help(context)}\n```\n"
    if isinstance(command, click.Group):
        for each in command.list_commands(context):
            found = command.get_command(context, each)
            if found is not None:
                yield from sections(found, each, context)


if __name__ == "__main__":
    click.echo(HEAD + "".join(sections(main, "antigone")), nl=False)
