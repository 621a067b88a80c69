"""What a form posts becomes a statement, and a statement fills the form again; whatever else is sent is refused."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from antigone.description import raw, teeth
from antigone.description.catalogue import FIELDS
from antigone.description.checking import checked
from antigone.description.errors import BadStatement
from antigone.description.fields import Field, Kind, Part
from antigone.description.given import Given
from tests.description.records import Spoken
from tests.description.strategies import givens

COMMON = {"basis": "family-choice", "how": "reported"}

fields = st.sampled_from(sorted(FIELDS.values(), key=lambda field: field.key))
of_any_field = fields.flatmap(lambda field: st.tuples(st.just(field), givens(field)))


def unwritten(field: Field, given: Given) -> Spoken:
    names = ("value", "certainty", "how", "source", "said_on", "basis", "citation")
    return Spoken(key=field.key, recorded_at=datetime.now(UTC), **{name: getattr(given, name) for name in names})


@given(of_any_field)
@settings(max_examples=200, deadline=None)
def test_a_form_filled_again_states_the_same(case: tuple[Field, Given]) -> None:
    field, said = case
    kept = checked(field, said)
    assert checked(field, kept) == kept
    assert json.loads(json.dumps(kept.value, allow_nan=False)) == kept.value
    texts = raw.flat(field, raw.given_of(unwritten(field, kept)))
    assert all(isinstance(text, str) for text in texts.values())
    assert raw.parse(field, texts) == kept


def outcome(done: Callable[[], Given]) -> tuple[Given | None, BadStatement | None]:
    try:
        return done(), None
    except BadStatement as fault:
        return None, fault


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.text() | st.sampled_from(("low", "high", "cm", "11")), inner, max_size=4)
    ),
    max_leaves=8,
)


@given(fields, json_values)
@settings(max_examples=200, deadline=None)
def test_whatever_is_sent_is_kept_or_refused_with_a_sentence(field: Field, value: Any) -> None:
    kept, fault = outcome(lambda: checked(field, Given(value, basis="statute")))
    if kept is not None:
        json.dumps(kept.value, allow_nan=False).encode()
    elif fault is not None:
        assert fault.sentence.strip()
        assert fault.parts


@given(fields, st.dictionaries(st.text(max_size=20), st.text(max_size=20), max_size=3), st.data())
@settings(max_examples=200, deadline=None)
def test_whatever_is_posted_is_kept_or_refused_with_a_sentence(
    field: Field, noise: dict[str, str], data: st.DataObject
) -> None:
    names = st.sampled_from([*value_names(field, "value"), "certainty", "said_on"])
    posted = data.draw(
        st.dictionaries(names, st.text(max_size=20) | st.sampled_from(("1", "99999999999", "2014")), max_size=4)
    )
    _kept, fault = outcome(lambda: raw.parse(field, {**noise, **posted, "basis": "statute"}))
    if fault is not None:
        assert fault.sentence.strip()
        assert set(fault.parts) <= {"value", *names_of(field), *raw._NAMES}


def value_names(part: Part, at: str) -> list[str]:
    """Every name under which a form may say this value."""
    if part.kind is Kind.CHOICES:
        return [f"{at}-{choice}" for choice in part.values]
    if part.kind is Kind.RANGE:
        return [f"{at}-low", f"{at}-high"]
    if part.kind is Kind.CHART:
        return [name for tooth in teeth.TEETH for name in raw._tooth_names(f"{at}-{tooth}")]
    if part.kind is Kind.GROUP and isinstance(part, Field):
        return [name for inner in part.parts for name in value_names(inner, f"{at}-{inner.key}")]
    return [at]


def names_of(field: Field) -> set[str]:
    """Every name of its value in a form, and the names above those."""
    names = value_names(field, "value")
    return {*names, *(name.rsplit("-", 1)[0] for name in names)}


@pytest.mark.parametrize(
    ("key", "posted", "value"),
    [
        ("birth.date", {"value": " 3.5.1987 "}, "1987-05-03"),
        ("desc.weight", {"value-low": "70", "value-high": "75,5"}, {"low": 70, "high": 75.5}),
        ("desc.hair_colour", {"value-grey": "on", "value-brown": "on"}, ["brown", "grey"]),
        ("desc.circumcised", {"value": "no"}, False),
        (
            "desc.stature",
            {"value-cm": "172", "value-taken": "family", "value-range-low": "", "value-range-high": ""},
            {"cm": 172, "taken": "family"},
        ),
        (
            "dental.chart",
            {"value-16": "filling,crown", "value-16-surfaces": "DOM", "value-11": "sound"},
            {"11": {"states": ["sound"]}, "16": {"states": ["filling", "crown"], "surfaces": "mod"}},
        ),
    ],
)
def test_what_people_type_is_read(key: str, posted: dict[str, str], value: object) -> None:
    assert raw.parse(FIELDS[key], {**COMMON, **posted}).value == value


@pytest.mark.parametrize(
    ("key", "posted", "names"),
    [
        ("birth.date", {"value": "03/05/1987"}, {"value"}),
        ("birth.date", {"value": ""}, {"value"}),
        ("birth.date", {"value": "1987", "said_on": "soon", "basis": ""}, {"said_on", "basis"}),
        ("desc.weight", {"value-low": "70"}, {"value-high"}),
        ("desc.weight", {"value-low": "75", "value-high": "70"}, {"value"}),
        ("desc.stature", {"value-cm": "tall"}, {"value-cm"}),
        ("desc.stature", {"value-cm": "900", "value-taken": "guess"}, {"value-cm", "value-taken"}),
        ("desc.stature", {"value-cm": "170", "value-range-low": "x", "value-range-high": "180"}, {"value-range-low"}),
        ("mark", {"value-words": "an anchor"}, {"value-kind", "value-region"}),
        ("name", {"value-kind": "birth"}, {"value"}),
        ("dental.chart", {"value-16": "sound,crown", "value-11": "gone"}, {"value-16", "value-11"}),
        ("dental.chart", {"value-16": "crown", "value-16-surfaces": "mod"}, {"value-16"}),
        ("desc.circumcised", {"value": "perhaps"}, {"value"}),
        ("desc.circumcised", {"value": "", "certainty": "absent"}, {"value"}),
    ],
)
def test_each_fault_stands_at_its_place(key: str, posted: dict[str, str], names: set[str]) -> None:
    with pytest.raises(BadStatement) as refused:
        raw.parse(FIELDS[key], {**COMMON, **posted})
    assert set(refused.value.parts) == names
