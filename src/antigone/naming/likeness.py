"""How alike two names are, from 0 to 1, whatever scripts, spellings and orders of words they are written in."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from rapidfuzz.distance import OSA

from antigone.naming.equivalents import bones, given
from antigone.naming.keys import forms, neutral, sounds
from antigone.naming.skeleton import spine
from antigone.naming.writing import ARABIC, REMEMBERED, Word, words

# Two words are compared as skeletons; below this they are not alike at all.
NOTHING: Final = 0.5
SAME_BONES: Final = 0.99
SAME_FORM: Final = 0.97
SAME_SPINE: Final = 0.95
INITIAL: Final = 0.75
# What a word that only one of the names has costs, as a share of the longer name.
MISSING_WORD: Final = 0.4
MOST_WORDS: Final = 6


def likeness(one: str, other: str) -> float:
    """1 for the same words in any order and script; near 1 for forms of one name; 0 for nothing in common.

    Each word of the shorter name is paired with one of the longer. Half of the answer is the mean of the pairs and
    half the worst of them: a shared given name does not make two persons of different surnames alike.
    """
    mine, theirs = _counting(one), _counting(other)
    if not mine or not theirs:
        return 0.0
    short, long = sorted((mine, theirs), key=lambda each: (len(each), [word.text for word in each]))
    pairs = _best(tuple(short), tuple(long))
    weights = [min(len(first.text), len(second.text), 8) for first, second, _ in pairs]
    mean = sum(weight * like for weight, (_, _, like) in zip(weights, pairs, strict=True)) / sum(weights)
    missing = (len(long) - len(short)) / len(long)
    return (mean + min(like for _, _, like in pairs)) / 2 * (1 - MISSING_WORD * missing)


def _counting(name: str) -> list[Word]:
    """The words that say who: without those that only join, unless there are no others; in an order of their own."""
    every = words(name)
    telling = [word for word in every if not word.particle] or list(every)
    return sorted(telling, key=lambda word: (-len(word.text), word.text))[:MOST_WORDS]


def _best(short: tuple[Word, ...], long: tuple[Word, ...]) -> list[tuple[Word, Word, float]]:
    """The pairing of every word of `short` with one of `long` whose likenesses add up to the most."""
    # By the words of `long` that are taken, as bits: the best sum and the words chosen so far.
    reached: dict[int, tuple[float, tuple[int, ...]]] = {0: (0.0, ())}
    for word in short:
        further: dict[int, tuple[float, tuple[int, ...]]] = {}
        for taken, (total, chosen) in reached.items():
            for place, partner in enumerate(long):
                if taken & 1 << place:
                    continue
                candidate = (total + alike(word, partner), (*chosen, place))
                bits = taken | 1 << place
                if bits not in further or candidate[0] > further[bits][0]:
                    further[bits] = candidate
        reached = further
    _, chosen = max(reached.values())
    return [(word, long[place], alike(word, long[place])) for word, place in zip(short, chosen, strict=True)]


def alike(one: Word, other: Word) -> float:
    """How alike two words are."""
    first, second = sorted((one, other), key=lambda word: word.text)
    return _alike(first, second)


@lru_cache(maxsize=4 * REMEMBERED)
def _alike(one: Word, other: Word) -> float:
    if one.text == other.text:
        return 1.0
    if len(one.text) == 1 or len(other.text) == 1:
        same = {each[0] for each in bones(one)} & {each[0] for each in bones(other)}
        return INITIAL if same else 0.0
    if set(bones(one)) & set(bones(other)):
        return SAME_BONES
    if forms(one) & forms(other):
        return SAME_FORM
    spines = {spine(neutral(each)) for each in bones(one)} & {spine(neutral(each)) for each in bones(other)}
    apart = bool(given(one) and given(other))
    if spines and not apart and (one.script == ARABIC) != (other.script == ARABIC):
        return SAME_SPINE
    near = max(OSA.normalized_similarity(neutral(a), neutral(b)) for a in bones(one) for b in bones(other))
    if apart:  # two given names that are known to be two, however near they are spelled
        near = (NOTHING + near) / 2
    elif near > NOTHING and sounds(one) & sounds(other):
        near = (1 + near) / 2
    return max(0.0, (near - NOTHING) / (1 - NOTHING))
