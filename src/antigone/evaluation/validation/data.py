"""The photographs of a validation: who is on them, their digests, and what is odd about them."""

from __future__ import annotations

import hashlib
from collections import Counter
from dataclasses import dataclass, replace
from functools import cached_property

from antigone.evaluation.errors import EvaluationError
from antigone.evaluation.halves import half
from antigone.evaluation.protocols import Photograph, photographs, photographs_by_stem, read_aliases
from antigone.evaluation.validation.options import Options

LARGEST = 200_000_000
"""Bytes of a picture file; a longer one is never decoded, and not read here."""


@dataclass(frozen=True)
class Data:
    """Photographs with people who are filed twice taken as one; `as_filed` are the same under the names of the files.

    `digests` is the SHA-256 of each file, in order, empty where it could not be read.
    """

    photographs: tuple[Photograph, ...]
    as_filed: tuple[Photograph, ...]
    digests: tuple[str, ...]
    aliases: int

    @cached_property
    def digest(self) -> str:
        """SHA-256 over the key and the SHA-256 of every file, in order; as `evaluation.templates` takes it."""
        lines = (f"{photo.key}\0{sha}\n" for photo, sha in zip(self.photographs, self.digests, strict=True))
        return hashlib.sha256("".join(lines).encode()).hexdigest()

    @cached_property
    def sha256(self) -> dict[str, str]:
        """The SHA-256 of each file by its key."""
        return {photo.key: sha for photo, sha in zip(self.photographs, self.digests, strict=True)}

    @cached_property
    def people(self) -> dict[str, list[Photograph]]:
        """The photographs of each person, in the order of their keys."""
        found: dict[str, list[Photograph]] = {}
        for photo in self.photographs:
            found.setdefault(photo.person, []).append(photo)
        return found

    def as_json(self) -> dict[str, int | str | dict[str, dict[str, int]]]:
        """Counts and digests, without a name."""
        people = self.people
        halves = {
            which: {
                "people": sum(half(name) == which for name in people),
                "people_with_two": sum(half(name) == which and len(own) > 1 for name, own in people.items()),
                "photographs": sum(len(own) for name, own in people.items() if half(name) == which),
            }
            for which in ("calibration", "test")
        }
        return {
            "photographs": len(self.photographs),
            "people": len(people),
            "people_with_two": sum(len(own) > 1 for own in people.values()),
            "aliases": self.aliases,
            "same_file_two_people": self._same_file(),
            "unreadable": sum(not sha for sha in self.digests),
            "sha256": self.digest,
            "halves": halves,
        }

    def _same_file(self) -> int:
        """Files that are byte for byte equal and filed under different people."""
        owners: dict[str, set[str]] = {}
        for photo, sha in zip(self.photographs, self.digests, strict=True):
            if sha:
                owners.setdefault(sha, set()).add(photo.person)
        often = Counter(sha for sha in self.digests if sha and len(owners[sha]) > 1)
        return sum(often.values())


def read_data(options: Options) -> Data:
    """The photographs below `options.images`. Raises EvaluationError when there are none, or a list cannot be read."""
    filed = photographs_by_stem(options.images) if options.by_stem else photographs(options.images)
    names = read_aliases(options.aliases) if options.aliases is not None else {}
    merged = tuple(replace(photo, person=names.get(photo.person, photo.person)) for photo in filed)
    used = {photo.person for photo in filed} & set(names)
    found = Data(merged, tuple(filed), tuple(_sha256(photo) for photo in filed), len(used))
    if len(found.people) < 2:
        raise EvaluationError(
            "All pictures are of one person: nobody can be told apart. Give a folder per person, or --by-stem."
        )
    return found


def _sha256(photo: Photograph) -> str:
    try:
        if photo.path.stat().st_size > LARGEST:
            return ""
        with photo.path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return ""
