"""Given names that are one name, and patronymics made of them."""

from __future__ import annotations

import pytest

from antigone.naming import equivalents, words


def _given(name: str) -> frozenset[str]:
    return equivalents.given(words(name)[0])


def _father(name: str) -> frozenset[str]:
    return equivalents.father(words(name)[0])


@pytest.mark.parametrize(
    ("ukrainian", "russian"),
    [
        ("Олександр", "Александр"),
        ("Микола", "Николай"),
        ("Володимир", "Владимир"),
        ("Сергій", "Сергей"),
        ("Дмитро", "Дмитрий"),
        ("Ганна", "Анна"),
        ("Олена", "Елена"),
        ("Катерина", "Екатерина"),
        ("Євген", "Evgenii"),
        ("محمد", "Mouhamed"),
        ("عبد الرحمن", "Abdelrahman"),
    ],
)
def test_one_name(ukrainian: str, russian: str) -> None:
    assert _given(ukrainian) == _given(russian) != frozenset()


@pytest.mark.parametrize(
    ("one", "other", "name"),
    [
        ("Олександрович", "Александровна", "oleksandr"),
        ("Сергійович", "Сергеевич", "serhii"),
        ("Миколаївна", "Николаевна", "mykola"),
        ("Юріївна", "Юрьевич", "yurii"),
        ("Ілліч", "Ильинична", "illia"),
        ("Яківна", "Яковлевич", "yakiv"),
        ("Дмитрович", "Dmitrievich", "dmytro"),
        ("Павлович", "Pavlivna", "pavlo"),
        ("Львович", "Львівна", "lev"),
    ],
)
def test_one_father(one: str, other: str, name: str) -> None:
    assert _father(one) == _father(other) == {name}


def test_a_father_who_is_not_in_the_table() -> None:
    assert _father("Гордійович") == _father("Гордеевич") == {"gord"}
    assert _father("Ковальчук") == frozenset()


def test_no_spelling_belongs_to_two_names() -> None:
    assert [bone for bone, names in equivalents._BY_BONE.items() if len(names) > 1] == []


def test_what_was_typed_so_far() -> None:
    assert {"oleksandr", "oleksii"} <= equivalents.beginning("Алекс")
    assert equivalents.beginning("ал") == frozenset()
    assert equivalents.beginning("") == frozenset()
