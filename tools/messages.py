"""Collect the sentences of the pages and rooms for translation, and compile what is translated.

Run by `make messages`; needs xgettext and msgfmt (Debian's package gettext). The compiled catalogues are committed, so
that whoever runs Antigone needs neither. `--check` changes nothing and says which sentences were not collected yet.
How a language is added is told in docs/translating.md.
"""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path

import polib

PACKAGE = Path(__file__).resolve().parent.parent / "src" / "antigone"
# Names of gettext_lazy beside the usual ones, and of what marks a plural in casework.telling.
NAMES = ("_L", "several:1,2")
HEAD = {
    "Project-Id-Version": "antigone",
    "MIME-Version": "1.0",
    "Content-Type": "text/plain; charset=UTF-8",
    "Content-Transfer-Encoding": "8bit",
}


def main() -> None:
    """Collect and compile; an untranslated or doubtful sentence is counted aloud."""
    with tempfile.TemporaryDirectory() as folder:
        # Collected in a copy: nobody who works on the pages meanwhile finds half a catalogue, or a file that goes away.
        copy = _copy_into(Path(folder))
        _collect(copy)
        if "--check" in sys.argv[1:]:
            differing = list(_differing(copy))
            print(
                *differing, sep="\n", end="\nRun: make messages, and translate what it counts.\n" if differing else ""
            )
            sys.exit(1 if differing else 0)
        for catalogue in _catalogues(copy):
            kept = PACKAGE / catalogue.relative_to(copy)
            kept.parent.mkdir(parents=True, exist_ok=True)
            _compile(catalogue, kept)


def languages(package: Path) -> list[str]:
    """The languages of the pages: those that have a folder in web/locale/. The source is English."""
    return sorted(folder.name for folder in (package / "web" / "locale").iterdir() if folder.is_dir())


def _copy_into(folder: Path) -> Path:
    # Resolved, since Django compares the paths that it walks with those of the settings.
    copy = folder.resolve() / "antigone"
    shutil.copytree(PACKAGE, copy, ignore=shutil.ignore_patterns("__pycache__", "*.mo", "static", "cohort"))
    return copy


def _collect(package: Path) -> None:
    """Read every sentence of the package into the catalogues that stand in it."""
    sys.path.insert(0, str(PACKAGE.parent))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "antigone.site.settings")
    os.environ.setdefault("ANTIGONE_INSTANCE", os.devnull + "/no-instance")
    import django
    from django.core.management import call_command
    from django.core.management.commands.makemessages import Command
    from django.test import override_settings

    django.setup()
    Command.xgettext_options = [*Command.xgettext_options, *(f"--keyword={name}" for name in NAMES)]
    _write_sentences_of_the_ledger(package)
    here = Path.cwd()
    os.chdir(package)
    try:
        # A room may keep a catalogue of its own; what no room keeps goes to the pages'.
        with override_settings(LOCALE_PATHS=[str(package / "web" / "locale")]):
            call_command("makemessages", locale=languages(package), no_location=True, no_wrap=True, verbosity=0)
    finally:
        os.chdir(here)


def _write_sentences_of_the_ledger(package: Path) -> None:
    """The ledger knows no language; its sentences are translated where they are read, so each room's are told here."""
    from antigone.ledger import actions

    rooms: dict[str, set[str]] = {}
    for action in actions.every():
        room = action.name.partition(":")[0]
        rooms.setdefault(room if (package / room).is_dir() else "web", set()).add(action.sentence)
    for room, sentences in rooms.items():
        lines = [f"gettext({sentence!r})\n" for sentence in sorted(sentences)]
        (package / room / "sentences_of_the_ledger.py").write_text("".join(lines), encoding="utf-8")


def _catalogues(package: Path) -> Iterable[Path]:
    return sorted(package.glob("*/locale/*/LC_MESSAGES/django.po"))


def _differing(copy: Path) -> Iterable[str]:
    for catalogue in _catalogues(copy):
        place = catalogue.relative_to(copy)
        kept = PACKAGE / place
        here, there = _sentences(catalogue), _sentences(kept) if kept.exists() else set()
        yield from (f"{place}: not collected yet: {sentence}" for sentence in sorted(here - there))
        yield from (f"{place}: said no more: {sentence}" for sentence in sorted(there - here))


def _sentences(catalogue: Path) -> set[str]:
    return {
        "|".join(filter(None, (entry.msgctxt, entry.msgid, entry.msgid_plural)))
        for entry in polib.pofile(str(catalogue))
        if not entry.obsolete
    }


def _compile(catalogue: Path, kept: Path) -> None:
    found = polib.pofile(str(catalogue), wrapwidth=0)
    room, language = kept.relative_to(PACKAGE).parts[0], kept.parent.parent.name
    # The same plain head everywhere, and no dates: collecting twice changes nothing.
    found.header, found.metadata_is_fuzzy = "", False
    found.metadata = HEAD | {"Language": language, "Plural-Forms": found.metadata["Plural-Forms"]}
    # What is said no more is not kept: the history of the file has it.
    for entry in found.obsolete_entries():
        found.remove(entry)
    found.save(str(kept))
    found.save_as_mofile(str(kept.with_suffix(".mo")))
    print(
        f"{room}, {language}: {len(found.translated_entries())} translated, "
        f"{len(found.untranslated_entries())} not, {len(found.fuzzy_entries())} doubtful"
    )


if __name__ == "__main__":
    main()
