"""The documents keep to the code: links, steps, commands, ledger actions, and nothing of one machine."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest

ROOT = Path(__file__).resolve().parents[2]
DOCS = ROOT / "docs"

FENCE = re.compile(r"^(```|~~~).*?^\1\s*$", re.MULTILINE | re.DOTALL)
CODE = re.compile(r"`[^`\n]*`")
LINK = re.compile(r"!?\[[^\]]*\]\(\s*<?([^)\s>]+)>?[^)]*\)|(?:src|href)=\"([^\"]+)\"")
HEADING = re.compile(r"^(#{1,6})\s+(.+?)\s*#*\s*$", re.MULTILINE)

# Documents that are linked before they are written; each leaves this list when it arrives.
AWAITED: tuple[Path, ...] = ()

# Written in parts, so that this file does not name what it looks for.
REGISTRIES = tuple(
    ".".join(parts)
    for parts in (
        ("pypi", "org"),
        ("pypi", "python", "org"),
        ("python" + "hosted", "org"),
        ("registry", "npmjs", "org"),
        ("crates", "io"),
        ("proxy", "golang", "org"),
        ("rubygems", "org"),
        ("conda", "anaconda", "org"),
    )
)
MACHINE_PATH = re.compile(
    r"(?<![\w.$}~/<-])/(?:" + "|".join(("work", "root", "tmp", "Users", r"home/[\w.-]+")) + r")(?:/[\w.-]+)+"
    r"|\b[A-Z]:\\Users\\"
)


def tracked() -> list[Path]:
    """The files that git tracks; a copy without git's folder has no such list."""
    if not (ROOT / ".git").exists():
        pytest.skip("SKIPPED, NOT CHECKED: not a git checkout, so nobody knows which files are the project's")
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True).stdout
    return [ROOT / name for name in listed.decode().split("\0") if name and (ROOT / name).is_file()]


def documents() -> list[Path]:
    return sorted(
        path
        for path in (*ROOT.glob("*.md"), *DOCS.rglob("*.md"), *(ROOT / "tools").rglob("*.md"))
        if ".venv" not in path.parts
    )


def prose(path: Path) -> str:
    """A document without its code blocks and code spans, where a link is no link."""
    return CODE.sub("``", FENCE.sub("", path.read_text(encoding="utf-8")))


