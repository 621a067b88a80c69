"""The vocabulary is complete in Ukrainian, and what is compiled is what is written."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import polib
from django.utils import translation

import antigone.description
from antigone.description import teeth
from antigone.description.bases import LegalBasis
from antigone.description.catalogue import BLOCKS, FIELDS
from antigone.description.fields import Label
from antigone.description.given import Certainty, How

FOLDER = Path(antigone.description.__file__).parent / "locale" / "uk" / "LC_MESSAGES"
PLACES = re.compile(r"%\(\w+\)[sd]")
CYRILLIC = re.compile(r"[а-яіїєґ]", re.IGNORECASE)


def labels() -> Iterator[Label]:
    for block in BLOCKS:
        yield from (block.title, block.help)
    for field in FIELDS.values():
        for part in (field, *field.parts):
            yield from (part.label, part.help)
            yield from (label for value, label in part.choices if not value.endswith(("+", "-")))
    for listed in (teeth.STATES, teeth.SURFACES, teeth.MATERIALS):
        yield from (label for _value, label in listed)
    for closed in (Certainty, How, LegalBasis):
        yield from closed.labels


def test_every_label_is_said_in_ukrainian() -> None:
    with translation.override("uk"):
        left = [text for text in map(str, labels()) if text and not CYRILLIC.search(text)]
    assert left == []


def test_translations_are_whole_and_keep_their_places() -> None:
    written = polib.pofile(str(FOLDER / "django.po"))
    assert not written.fuzzy_entries()
    assert not written.untranslated_entries()
    for entry in written:
        assert sorted(PLACES.findall(entry.msgid)) == sorted(PLACES.findall(entry.msgstr)), entry.msgid


def test_what_is_compiled_is_what_is_written() -> None:
    written, compiled = polib.pofile(str(FOLDER / "django.po")), polib.mofile(str(FOLDER / "django.mo"))
    texts = {(entry.msgctxt, entry.msgid): entry.msgstr for entry in written}
    assert {(entry.msgctxt, entry.msgid): entry.msgstr for entry in compiled} == texts


def test_one_english_word_can_be_two() -> None:
    hair, eyes = FIELDS["desc.hair_colour"], FIELDS["desc.eye_colour"]
    with translation.override("uk"):
        assert (str(hair.said("brown")), str(eyes.said("brown"))) == ("каштанове", "карі")
