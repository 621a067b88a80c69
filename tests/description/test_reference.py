"""The reference of fields is the catalogue's."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.utils import translation

from antigone.description import reference
from antigone.description.__main__ import main
from antigone.description.catalogue import FIELDS

DOCUMENT = Path(__file__).resolve().parents[2] / "docs" / "fields.md"


def test_the_document_is_current() -> None:
    text = DOCUMENT.read_text(encoding="utf-8")
    with translation.override("en"):
        assert reference.with_table(text, reference.table()) == text, (
            "run: python -m antigone.description docs/fields.md"
        )


def test_every_field_and_every_value_is_in_it() -> None:
    written = reference.table()
    for field in FIELDS.values():
        assert f"| `{field.key}` |" in written
        for part in (field, *field.parts):
            assert all(f"`{value}`" in written for value in part.values)


def test_it_is_written_between_the_marks_alone(tmp_path: Path) -> None:
    document = tmp_path / "fields.md"
    document.write_text(f"head\n{reference.BEGIN}what stood here\n{reference.END}foot\n", encoding="utf-8")
    with translation.override("en"):
        main(document)
    text = document.read_text(encoding="utf-8")
    assert text.startswith("head\n")
    assert text.endswith("foot\n")
    assert "what stood here" not in text
    with pytest.raises(ValueError, match="no place marked"):
        reference.with_table("no marks", "table")