def anchors(path: Path) -> set[str]:
    """The anchors that a hosting platform makes of a document's headings."""
    titles = (title for _, title in HEADING.findall(FENCE.sub("", path.read_text(encoding="utf-8"))))
    return {re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-") for title in titles}


def links(path: Path) -> Iterator[str]:
    for inline, attribute in LINK.findall(prose(path)):
        yield inline or attribute


def in_clean_python(code: str) -> Any:
    """What `code` prints as JSON in an interpreter of its own, where no test has registered anything."""
    settings = {"PYTHONPATH": str(ROOT / "src"), "DJANGO_SETTINGS_MODULE": "antigone.site.settings"}
    ran = subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT,
        env=os.environ | settings,
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 0, ran.stderr[-2000:]
    return json.loads(ran.stdout)


@pytest.mark.parametrize("document", documents(), ids=lambda path: str(path.relative_to(ROOT)))
def test_every_relative_link_resolves(document: Path) -> None:
    broken, awaited = [], []
    for link in links(document):
        if re.match(r"[a-z][a-z0-9+.-]*:|//", link):
            continue
        target, _, fragment = unquote(link).partition("#")
        there = (document.parent / target).resolve() if target else document
        if not there.is_relative_to(ROOT) or not there.exists():
            (awaited if there in AWAITED else broken).append(link)
        elif fragment and fragment not in anchors(there):
            broken.append(link)
    assert broken == []
    if awaited:
        pytest.skip(f"SKIPPED, NOT CHECKED: still to be written: {', '.join(awaited)}")


def test_nothing_that_has_arrived_is_still_awaited() -> None:
    assert [path.name for path in AWAITED if path.exists()] == [], "take it out of AWAITED"


def test_links_are_seen_at_all() -> None:
    assert len(list(links(ROOT / "README.md"))) > 10
    assert any(link.endswith(".png") for link in links(ROOT / "README.md"))


def test_every_document_is_reachable_from_the_readme() -> None:
    seen: set[Path] = set()
    waiting = [ROOT / "README.md"]
    while waiting:
        page = waiting.pop()
        if page in seen:
            continue
        seen.add(page)
        for link in links(page):
            there = (page.parent / unquote(link).partition("#")[0]).resolve()
            if there.is_dir():
                there = there / "README.md"
            if there.suffix == ".md" and there.is_file():
                waiting.append(there)
    # Reports are made by commands, one a file; their folder says what they are.
    lost = [page for page in documents() if page not in seen and DOCS / "measurements" not in page.parents]
    assert [str(page.relative_to(ROOT)) for page in lost if page.is_relative_to(DOCS)] == []


def test_no_path_of_one_machine_and_no_registry_is_named() -> None:
    found = []
    for path in tracked():
        try:
            text = path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue
        for number, line in enumerate(text.splitlines(), start=1):
            if MACHINE_PATH.search(line) or any(host in line for host in REGISTRIES):
                found.append(f"{path.relative_to(ROOT)}:{number}")
    assert found == []


def test_the_search_for_machine_paths_finds_them() -> None:
    for parts in (("work", "main"), ("home", "vera", "a"), ("tmp", "x"), ("root", ".cache")):
        assert MACHINE_PATH.search("see /" + "/".join(parts))
    for innocent in (
        "/".join(("docs", "work", "main")),
        "/".join(("https:", "", "example.org", "work", "main")),
        "/".join(("demo-instance", "tmp", "x")),
        "/var/lib/antigone",
    ):
        assert not MACHINE_PATH.search(innocent)


def test_every_decision_is_numbered_once_and_in_the_index() -> None:
    files = sorted(path.name for path in (DOCS / "decisions").glob("[0-9]*.md"))
    numbers = [name.partition("-")[0] for name in files]
    assert len(numbers) == len(set(numbers))
    index = set(links(DOCS / "decisions" / "README.md"))
    assert [name for name in files if name not in index] == []


COMMANDS = """
import json
import click
from antigone.cli.main import main

def walk(command, path):
    if command.hidden:
        return
    yield " ".join(path), [
        name for parameter in command.params
        if isinstance(parameter, click.Option) and not parameter.hidden
        for name in (*parameter.opts, *parameter.secondary_opts)
    ]
    if isinstance(command, click.Group):
        context = click.Context(command)
        for name in command.list_commands(context):
            yield from walk(command.get_command(context, name), [*path, name])

print(json.dumps(dict(walk(main, ["antigone"]))))
"""


def test_every_command_and_option_is_in_its_section_of_the_manual() -> None:
    commands: dict[str, list[str]] = in_clean_python(COMMANDS)
    manual = (DOCS / "cli.md").read_text(encoding="utf-8")
    parts = re.split(r"^## `?(antigone(?: [a-z-]+)+)`?\s*$", manual, flags=re.MULTILINE)
    # What stands before the first command is about all of them.
    sections = {"antigone": parts[0], **dict(zip(parts[1::2], parts[2::2], strict=True))}
    assert len(commands) > 10
    assert sorted(sections) == sorted(commands)
    # Of the options of every command the manual gives the short form; --version it leaves to --help.
    assert {"-i", "--as"} <= set(commands["antigone"])
    commands["antigone"] = ["-i", "--as"]
    absent = [
        f"{command} {option}"
        for command, options in commands.items()
        for option in options
        if not re.search(rf"(?<![\w-]){re.escape(option)}(?![\w-])", sections[command])
    ]
    assert absent == []


def test_the_manual_is_what_the_commands_say_of_themselves() -> None:
    written = subprocess.run(
        [sys.executable, ROOT / "tools" / "cli_manual.py"],
        cwd=ROOT,
        env=os.environ | {"PYTHONPATH": str(ROOT / "src"), "COLUMNS": "80", "PYTHONIOENCODING": "utf-8"},
        capture_output=True,
        check=True,
    ).stdout.decode()
    assert written == (DOCS / "cli.md").read_text(encoding="utf-8"), "write it anew: tools/cli_manual.py"


ACTIONS = """
import json
import django
django.setup()
from antigone.ledger import actions
print(json.dumps([action.name for action in actions.every()]))
"""


def test_every_ledger_action_is_in_its_document_and_no_other() -> None:
    registered: list[str] = in_clean_python(ACTIONS)
    assert len(registered) > 10
    document = (DOCS / "ledger.md").read_text(encoding="utf-8")
    named = re.findall(r"^\| `([a-z0-9:-]+)` \|", document, re.MULTILINE)
    assert sorted(named) == sorted(registered)
