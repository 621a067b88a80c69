"""A calibration from a folder of pictures, a sub-folder a person, by the templates that a search uses.

Portraits are encoded as an enrolment does, photographs as a search does, in all four turns and with its care. With a
ladder the photographs are degraded first, and are stand-ins. One half of the people fits, the other judges (`halves`).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from antigone.evaluation import lir_fits
from antigone.evaluation.calibrating import Fitted, Identity, fit
from antigone.evaluation.degradation import LADDERS, LADDERS_VERSION
from antigone.evaluation.errors import EvaluationError
from antigone.evaluation.halves import Half, half
from antigone.evaluation.metrics import Floats, Ints
from antigone.evaluation.person_pairs import Vectors, draw_sides, score_blocks, weights_of
from antigone.evaluation.probes import CLEAN, read_probes, strengths_of
from antigone.evaluation.protocols import Photograph, photographs, read_aliases
from antigone.evaluation.scored import ScoredPairs, joined
from antigone.evaluation.templates import Progress, encode
from antigone.evidence import SourceKind, Span, Stratum
from antigone.faces import FaceEngine

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
    """A calibration with its figures, and how many pictures gave no template on either side."""

    fitted: Fitted
    pictures: int
    people: int
    without_portrait: dict[str, int]
    without_photograph: int

    def as_json(self) -> dict[str, Any]:
        return {
            "calibration": self.fitted.calibration.as_json(),
            "held_out": self.fitted.held_out.as_json(),
            "compared": self.fitted.compared,
            "pictures": self.pictures,
            "people": self.people,
            "without_template": {"portraits": self.without_portrait, "photographs": self.without_photograph},
        }


@dataclass(frozen=True)
class Sides:
    """Every picture as a portrait and as a photograph; vectors of shape (pictures, dimension), `usable` (pictures,).

    `strengths`, shape (pictures,), are those of the photographs, minus infinity where there is none.
    """

    portraits: Vectors
    photos: Vectors
    usable: npt.NDArray[np.bool_]
    people: tuple[str, ...]
    strengths: Floats


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
    searches = FaceEngine(recogniser=model, threads=threads, turns="always", careful=True)
    given = encode(enrols, photos, progress, "portrait")
    sought, usable, strengths, failed = _photographs(searches, photos, wanted.ladder, progress)
    owners = tuple(photo.person for photo in photos)
    sides = Sides(given.vectors, sought, given.acquired & usable, owners, strengths)
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
    return Outcome(fitted, len(photos), len(set(sides.people)), given.reasons, failed)


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
            weights = weights_of(sides.strengths[rows], drawn.photos)
            drawn = replace(drawn, photos=drawn.photos + len(rows))
            for block, scores in score_blocks(vectors, drawn, weights):
                first = np.repeat(drawn.bodies[block], drawn.enrolled.size)
                second = np.tile(drawn.enrolled, block.size)
                part = ScoredPairs(scores.ravel(), first == second, first, second, names)
                parts.append(part.thinned(wanted.seed))
    return joined(parts).thinned(wanted.seed)


def _photographs(
    engine: FaceEngine, photos: Sequence[Photograph], ladder: str, progress: Progress | None
) -> tuple[Vectors, npt.NDArray[np.bool_], Floats, int]:
    """Templates as a search takes them, which rows are usable, their strengths, and how many photographs gave none.

    Only people with a second picture are searched for. A picture that is not needed as a photograph is usable, since it
    can be a portrait.
    """
    often = Counter(photo.person for photo in photos)
    rows = [at for at, photo in enumerate(photos) if often[photo.person] > 1]
    (found,) = read_probes(engine, [engine], [photos[at] for at in rows], ladder, progress)
    vectors = np.zeros((len(photos), engine.contract.dimension), dtype=np.float32)
    usable = np.ones(len(photos), dtype=np.bool_)
    vectors[rows], usable[rows] = found.vectors, found.acquired
    strengths = np.full(len(photos), -np.inf)
    strengths[rows] = strengths_of(found)
    return vectors, usable, strengths, int((~found.acquired).sum())
