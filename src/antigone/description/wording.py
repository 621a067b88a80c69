"""The words under which a record is filed for a search as one types: of names, codes and descriptions; no I/O."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from anyascii import anyascii
from django.conf import settings
from django.utils import translation

from antigone import naming
from antigone.description.catalogue import FIELDS
from antigone.description.fields import Kind, Part
from antigone.description.given import Certainty
from antigone.description.statement import StatementBase
from antigone.description.tokens import TOKEN_LENGTH, TokenKind
from antigone.naming.equivalents import bones

# What a token says of a record, against others: a number points at one, a word of a description at many.
WEIGHTS: Final = {
    TokenKind.CODE: 5,
    TokenKind.WORD: 4,
    TokenKind.FORM: 4,
    TokenKind.SOUND: 2,
    TokenKind.TEXT: 1,
}
SHORTEST_WORD: Final = 3
MOST_TEXT: Final = 80
# Parts of groups that are numbers or are read off a thing, whatever kind of value they have.
NUMBERS: Final = frozenset({"number", "inscription", "text"})
NUMBER_FIELDS: Final = frozenset({"service.number"})
NAME_PARTS: Final = frozenset({"in_name"})

# What is sought, by the beginnings of its keys, the most telling first: build and colours fit too many.
SOUGHT_KEYS: Final = (
    "mark", "disc", "paper", "effect", "clothing", "service", "event.place", "birth.place", "residence", "occupation",
)  # fmt: skip

_PIECE = re.compile(r"[a-z0-9]+")

Token = tuple[TokenKind, str]


class Wording:
    """The words of one record as they are gathered; each stands once."""

    def __init__(self) -> None:
        self._found: dict[Token, None] = {}
        self._texts = 0

    def __iter__(self) -> Iterator[Token]:
        return iter(self._found)

    def _add(self, kind: TokenKind, token: str) -> None:
        self._found[kind, token[:TOKEN_LENGTH]] = None

    def name(self, text: str) -> None:
        """File it under a name: its words, its sounds and the forms of them."""
        for key in sorted(naming.keys(text)):
            self._add(TokenKind(key.kind.value), key.token)

    def code(self, text: str) -> None:
        """File it under a code or number: from its beginning, from each of its pieces on, and its last number."""
        pieces = code_pieces(text)
        for place in range(len(pieces)):
            self._add(TokenKind.CODE, "".join(pieces[place:]))
        if pieces and pieces[-1].isdigit() and pieces[-1].lstrip("0"):
            self._add(TokenKind.CODE, pieces[-1].lstrip("0"))

    def text(self, text: str) -> None:
        """File it under the words of a description; of a long one, under the first of them."""
        for word in text_words(text):
            if self._texts >= MOST_TEXT:
                return
            if (TokenKind.TEXT, word[:TOKEN_LENGTH]) not in self._found:
                self._texts += 1
                self._add(TokenKind.TEXT, word)

    def statements(self, standing: Mapping[str, Sequence[StatementBase]]) -> None:
        """File it under what stands of it, in words of every language of the pages; what is sensitive is left out."""
        for begin in SOUGHT_KEYS:
            for key in sorted(standing):
                field = FIELDS.get(key)
                if field is None or field.sensitive or not key.startswith(begin):
                    continue
                for row in standing[key]:
                    if row.certainty == Certainty.KNOWN:
                        self._value(field, row.value, key in NUMBER_FIELDS)

    def _value(self, part: Part, value: Any, number: bool) -> None:
        if part.kind == Kind.GROUP and isinstance(value, dict):
            for each in getattr(part, "parts", ()):
                if value.get(each.key) not in (None, ""):
                    self._value(each, value[each.key], each.key in NUMBERS)
        elif part.kind in (Kind.TEXT, Kind.WORDS):
            if number or part.key in NUMBERS:
                self.code(str(value))
            if part.key in NAME_PARTS:
                self.name(str(value))
            self.text(str(value))
        elif part.kind in (Kind.CHOICE, Kind.CHOICES):
            chosen = set(value) if isinstance(value, list) else {value}
            labels = [label for choice, label in part.choices if choice in chosen]
            for language, _name in settings.LANGUAGES:
                with translation.override(language):
                    for label in labels:
                        self.text(str(label))


def code_pieces(text: str) -> list[str]:
    """The letters and digits of a code, in the pieces that hyphens and spaces part it into."""
    return _PIECE.findall(anyascii(unicodedata.normalize("NFKC", text)).lower())


def text_words(text: str) -> list[str]:
    """The words of a description as skeletons, so that Маріуполь is Mariupol; those of one or two letters left out."""
    found: list[str] = []
    for line in re.split(r"[\n.,;:()]+", text):
        found.extend(bones(word)[0] for word in naming.words(line) if len(word.spellings[0]) >= SHORTEST_WORD)
    return found
