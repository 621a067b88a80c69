"""What a record is filed under: words of names, pieces of codes, skeletons of descriptions."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from antigone.description.given import Certainty
from antigone.description.tokens import TOKEN_LENGTH, TokenKind
from antigone.description.wording import MOST_TEXT, Wording, code_pieces, text_words


class Said:
    """As much of a statement as filing reads."""

    def __init__(self, value: object, certainty: str = Certainty.KNOWN) -> None:
        self.value, self.certainty = value, certainty


def filed(key: str, *said: Said) -> set[tuple[TokenKind, str]]:
    words = Wording()
    words.statements({key: said})  # type: ignore[dict-item]
    return set(words)


def test_a_code_is_filed_from_each_of_its_pieces_on() -> None:
    words = Wording()
    words.code("Kyiv-T2-0005")
    assert {token for _, token in words} == {"kyivt20005", "t20005", "0005", "5"}
    assert code_pieces("ХРК–1/2") == ["khrk", "1", "2"]


def test_words_of_a_description_are_filed_by_their_sounds() -> None:
    assert text_words("Маріуполь") == text_words("Мариуполь") == text_words("Mariupol")
    assert text_words("a of on") == []


def test_a_long_description_is_filed_by_its_first_words() -> None:
    words = Wording()
    words.text(" ".join(f"word{number}" for number in range(500)))
    words.text("\n".join(f"line{number}" for number in range(500)))
    assert len(list(words)) <= MOST_TEXT


def test_statements_are_filed_by_words_labels_numbers_and_names() -> None:
    mark = filed("mark", Said({"kind": "tattoo", "region": "forearm", "words": "anchor", "text": "BN 7"}))
    assert {(TokenKind.CODE, "bn7"), (TokenKind.TEXT, text_words("anchor")[0])} <= mark
    assert (TokenKind.TEXT, text_words("tattoo")[0]) in mark
    paper = filed("paper", Said({"kind": "passport", "number": "АА 123456", "in_name": "Ющенко"}))
    assert {(TokenKind.CODE, "aa123456"), (TokenKind.WORD, "yushchenko")} <= paper
    assert (TokenKind.CODE, "4471") in filed("service.number", Said("4471"))


def test_what_is_sensitive_unknown_or_too_common_is_not_filed() -> None:
    assert filed("med.words", Said("diabetes")) == set()
    assert filed("desc.stature", Said({"cm": 178})) == set()
    assert filed("mark.words", Said("anchor", Certainty.UNKNOWN)) == set()
    assert filed("no.such.key", Said("anchor")) == set()


@given(st.text(max_size=200))
def test_any_text_can_be_filed(text: str) -> None:
    words = Wording()
    words.name(text)
    words.code(text)
    words.text(text)
    found = list(words)
    assert len(found) == len(set(found))
    assert all(0 < len(token) <= TOKEN_LENGTH for _, token in found)
