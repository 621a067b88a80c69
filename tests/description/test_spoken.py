"""Statements in words, in two languages."""

from __future__ import annotations

from typing import Any

import pytest
from django.utils import translation
from hypothesis import given, settings
from hypothesis import strategies as st

from antigone.description import spoken
from antigone.description.catalogue import FIELDS
from antigone.description.checking import checked
from antigone.description.fields import Field
from antigone.description.given import Given
from tests.description.records import Spoken
from tests.description.strategies import givens


def said(key: str, value: Any, **rest: str) -> Spoken:
    kept = checked(FIELDS[key], Given(value, **{"basis": "family-choice", **rest}))
    names = ("value", "certainty", "how", "source", "said_on", "basis", "citation")
    return Spoken(key=key, **{name: getattr(kept, name) for name in names})


@pytest.mark.parametrize(
    ("key", "value", "words"),
    [
        ("birth.date", "1987-03-14", "14 March 1987"),
        ("birth.date", "1987-03", "March 1987"),
        ("birth.date", "1987~", "about 1987"),
        ("birth.date", "1985/1987", "from 1985 to 1987"),
        ("birth.date", "../1987-03", "March 1987 or earlier"),
        ("birth.date", "1987/..", "1987 or later"),
        ("sex", "female", "female"),
        ("desc.circumcised", False, "no"),
        ("desc.hair_colour", ["grey", "brown"], "brown, grey"),
        ("desc.weight", {"low": 70, "high": 75.5}, "70 to 75.5 kg"),
        ("desc.weight", {"low": 70, "high": 70}, "70 kg"),
        ("desc.stature", {"cm": 172, "taken": "family"}, "172 cm, as the family or friends say"),
        (
            "name",
            {"kind": "birth", "surname": "Коваль", "given": "Іван", "script": "Cyrl"},
            "Коваль Іван, name at birth, Cyrillic",
        ),
        (
            "mark",
            {"kind": "tattoo", "region": "forearm", "side": "left", "words": "an anchor", "size": 40},
            "tattoo, forearm, left, an anchor, greatest length: 40 mm",
        ),
        ("dental.chart", {"16": {"states": ["filling"], "surfaces": "mo"}}, "16 filling · mesial, occlusal or incisal"),
    ],
)
def test_in_words(key: str, value: Any, words: str) -> None:
    assert spoken.spoken(said(key, value)) == words


def test_unknown_and_absent_are_said() -> None:
    assert spoken.spoken(said("mark", None, certainty="absent")) == "looked for, and not there"
    assert spoken.spoken(said("mark", None, certainty="unknown")) == "asked, and not known"


def test_who_says_it_and_on_which_ground() -> None:
    statement = said("sex", "female", source="her mother", said_on="2023-05", how="reported", citation="form 12")
    assert spoken.attributed(statement) == "reported, by her mother, May 2023, the family's choice (form 12)"


def test_dates_follow_the_readers_language() -> None:
    with translation.override("uk"):
        assert spoken.when("1987-03-14") == "14 березня 1987"
        assert spoken.when("1987-03") == "Березень 1987"
        assert spoken.when("1987-03~") == "близько березня 1987"
        assert spoken.when("1987-03/1987-05") == "від березня 1987 до травня 1987"


def test_a_text_that_is_no_date_stays_as_it_is() -> None:
    assert spoken.when("the year of the flood") == "the year of the flood"


def test_a_summary_leaves_out_what_is_sensitive_unless_asked() -> None:
    current = {
        "sex": [said("sex", "female")],
        "mark": [said("mark", {"kind": "scar", "region": "chin"}), said("mark", {"kind": "mole", "region": "nose"})],
        "religion": [said("religion", "Orthodox")],
    }
    keys = ["mark", "sex", "religion", "birth.date"]
    assert spoken.summary(current, keys) == [
        (str(FIELDS["mark"].label), "scar, chin or jaw; mole, nose"),
        ("sex", "female"),
    ]
    assert spoken.summary(current, keys, sensitive=True)[-1][1] == "Orthodox"


@given(st.sampled_from(sorted(FIELDS)).flatmap(lambda key: st.tuples(st.just(FIELDS[key]), givens(FIELDS[key]))))
@settings(max_examples=200, deadline=None)
def test_whatever_can_be_stated_can_be_said(case: tuple[Field, Given]) -> None:
    field, given_ = case
    kept = checked(field, given_)
    statement = Spoken(key=field.key, value=kept.value, certainty=kept.certainty)
    for language in ("en", "uk"):
        with translation.override(language):
            assert spoken.spoken(statement).strip()
