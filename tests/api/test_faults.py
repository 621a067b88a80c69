"""What is at fault is said in our own words, in the language that was asked for, whatever was sent."""

from __future__ import annotations

import re
from typing import Any

import pytest
from pydantic import BaseModel, TypeAdapter, ValidationError
from pydantic_core import PydanticCustomError, PydanticKnownError

from antigone.api import faults
from antigone.api.door import make
from antigone.api.strict import Day, Key, Line, Moment, Name, RecordId, YesNo
from tests.api.calling import problem
from tests.api.world import World

OURS = {faults.NOT_TEXT, faults.NO_ZONE, faults.CONTROL}
SENT: tuple[Any, ...] = (
    None, True, 1, -1, 1.5, 10**30, "", "a", "1", "x" * 5000, "a\x07b", "2026-05-03", "2026-05-03T10:00:00",
    "2026-05-03T10:00:00Z", "2026-13-40", [], [1], {}, {"unknown": 1}, "null", "NaN", "\u202e",
)  # fmt: skip


@pytest.mark.parametrize("code", sorted(set(faults.SENTENCES) - OURS))
def test_the_table_names_faults_that_there_are(code: str) -> None:
    named = re.findall(r"%\((\w+)\)s", str(faults.SENTENCES[code]))
    context: dict[str, Any] = {name: "'a'" if name == "expected" else 1 for name in named}
    context |= {"error": "x", "class_name": "X", "field_type": "X", "actual_length": 1, "pattern": "x"}
    PydanticKnownError(code, context)  # raises for a type that there is not
    said = faults.sentence({"type": code, "ctx": context})
    assert said.endswith(".")
    assert "%(" not in said


@pytest.mark.parametrize(
    "kind",
    [Day, Key, Line, Moment, Name, RecordId, YesNo],
    ids=["day", "key", "line", "moment", "name", "record-id", "yes-no"],
)
def test_every_fault_of_a_kind_of_field_has_its_sentence(kind: Any) -> None:
    refused = 0
    for value in SENT:
        try:
            TypeAdapter(kind).validate_python(value)
        except ValidationError as error:
            refused += 1
            for each in error.errors():
                assert each["type"] in faults.SENTENCES, (value, each)
                assert faults.sentence(each).endswith(".")  # type: ignore[arg-type]
    assert refused > 5


def test_every_model_of_what_is_sent_refuses_in_our_words() -> None:
    """Each field of each body and form, given each of many values."""
    models = _sent_models()
    assert len(models) > 20
    tried = 0
    for model in models:
        for name in model.model_fields:
            for value in SENT:
                try:
                    model.model_validate({name: value})
                except ValidationError as error:
                    for each in error.errors():
                        assert each["type"] in faults.SENTENCES, (model.__name__, name, value, each)
                        tried += 1
    assert tried > 1000


def test_what_is_in_no_table_is_refused_without_pydantics_words() -> None:
    error = PydanticCustomError("never_heard_of", "Input should be frozen")
    assert "Input" not in faults.sentence({"type": error.type, "msg": error.message()})


def test_a_fault_is_told_in_the_language_that_was_asked_for(shared: tuple[World, World]) -> None:
    program = shared[0].program
    body = {"code": "", "kind": "alive", "recovered_on": 20260503, "colour": "red"}
    here = problem(program.post("subjects", body), 422, "invalid")["errors"]
    assert {each["pointer"]: each["detail"] for each in here} == {
        "/code": "It has at least this many characters: 1.",
        "/kind": "It is one of: deceased, body-part.",
        "/recovered_on": 'It is a text, such as "2026-05-03".',
        "/colour": "This operation has no such field.",
    }
    there = problem(program.post("subjects", body, Accept_Language="uk"), 422, "invalid")["errors"]
    assert {each["detail"] for each in there}.isdisjoint(each["detail"] for each in here)


def _sent_models() -> list[type[BaseModel]]:
    """What the operations take as body, form or query."""
    found: dict[str, type[BaseModel]] = {}
    for _prefix, router in make()._routers:
        for view in router.path_operations.values():
            for operation in view.operations:
                for source in operation.models:
                    for field in source.model_fields.values():
                        kind = field.annotation
                        if isinstance(kind, type) and issubclass(kind, BaseModel):
                            found[f"{kind.__module__}.{kind.__name__}"] = kind
    return list(found.values())
