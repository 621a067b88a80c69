"""Given names that are one name in another language, and the patronymics made of them: data, read once."""

from __future__ import annotations

import tomllib
from collections import defaultdict
from functools import lru_cache
from importlib.resources import files
from typing import Final

from antigone.naming.skeleton import VOWELS, skeletons
from antigone.naming.writing import REMEMBERED, Word, words

# Endings of patronymics in skeletons, the longer first: -ович, -евич, -івна, -ївна, -овна, -евна, -ич, -ична.
_PATRONYMIC: Final = ("inoviC", "iniCna", "oviC", "eviC", "aviC", "ovna", "evna", "ivna", "avna", "iCna", "iC")


def _read() -> dict[str, dict[str, list[str]]]:
    with files("antigone.naming").joinpath("equivalents.toml").open("rb") as file:
        return tomllib.load(file)


def bones(word: Word) -> tuple[str, ...]:
    """The skeletons of all spellings of a word."""
    return tuple(dict.fromkeys(each for spelling in word.spellings for each in skeletons(spelling)))


def _names() -> tuple[dict[str, frozenset[str]], dict[str, frozenset[str]], dict[str, str]]:
    """Names by skeleton, names of fathers by the stem of the patronymic, and how each name is written in Latin."""
    read, by_bone, by_stem, written = _read(), defaultdict(set), defaultdict(set), {}
    for group, names in read.items():
        if group == "of":
            continue
        for name, spelled in names.items():
            written[name] = next((each for each in spelled if each.isascii()), name)
            for word in (word for each in spelled for word in words(each)):
                for bone in bones(word):
                    by_bone[bone].add(name)
                    if group in ("men", "arabic-men"):
                        by_stem[bone.rstrip(VOWELS)].add(name)
    for name, patronymics in read["of"].items():
        for word in (word for each in patronymics for word in words(each)):
            for bone in bones(word):
                by_stem[_stem(bone) or bone].add(name)
    return (
        {bone: frozenset(found) for bone, found in by_bone.items()},
        {stem: frozenset(found) for stem, found in by_stem.items()},
        written,
    )


def _stem(bone: str) -> str | None:
    for ending in _PATRONYMIC:
        if bone.endswith(ending) and len(bone) > len(ending) + (ending != "iC" and 1):
            return bone.removesuffix(ending).rstrip(VOWELS)
    return None


_BY_BONE, _BY_STEM, WRITTEN = _names()


@lru_cache(maxsize=REMEMBERED)
def given(word: Word) -> frozenset[str]:
    """The given names that this word is a form of."""
    return frozenset().union(*(_BY_BONE.get(bone, frozenset()) for bone in bones(word)))


@lru_cache(maxsize=REMEMBERED)
def father(word: Word) -> frozenset[str]:
    """Whose son or daughter this word says, by names of the table or else by stems; empty when it is no patronymic."""
    found: set[str] = set()
    for bone in bones(word):
        stem = _stem(bone)
        if stem is not None:
            found |= _BY_STEM.get(stem, frozenset({stem}))
    return frozenset(found)


def beginning(start: str) -> frozenset[str]:
    """The given names of which some form begins with what was typed so far (three letters at least)."""
    found: set[str] = set()
    for word in words(start)[:1]:
        for bone in bones(word):
            if len(bone) >= 3:
                found.update(*(names for full, names in _BY_BONE.items() if full.startswith(bone)))
    return frozenset(found)
