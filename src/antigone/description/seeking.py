"""Seek records by what somebody types: a bounded number of queries and of rows, however many records there are."""

from __future__ import annotations

import base64
import binascii
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from antigone import naming
from antigone.description.tokens import TOKEN_LENGTH, TokenBase, TokenKind
from antigone.description.wording import SHORTEST_WORD, WEIGHTS, code_pieces
from antigone.naming.equivalents import bones
from antigone.naming.likeness import alike
from antigone.naming.writing import Word

# What is read at the most: words of what was typed, rows for one key of a word, records looked at closely.
MOST_WORDS: Final = 8
MOST_ROWS: Final = 1000
MOST_CLOSELY: Final = 300
LONGEST_QUERY: Final = 300
SHORTEST_BEGUN: Final = 2
# The greatest letter there is in a token, so that a beginning is a range.
_AFTER: Final = "\uffff"

PREFIX_LIKENESS: Final = 0.9
# A record is shown when the words that were typed agree with it by this much in the mean.
SHOWN_FROM: Final = 0.45


class Reason(models.TextChoices):
    """Why a record is shown; more than one may hold."""

    NAME = "name", _("the name")
    SOUND = "sound", _("a name that sounds alike")
    CODE = "code", _("a reference, code or number")
    TEXT = "text", _("words of the description")
    PORTRAIT = "portrait", _("the same picture")
    CARRIED = "carried", _("a name on a paper that was carried")


_REASONS: Final = {
    TokenKind.WORD: Reason.NAME,
    TokenKind.FORM: Reason.NAME,
    TokenKind.SOUND: Reason.SOUND,
    TokenKind.CODE: Reason.CODE,
    TokenKind.TEXT: Reason.TEXT,
}


@dataclass(frozen=True)
class Sought:
    """One word that was typed: how each kind of token would begin or read for it."""

    word: Word
    begins: tuple[tuple[TokenKind, str], ...]
    reads: tuple[tuple[TokenKind, str], ...]


@dataclass(frozen=True)
class Match:
    """The best key that a record has for one typed word; `whole` where the word is all of it, and not its beginning."""

    kind: TokenKind
    whole: bool

    @property
    def weight(self) -> int:
        return 2 * WEIGHTS[self.kind] + self.whole


@dataclass
class Found:
    """A record that shares keys with what was typed: the best match for each word, by the word's place."""

    record: int
    by_word: dict[int, Match]

    @property
    def reasons(self) -> tuple[Reason, ...]:
        """Why it was found, in the order of the reasons."""
        held = {_REASONS[match.kind] for match in self.by_word.values()}
        return tuple(reason for reason in Reason if reason in held)

    @property
    def rough(self) -> int:
        return sum(match.weight for match in self.by_word.values())

    def take(self, place: int, match: Match) -> None:
        """Keep the better match for a word."""
        held = self.by_word.get(place)
        if held is None or match.weight > held.weight:
            self.by_word[place] = match


def typed(text: str) -> tuple[Sought, ...]:
    """What was typed, word by word; the last one may not be whole yet."""
    words = naming.words(text[:LONGEST_QUERY])[:MOST_WORDS]
    found = [_sought(word, last=place == len(words) - 1) for place, word in enumerate(words)]
    whole = "".join(code_pieces(text[:LONGEST_QUERY]))[:TOKEN_LENGTH]
    if len(words) > 1 and any(letter.isdigit() for letter in whole) and found:
        # KYIV-T2-0005 is three words and one code.
        code = (TokenKind.CODE, whole)
        found = [Sought(each.word, (*each.begins, code), each.reads) for each in found]
    return tuple(found)


