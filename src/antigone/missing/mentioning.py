"""Whether words that were written mention somebody who is missing: by name, in any script, or by reference.

It is asked of what must name nobody. It looks at everybody on record, never at the people of one search: else what it
refuses would tell who is on a list.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from antigone import naming
from antigone.access.models import Agency
from antigone.description.tokens import TOKEN_LENGTH, TokenKind
from antigone.description.wording import code_pieces
from antigone.missing.models import Person, PersonToken

# A name of several words that are written apart may be filed as one; a reference may be written in pieces.
WINDOW = 3
PIECES = 6
# Below this a word is a name only where it is written like one, and a piece of a number means nothing.
SHORTEST_WORD = 3
SHORTEST_CODE = 4
_HUNG = re.compile(r"['’ʼ`]s?$")
_WORD = re.compile(r"\w[\w'’ʼ`-]*")


def mentions_somebody(text: str) -> bool:
    """Whether a text holds a name or the reference of anybody on record, of whichever agency."""
    # The index begins with the agency: asked of all of them, it is read as a range of each.
    filed = PersonToken.objects.filter(agency__in=list(Agency.objects.values_list("pk", flat=True)))
    if filed.filter(kind=TokenKind.WORD, token__in=sorted(_words_of(text))).exists():
        return True
    written = {match.group().strip("-'’ʼ`") for match in re.finditer(r"[^\s,;:()\[\]\"“”„«»]+", text)}
    written |= {each.rstrip(".") for each in written}
    if Person.objects.filter(ref__in=sorted(each for each in written if each)).exists():
        return True
    codes = _codes_of(text)
    near = filed.filter(kind=TokenKind.CODE, token__in=sorted(codes)).values_list("person__ref", flat=True)
    return any("".join(code_pieces(ref))[:TOKEN_LENGTH] in codes for ref in near.distinct().iterator())


def _words_of(text: str) -> set[str]:
    """The words of a text as names are filed, one by one and joined with those that follow."""
    found: set[str] = set()
    whole = _WORD.findall(text)
    # Also without what English hangs on it: “Haddad’s”.
    for pieces in (whole, [_HUNG.sub("", piece) for piece in whole]):
        found |= _joined_words(pieces)
    return found


def _joined_words(pieces: list[str]) -> set[str]:
    found: set[str] = set()
    for place, piece in enumerate(pieces):
        for length in range(1, WINDOW + 1):
            if place + length > len(pieces):
                break
            for word in naming.words(" ".join(pieces[place : place + length])):
                short = len(word.text) < SHORTEST_WORD and not piece[:1].isupper()
                if not word.particle and not short and not word.text.isdigit():
                    found |= {spelling[:TOKEN_LENGTH] for spelling in word.spellings}
    return found


def _codes_of(text: str) -> set[str]:
    """The pieces of a text that may be a reference, joined as references are filed."""
    return {code for code in _joined(code_pieces(text)) if len(code) >= SHORTEST_CODE and any(map(str.isdigit, code))}


def _joined(pieces: list[str]) -> Iterator[str]:
    for place in range(len(pieces)):
        for length in range(1, PIECES + 1):
            if place + length <= len(pieces):
                yield "".join(pieces[place : place + length])[:TOKEN_LENGTH]
