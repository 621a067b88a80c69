"""Choose the pairs of the practice room from the cohort: every mate, and the strangers who look most alike.

    python tools/practice_pairs.py

It writes src/antigone/casework/practice/pairs.csv: which body beside which portrait, whether they are one person, and
what their makers know of how the two differ; and eyes.csv: where the eyes are in each picture. Scores choose, and stand
nowhere. The models must have been installed.
"""

from __future__ import annotations

import csv
import math
import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from antigone.faces import FaceEngine, Reading

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE / "cohort"))

import looks  # noqa: E402
import people  # noqa: E402
import records  # noqa: E402
from identity import MISSING, PEOPLE, Person  # noqa: E402

COHORT = HERE.parent / "src/antigone/demo/cohort"
OUT = HERE.parent / "src/antigone/casework/practice"
EYES = ("file", "right_x", "right_y", "left_x", "left_y")
COLUMNS = ("code", "portrait", "one_person", "differs", "years", "changed")

ALIKE = 6
"""So many strangers a body, those of its sex whose portraits score highest."""

NAMED = 3
"""So many components are named as differing most."""

# Folder of a slider, and the component of the list that it shapes.
PARTS = {
    "head": 2, "forehead": 5, "eyebrows": 6, "eyes": 7, "cheek": 8, "nose": 9, "ears": 10, "mouth": 11, "chin": 12,
    "neck": 13,
}  # fmt: skip
LINE, SCARS, MARKS = 4, 16, 17


def main() -> None:
    readings = dict(_readings())
    _write("eyes.csv", EYES, [_eyes(file, reading) for file, reading in sorted(readings.items())])
    templates = {file: reading.vector for file, reading in readings.items()}
    _write("pairs.csv", COLUMNS, sorted(_rows(templates), key=lambda row: (row["code"], row["portrait"])))


def _write(name: str, columns: tuple[str, ...], rows: list[dict[str, object]]) -> None:
    with (OUT / name).open("w", encoding="utf-8", newline="") as lines:
        writer = csv.DictWriter(lines, columns, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def _readings() -> Iterator[tuple[str, Reading]]:
    for role, engine in (("portrait", FaceEngine()), ("probe", FaceEngine(careful=True))):
        folder = "portraits" if role == "portrait" else "photographs"
        files = {path.relative_to(COHORT).as_posix(): path for path in sorted((COHORT / folder).rglob("*.jpg"))}
        for file, reading in engine.read_many(files.items(), role=role):
            if isinstance(reading, Reading) and reading.vector is not None:
                yield file, reading


def _eyes(file: str, reading: Reading) -> dict[str, object]:
    assert reading.face is not None
    width, height = reading.picture.width, reading.picture.height
    (ax, ay), (bx, by) = reading.face.landmarks[:2]
    shares = (ax / width, ay / height, bx / width, by / height)
    return dict(zip(EYES, (file, *(round(float(share), 4) for share in shares)), strict=True))


def _rows(templates: dict[str, np.ndarray]) -> Iterator[dict[str, object]]:
    everybody = [people.person(index) for index in range(PEOPLE)]
    for who in everybody:
        code = records.code_of(who.index)
        found = [templates[file] for file in _files(f"photographs/{code}") if file in templates]
        near = sorted(
            (other for other in everybody[:MISSING] if other.sex == who.sex and other.index != who.index),
            key=lambda other: (
                -max(
                    float(one @ templates[file])
                    for one in found
                    for file in _files(f"portraits/{other.ref}")
                    if file in templates
                )
            ),
        )
        for other in [*([who] if who.missing else []), *near[:ALIKE]]:
            for number, file in enumerate(_files(f"portraits/{other.ref}")):
                look = looks.portraits(other)[number]
                same = other is who
                yield {
                    "code": code,
                    "portrait": file,
                    "one_person": "yes" if same else "no",
                    "differs": "" if same else " ".join(map(str, _differing(who, other))),
                    "years": round(who.age - look.age) if same else "",
                    "changed": " ".join(_changed(who, number)) if same else "",
                }


def _files(folder: str) -> list[str]:
    return [path.relative_to(COHORT).as_posix() for path in sorted((COHORT / folder).glob("*.jpg"))]


def _shape(who: Person) -> dict[str, dict[str, float]]:
    """The signed sliders of a person, by the folder of their targets."""
    found: dict[str, dict[str, float]] = {}
    for target, weight in who.targets:
        folder, name = target.split("/")
        stem, _, end = name.rpartition("-")
        sign = -1.0 if end in ("decr", "down", "backward", "in", "concave") else 1.0
        found.setdefault(folder, {})[stem] = sign * weight
    return found


def _differing(who: Person, other: Person) -> list[int]:
    """The components in which two people were made most unlike, those that a mark alone sets apart first."""
    marked = [
        number
        for number, kinds in ((SCARS, ("scar",)), (MARKS, ("mole", "birthmark")))
        if {mark.words for mark in who.marks if mark.kind in kinds}
        ^ {mark.words for mark in other.marks if mark.kind in kinds}
    ]
    one, two = _shape(who), _shape(other)
    far = {
        component: math.sqrt(np.mean([(one[part].get(name, 0) - two[part].get(name, 0)) ** 2 for name in names]))
        for part, component in PARTS.items()
        if (names := sorted(set(one.get(part, {})) | set(two.get(part, {}))))
    }
    line = abs(who.hair.recession - other.hair.recession) + abs(who.hair.lift - other.hair.lift)
    far[LINE] = 2 * line
    unlike = sorted(far, key=lambda component: -far[component])
    return [*marked, *unlike][:NAMED]


def _changed(who: Person, number: int) -> Iterator[str]:
    """What differs between a portrait and the photographs of the same person, besides death, pose and light."""
    portrait, body = looks.portraits(who)[number], looks.photographs(who)
    if portrait.hair != who.hair:
        yield "hair"
    if portrait.beard != body[0].beard:
        yield "beard"
    if any(look.sheet not in ("", "chest") for look in body):
        yield "covered"
    if any(look.dirt > 0.2 for look in body):
        yield "dirt"


if __name__ == "__main__":
    main()