def _sought(word: Word, *, last: bool) -> Sought:
    begins = {(TokenKind.WORD, spelling) for spelling in word.spellings}
    begins.add((TokenKind.CODE, word.spellings[0]))
    pieces = "".join(code_pieces(word.text))
    if pieces:
        begins.add((TokenKind.CODE, pieces))
    if pieces.isdigit() and pieces.lstrip("0"):
        # 0017 is 17 in a code that is written with more zeros, or none.
        begins.add((TokenKind.CODE, pieces.lstrip("0")))
    reads = {(TokenKind(key.kind.value), key.token) for key in naming.keys(word.text) if key.kind != naming.Kind.WORD}
    if len(word.spellings[0]) >= (SHORTEST_BEGUN if last else SHORTEST_WORD):
        begins.add((TokenKind.TEXT, bones(word)[0]))
    if last and len(word.spellings[0]) >= SHORTEST_WORD:
        begins |= {(TokenKind.FORM, f"name:{bone}") for bone in bones(word)}
        reads |= {(TokenKind(key.kind.value), key.token) for key in naming.forms_beginning(word.text)}
    return Sought(word, tuple(sorted((kind, token[:TOKEN_LENGTH]) for kind, token in begins)), tuple(sorted(reads)))


def candidates(model: type[TokenBase], agencies: Collection[int], sought: Sequence[Sought]) -> list[Found]:
    """The records that share the most with what was typed, at most MOST_CLOSELY of them."""
    found: dict[int, Found] = {}
    common: set[int] = set()
    for place, each in enumerate(sought):
        for condition in _conditions(agencies, each):
            rows = list(_keys(model, each, _rows(model).filter(condition)[:MOST_ROWS]))
            if len(rows) == MOST_ROWS:
                common.add(place)
            for record, match in rows:
                found.setdefault(record, Found(record, {})).take(place, match)
    _complete(model, found, sought, common)
    return sorted(found.values(), key=lambda each: (-each.rough, each.record))[:MOST_CLOSELY]


def _keys(model: type[TokenBase], each: Sought, rows: Any) -> Iterator[tuple[int, Match]]:
    """Which record each of these rows is of, and how it matches a typed word."""
    whole = {*each.begins, *each.reads}
    for record, kind, token in rows.values_list(f"{model.RECORD}_id", "kind", "token"):
        yield record, Match(TokenKind(kind), (kind, token) in whole)


def _conditions(agencies: Collection[int], each: Sought) -> list[Q]:
    """One condition a query: ranges that an index answers, then the keys that are sought whole."""
    mine = Q(agency__in=sorted(agencies))
    ranges = [
        mine & Q(kind=kind.value, token__gte=start, token__lt=start + _AFTER) for kind, start in _shortest(each.begins)
    ]
    whole: dict[TokenKind, list[str]] = defaultdict(list)
    for kind, token in each.reads:
        whole[kind].append(token)
    return [*ranges, *(mine & Q(kind=kind.value, token__in=tokens) for kind, tokens in whole.items())]


def _shortest(begins: Iterable[tuple[TokenKind, str]]) -> list[tuple[TokenKind, str]]:
    """Beginnings without those that another one of the same kind begins."""
    kept: list[tuple[TokenKind, str]] = []
    for kind, start in sorted(begins, key=lambda each: len(each[1])):
        if start and not any(kind == other and start.startswith(shorter) for other, shorter in kept):
            kept.append((kind, start))
    return kept


def _complete(model: type[TokenBase], found: dict[int, Found], sought: Sequence[Sought], common: set[int]) -> None:
    """Look whether the best records also have the words that too many have for all of them to be read.

    One question of the database, also where no word is common: a search costs the same with few records and with many.
    """
    if not found or len(sought) == 1:
        return
    # Whoever was found by a rare word comes first: the rows of a common word were cut off anywhere.
    best = sorted(found.values(), key=lambda each: (-len(each.by_word.keys() - common), -each.rough, each.record))
    pks = [each.record for each in best[:MOST_ROWS]]
    asked = [(place, sought[place]) for place in sorted(common) or [0]]
    wanted = Q()
    for _place, each in asked:
        for kind, start in _shortest(each.begins):
            wanted |= Q(kind=kind.value, token__gte=start, token__lt=start + _AFTER)
        for kind, token in each.reads:
            wanted |= Q(kind=kind.value, token=token)
    rows = _rows(model).filter(wanted, **{f"{model.RECORD}__in": pks})
    for record, kind, token in rows.values_list(f"{model.RECORD}_id", "kind", "token"):
        _take(found[record], asked, TokenKind(kind), token)


