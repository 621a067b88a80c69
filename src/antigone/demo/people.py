"""The synthetic cohort as it ships: portraits, post-mortem photographs, and the truth kept apart."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from datetime import date
from pathlib import Path

COHORT = Path(__file__).parent / "cohort"


@dataclass(frozen=True)
class Remains:
    """One unidentified person of the cohort: particulars of recovery and photographs."""

    code: str
    photographs: tuple[Path, ...]
    place: str
    recovered_on: date
    attested_by: str


def manifest() -> Path:
    """The ante-mortem manifest, as `antigone enrol --manifest` takes it."""
    return COHORT / "manifest.csv"


def remains() -> list[Remains]:
    """Every unidentified person, by code."""
    found: dict[str, Remains] = {}
    for row in rows("remains.csv"):
        earlier = found.get(row["code"])
        found[row["code"]] = Remains(
            code=row["code"],
            photographs=(*(earlier.photographs if earlier else ()), COHORT / row["file"]),
            place=row["place"],
            recovered_on=date.fromisoformat(row["recovered_on"]),
            attested_by=row["attested_by"],
        )
    return [found[code] for code in sorted(found)]


def truth() -> dict[str, str]:
    """Who each unidentified person is, by code; an empty reference for a stranger. The demo alone reads it."""
    return {row["code"]: row["person_ref"] for row in rows("truth.csv")}


def rows(name: str) -> list[dict[str, str]]:
    """The lines of one of the cohort's tables."""
    with (COHORT / name).open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))
