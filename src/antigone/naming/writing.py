"""The words of a name, and the ways in which each may stand in Latin letters on somebody's papers."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Final

from anyascii import anyascii

LONGEST_NAME: Final = 400
MOST_WORDS: Final = 12
# How many different words are kept worked out, in each of a few tables: some tens of megabytes at the most.
REMEMBERED: Final = 16384

LATIN, CYRILLIC, ARABIC, OTHER = "Latn", "Cyrl", "Arab", "Zyyy"

_APOSTROPHES = re.compile("[\"'`´·′″＇\\u02b9-\\u02bf\\u2018-\\u201f]")
_ARABIC_MARKS = re.compile("[\\u0610-\\u061a\\u0640\\u064b-\\u065f\\u0670\\u06d6-\\u06ed]")
_ARABIC_LETTERS = str.maketrans("أإآٱىیئؤةکھہ", "ااااييياهكهه")
_STRESSED = str.maketrans("ѐѝ", "еи")
_LETTERS = re.compile(r"[^\W_]+")
_VOWELS = "аеєиіїоуыэюя"

ARTICLE: Final = "ال"
# Words of a name that belong to the next one: “servant of”, and the article between the two.
_SERVANT: Final = frozenset({"abd", "abdul", "abdel", "abdal", "abdur", "abder", "عبد", "абд", "абдул", "абдель"})
_ARTICLES: Final = frozenset({"al", "el", "ul", "ar", "ur", "er", "as", "es", "us", "аль", "эль", "ель"})
# Words that say how names hang together, and name nobody by themselves.
_PARTICLES: Final = frozenset(
    {
        "al", "el", "ul", "ash", "bin", "ibn", "ben", "bint", "binti", "ould", "abu", "abou", "abo", "um", "umm",
        "ogly", "oglu", "ohly", "kyzy", "qizi", "zade", "van", "von", "de", "der", "den", "di", "da", "du",
        "bn", "abn", "bnt", "abw", "abi", "am",
    }
)  # fmt: skip

UKRAINIAN_ONLY = frozenset("іїєґ")
RUSSIAN_ONLY = frozenset("ыэёъ")


@dataclass(frozen=True)
class System:
    """One way of writing a script in Latin letters."""

    language: str
    source: str
    letters: dict[str, str]
    first: dict[str, str]
    after: dict[str, str]

    def write(self, word: str) -> str | None:
        """The word in this system's letters; None when it has a letter that the system does not know."""
        written, place = [], 0
        while place < len(word):
            for length in (2, 1):
                letter = word[place : place + length]
                if letter in self.letters and len(letter) == length:
                    break
            else:
                if not ("a" <= word[place] <= "z" or word[place].isdigit()):
                    return None
                written.append(word[place])
                place += 1
                continue
            new = self.letters[letter]
            if place == 0 and letter in self.first:
                new = self.first[letter]
            elif letter in self.after and (place == 0 or word[place - 1] in _VOWELS + "йъьё"):
                new = self.after[letter]
            written.append(new)
            place += length
        return "".join(written)


def _pairs(text: str) -> dict[str, str]:
    parts = text.split()
    return {letter: "" if new == "-" else new for letter, new in zip(parts[::2], parts[1::2], strict=True)}


def _systems() -> dict[str, System]:
    with files("antigone.naming").joinpath("romanisations.toml").open("rb") as file:
        read = tomllib.load(file)
    return {
        name: System(
            each["language"],
            each["source"],
            _pairs(each["letters"]),
            _pairs(each.get("first", "")),
            _pairs(each.get("after", "")),
        )
        for name, each in read.items()
    }


SYSTEMS: Final = _systems()
# In the order in which they are preferred for a word whose language its letters do not tell.
UKRAINIAN, RUSSIAN = ("uk-2010", "uk-passport"), ("ru-passport", "ru-bgn")


