"""The user's guide: a chapter for each role, and every picture that it names is there, small, and told in words."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from PIL import Image

from antigone.access.rules import Role

DOCS = Path(__file__).resolve().parents[2] / "docs"
GUIDE = DOCS / "guide"
PICTURES = DOCS / "images" / "guide"
PICTURE = re.compile(r"!\[(?P<alt>[^\]]*)\]\((?P<path>[^)]+)\)")
LINK = re.compile(r"(?<!!)\[[^\]]+\]\((?P<path>[^)#:]+)(#[^)]*)?\)")
MOST_BYTES = 120_000

CHAPTERS = sorted(GUIDE.glob("*.md"))


def named(chapter: Path) -> list[re.Match[str]]:
    return list(PICTURE.finditer(chapter.read_text(encoding="utf-8")))


def test_every_role_has_a_chapter_that_the_contents_lead_to() -> None:
    contents = (GUIDE / "README.md").read_text(encoding="utf-8")
    for role in Role:
        chapter = GUIDE / f"{role}.md"
        assert chapter.is_file(), role
        assert f"({role}.md)" in contents, role
        text = chapter.read_text(encoding="utf-8")
        for heading in ("## What awaits you", "## What the software refuses, and why", "## When something goes wrong"):
            assert heading in text, f"{role}: {heading}"


@pytest.mark.parametrize("chapter", CHAPTERS, ids=lambda each: each.name)
def test_pictures_are_there_small_and_told_in_words(chapter: Path) -> None:
    for picture in named(chapter):
        file = chapter.parent / picture["path"]
        assert file.is_file(), picture["path"]
        assert file.stat().st_size <= MOST_BYTES, picture["path"]
        assert len(picture["alt"].split()) >= 5, f"{picture['path']} has no words for who cannot see it"
        with Image.open(file) as opened:
            assert opened.width <= 900, picture["path"]


@pytest.mark.parametrize("chapter", CHAPTERS, ids=lambda each: each.name)
def test_links_lead_somewhere(chapter: Path) -> None:
    for link in LINK.finditer(chapter.read_text(encoding="utf-8")):
        assert (chapter.parent / link["path"]).exists(), link["path"]


def test_no_picture_lies_there_unused() -> None:
    used = {(chapter.parent / picture["path"]).resolve() for chapter in CHAPTERS for picture in named(chapter)}
    assert {each.resolve() for each in PICTURES.iterdir()} == used


def test_the_contents_of_the_documents_lead_to_the_guide() -> None:
    assert "(guide/README.md)" in (DOCS / "README.md").read_text(encoding="utf-8")
