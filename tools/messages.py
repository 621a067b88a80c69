"""Collect the sentences of the pages and rooms for translation, and compile what is translated.

Run by `make messages`; needs xgettext and msgfmt (Debian's package gettext). The compiled catalogues are committed, so
that whoever runs Antigone needs neither.
"""

from __future__ import annotations

import os
import sys
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
    sys.path.insert(0, str(PACKAGE.parent))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "antigone.site.settings")
    os.environ.setdefault("ANTIGONE_INSTANCE", os.devnull + "/no-instance")
    import django
    from django.core.management import call_command

    django.setup()
    os.chdir(PACKAGE)
    call_command("makemessages", locale=list(LANGUAGES), no_location=True, no_wrap=True, verbosity=0)
    # A room may keep a catalogue of its own; what no room keeps goes to the pages'.
    for language in LANGUAGES:
        for catalogue in sorted(PACKAGE.glob(f"*/locale/{language}/LC_MESSAGES/django.po")):
            _compile(catalogue, catalogue.relative_to(PACKAGE).parts[0], language)


def _compile(catalogue: Path, room: str, language: str) -> None:
    found = polib.pofile(str(catalogue), wrapwidth=0)
    # The same plain head everywhere, and no dates: collecting twice changes nothing.
    found.header, found.metadata_is_fuzzy = "", False
    found.metadata = HEAD | {"Language": language, "Plural-Forms": found.metadata["Plural-Forms"]}
    found.save()
    found.save_as_mofile(str(catalogue.with_suffix(".mo")))
    print(
        f"{room}, {language}: {len(found.translated_entries())} translated, "
        f"{len(found.untranslated_entries())} not, {len(found.fuzzy_entries())} doubtful"
    )


if __name__ == "__main__":
    main()