@dataclass(frozen=True)
class Word:
    """A word of a name: folded in its own script, and how it may be spelled in a to z, the likeliest first."""

    text: str
    script: str
    spellings: tuple[str, ...]

    @property
    def particle(self) -> bool:
        """Whether it only joins names, as bin, al or von do."""
        return not _PARTICLES.isdisjoint(self.spellings)


@lru_cache(maxsize=REMEMBERED)
def words(name: str) -> tuple[Word, ...]:
    """The words of a name in their order; hyphens part them, apostrophes do not."""
    return tuple(word for text in _texts(name) if (word := _word(text)).spellings)


def fold(text: str) -> str:
    """Text without case, apostrophes and marks, in a to z, digits and single spaces, whatever its script was."""
    return " ".join(word.spellings[0] for word in words(text))


def _texts(name: str) -> list[str]:
    plain = unicodedata.normalize("NFKC", name[:LONGEST_NAME]).casefold()
    plain = _APOSTROPHES.sub("", _ARABIC_MARKS.sub("", plain)).translate(_ARABIC_LETTERS)
    plain = plain.translate(_STRESSED)
    # Folding a letter may leave it as letter and mark (İ): put together again, so that folding twice changes nothing.
    plain = unicodedata.normalize("NFC", plain)
    found = _LETTERS.findall(_without_loose_marks(plain))[:MOST_WORDS]
    return list(_joined(found))


def _joined(found: list[str]) -> Iterator[str]:
    """The words, with “servant of” joined to what follows it."""
    place = 0
    while place < len(found):
        word, place = found[place], place + 1
        if word in _SERVANT and place < len(found):
            if found[place] in _ARTICLES and place + 1 < len(found):
                place += 1
            word, place = word + found[place], place + 1
        yield word


def _without_loose_marks(text: str) -> str:
    """Text without marks that no letter of Unicode carries ready-made; they would break a word in two."""
    return "".join(letter for letter in text if not unicodedata.combining(letter))


def language_of(text: str) -> str | None:
    """“uk” or “ru” when a letter of this Cyrillic text is of one of them alone; None when it may be either."""
    letters = set(text.casefold())
    if letters & UKRAINIAN_ONLY and not letters & RUSSIAN_ONLY:
        return "uk"
    if letters & RUSSIAN_ONLY and not letters & UKRAINIAN_ONLY:
        return "ru"
    return None


def script_of_word(word: str) -> str:
    """ISO 15924 code of the script of a word's first letter that has one of these."""
    for letter in word:
        name = unicodedata.name(letter, "")
        for start, script in (("LATIN", LATIN), ("CYRILLIC", CYRILLIC), ("ARABIC", ARABIC)):
            if name.startswith(start):
                return script
    return OTHER


@lru_cache(maxsize=REMEMBERED)
def _word(text: str) -> Word:
    script = script_of_word(text)
    if script == CYRILLIC:
        language = language_of(text)
        names = {"uk": UKRAINIAN, "ru": RUSSIAN, None: (*UKRAINIAN, *RUSSIAN)}[language]
        written = [SYSTEMS[name].write(text) for name in names]
    elif script == ARABIC:
        # With the article and without it; و as the vowel it may be, and as the consonant.
        bare = text[2:] if text.startswith(ARTICLE) and len(text) > len(ARTICLE) + 2 else text
        written = [SYSTEMS["arabic"].write(each) for each in (bare, bare[:1] + bare[1:].replace("و", "ڤ"), text)]
    else:
        written = [_plain(text), _plain("".join(SYSTEMS["latin"].letters.get(letter, letter) for letter in text))]
    spellings = dict.fromkeys(_plain(spelling) for spelling in written if spelling)
    return Word(text, script, tuple(each for each in spellings or {_plain(text): None} if each))


def _plain(text: str) -> str:
    return "".join(letter for letter in anyascii(text).lower() if "a" <= letter <= "z" or letter.isdigit())
