"""What stands on both sides, as secondary evidence compares it."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from antigone.description import agreement
from antigone.description.catalogue import FIELDS
from antigone.description.checking import checked
from antigone.description.fields import Side
from antigone.description.given import Given
from antigone.evidence.secondary import (
    AgeFound,
    AnteMortem,
    DateSpan,
    Effect,
    Finding,
    Mark,
    Mutable,
    PostMortem,
    Seen,
    SexFound,
    StatureFound,
    StatureTold,
    compare,
)
from tests.description.records import Spoken
from tests.description.strategies import givens

Current = dict[str, list[Spoken]]


def stated(*rows: tuple[str, Any]) -> Current:
    current: Current = {}
    for key, value in rows:
        given_ = value if isinstance(value, Given) else Given(value, basis="statute")
        kept = checked(FIELDS[key], given_)
        statement = Spoken(key=key, value=kept.value, certainty=kept.certainty)
        current.setdefault(key, []).append(statement)
    return current


def unknown(certainty: str = "unknown") -> Given:
    return Given(None, basis="statute", certainty=certainty)


def test_what_is_told_of_a_person() -> None:
    current = stated(
        ("sex", "male"),
        ("birth.date", "1985/1987-03"),
        ("event.date", "2023-05-02"),
        ("desc.stature", {"cm": 178, "taken": "family"}),
        ("mark", {"kind": "tattoo", "region": "forearm", "side": "left", "words": "anchor", "text": "M + K"}),
        ("mark", {"kind": "scar", "region": "chin"}),
        ("mark.words", "limps a little"),
        ("effect", {"item": "ring", "inscription": "V 2011"}),
        ("paper", {"kind": "passport", "number": "AB 123"}),
        ("disc", {"inscription": "KOVAL", "number": "77"}),
        ("clothing", {"item": "jacket", "colour": "green"}),
        ("clothing", {"item": "jacket", "colour": "black", "brand": "Hölle"}),
        ("desc.hair_colour", ["brown", "greying"]),
        ("desc.weight", {"low": 80, "high": 85}),
        ("desc.facial_hair", unknown("absent")),
        ("desc.build", unknown()),
    )
    told = AnteMortem(**agreement.told(current))
    assert told.sex == "male"
    assert told.born == DateSpan(date(1985, 1, 1), date(1987, 3, 31))
    assert told.last_seen == DateSpan(date(2023, 5, 2), date(2023, 5, 2))
    assert told.stature == StatureTold(178, "family")
    assert told.marks == (Mark("tattoo", "forearm", "left", "anchor, M + K"), Mark("scar", "chin"))
    assert told.marks_text == "limps a little"
    assert told.effects == (Effect("ring", "V 2011"), Effect("passport", "AB 123"), Effect("identity-disc", "77"))
    assert set(told.mutable) == {
        Mutable("hair colour", "brown, greying"),
        Mutable("weight", "80 to 85 kg"),
        Mutable("facial hair", "none"),
        Mutable("clothing: jacket", "green; black, Hölle"),
    }


def test_what_was_found_on_a_body() -> None:
    current = stated(
        ("sex", "female"),
        ("sex.method", "skeleton"),
        ("desc.age", {"years": {"low": 30, "high": 40}, "coverage": 90, "source": "a method, validated"}),
        ("desc.stature", {"cm": 164.5, "taken": "bones", "formula": "trotter-gleser-1952 femur female"}),
        ("death.date", "2023-05/2023-07"),
        ("mark", {"kind": "scar", "region": "chin"}),
        ("examined", {"region": "forearm", "side": "left", "loss": "skin lost"}),
        ("examined", {"region": "chin"}),
    )
    found = PostMortem(**agreement.found(current))
    assert found.sex == SexFound("female", "skeleton")
    assert found.age == AgeFound(30, 40, 0.9, "a method, validated")
    assert found.stature == StatureFound(164.5, "estimate", formula="trotter-gleser-1952 femur female")
    assert found.died == DateSpan(date(2023, 5, 1), date(2023, 7, 31))
    assert found.marks == (Mark("scar", "chin"),)
    assert found.seen == (Seen("forearm", "left", "skin lost"), Seen("chin"))


@pytest.mark.parametrize("text", ["1987~", "1987/..", "../1987"])
def test_a_date_that_excludes_nothing_goes_as_a_text(text: str) -> None:
    told = AnteMortem(**agreement.told(stated(("birth.date", text), ("event.date", text))))
    assert (told.born, told.born_text) == (None, text)
    assert (told.last_seen, told.last_seen_text) == (None, text)
    assert "died" not in agreement.found(stated(("death.date", text)))


def test_what_has_no_source_is_not_taken() -> None:
    found = agreement.found(
        stated(
            ("desc.age", {"years": {"low": 30, "high": 40}, "coverage": 90}),
            ("desc.stature", {"cm": 170, "taken": "length", "error": 2}),
        )
    )
    assert found["age"] == AgeFound(30, 40)
    assert found["stature"] == StatureFound(170, "length")


@pytest.mark.parametrize("taken", ["family", "self", "document", None])
def test_what_somebody_says_of_a_body_is_no_finding_of_its_stature(taken: str | None) -> None:
    value = {"cm": 170, **({"taken": taken} if taken else {})}
    assert "stature" not in agreement.found(stated(("desc.stature", value)))


def test_an_estimate_too_wide_to_contradict_is_left_to_people() -> None:
    wide = {"cm": 170, "taken": "eye", "range": {"low": 150, "high": 190}}
    assert "stature" not in agreement.found(stated(("desc.stature", wide)))
    narrow = {"cm": 170, "taken": "eye", "range": {"low": 165, "high": 175}}
    assert agreement.found(stated(("desc.stature", narrow)))["stature"] == StatureFound(170, "estimate")


def test_unknown_is_no_disagreement() -> None:
    told = agreement.told(stated(("sex", unknown()), ("birth.date", unknown()), ("mark", unknown("absent"))))
    assert told == {}
    assert agreement.found(stated(("sex", unknown()), ("desc.age", unknown()))) == {}
    assert "sex" not in agreement.found(stated(("sex", "other")))


def test_a_mark_on_record_contradicts_only_where_its_place_was_looked_at() -> None:
    told = AnteMortem(**agreement.told(stated(("mark", {"kind": "tattoo", "region": "forearm", "side": "left"}))))
    looked = stated(("examined", {"region": "forearm", "side": "left"}))
    (line,) = compare(PostMortem(**agreement.found(looked)), told).lines
    assert line.finding is Finding.CONTRADICTS
    (line,) = compare(PostMortem(), told).lines
    assert line.finding is Finding.CANNOT_TELL


def of_side(side: Side) -> st.SearchStrategy[Current]:
    keys = sorted(key for key, field in FIELDS.items() if side in field.sides)
    row = st.sampled_from(keys).flatmap(lambda key: st.tuples(st.just(key), givens(FIELDS[key])))
    return st.lists(row, max_size=8).map(lambda rows: stated(*dict(rows).items()))


@given(of_side(Side.ANTE_MORTEM), of_side(Side.POST_MORTEM))
@settings(max_examples=60, deadline=None)
def test_whatever_is_stated_can_be_compared(told_of: Current, found_on: Current) -> None:
    told, found = AnteMortem(**agreement.told(told_of)), PostMortem(**agreement.found(found_on))
    assert all(line.basis for line in compare(found, told).lines)
