"""Reading what a giver hands over: a folder of portraits, and a manifest that describes the persons."""

from __future__ import annotations

import csv
import io
import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from antigone.imaging.headers import sniff
from antigone.missing.errors import ManifestError, SourceError
from antigone.missing.records import COLUMNS, PersonRecord, record_of, reference, reference_fault
from antigone.smallfiles import SmallFileError, read_small_text, shown_name

__all__ = ["COLUMNS", "Item", "Left", "PersonRecord", "Source", "from_folder", "from_manifest", "reference_of"]

PICTURE_NAMES = (".jpg", ".jpeg", ".png", ".webp", ".tif", ".tiff", ".heic", ".heif")
LARGEST_MANIFEST = 256 << 20

IGNORED = {
    "hidden": "Its name begins with a dot, so it was not opened.",
    "link": "It is a link to a folder, which is not followed; copy the folder itself to here.",
    "closed-folder": "The folder cannot be opened, so nothing in it was seen.",
    "empty-folder": "The folder holds no file, so nobody was recorded for it.",
    "not-a-picture": "It is not a picture, so nobody was recorded for it.",
    "not-in-manifest": "The manifest does not name it.",
}
BAD_NAME = "Its name cannot be a person's reference: it {}. Rename it and enrol the source again."


@dataclass(frozen=True)
class Item:
    """One file to enrol as a portrait of the person whom `record` describes; `name` is shown to people."""

    record: PersonRecord
    file: Path
    name: str


@dataclass(frozen=True)
class Left:
    """Something in the source that is not enrolled: the name that is shown, and why."""

    name: str
    reason: str
    sentence: str


@dataclass(frozen=True)
class Source:
    """Everything found: the files, and the persons of a manifest for whom no file was found.

    `ignored` is what was passed over, `misnamed` the files whose names cannot be a person's reference.
    """

    items: tuple[Item, ...]
    without_file: tuple[PersonRecord, ...] = field(default=())
    ignored: tuple[Left, ...] = field(default=())
    misnamed: tuple[Left, ...] = field(default=())

    @property
    def persons(self) -> int:
        return len({item.record.ref for item in self.items} | {record.ref for record in self.without_file})


@dataclass(frozen=True)
class _Found:
    """What lies below a folder: its files in order, and what is passed over."""

    files: list[Path]
    ignored: list[Left]


def reference_of(name: str) -> str:
    """Whose a file is by its place in the source: the first sub-folder's name, or else the file's stem."""
    path = PurePosixPath(name)
    return reference(path.parts[0] if len(path.parts) > 1 else path.stem)


def from_folder(source: Path) -> Source:
    """Every file below `source`; the first sub-folder, or else the file's stem, is the person's reference.

    At the top a file that is no picture, neither by its name nor by its first bytes, is nobody's portrait.
    Raises SourceError when `source` is no folder or holds nothing to enrol.
    """
    _check_folder(source)
    found = _walk(source)
    items: list[Item] = []
    misnamed: list[Left] = []
    for file in found.files:
        relative = file.relative_to(source).as_posix()
        if "/" not in relative and not _is_picture(file):
            found.ignored.append(_left(relative, "not-a-picture"))
            continue
        ref = reference_of(relative)
        fault = reference_fault(ref)
        if fault:
            misnamed.append(Left(shown_name(relative), "bad-name", BAD_NAME.format(fault)))
        else:
            items.append(Item(PersonRecord(ref=ref), file, shown_name(relative)))
    if not items:
        _refuse_empty([*misnamed, *found.ignored])
    return Source(tuple(items), ignored=tuple(found.ignored), misnamed=tuple(misnamed))


