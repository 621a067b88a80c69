"""What a giver may say of a missing person: which texts are taken, and how a manifest's row becomes a record."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

from antigone.missing.errors import ManifestError
from antigone.missing.models import Sex

COLUMNS = (
    "person_ref", "file", "name", "name_native", "sex", "birth_date", "stature_cm", "marks", "effects",
    "last_seen_on", "last_seen_place", "given_by",
)  # fmt: skip

LONGEST_REF = 200
LONGEST_FILE = 4096
# Characters that each column takes; the record's fields are as wide.
LONGEST = {
    "name": 200, "name_native": 200, "birth_date": 32, "marks": 2000, "effects": 2000, "last_seen_on": 32,
    "last_seen_place": 200, "given_by": 200,
}  # fmt: skip
# Texts of several lines; the others stand on one.
LINES = ("marks", "effects")


@dataclass(frozen=True)
class PersonRecord:
    """What a manifest says of one person; every field is optional but the reference."""

    ref: str
    names: tuple[str, ...] = ()
    sex: str = Sex.UNKNOWN
    birth_date: str = ""
    stature_cm: int | None = None
    marks: str = ""
    effects: str = ""
    last_seen_on: str = ""
    last_seen_place: str = ""
    given_by: str = ""


def text_fault(text: str, longest: int, allowed: str = "") -> str | None:
    """What is wrong with a text, as the end of a sentence, or None; `allowed` are control characters it may hold."""
    if len(text) > longest:
        return f"is longer than {longest} characters"
    for character in text:
        category = unicodedata.category(character)
        if category == "Cs":
            return "is not written in UTF-8"
        if category == "Cc" and character not in allowed:
            return "holds a control character"
    return None


def reference(name: str) -> str:
    """A person's reference as it is kept: without blanks around it, composed (Unicode NFC)."""
    return unicodedata.normalize("NFC", name.strip())


def reference_fault(ref: str) -> str | None:
    """What is wrong with a reference, as the end of a sentence, or None."""
    return text_fault(ref, LONGEST_REF) if ref else "is empty"


def _refuse(line: int, what: str) -> ManifestError:
    return ManifestError(
        f"Line {line} of the manifest {what}. Nothing was enrolled. Mend the line and enrol the source again."
    )


def record_of(row: dict[str, str], line: int) -> PersonRecord:
    """The record that a manifest's row describes; raises ManifestError, which names the line."""
    ref = reference(row.get("person_ref", ""))
    if not ref:
        raise _refuse(line, "has no person_ref")
    fault = reference_fault(ref)
    if fault:
        raise _refuse(line, f"has a person_ref that {fault}")
    for column, longest in LONGEST.items():
        fault = text_fault(row.get(column, ""), longest, allowed="\t\r\n" if column in LINES else "")
        if fault:
            raise _refuse(line, f"has a {column} that {fault}")
    fault = text_fault(row.get("file", ""), LONGEST_FILE)
    if fault:
        raise _refuse(line, f"names a file whose name {fault}")
    sex = row.get("sex", "").lower() or Sex.UNKNOWN
    if sex not in Sex.values:
        raise _refuse(line, f"says a sex that is not known; known are {', '.join(Sex.values)}")
    return PersonRecord(
        ref=ref,
        names=tuple(name for name in (row.get("name", ""), row.get("name_native", "")) if name),
        sex=sex,
        stature_cm=_stature(row.get("stature_cm", ""), line),
        **{
            key: row.get(key, "")
            for key in ("birth_date", "marks", "effects", "last_seen_on", "last_seen_place", "given_by")
        },
    )


def _stature(text: str, line: int) -> int | None:
    if not text:
        return None
    # isdecimal, not isdigit: a superscript is a digit that int() does not read.
    if not (text.isdecimal() and len(text) <= 3 and 20 <= int(text) <= 260):
        raise _refuse(line, "says a stature that is not a whole number of centimetres from 20 to 260")
    return int(text)
