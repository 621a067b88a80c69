"""The cohort's invented records agree with each other, and with the tools that made them."""

from __future__ import annotations

import csv
import re
from collections import Counter
from datetime import date
from pathlib import Path

import antigone.demo
from antigone.missing.sources import COLUMNS

COHORT = Path(antigone.demo.__file__).parent / "cohort"
CODE = re.compile(r"[A-Z]+-[A-Z]-[0-9]{3}")


def rows(name: str) -> list[dict[str, str]]:
    with (COHORT / name).open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def test_the_manifest_has_two_portraits_of_45_people_in_the_known_columns() -> None:
    found = rows("manifest.csv")
    assert tuple(found[0]) == COLUMNS
    assert len(found) == 90
    assert set(Counter(row["person_ref"] for row in found).values()) == {2}
    assert len({row["file"] for row in found}) == 90
    assert all(row["file"].startswith(f"portraits/{row['person_ref']}/") for row in found)


def test_a_person_is_described_alike_in_both_lines() -> None:
    by_ref: dict[str, set[tuple[str, ...]]] = {}
    for row in rows("manifest.csv"):
        by_ref.setdefault(row["person_ref"], set()).add(tuple(v for k, v in row.items() if k != "file"))
    assert all(len(described) == 1 for described in by_ref.values())
    assert len({next(iter(described))[1] for described in by_ref.values()}) == 45, "no two share a name"


def test_names_are_in_latin_script_and_for_many_in_cyrillic() -> None:
    found = {row["person_ref"]: row for row in rows("manifest.csv")}.values()
    assert all(re.fullmatch(r"[A-Za-z' -]+", row["name"]) for row in found)
    native = [row["name_native"] for row in found if row["name_native"]]
    assert len(native) >= 25
    assert all(re.fullmatch(r"[А-ЯҐЄІЇа-яґєії' -]+", name) for name in native)


def test_fields_of_the_manifest_can_be_read() -> None:
    for row in rows("manifest.csv"):
        assert row["sex"] in {"female", "male"}
        assert re.fullmatch(r"\d{4}(-\d\d(-\d\d)?)?", row["birth_date"])
        assert 140 <= int(row["stature_cm"]) <= 205
        assert 18 <= date.fromisoformat(row["last_seen_on"]).year - int(row["birth_date"][:4]) <= 84


def test_remains_are_60_bodies_with_two_photographs_each() -> None:
    found = rows("remains.csv")
    assert len(found) == 120
    assert set(Counter(row["code"] for row in found).values()) == {2}
    assert len({row["code"] for row in found}) == 60
    for row in found:
        assert CODE.fullmatch(row["code"])
        assert row["file"].startswith(f"photographs/{row['code']}/")
        assert int(row["age_low"]) < int(row["age_high"])
        assert int(row["stature_low"]) < int(row["stature_high"])
        assert row["sex_estimated"] in {"female", "male", "unknown"}
        assert row["place"]
        assert row["attested_by"]
        date.fromisoformat(row["recovered_on"])


def test_the_truth_joins_every_body_to_one_missing_person_or_to_nobody() -> None:
    truth = {row["code"]: row["person_ref"] for row in rows("truth.csv")}
    missing = {row["person_ref"] for row in rows("manifest.csv")}
    assert set(truth) == {row["code"] for row in rows("remains.csv")}
    named = [ref for ref in truth.values() if ref]
    assert sorted(named) == sorted(missing)
    assert len(truth) - len(named) == 15
    in_order = [truth[code] for code in sorted(truth) if truth[code]]
    assert in_order != sorted(in_order), "the codes must not tell who somebody is"


def test_what_was_noted_of_a_body_fits_the_person_it_is() -> None:
    truth = {row["code"]: row["person_ref"] for row in rows("truth.csv")}
    missing = {row["person_ref"]: row for row in rows("manifest.csv")}
    for body in rows("remains.csv"):
        who = missing.get(truth[body["code"]])
        if who is None:
            continue
        assert body["sex_estimated"] in {who["sex"], "unknown"}
        assert int(body["stature_low"]) <= int(who["stature_cm"]) <= int(body["stature_high"])
        age = int(who["last_seen_on"][:4]) - int(who["birth_date"][:4])
        assert int(body["age_low"]) - 1 <= age <= int(body["age_high"]) + 1
        assert body["recovered_on"] > who["last_seen_on"]
        assert set(filter(None, body["marks"].split("; "))) <= set(who["marks"].split("; "))
        assert set(filter(None, body["effects"].split("; "))) <= set(who["effects"].split("; "))
