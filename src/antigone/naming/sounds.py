"""Daitch-Mokotoff codes: how a name sounds, in six digits, with every branch where its spelling leaves a choice.

After the coding chart and the rules that Gary Mokotoff and Randy Daitch published (JewishGen, “Soundex Coding”,
part II). The chart gives three codes for a group of letters: at the start of a name, before a vowel, elsewhere.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from itertools import islice
from typing import Final

from anyascii import anyascii

LENGTH: Final = 6
# A spelling that leaves more open than this says little; the first branches are kept.
MOST_BRANCHES: Final = 32

# Groups of letters | at the start, before a vowel, elsewhere; "-" is not coded, and "/" parts two ways to read them.
_CHART: Final = """
AI AJ AY | 0 1 -
AU | 0 7 -
A | 0 - -
B | 7 7 7
CHS | 5 54 54
CH | 5 5 5 / 4 4 4
CK | 5 5 5 / 45 45 45
CZ CS CSZ CZS | 4 4 4
C | 5 5 5 / 4 4 4
DRZ DRS DS DSH DSZ DZ DZH DZS | 4 4 4
D DT | 3 3 3
EI EJ EY | 0 1 -
EU | 1 1 -
E | 0 - -
FB F | 7 7 7
G | 5 5 5
H | 5 5 -
IA IE IO IU | 1 - -
I | 0 - -
J | 1 - - / 4 4 4
KS | 5 54 54
KH K | 5 5 5
L | 8 8 8
MN NM | 66 66 66
M N | 6 6 6
OI OJ OY | 0 1 -
O | 0 - -
P PF PH | 7 7 7
Q | 5 5 5
RZ RS | 94 94 94 / 4 4 4
R | 9 9 9
SCHTSCH SCHTSH SCHTCH SHTCH SHCH SHTSH STCH STSCH SC STRZ STRS STSH SZCZ SZCS | 2 4 4
SCH SH SZ S | 4 4 4
SHT SCHT SCHD ST SZT SHD SZD SD | 2 43 43
TCH TTCH TTSCH TRZ TRS TSCH TSH TS TTS TTSZ TC TZ TTZ TZS TSZ | 4 4 4
TH T | 3 3 3
Ţ | 3 3 3 / 4 4 4
UI UJ UY UE | 0 1 -
U | 0 - -
V W | 7 7 7
X | 5 54 54
Y | 1 - -
ZDZ ZDZH ZHDZH | 2 4 4
ZD ZHD | 2 43 43
ZH ZS ZSCH ZSH Z | 4 4 4
Ą Ę | - - 6 / - - -
"""

Codes = tuple[tuple[str, str, str], ...]


def _read(chart: str) -> dict[str, Codes]:
    rules: dict[str, Codes] = {}
    for line in chart.strip().splitlines():
        groups, codes = line.split(" | ")
        read = []
        for way in codes.split(" / "):
            start, vowel, elsewhere = (code.replace("-", "") for code in way.split())
            read.append((start, vowel, elsewhere))
        rules.update(dict.fromkeys(groups.split(), tuple(read)))
    return rules


RULES: Final = _read(_CHART)
_LONGEST: Final = max(map(len, RULES))
_START, _BEFORE_VOWEL, _ELSEWHERE = range(3)
_VOWELS: Final = frozenset("AEIOUY")
_KEPT: Final = frozenset("ĄĘŢ")


@lru_cache(maxsize=16384)
def codes(name: str) -> tuple[str, ...]:
    """Every code of one name, sorted; () for text without a letter that the chart knows. Spaces do not part it."""
    groups = _groups(_letters(name))
    # Each branch: what was coded so far, the code last given, and how the next group must be read (None: any way).
    branches: dict[tuple[str, str, int | None], None] = {("", "", None): None}
    for place, group in enumerate(groups):
        following = groups[place + 1] if place + 1 < len(groups) else ""
        grown: dict[tuple[str, str, int | None], None] = {}
        for coded, last, forced in branches:
            for number, way in enumerate(RULES[group]):
                if forced not in (None, number):
                    continue
                for situation, next_way in _situations(place, following):
                    code = way[situation]
                    # Neighbours of one sound are one: of a code that begins as the last one ended, the rest is added.
                    added = code[1:] if code and last and code[0] == last[-1] else code
                    grown[(coded + added)[:LENGTH], code, next_way] = None
        branches = dict.fromkeys(islice(grown, MOST_BRANCHES))
    return tuple(sorted({coded.ljust(LENGTH, "0") for coded, _, _ in branches if coded}))


def _situations(place: int, following: str) -> tuple[tuple[int, int | None], ...]:
    """The columns of the chart that apply to a group, each with how the next group must then be read.

    J is a vowel or a consonant, and has to be the same to its neighbour as to itself.
    """
    if place == 0:
        return ((_START, None),)
    if following == "J":
        return (_BEFORE_VOWEL, 0), (_ELSEWHERE, 1)
    return ((_BEFORE_VOWEL if following[:1] in _VOWELS else _ELSEWHERE, None),)


def _groups(letters: str) -> list[str]:
    groups, place = [], 0
    while place < len(letters):
        groups.append(_group(letters, place))
        place += len(groups[-1])
    return groups


def _group(letters: str, place: int) -> str:
    for length in range(_LONGEST, 0, -1):
        group = letters[place : place + length]
        if len(group) == length and group in RULES:
            return group
    raise AssertionError("every letter that _letters keeps stands in the chart")


def _letters(name: str) -> str:
    kept: list[str] = []
    for letter in unicodedata.normalize("NFC", name).upper().replace("Ț", "Ţ"):
        plain = letter if letter in _KEPT else anyascii(letter).upper()
        kept.extend(each for each in plain if each in RULES)
    return "".join(kept)
