"""The cohort's pictures: all there, all readable, small, and without metadata."""

from __future__ import annotations

import csv
import hashlib
from pathlib import Path

from PIL import Image

import antigone.demo

COHORT = Path(antigone.demo.__file__).parent / "cohort"
PICTURES = sorted(COHORT.rglob("*.jpg"))


def named(record: str) -> set[str]:
    with (COHORT / record).open(encoding="utf-8", newline="") as lines:
        return {row["file"] for row in csv.DictReader(lines)}


def test_the_files_are_those_that_the_records_name() -> None:
    there = {path.relative_to(COHORT).as_posix() for path in PICTURES}
    assert there == named("manifest.csv") | named("remains.csv")
    assert len(there) == 210
    assert {path.relative_to(COHORT).as_posix() for path in COHORT.rglob("*") if path.is_file()} - there == {
        "README.md",
        "manifest.csv",
        "remains.csv",
        "truth.csv",
    }


def test_no_stranger_has_a_portrait() -> None:
    with (COHORT / "truth.csv").open(encoding="utf-8", newline="") as lines:
        missing = {row["person_ref"] for row in csv.DictReader(lines) if row["person_ref"]}
    assert {path.name for path in (COHORT / "portraits").iterdir()} == missing


def test_every_picture_decodes_and_carries_no_metadata() -> None:
    for path in PICTURES:
        with Image.open(path) as picture:
            assert picture.format == "JPEG"
            assert picture.size == (320, 384)
            picture.load()
            assert not picture.getexif()
            assert not {"exif", "comment", "icc_profile", "photoshop", "xmp"} & set(picture.info)


def test_the_pictures_are_small_and_no_two_are_the_same() -> None:
    assert sum(path.stat().st_size for path in COHORT.rglob("*")) < 8_000_000
    assert len({hashlib.sha256(path.read_bytes()).hexdigest() for path in PICTURES}) == len(PICTURES)
