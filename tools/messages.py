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
from collections.abc import Iterator
from pathlib import Path

import polib

PACKAGE = Path(__file__).resolve().parent.parent / "src" / "antigone"
LANGUAGES = ("uk",)
HEAD = {
    "Project-Id-Version": "antigone",
    "MIME-Version": "1.0",
    "Content-Type": "text/plain; charset=UTF-8",
    "Content-Transfer-Encoding": "8bit",
}


def main() -> None:
    """Collect and compile; an untranslated or doubtful sentence is counted aloud."""
    if "--check" in sys.argv[1:]:
        sys.exit(check())
    collect(PACKAGE)
    for language in LANGUAGES:
        for catalogue in catalogues(PACKAGE, language):
            _compile(catalogue, catalogue.relative_to(PACKAGE).parts[0], language)


def catalogues(package: Path, language: str) -> Iterator[Path]:
    """A room may keep a catalogue of its own; what no room keeps goes to the pages'."""
    return iter(sorted(package.glob(f"*/locale/{language}/LC_MESSAGES/django.po")))


def collect(package: Path) -> None:
    """Read every sentence of the package into the catalogues that stand in it."""
    sys.path.insert(0, str(PACKAGE.parent))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "antigone.site.settings")
    os.environ.setdefault("ANTIGONE_INSTANCE", os.devnull + "/no-instance")
    import django
    from django.core.management import call_command
    from django.test import override_settings

    django.setup()
    os.chdir(package)
    with override_settings(LOCALE_PATHS=[str(package / "web" / "locale")]):
        call_command("makemessages", locale=list(LANGUAGES), no_location=True, no_wrap=True, verbosity=0)


def check() -> int:
    """Collect from a copy, and compare; answers how many sentences differ, at most 1 (an exit status)."""
    with tempfile.TemporaryDirectory() as folder:
        # Resolved, since Django compares the paths that it walks with those of the settings.
        copy = Path(folder).resolve() / "antigone"
        shutil.copytree(PACKAGE, copy, ignore=shutil.ignore_patterns("__pycache__", "*.mo", "static"))
        collect(copy)
        differing = []
        for language in LANGUAGES:
            for catalogue in catalogues(copy, language):
                place = catalogue.relative_to(copy)
                kept = PACKAGE / place
                here, there = _sentences(catalogue), _sentences(kept) if kept.exists() else set()
                differing += [f"{place}: not collected yet: {sentence}" for sentence in sorted(here - there)]
                differing += [f"{place}: said no more: {sentence}" for sentence in sorted(there - here)]
        os.chdir(PACKAGE.parent)
    for line in differing:
        print(line)
    if differing:
        print("Run: make messages, and translate what it counts.")
    return min(len(differing), 1)


def _sentences(catalogue: Path) -> set[str]:
    return {
        "|".join(filter(None, (entry.msgctxt, entry.msgid, entry.msgid_plural)))
        for entry in polib.pofile(str(catalogue))
        if not entry.obsolete
    }


def _compile(catalogue: Path, room: str, language: str) -> None:
    found = polib.pofile(str(catalogue), wrapwidth=0)
    # The same plain head everywhere, and no dates: collecting twice changes nothing.
    found.header, found.metadata_is_fuzzy = "", False
    found.metadata = HEAD | {"Language": language, "Plural-Forms": found.metadata["Plural-Forms"]}
    # What is said no more is not kept: the history of the file has it.
    for entry in found.obsolete_entries():
        found.remove(entry)
    found.save()
    found.save_as_mofile(str(catalogue.with_suffix(".mo")))
    print(
        f"{room}, {language}: {len(found.translated_entries())} translated, "
        f"{len(found.untranslated_entries())} not, {len(found.fuzzy_entries())} doubtful"
    )


if __name__ == "__main__":
    main()
