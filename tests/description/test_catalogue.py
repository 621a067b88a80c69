"""The vocabulary holds together: keys, lists, sides, and what is asked of every field."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from antigone.description import teeth
from antigone.description.catalogue import BLOCKS, FIELDS, Side, blocks
from antigone.description.catalogue.places_on_the_body import BONES, REGIONS, SIDES
from antigone.description.checking import checked
from antigone.description.fields import Field, Kind, Part
from antigone.evidence.secondary.stature import PUBLISHED_ERRORS
from tests.description.strategies import givens

KEY = re.compile(r"[a-z]+(_[a-z]+)*(\.[a-z]+(_[a-z]+)*)?")
EVERY = sorted(FIELDS)


def parts(field: Field) -> Iterator[Part]:
    yield field
    yield from field.parts


def test_each_key_stands_once() -> None:
    keys = [field.key for block in BLOCKS for field in block.fields]
    assert len(keys) == len(set(keys))
    assert all(KEY.fullmatch(key) and len(key) <= 64 for key in keys)
    assert len({block.key for block in BLOCKS}) == len(BLOCKS)


@pytest.mark.parametrize("key", EVERY)
def test_a_field_is_whole(key: str) -> None:
    field = FIELDS[key]
    assert field.sides
    assert FIELDS[key].block in {block.key for block in BLOCKS}
    assert (field.kind is Kind.GROUP) == bool(field.parts)
    assert len({part.key for part in field.parts}) == len(field.parts)
    assert set(field.one_of) <= {part.key for part in field.parts}
    for part in parts(field):
        assert str(part.label).strip()
        assert (part.kind in (Kind.CHOICE, Kind.CHOICES)) == bool(part.choices)
        assert len(set(part.values)) == len(part.values)
        assert all(value and value.strip() == value and "," not in value for value in part.values)
        if part.kind in (Kind.NUMBER, Kind.RANGE):
            assert part.low is not None
            assert part.high is not None
            assert part.low < part.high
        assert part.kind is not Kind.GROUP or part is field
        # The names of a form are cut at hyphens.
        assert part is field or "-" not in part.key


def test_sides_have_their_blocks_and_nothing_of_the_other() -> None:
    for side in Side:
        for block in blocks(side):
            assert block.fields
            assert all(side in field.sides for field in block.fields)
    ante = {field.key for block in blocks(Side.ANTE_MORTEM) for field in block.fields}
    post = {field.key for block in blocks(Side.POST_MORTEM) for field in block.fields}
    assert ante | post == set(FIELDS)
    assert {"sex", "desc.stature", "mark", "effect", "dental.chart", "med.implant"} <= ante & post
    assert {"name", "birth.date", "account"} & post == set()
    assert {"condition.stage", "wound", "examined"} & ante == set()


def test_health_and_religion_are_sensitive() -> None:
    health = {key for key, field in FIELDS.items() if field.block == "med"}
    assert all(FIELDS[key].sensitive for key in health | {"religion", "desc.circumcised", "wound", "account"})


def test_what_people_change_is_mutable() -> None:
    changed = {key for key in FIELDS if "hair" in key} | {"clothing", "desc.weight", "desc.baldness"}
    assert all(FIELDS[key].mutable for key in changed)
    assert not any(FIELDS[key].mutable for key in ("sex", "mark", "desc.stature", "desc.ears", "effect"))


def test_only_what_is_firm_names_its_place_in_interpols_forms() -> None:
    assert {field.interpol_ref for field in FIELDS.values() if field.block == "dental"} == {"600"}
    assert {field.interpol_ref for field in FIELDS.values() if field.block != "dental"} == {None}


def test_nothing_asks_of_ancestry_or_opens_an_address() -> None:
    words = [str(part.label).casefold() for field in FIELDS.values() for part in parts(field)]
    assert not [label for label in words if re.search(r"ancestry|\brace\b|ethnic|\burl\b|http", label)]


def test_the_lists_of_the_body_are_what_evidence_takes() -> None:
    assert {value for value, _label in SIDES} == {"left", "right", "middle"}
    assert len({value for value, _label in REGIONS}) == len(REGIONS)
    assert len({value for value, _label in BONES}) == len(BONES)
    assert set(FIELDS["desc.stature"].part("formula").values) == set(PUBLISHED_ERRORS)


def test_the_chart_has_every_tooth_of_the_fdi() -> None:
    assert len(teeth.PERMANENT) == 32
    assert len(teeth.DECIDUOUS) == 20
    assert set(teeth.PERMANENT) == {f"{quarter}{place}" for quarter in range(1, 5) for place in range(1, 9)}
    assert set(teeth.DECIDUOUS) == {f"{quarter}{place}" for quarter in range(5, 9) for place in range(1, 6)}


@pytest.mark.parametrize("key", EVERY)
@given(data=st.data())
@settings(max_examples=3, deadline=None)
def test_every_field_takes_what_it_describes(key: str, data: st.DataObject) -> None:
    field = FIELDS[key]
    kept = checked(field, data.draw(givens(field)))
    assert checked(field, kept) == kept
