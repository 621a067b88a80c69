"""Reading what a giver hands over: a folder of portraits, and a manifest that describes the persons."""

from __future__ import annotations

import csv
import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from antigone.missing.errors import ManifestError, SourceError
from antigone.missing.models import Sex

COLUMNS = (
    "person_ref", "file", "name", "name_native", "sex", "birth_date", "stature_cm", "marks", "effects",
    "last_seen_on", "last_seen_place", "given_by",
)  # fmt: skip


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


@dataclass(frozen=True)
class Item:
    """One file to enrol as a portrait of the person whom `record` describes; `name` is shown to people."""

    record: PersonRecord
    file: Path
    name: str


@dataclass(frozen=True)
class Source:
    """Everything found: the files, and the persons of a manifest for whom no file was found."""

    items: tuple[Item, ...]
    without_file: tuple[PersonRecord, ...] = field(default=())

    @property
    def persons(self) -> int:
        return len({item.record.ref for item in self.items} | {record.ref for record in self.without_file})


def _files_below(folder: Path) -> Iterator[Path]:
    for where, folders, names in os.walk(folder, followlinks=False):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            if not name.startswith("."):
                yield Path(where, name)


def from_folder(source: Path) -> Source:
    """Every file below `source`; the first sub-folder, or else the file's stem, is the person's reference.

    Raises SourceError when `source` is no folder or holds no file.
    """
    if not source.is_dir():
        raise SourceError("The source is not a folder. Nothing was enrolled. Name a folder of portraits.")
    items = []
    for file in _files_below(source):
        relative = file.relative_to(source)
        ref = relative.parts[0] if len(relative.parts) > 1 else file.stem
        items.append(Item(PersonRecord(ref=ref), file, relative.as_posix()))
    if not items:
        raise SourceError("The source folder is empty. Nothing was enrolled. Name a folder of portraits.")
    return Source(tuple(items))


def _record(row: dict[str, str], line: int) -> PersonRecord:
    ref = row.get("person_ref", "")
    if not ref:
        raise ManifestError(
            f"Line {line} of the manifest has no person_ref. Nothing was enrolled. Mend the line and try again."
        )
    sex = row.get("sex", "").lower() or Sex.UNKNOWN
    if sex not in Sex.values:
        raise ManifestError(
            f"Line {line} of the manifest says sex “{sex}”; known are {', '.join(Sex.values)}. Nothing was enrolled."
        )
    stature = row.get("stature_cm", "")
    if stature and not (stature.isdigit() and 20 <= int(stature) <= 260):
        raise ManifestError(f"Line {line} of the manifest says a stature of “{stature}” cm. Nothing was enrolled.")
    return PersonRecord(
        ref=ref,
        names=tuple(name for name in (row.get("name", ""), row.get("name_native", "")) if name),
        sex=sex,
        stature_cm=int(stature) if stature else None,
        **{
            key: row.get(key, "")
            for key in ("birth_date", "marks", "effects", "last_seen_on", "last_seen_place", "given_by")
        },
    )


def _rows(manifest: Path) -> list[dict[str, str]]:
    try:
        with manifest.open(encoding="utf-8-sig", newline="") as lines:
            reader = csv.DictReader(lines, strict=True)
            if "person_ref" not in (reader.fieldnames or ()):
                raise ManifestError(
                    "The manifest has no column person_ref. Nothing was enrolled. Known columns: " + ", ".join(COLUMNS)
                )
            return [{key: (value or "").strip() for key, value in row.items() if key} for row in reader]
    except (UnicodeDecodeError, csv.Error) as exc:
        raise ManifestError(f"The manifest is not a CSV file in UTF-8 ({exc}). Nothing was enrolled.") from exc
    except OSError as exc:
        raise ManifestError(f"The manifest cannot be read ({exc.strerror}). Nothing was enrolled.") from exc


def from_manifest(source: Path, manifest: Path) -> Source:
    """The files a manifest names (column `file`, relative to `source`), or the folder's for the persons it lists.

    Raises ManifestError or SourceError; files that lie outside `source` are an error too.
    """
    rows = _rows(manifest)
    if not source.is_dir():
        raise SourceError(
            "The source is not a folder. Nothing was enrolled. Name the folder that the manifest describes."
        )
    root = source.resolve()
    items: list[Item] = []
    loose: dict[str, PersonRecord] = {}
    for line, row in enumerate(rows, start=2):
        record = _record(row, line)
        if not row.get("file"):
            loose[record.ref] = record
            continue
        file = source / row["file"]
        if root not in file.resolve().parents:
            raise ManifestError(
                f"Line {line} of the manifest names a file outside the source folder. Nothing was enrolled."
            )
        items.append(Item(record, file, row["file"]))
    if loose:
        for item in _listed(source, manifest):
            if item.record.ref in loose:
                items.append(Item(loose[item.record.ref], item.file, item.name))
    found = {item.record.ref for item in items}
    return Source(tuple(items), tuple(record for ref, record in loose.items() if ref not in found))


def _listed(source: Path, manifest: Path) -> tuple[Item, ...]:
    try:
        found = from_folder(source).items
    except SourceError:
        return ()
    return tuple(item for item in found if item.file.resolve() != manifest.resolve())
