"""Words of a name and their spellings in Latin letters."""

from __future__ import annotations

import pytest

from antigone.naming import fold, romanised, words
from antigone.naming.writing import SYSTEMS


@pytest.mark.parametrize(
    ("system", "word", "written"),
    [
        # Examples of the table in resolution 55 of 27 January 2010.
        ("uk-2010", "алушта", "alushta"),
        ("uk-2010", "згорани", "zghorany"),
        ("uk-2010", "розгон", "rozghon"),
        ("uk-2010", "єнакієве", "yenakiieve"),
        ("uk-2010", "їжакевич", "yizhakevych"),
        ("uk-2010", "кадиївка", "kadyivka"),
        ("uk-2010", "йосипівка", "yosypivka"),
        ("uk-2010", "щербухи", "shcherbukhy"),
        ("uk-2010", "гоща", "hoshcha"),
        ("uk-2010", "юрій", "yurii"),
        ("uk-2010", "крюківка", "kriukivka"),
        ("uk-2010", "яготин", "yahotyn"),
        ("uk-2010", "ґалаґан", "galagan"),
        ("uk-passport", "євгенія", "ievgeniia"),
        ("ru-passport", "юлия", "iuliia"),
        ("ru-passport", "подъячев", "podieiachev"),
        ("ru-bgn", "евгений", "yevgeniy"),
        ("ru-bgn", "алексеев", "alekseyev"),
        ("iso9", "щука", "ŝuka"),
    ],
)
def test_systems(system: str, word: str, written: str) -> None:
    assert SYSTEMS[system].write(word) == written


def test_a_system_refuses_letters_it_does_not_know() -> None:
    assert SYSTEMS["uk-2010"].write("ђорђе") is None
    assert fold("Ђорђе") == "djordje"


def test_every_system_names_its_source() -> None:
    assert all(system.source for system in SYSTEMS.values())


def test_fold() -> None:
    assert fold("О'Браєн–В’ячеслав") == "obraien viacheslav"
    assert fold("  Łukasz   MÜLLER ") == "lukasz muller"
    assert fold("Знам'янка") == fold("Знам’янка") == fold("Знамянка")
    assert fold("") == ""
    assert fold("…") == ""


def test_servant_of_is_one_name() -> None:
    assert len(words("عبد الله")) == len(words("Abd Allah")) == len(words("Abd al-Rahman")) == 1


def test_words_that_only_join() -> None:
    assert [word.particle for word in words("Ali bin Hassan al-Tikriti")] == [False, True, False, True, False]


def test_a_name_has_an_end() -> None:
    assert len(words("а " * 5000)) == 12
    assert len(words("я" * 5000)[0].text) == 400


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Володимир Зеленський", "Volodymyr Zelenskyi"),
        ("Николай Сергеевич Чуйко", "Nikolai Sergeevich Chuiko"),
        ("Щербак Ольга Юріївна", "Shcherbak Olha Yuriivna"),
        ("Łukasz Müller", "Lukasz Muller"),
        ("Γεώργιος", "Georgios"),
        ("محمد", "Muhammad"),
    ],
)
def test_romanised(name: str, expected: str) -> None:
    assert romanised(name) == expected
