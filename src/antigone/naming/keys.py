"""The keys under which a name is filed and sought: its words as typed, its sounds, and the forms of one name."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import Final

from antigone.naming.equivalents import beginning, bones, father, given
from antigone.naming.skeleton import spoken
from antigone.naming.sounds import codes
from antigone.naming.writing import REMEMBERED, Word, words

LONGEST_TOKEN: Final = 64
MOST_SOUNDS: Final = 12


class Kind(StrEnum):
    """What a key says two names share: a word as it is written, a sound, or being forms of one name."""

    FORM = "form"
    SOUND = "sound"
    WORD = "word"


@dataclass(frozen=True, order=True)
class Key:
    """One key of a name. A word is sought by its beginning; a form and a sound are sought whole."""

    kind: Kind
    token: str


def keys(name: str) -> frozenset[Key]:
    """Every key of a name in any script; the order of its words, their case and their accents do not matter."""
    return frozenset().union(*(keys_of_word(word) for word in words(name)))


@lru_cache(maxsize=REMEMBERED)
def keys_of_word(word: Word) -> frozenset[Key]:
    """The keys of one word; of a word that only joins names, as written and nothing else."""
    found = {Key(Kind.WORD, spelling[:LONGEST_TOKEN]) for spelling in word.spellings}
    if not word.particle and len(word.text) > 1:
        found |= {Key(Kind.FORM, form[:LONGEST_TOKEN]) for form in forms(word)}
        found |= {Key(Kind.SOUND, sound) for sound in sounds(word)}
    return frozenset(found)


@lru_cache(maxsize=REMEMBERED)
def forms(word: Word) -> frozenset[str]:
    """What this word is a form of: a given name, whose child one is, or a surname without its gender."""
    fathers = {f"of:{name}" for name in father(word)}
    names = {f"given:{name}" for name in given(word)}
    return frozenset(fathers or names or {f"name:{neutral(bone)}" for bone in bones(word)})


@lru_cache(maxsize=REMEMBERED)
def sounds(word: Word) -> frozenset[str]:
    """The Daitch-Mokotoff codes of a word, taken from its skeletons, so that spellings of one sound share them."""
    found = {code for bone in bones(word) for code in codes(spoken(neutral(bone)))}
    return frozenset(sorted(found)[:MOST_SOUNDS])


def neutral(bone: str) -> str:
    """A surname's skeleton as a man bears it: -ська as -ський, -цька as -цький, -ова, -єва, -іна without their а."""
    if re.search("[sc]ka$", bone):
        return bone[:-1] + "i"
    return bone[:-1] if len(bone) > 4 and re.search("([oei]v|in)a$", bone) else bone


def forms_beginning(start: str) -> frozenset[Key]:
    """The forms of given names that may be meant by a word typed so far: “алекс” means Олександр and Олексій too."""
    return frozenset(Key(Kind.FORM, f"given:{name}") for name in beginning(start))
