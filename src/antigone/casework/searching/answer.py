"""The answer of a search: what people, the records and programs see of it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from antigone.evidence.withheld import families


@dataclass(frozen=True)
class Candidate:
    """A lead, never a name: a person's reference, the portrait most alike, and the score by which it is ranked.

    `evidence` is its likelihood ratio or why it has none, `secondary` the lines of sex, age, dates and the like, with
    `secondary_warning` beside them (see `weighing`). `by_photo` holds the score of each of several photographs, whose
    mean by weight is `score`; `apart` names the one that lies far below the others, and changes no rank. `kin` are the
    numbers and references of known relatives who are on the same list.
    """

    rank: int
    person_ref: str
    portrait_sha256: str
    score: float
    person: int
    portrait: str
    holding: str
    passes: bool
    quality: dict[str, int | None]
    evidence: dict[str, Any] | None = None
    secondary: tuple[dict[str, Any], ...] = ()
    secondary_warning: str = ""
    by_photo: tuple[float, ...] = ()
    apart: dict[str, Any] | None = None
    kin: tuple[tuple[int, str], ...] = ()

    def as_json(self) -> dict[str, Any]:
        return {
            "rank": self.rank,
            "person_ref": self.person_ref,
            "portrait_sha256": self.portrait_sha256,
            "score": round(self.score, 6),
            "by_photo": [round(value, 6) for value in self.by_photo],
            "apart": self.apart,
            "passes": self.passes,
            "kin": [ref for _, ref in self.kin],
            "holding": self.holding,
            "portrait": self.portrait,
            "evidence": self.evidence,
            "secondary": list(self.secondary),
            "secondary_warning": self.secondary_warning,
        }


@dataclass(frozen=True)
class Answer:
    """Everything a search says. `searched` counts portraits, `without_portrait` the missed whom none can find.

    `missed` is how often a search like this one misses somebody who is there, or why that is not known (`meaning`).
    """

    case: str
    photos: list[dict[str, Any]]
    searched: int
    searched_persons: int
    without_portrait: int
    generation: int
    proven_exact: bool
    contract: str
    candidates: tuple[Candidate, ...]
    none_of_these: bool
    operating_point: dict[str, Any] | None
    notes: tuple[str, ...]
    elapsed_ms: dict[str, float]
    missed: dict[str, Any] | None = None

    def with_candidates(self, candidates: Sequence[Candidate]) -> Answer:
        """The same answer with these candidates alone, ranked anew; "none of these" when none of them passes."""
        there = {each.person for each in candidates}
        ranked = tuple(
            replace(each, rank=rank, kin=tuple(kin for kin in each.kin if kin[0] in there))
            for rank, each in enumerate(candidates, start=1)
        )
        return replace(self, candidates=ranked, none_of_these=not any(each.passes for each in ranked))

    @property
    def families(self) -> tuple[tuple[Candidate, ...], ...]:
        """The leads, the best first, known relatives together where the best of them stands."""
        # By number: two holdings may know two people by one reference.
        listed = {str(each.person): each for each in self.candidates}
        related = {str(each.person): [str(kin) for kin, _ in each.kin] for each in self.candidates}
        return tuple(tuple(listed[person] for person in group) for group in families(list(listed), related))

    def as_json(self) -> dict[str, Any]:
        """The answer as `antigone search --json` prints it and the records keep it."""
        return {
            **vars(self),
            "candidates": [each.as_json() for each in self.candidates],
            "families": [[each.rank for each in group] for group in self.families if len(group) > 1],
            "notes": list(self.notes),
        }


def digest_of(content: Any) -> str:
    """SHA-256, in hex, of JSON with sorted keys and no spaces: of an answer, or of what an examiner signs."""
    text = json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()
