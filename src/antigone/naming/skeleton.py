"""The skeleton of a spelling: what is left when the differences between ways of writing Latin letters are taken out.

Yushchenko, Iushchenko, Juschtschenko and Iouchtchenko have one skeleton; so have Bohdan and Bogdan, Evgenii and
Evgeny. One letter stands for one sound, so that a distance between skeletons counts sounds: Q is щ, C is ч, S is ш,
Z is ж, J is дж, c is ц, and g is г, ґ and х.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

_SOUNDS: Final = (
    ("Q", ("schtsch", "schtsh", "schtch", "shtch", "chtch", "shtsh", "stsch", "szcz", "szcs", "shch")),
    ("J", ("dzh", "dsch", "dj")),
    ("C", ("tsch", "tch", "tsh", "cz", "ch")),
    ("S", ("sch", "sh", "sz")),
    ("Z", ("zh", "zs")),
    ("zg", ("zgh",)),
    ("g", ("kh", "gh", "gu(?=[eiy])", "h")),
    ("ks", ("x",)),
    ("f", ("ph",)),
    ("t", ("th",)),
    ("d", ("dh",)),
    ("k", ("ck", "q")),
    ("c", ("ts", "tz", "c(?=[eiy])")),
    ("k", ("c",)),
    ("v", ("w",)),
    ("u", ("ou", "oo")),
)
_GROUP: Final = re.compile(
    "|".join(
        f"(?P<g{number}>{group})"
        for number, (_, group) in sorted(
            enumerate((new, group) for new, groups in _SOUNDS for group in groups),
            key=lambda each: -len(each[1][1].split("(")[0]),
        )
    )
)
_NEW: Final = dict(enumerate(new for new, groups in _SOUNDS for _ in groups))
# Abd and the article that grows into the next word: Abdul-, Abdel-, Abdur-r-, Abdes-s-.
_SERVANT_OF: Final = re.compile("^abd[aeiou]*(?:l|r(?=r)|s(?=s)|n(?=n)|d(?=d)|t(?=t)|z(?=z))?(?=[a-z]{2})")
_SPOKEN: Final = {"Q": "shch", "J": "dzh", "C": "ch", "S": "sh", "Z": "zh", "c": "ts"}
VOWELS: Final = "aeiou"


@lru_cache(maxsize=16384)
def skeletons(spelling: str) -> tuple[str, ...]:
    """The skeletons of a word in a to z, the likeliest first: two where its first letter is a J before a vowel."""
    if not spelling.isalpha():
        return (spelling,) if spelling else ()
    ways = [spelling]
    if spelling[0] == "j" and spelling[1:2] and spelling[1:2] in VOWELS:
        ways.append("dzh" + spelling[1:])
    return tuple(dict.fromkeys(each for way in ways if (each := _skeleton(way))))


def _skeleton(word: str) -> str:
    word = _SERVANT_OF.sub("abd", word) if len(word) > 5 else word
    word = re.sub("(?<=a)h$", "", word)
    word = _GROUP.sub(lambda found: _NEW[int((found.lastgroup or "g0")[1:])], word)
    word = re.sub("[eiyj]*[iyj]$", "i", word) if len(word) > 1 else word
    # A glide is not told from what it glides into: Semyon and Semion, Yuliia and Iulia. At the beginning only ya and
    # yu are written with one by everybody.
    word = re.sub("^[iyj]+(?=[eo])|(?<!^)[iyj]+(?=[aeou])", "", word)
    word = re.sub("[iyj]+", "i", word)
    return re.sub(r"(.)\1+", r"\1", word)


def spine(skeleton: str) -> str:
    """A skeleton without its vowels, but for the first letter: what an Arabic spelling always writes."""
    first = "a" if skeleton[:1] in VOWELS else skeleton[:1]
    return first + "".join(letter for letter in skeleton[1:] if letter not in VOWELS)


def spoken(skeleton: str) -> str:
    """A skeleton in letters again, for a code of sounds."""
    return "".join(_SPOKEN.get(letter, letter) for letter in skeleton)
