"""Reading the photographs of a case: one that shows no face does not end a search, unless somebody named it."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from PIL import Image

from antigone.casework.errors import PictureUnusable
from antigone.casework.rules import left_out_note
from antigone.casework.searching.reading import Clock, Given, read_all
from antigone.demo import people
from antigone.faces import FaceEngine, ModelStore
from antigone.imaging import Limits


@pytest.fixture
def plain() -> bytes:
    """A picture of no face, as a photograph of a garment or an effect is."""
    out = io.BytesIO()
    Image.new("RGB", (320, 320), (128, 120, 110)).save(out, "JPEG")
    return out.getvalue()


@pytest.fixture
def engine(models: Path) -> FaceEngine:
    return FaceEngine(store=ModelStore(models), turns="always")


def face() -> bytes:
    return people.remains()[0].photographs[0].read_bytes()


def test_a_kept_photograph_without_a_face_is_left_out(engine: FaceEngine, plain: bytes) -> None:
    left: list[PictureUnusable] = []
    given = [Given("coat", plain, kept=True), Given("front", face(), kept=True)]
    assert [each.name for each in read_all(engine, given, Limits(), Clock(), left)] == ["front"]
    assert [each.file for each in left] == ["coat"]
    assert "One photograph" in left_out_note(1)
    assert left_out_note(3).startswith("3 photographs")


def test_a_photograph_that_somebody_named_ends_the_search(engine: FaceEngine, plain: bytes) -> None:
    with pytest.raises(PictureUnusable):
        read_all(engine, [Given("coat", plain), Given("front", face(), kept=True)], Limits(), Clock(), [])


def test_where_nothing_is_left_the_first_is_said(engine: FaceEngine, plain: bytes) -> None:
    with pytest.raises(PictureUnusable):
        read_all(engine, [Given("coat", plain, kept=True)], Limits(), Clock(), [])