def from_manifest(source: Path, manifest: Path) -> Source:
    """The files a manifest names (column `file`, relative to `source`), or the folder's for the persons it lists.

    Raises ManifestError or SourceError; files that lie outside `source` are an error too.
    """
    _check_folder(source)
    root = os.path.realpath(source)
    items: list[Item] = []
    loose: dict[str, PersonRecord] = {}
    named = {os.path.realpath(manifest)}
    for line, row in _rows(manifest):
        record = record_of(row, line)
        if not row.get("file"):
            loose[record.ref] = record
            continue
        file = source / row["file"]
        named.add(_inside(root, file, line))
        items.append(Item(record, file, shown_name(os.path.normpath(row["file"]))))
    found = _walk(source)
    for file in found.files:
        if os.path.realpath(file) in named:
            continue
        relative = file.relative_to(source).as_posix()
        whose = loose.get(reference_of(relative))
        if whose is not None and ("/" in relative or _is_picture(file)):
            items.append(Item(whose, file, shown_name(relative)))
        else:
            found.ignored.append(_left(relative, "not-in-manifest"))
    if not items and not loose:
        raise ManifestError("The manifest describes nobody. Nothing was enrolled. Fill it in and enrol again.")
    there = {item.record.ref for item in items}
    without_file = tuple(record for ref, record in loose.items() if ref not in there)
    # A hidden file that the manifest names is enrolled; neither it nor the folder above it was passed over.
    taken = {each for item in items for each in (item.name, *map(str, PurePosixPath(item.name).parents))}
    return Source(tuple(items), without_file, tuple(left for left in found.ignored if left.name not in taken))


def _check_folder(source: Path) -> None:
    if not source.is_dir():
        raise SourceError("The source is not a folder. Nothing was enrolled. Name a folder of portraits.")


def _refuse_empty(left: list[Left]) -> None:
    if not left:
        raise SourceError("The source folder is empty. Nothing was enrolled. Name a folder of portraits.")
    first = left[0]
    raise SourceError(f"The source folder holds nothing to enrol; nothing was enrolled. {first.name}: {first.sentence}")


def _left(relative: str, reason: str) -> Left:
    return Left(shown_name(relative), reason, IGNORED[reason])


def _walk(source: Path) -> _Found:
    found = _Found([], [])
    filled: set[str] = set()
    top: list[str] = []

    def closed(failure: OSError) -> None:
        relative = Path(failure.filename).relative_to(source)
        found.ignored.append(_left(relative.as_posix(), "closed-folder"))
        filled.update(relative.parts[:1])

    for where, folders, names in os.walk(source, onerror=closed, followlinks=False):
        here = Path(where).relative_to(source)
        for name in sorted([*folders, *names]):
            relative = (here / name).as_posix()
            if name.startswith("."):
                found.ignored.append(_left(relative, "hidden"))
            elif name in folders and Path(where, name).is_symlink():
                found.ignored.append(_left(relative, "link"))
        folders[:] = sorted(name for name in folders if not name.startswith(".") and not Path(where, name).is_symlink())
        if not here.parts:
            top = list(folders)
        for name in sorted(names):
            if not name.startswith("."):
                found.files.append(Path(where, name))
                filled.update(here.parts[:1])
    found.ignored.extend(_left(name, "empty-folder") for name in top if name not in filled)
    return found


def _is_picture(file: Path) -> bool:
    """Whether a file is meant as a picture: by its name, or by its first bytes."""
    if file.suffix.lower() in PICTURE_NAMES:
        return True
    try:
        handle = os.open(file, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
    except OSError:
        return False
    try:
        return sniff(os.read(handle, 16)) is not None
    except OSError:  # a folder behind a link, or a pipe that has nothing to say
        return False
    finally:
        os.close(handle)


def _inside(root: str, file: Path, line: int) -> str:
    resolved = os.path.realpath(file)
    if Path(root) not in Path(resolved).parents:
        raise ManifestError(
            f"Line {line} of the manifest names a file outside the source folder. Nothing was enrolled."
        )
    return resolved


def _rows(manifest: Path) -> Iterator[tuple[int, dict[str, str]]]:
    """The manifest's rows, each with the number of its (last) line."""
    try:
        text = read_small_text(manifest, LARGEST_MANIFEST)
    except SmallFileError as refused:
        raise ManifestError(f"The manifest cannot be used. {refused.sentence} Nothing was enrolled.") from None
    try:
        reader = csv.DictReader(io.StringIO(text, newline=""), strict=True)
        if "person_ref" not in (reader.fieldnames or ()):
            raise ManifestError(
                "The manifest has no column person_ref. Nothing was enrolled. Known columns: " + ", ".join(COLUMNS)
            )
        for row in reader:
            yield reader.line_num, {key: (value or "").strip() for key, value in row.items() if key}
    except csv.Error as exc:
        raise ManifestError(f"The manifest is not a CSV file in UTF-8 ({exc}). Nothing was enrolled.") from None
