"""Which pictures are compared with which: pairs from a file, and enrolment with strangers held out.

Pictures lie in a folder as NAME/NAME_0001.jpg, the form of Labeled Faces in the Wild. A pairs file has the
form of its view 2: `name i j` for two pictures of one person, `name i name j` for pictures of two, and may
begin with a line `folds pairs` ("10 300").
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from antigone.evaluation.errors import EvaluationError
from antigone.evaluation.metrics import Ints

SUFFIXES = frozenset({".jpg", ".jpeg", ".png", ".webp", ".tif", ".tiff", ".heic"})
_NAME = re.compile(r"[^/\\\x00]+")


@dataclass(frozen=True)
class Photograph:
    """One picture file of one person; `key` is its path below the images' folder."""

    key: str
    person: str
    path: Path


@dataclass(frozen=True)
class Pair:
    """Two pictures by their keys, the people on them, and the fold that the pair belongs to."""

    first: str
    second: str
    people: tuple[str, str]
    fold: int

    @property
    def same(self) -> bool:
        return self.people[0] == self.people[1]


@dataclass(frozen=True)
class Draw:
    """One draw of the identification protocol, as positions in the list of photographs.

    `enrolled` holds one picture a person; `mated` other pictures of enrolled people; `strangers` pictures of
    people of whom nothing is enrolled.
    """

    enrolled: Ints
    mated: Ints
    strangers: Ints


def photographs(images: Path) -> list[Photograph]:
    """Every picture below `images`, a folder per person, in the order of their names."""
    if not images.is_dir():
        raise EvaluationError("There is no such folder of images. Give one that holds a folder for each person.")
    found = [
        Photograph(f"{folder.name}/{file.name}", folder.name, file)
        for folder in sorted(images.iterdir())
        if folder.is_dir()
        for file in sorted(folder.iterdir())
        if file.suffix.lower() in SUFFIXES and file.is_file()
    ]
    if not found:
        raise EvaluationError("The folder of images holds no folder with pictures: NAME/NAME_0001.jpg is expected.")
    return found


def photographs_by_stem(images: Path) -> list[Photograph]:
    """Every picture anywhere below `images`, of the person named before its first underscore."""
    if not images.is_dir():
        raise EvaluationError("There is no such folder of images. Give one that holds pictures named PERSON_n.jpg.")
    found = [
        Photograph(file.relative_to(images).as_posix(), file.stem.partition("_")[0], file)
        for file in sorted(images.rglob("*"))
        if file.suffix.lower() in SUFFIXES and file.is_file()
    ]
    if not found:
        raise EvaluationError("The folder of images holds no pictures: names such as PERSON_1.jpg are expected.")
    return found


def read_pairs(file: Path, known: Sequence[Photograph]) -> list[Pair]:
    """The pairs of `file`, with their folds.

    A header gives the number of folds and the pairs of each kind in a fold, as in LFW. Without one, a fold
    begins where a pair of one person follows a pair of two: a subset of LFW's file keeps its ten folds so.
    Raises EvaluationError on a line of another form or a picture that is not among `known`.
    """
    keys = {(photo.person, Path(photo.key).stem): photo.key for photo in known}
    try:
        lines = file.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise EvaluationError("The pairs file cannot be read as text. Give a file in LFW's view-2 form.") from error
    rows = [(number, line.split()) for number, line in enumerate(lines, start=1) if line.strip()]
    per_fold = 0
    if rows and len(rows[0][1]) == 2 and all(field.isdigit() for field in rows[0][1]):
        per_fold = 2 * int(rows.pop(0)[1][1])
    pairs: list[Pair] = []
    fold, last_same = 0, True
    for place, (number, fields) in enumerate(rows):
        (first, i), (second, j) = _sides(fields, number)
        same = first == second
        if per_fold:
            fold = place // per_fold
        elif same and not last_same:
            fold += 1
        last_same = same
        pairs.append(Pair(_key(keys, first, i, number), _key(keys, second, j, number), (first, second), fold))
    if not any(pair.same for pair in pairs) or all(pair.same for pair in pairs):
        raise EvaluationError("The pairs file must hold pairs of one person and pairs of two people.")
    return pairs


def read_aliases(file: Path) -> dict[str, str]:
    """People whom a set files under two names, from lines `NAME NAME`: the second by the first.

    What follows a # is a reason for the reader. Raises EvaluationError on a line of another form.
    """
    try:
        lines = file.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise EvaluationError("The file of aliases cannot be read as text. Give lines of two names.") from error
    found: dict[str, str] = {}
    for number, line in enumerate(lines, start=1):
        names = line.partition("#")[0].split()
        if not names:
            continue
        if len(names) != 2:
            raise EvaluationError(f"Line {number} of the file of aliases is not two names.")
        found[names[1]] = found.get(names[0], names[0])
    return found


def _sides(fields: list[str], number: int) -> tuple[tuple[str, str], tuple[str, str]]:
    if len(fields) == 3:
        fields = [fields[0], fields[1], fields[0], fields[2]]
    if len(fields) != 4 or not (fields[1].isdigit() and fields[3].isdigit()):
        raise EvaluationError(f"Line {number} of the pairs file is neither `name i j` nor `name i name j`.")
    return (fields[0], fields[1]), (fields[2], fields[3])


def _key(keys: dict[tuple[str, str], str], name: str, number: str, line: int) -> str:
    key = keys.get((name, f"{name}_{int(number):04d}")) if _NAME.fullmatch(name) else None
    if key is None:
        raise EvaluationError(f"Line {line} of the pairs file names a picture that the folder of images lacks.")
    return key


def draw_identification(people: npt.ArrayLike, stranger_share: float, seed: int) -> Draw:
    """One portrait a person enrolled, at random; the rest probes; a share of the people held out.

    `people`, shape (n,), numbers the person of each photograph. Strangers are drawn first from people with a
    single picture, who could never be a mated probe, so that holding them out costs no mated search; only
    when they do not suffice, from the others. Raises EvaluationError when nobody would be enrolled or sought.
    """
    column = np.asarray(people, dtype=np.intp)
    if not 0 < stranger_share < 1:
        raise EvaluationError("The share of people held out as strangers lies between 0 and 1.")
    random = np.random.default_rng(seed)
    names, counts = np.unique(column, return_counts=True)
    held = round(stranger_share * names.size)
    # Shuffle, then put people with a single picture first; a stable sort keeps the shuffle within each kind.
    shuffled = random.permutation(names.size)
    order = shuffled[np.argsort(counts[shuffled] > 1, kind="stable")]
    strangers = np.isin(column, names[order[:held]])
    places = random.permutation(np.flatnonzero(~strangers))
    _, first = np.unique(column[places], return_index=True)
    enrolled = np.sort(places[first])
    mated = np.setdiff1d(np.flatnonzero(~strangers), enrolled)
    if held == 0 or enrolled.size == 0 or mated.size == 0:
        raise EvaluationError(
            "Identification needs strangers, enrolled people, and at least one person with a second picture. "
            "Give a larger folder of images or another share of strangers."
        )
    return Draw(enrolled, mated, np.flatnonzero(strangers))
