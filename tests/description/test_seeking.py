"""What is typed, as keys to seek by, and the order of what is found."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from antigone.description import seeking
from antigone.description.seeking import Found, Match
from antigone.description.tokens import TokenKind


def test_a_number_is_sought_with_its_zeros_and_without() -> None:
    (number,) = seeking.typed("0017")
    assert {(TokenKind.CODE, "0017"), (TokenKind.CODE, "17")} <= set(number.begins)


def test_a_code_in_several_words_is_sought_whole_too() -> None:
    for each in seeking.typed("KYIV-T2-0005"):
        assert (TokenKind.CODE, "kyivt20005") in each.begins


def test_only_the_last_word_may_be_begun_in_sound() -> None:
    first, last = seeking.typed("алекс ющен")
    assert not [token for kind, token in first.begins if kind == TokenKind.FORM]
    assert [token for kind, token in last.begins if kind == TokenKind.FORM]


def test_agreement_is_the_mean_over_what_was_typed() -> None:
    sought = seeking.typed("Ющенко тризуб")
    named = Found(1, {0: Match(TokenKind.WORD, True)})
    both = Found(2, {0: Match(TokenKind.WORD, True), 1: Match(TokenKind.TEXT, True)})
    assert seeking.agreement(sought, named, ["Ющенко Олександр"]) == 0.5
    assert seeking.agreement(sought, both, ["Ющенко Олександр"]) == 0.875
    assert seeking.agreement(sought, both, []) < seeking.SHOWN_FROM


@given(st.lists(st.tuples(st.sampled_from([0.5, 0.75, 0.9999, 1.0]), st.integers(1, 10**9)), unique_by=lambda e: e[1]))
def test_pages_hold_everything_once_and_in_order(ranked: list[tuple[float, int]]) -> None:
    rows = [(score, pk, pk) for score, pk in ranked]
    seen: list[int] = []
    after = None
    while page := seeking.in_order(rows, 3, after):
        seen += [pk for pk, _ in page]
        after = page[-1][1]
    assert seen == [pk for _, pk in sorted(ranked, key=lambda each: (-each[0], each[1]))]


@given(st.text(max_size=80))
def test_any_cursor_and_any_text_can_be_given(text: str) -> None:
    assert len(seeking.in_order([(1.0, 1, "one")], 5, text)) <= 1
    sought = seeking.typed(text)
    assert len(sought) <= seeking.MOST_WORDS
    assert all(token and len(token) <= 69 for each in sought for _, token in (*each.begins, *each.reads))
