"""Every catalogue is whole in Ukrainian, compiled, and collected from the source as it is."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import polib
import pytest
from django.conf import settings
from django.utils.translation import to_language

import antigone

PACKAGE = Path(antigone.__file__).parent
TOOL = PACKAGE.parent.parent / "tools" / "messages.py"
CATALOGUES = sorted(PACKAGE.glob("*/locale/uk/LC_MESSAGES/django.po"))
PLACE = re.compile(r"%\(\w+\)[a-z]|%%|\{\w+\}")
MARK = re.compile(r"<(/?[a-z]+)([^>]*)>")
ALIKE = ("log10 LR",)  # written in one way in both languages
CYRILLIC = re.compile(r"[а-щьюяґєії]", re.IGNORECASE)
FORMS = 4  # of a Ukrainian plural: 1, 2 to 4, 5 and more, fractions

each_catalogue = pytest.mark.parametrize("catalogue", CATALOGUES, ids=lambda path: path.relative_to(PACKAGE).parts[0])


def said(entry: polib.POEntry) -> list[str]:
    """What a translator wrote for one sentence: one text, or one for each plural form."""
    return list(entry.msgstr_plural.values()) if entry.msgid_plural else [entry.msgstr]


def name(entry: polib.POEntry) -> str:
    return f"{entry.msgctxt or ''}|{entry.msgid}"


def test_every_language_with_a_catalogue_is_offered() -> None:
    compiled = {path.parts[-3] for path in PACKAGE.glob("web/locale/*/LC_MESSAGES/django.mo")}
    assert {code for code, _name in settings.LANGUAGES} == {"en", *map(to_language, compiled)}


@each_catalogue
def test_nothing_is_left_untranslated_or_doubtful(catalogue: Path) -> None:
    written = polib.pofile(str(catalogue))
    assert [name(each) for each in written.untranslated_entries()] == []
    assert [name(each) for each in written.fuzzy_entries()] == []
    assert [name(each) for each in written if each.msgid_plural and len(said(each)) != FORMS] == []
    assert f"nplurals={FORMS};" in written.metadata["Plural-Forms"]


@each_catalogue
def test_what_is_compiled_is_what_is_written(catalogue: Path) -> None:
    written, compiled = polib.pofile(str(catalogue)), polib.mofile(str(catalogue.with_suffix(".mo")))
    assert {name(each): said(each) for each in compiled} == {name(each): said(each) for each in written}
    assert compiled.metadata == written.metadata


@each_catalogue
def test_translations_keep_places_and_marks(catalogue: Path) -> None:
    for entry in polib.pofile(str(catalogue)):
        wanted = set(PLACE.findall(entry.msgid_plural or entry.msgid))
        for text in said(entry):
            # A plural form may leave its number out where the English one does (“a portrait was added”).
            spare = wanted - set(PLACE.findall(entry.msgid)) if entry.msgid_plural else set()
            assert wanted - spare <= set(PLACE.findall(text)) <= wanted, name(entry)
            assert sorted(MARK.findall(text)) == sorted(MARK.findall(entry.msgid)), name(entry)
            assert text[:1].isspace() == entry.msgid[:1].isspace(), name(entry)
            assert text[-1:].isspace() == entry.msgid[-1:].isspace(), name(entry)


@each_catalogue
def test_translations_are_written_in_ukrainian(catalogue: Path) -> None:
    """In its own letters, with its own apostrophe and quotation marks."""
    for entry in polib.pofile(str(catalogue)):
        for text in said(entry):
            bare = MARK.sub("", PLACE.sub("", text))
            if entry.msgid not in ALIKE and re.search(r"[a-z]{2}", bare.replace("Antigone", "")):
                assert CYRILLIC.search(bare), name(entry)
            assert not re.search(r"[ыэъё]", bare, re.IGNORECASE), name(entry)
            assert not re.search(r"[а-яґєії]['ʼ`][а-яґєії]|[“”]", bare, re.IGNORECASE), name(entry)


@each_catalogue
def test_one_sentence_is_said_in_one_way(catalogue: Path) -> None:
    """Catalogues are read as one: two translations of one sentence would take turns by the order of the apps."""
    here = {name(each): said(each) for each in polib.pofile(str(catalogue))}
    for other in CATALOGUES:
        there = {name(each): said(each) for each in polib.pofile(str(other))}
        assert {key: here[key] for key in here.keys() & there} == {key: there[key] for key in here.keys() & there}


def test_every_sentence_of_the_source_is_collected() -> None:
    if shutil.which("xgettext") is None:
        pytest.skip("NOT CHECKED: there is no xgettext on this machine (Debian: gettext)")
    ran = subprocess.run([sys.executable, str(TOOL), "--check"], capture_output=True, text=True, timeout=120)
    assert ran.returncode == 0, ran.stdout + ran.stderr
