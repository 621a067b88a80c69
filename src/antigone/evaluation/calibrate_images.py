"""A calibration from a folder of pictures, a sub-folder a person, by the templates that a search uses.

Portraits are encoded as an enrolment does, photographs as a search does, in all four turns; with a ladder the
photographs are degraded first, and are stand-ins. One half of the people fits, the other judges (`halves`).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from antigone.evaluation import lir_fits
from antigone.evaluation.calibrating import Fitted, Identity, fit
from antigone.evaluation.degradation import LADDERS, LADDERS_VERSION, degrade
from antigone.evaluation.errors import EvaluationError
from antigone.evaluation.halves import Half, half
from antigone.evaluation.metrics import Ints
from antigone.evaluation.person_pairs import Vectors, draw_sides, score_blocks
from antigone.evaluation.protocols import Photograph, photographs, read_aliases
from antigone.evaluation.scored import ScoredPairs, joined
from antigone.evaluation.templates import NO_FACE, Progress, central_face, encode
from antigone.evidence import SourceKind, Span, Stratum
from antigone.faces import FaceEngine
from antigone.imaging import ImageRefused, load

CLEAN = "clean"

Counts = tuple[int, int]
"""The least and the most photographs, or portraits, that are compared together."""


@dataclass(frozen=True)
class Wanted:
    """What a calibration shall say of itself and hold for.

    `ages` and `gap_years` are what whoever knows the pictures answers for; nothing here measures them.
    """

    name: str
    ladder: str = CLEAN
    photos: Counts = (1, 1)
    portraits: Counts = (1, 1)
    ages: Span = field(default_factory=lambda: Span(18.0, None))
    gap_years: float = 0.0
    seed: int = 20


@dataclass(frozen=True)
class Outcome:
    """A calibration with its figures, and the pictures that gave no template, by reason, on either side."""

    fitted: Fitted
    pictures: int
    people: int
    failures: dict[str, dict[str, int]]

    def as_json(self) -> dict[str, Any]:
        return {
            "calibration": self.fitted.calibration.as_json(),
            "held_out": self.fitted.held_out.as_json(),
            "compared": self.fitted.compared,
            "pictures": self.pictures,
            "people": self.people,
            "failures": self.failures,
        }


@dataclass(frozen=True)
class Sides:
    """Every picture as a portrait and as a photograph; vectors of shape (pictures, dimension), `usable` (pictures,)."""

    portraits: Vectors
    photos: Vectors
    usable: npt.NDArray[np.bool_]
    people: tuple[str, ...]


def calibrate(
    images: Path,
    wanted: Wanted,
    model: str,
    threads: int,
    *,
    aliases: Path | None = None,
    progress: Progress | None = None,
) -> Outcome:
    """Fit and judge a calibration of `model` on the people below `images`.

    Raises EvaluationError with a sentence: without lir, for an unknown ladder, for too few people, or when the
    calibration would be worth less than no evidence.
    """
    lir_fits.lir()
    if wanted.ladder not in LADDERS:
        raise EvaluationError(f"There is no ladder of that name; choose among {', '.join(LADDERS)}.")
    renamed = read_aliases(aliases) if aliases else {}
    photos = [replace(each, person=renamed.get(each.person, each.person)) for each in photographs(images)]
    enrols = FaceEngine(recogniser=model, threads=threads, turns="as-needed")
    searches = FaceEngine(recogniser=model, threads=threads, turns="always")
    given = encode(enrols, photos, progress, "portrait")
    sought, failed = _photographs(searches, photos, wanted.ladder, progress)
    sides = Sides(
        given.vectors, sought.vectors, given.acquired & sought.usable, tuple(photo.person for photo in photos)
    )
    living = wanted.ladder == CLEAN
    identity = Identity(
        data_name=wanted.name
        if living
        else f"{wanted.name}, as stand-ins: ladder {wanted.ladder}, version {LADDERS_VERSION}",
        data_digest=given.photographs_digest,
        source=SourceKind.LIVING if living else SourceKind.STAND_IN,
        contract=enrols.contract.digest,
        model=enrols.contract.model_id,
        pipeline=enrols.pipeline,
        stratum=Stratum(),
        photos=Span(*map(float, wanted.photos)),
        portraits=Span(*map(float, wanted.portraits)),
        ages=wanted.ages,
        gap_years=wanted.gap_years,
    )
    fitted = fit(pairs_of(sides, "calibration", wanted), pairs_of(sides, "test", wanted), identity, seed=wanted.seed)
    return Outcome(fitted, len(photos), len(set(sides.people)), {"portraits": given.reasons, "photographs": failed})


def pairs_of(sides: Sides, which: Half, wanted: Wanted) -> ScoredPairs:
    """Bodies against everybody enrolled, within one half of the people, over every count that is wanted."""
    rows = [at for at, person in enumerate(sides.people) if sides.usable[at] and half(person) == which]
    names = tuple(sorted({sides.people[at] for at in rows}))
    number = {name: index for index, name in enumerate(names)}
    people: Ints = np.array([number[sides.people[at]] for at in rows], dtype=np.intp)
    # One array with portraits first, so that a drawn picture is a portrait at its place and a photograph further on.
    vectors = np.concatenate([sides.portraits[rows], sides.photos[rows]])
    parts = []
    for photos in range(wanted.photos[0], wanted.photos[1] + 1):
        for portraits in range(wanted.portraits[0], wanted.portraits[1] + 1):
            drawn = draw_sides(people, photos, portraits, wanted.seed)
            drawn = replace(drawn, photos=drawn.photos + len(rows))
            for block, scores in score_blocks(vectors, drawn):
                first = np.repeat(drawn.bodies[block], drawn.enrolled.size)
                second = np.tile(drawn.enrolled, block.size)
                part = ScoredPairs(scores.ravel(), first == second, first, second, names)
                parts.append(part.thinned(wanted.seed))
    return joined(parts).thinned(wanted.seed)


@dataclass(frozen=True)
class _Sought:
    vectors: Vectors
    usable: npt.NDArray[np.bool_]


def _photographs(
    engine: FaceEngine, photos: Sequence[Photograph], ladder: str, progress: Progress | None
) -> tuple[_Sought, dict[str, int]]:
    """Templates as a search takes them, of people with a second picture; the others are never searched for.

    A picture that is not needed as a photograph is usable, since it can be a portrait.
    """
    often = Counter(photo.person for photo in photos)
    rows = [at for at, photo in enumerate(photos) if often[photo.person] > 1]
    vectors = np.zeros((len(photos), engine.contract.dimension), dtype=np.float32)
    usable = np.ones(len(photos), dtype=np.bool_)
    usable[rows] = False
    if ladder == CLEAN:
        found = encode(engine, [photos[at] for at in rows], progress, "probe")
        vectors[rows], usable[rows] = found.vectors, found.acquired
        return _Sought(vectors, usable), found.reasons
    failed: Counter[str] = Counter()
    with ThreadPoolExecutor(engine.threads) as pool:
        degraded = pool.map(lambda at: _degraded(engine, photos[at], ladder), rows)
        for done, (at, result) in enumerate(zip(rows, degraded, strict=True), start=1):
            if isinstance(result, str):
                failed[result] += 1
            else:
                vectors[at], usable[at] = result, True
            if progress is not None:
                progress(done, len(rows))
    return _Sought(vectors, usable), dict(sorted(failed.items()))


def _degraded(engine: FaceEngine, photo: Photograph, ladder: str) -> npt.NDArray[np.float32] | str:
    """The template of a picture degraded by a ladder, or why there is none."""
    try:
        pixels = load(photo.path, engine.limits)[1].pixels
    except ImageRefused as refused:
        return str(refused.reason)
    faces = engine.detect(pixels)
    chosen = central_face(faces, pixels.shape[1], pixels.shape[0])
    if chosen is None:
        return NO_FACE
    changed = degrade(pixels, faces[chosen].landmarks, ladder, photo.key).pixels
    faces = engine.detect(changed)
    chosen = central_face(faces, changed.shape[1], changed.shape[0])
    if chosen is None:
        return f"{NO_FACE}-when-degraded"
    return np.asarray(engine.templates([engine.crops(changed, faces[chosen], "probe")], "probe")[0])
