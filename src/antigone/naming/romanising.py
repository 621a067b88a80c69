"""A name in Latin letters, as it would stand on a document of today."""

from __future__ import annotations

import re
from typing import Final

from anyascii import anyascii

from antigone.naming.equivalents import WRITTEN, given
from antigone.naming.writing import ARABIC, CYRILLIC, SYSTEMS, language_of, words

# Endings that are Russian in a name without a letter that is Russian alone.
_RUSSIAN: Final = re.compile(r"(?:[сц]кий|[сц]кая|евич|[ое]вна|ья)\b")


def romanised(name: str) -> str:
    """The name in Latin letters: Ukrainian after resolution 55 of 2010, Russian after ICAO Doc 9303, others plainly.

    Where the letters of a Cyrillic name leave its language open and nothing else tells, it is taken as Ukrainian. An
    Arabic given name gets a usual spelling; other Arabic words only what is written of them, without short vowels.
    """
    shown = []
    language = language_of(name) or ("ru" if _looks_russian(name) else "uk")
    system = SYSTEMS["uk-2010" if language == "uk" else "ru-passport"]
    for word in words(name):
        latin = None
        if word.script == CYRILLIC:
            latin = system.write(word.text)
        elif word.script == ARABIC:
            names = sorted(given(word))
            latin = WRITTEN[names[0]] if names else word.spellings[0]
        else:
            latin = anyascii(word.text)
        shown.append((latin or word.spellings[0]).strip().title())
    return " ".join(shown)


def _looks_russian(name: str) -> bool:
    """Whether an ending or a given name is Russian; the names of the table go by their Ukrainian forms."""
    ukrainian = SYSTEMS["uk-2010"]
    foreign = any(
        given(word) and ukrainian.write(word.text) not in given(word) for word in words(name) if word.script == CYRILLIC
    )
    return foreign or _RUSSIAN.search(name.casefold()) is not None