def matched(record: int, sought: Sequence[Sought], tokens: Iterable[tuple[TokenKind, str]]) -> Found:
    """How these words of a record match what was typed; by none of them where nothing does."""
    found = Found(record, {})
    for kind, token in tokens:
        _take(found, list(enumerate(sought)), kind, token)
    return found


def _take(found: Found, asked: Iterable[tuple[int, Sought]], kind: TokenKind, token: str) -> None:
    for place, each in asked:
        if (kind, token) in each.reads or any(kind == of and token.startswith(start) for of, start in each.begins):
            found.take(place, Match(kind, (kind, token) in {*each.begins, *each.reads}))


def agreement(sought: Sequence[Sought], found: Found, names: Iterable[str]) -> float:
    """How well a record agrees with what was typed, from 0 to 1: word by word by the best of its names, or by a key."""
    borne = [naming.words(name) for name in names]
    best = 0.0
    for words in borne or [()]:
        total = 0.0
        for place, each in enumerate(sought):
            by_name = max((_begun(each.word, word) for word in words), default=0.0)
            total += max(by_name, _BY_KEY.get(found.by_word.get(place, _NOTHING), 0.0))
        best = max(best, total / len(sought))
    return round(best, 4)


def score(agreed: float, text: str, names: Iterable[str]) -> float:
    """What a record is ranked by: how well it agrees, and of those that agree alike, whose whole name is nearer."""
    nearest = max((naming.likeness(text, name) for name in names), default=0.0)
    return round(0.95 * agreed + 0.05 * nearest, 4)


# A code and a word of a description are not compared again: the key is the match.
_BY_KEY: Final = {
    Match(TokenKind.CODE, True): 1.0,
    Match(TokenKind.CODE, False): 0.9,
    Match(TokenKind.TEXT, True): 0.75,
    Match(TokenKind.TEXT, False): 0.65,
}
_NOTHING: Final = Match(TokenKind.SOUND, False)


def _begun(typed_word: Word, word: Word) -> float:
    """How alike a typed word and a word of a name are, when the first may be the beginning of the second."""
    like = alike(typed_word, word)
    if like < PREFIX_LIKENESS and any(
        spelling.startswith(start) for start in typed_word.spellings for spelling in word.spellings
    ):
        return PREFIX_LIKENESS
    return like


def in_order(ranked: Iterable[tuple[float, int, Any]], limit: int, after: str | None) -> list[tuple[Any, str]]:
    """The best `limit` after a cursor, each with the cursor of what follows it; a cursor that is none begins anew."""
    placed = sorted(ranked, key=lambda each: (-each[0], each[1]))
    start = _position(after)
    if start is not None:
        placed = [each for each in placed if (-each[0], each[1]) > start]
    return [(each, _cursor(score, pk)) for score, pk, each in placed[: max(1, min(limit, MOST_CLOSELY))]]


def _cursor(score: float, pk: int) -> str:
    return base64.urlsafe_b64encode(f"{score:.4f}|{pk}".encode()).decode().rstrip("=")


def _position(cursor: str | None) -> tuple[float, int] | None:
    if not cursor:
        return None
    try:
        text = base64.urlsafe_b64decode(cursor[:80] + "=" * (-len(cursor) % 4)).decode("ascii")
        score, _bar, pk = text.partition("|")
        return -float(score), int(pk)
    except (ValueError, binascii.Error):
        return None


def of_same_name(model: type[TokenBase], agency: int, names: Iterable[str]) -> set[int]:
    """The records of an agency that share two words of one of these names (or its only one) by form or by sound."""
    shared: set[int] = set()
    for name in list(names)[:MOST_WORDS]:
        telling = [word for word in naming.words(name) if not word.particle and len(word.text) > 1][:MOST_WORDS]
        sought = [Sought(word, (), _sought(word, last=False).reads) for word in telling]
        need = min(2, len(telling))
        shared |= {each.record for each in candidates(model, {agency}, sought) if len(each.by_word) >= need > 0}
    return shared


def _rows(model: type[TokenBase]) -> Any:
    return model._default_manager.all()
