"""One half of the people as bodies and missing persons: what ratios are fitted on, or judged by."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from antigone.evaluation.errors import EvaluationError
from antigone.evaluation.person_pairs import Sides
from antigone.evaluation.probes import Probes
from antigone.evaluation.scored import ScoredPairs
from antigone.evaluation.validation.plan import Bodies


@dataclass(frozen=True)
class Side:
    """One half: its comparisons, and the templates and people of each body that is sought."""

    pairs: ScoredPairs
    sides: Sides
    vectors: npt.NDArray[np.float32]
    quality: dict[str, dict[str, int | None]]
    """By person, of the photograph that is sought."""


def side(bodies: Bodies, gallery: Probes, sought: Probes, seed: int) -> Side:
    """Every body that gave a template against everybody of its half whose portrait did."""
    enrolled = [photo.person for photo, has in zip(bodies.enrolled, gallery.acquired, strict=True) if has]
    names = tuple(sorted(enrolled))
    number = {name: at for at, name in enumerate(names)}
    rows = [at for at, photo in enumerate(bodies.sought) if sought.acquired[at] and photo.person in number]
    rows.sort(key=lambda at: bodies.sought[at].person)
    order = np.argsort(np.array([number[name] for name in enrolled], dtype=np.intp))
    portraits = gallery.vectors[gallery.acquired][order]
    if not rows or len(names) < 2:
        raise EvaluationError("Nobody of one half gave templates on both sides: no ratio can be fitted or judged.")
    people = np.array([number[bodies.sought[at].person] for at in rows], dtype=np.intp)
    everybody = np.arange(len(names), dtype=np.intp)
    scores = (sought.vectors[rows] @ portraits.T).astype(np.float64)
    first, second = np.repeat(people, everybody.size), np.tile(everybody, people.size)
    pairs = ScoredPairs(scores.ravel(), first == second, first, second, names)
    photos = (len(names) + np.arange(len(rows), dtype=np.intp))[:, None]
    return Side(
        pairs.thinned(seed),
        Sides(everybody[:, None], everybody, photos, people),
        np.concatenate([portraits, sought.vectors[rows]]),
        {bodies.sought[at].person: sought.quality[at] or {} for at in rows},
    )
